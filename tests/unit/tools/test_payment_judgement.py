"""What M-Pesa's answer means: the same facts always give the same judgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.clients.mpesa_outcomes import Reason
from dukani.core.payment_providers import PromptProvider
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment, ReviewReason
from dukani.tools.payments.judgement import Result, Verdict, judge
from dukani.tools.payments.request import Ways, provider_for

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PAYMENT = Payment(
    id="p", boutique_id="b", order_id="o", attempt=1, provider="daraja", phone="+254712345678",
    amount_minor=450000, status="pending", callback_token="t", checkout_request_id="ws_1",
    receipt=None, received_minor=None, result_code=None, review_reason=None, created_at=NOW,
    sent_at=NOW,
)  # fmt: skip
ORDER = Order(
    id="o", number="DK-AB12CD", customer_id="c", conversation_id="v", cart_id="k", status="open",
    payment_status="pending", fulfilment_status="unfulfilled", currency="KES",
    items_minor=450000, delivery_minor=0, total_minor=450000, address="Kilimani",
    review_reason=None, created_at=NOW,
)  # fmt: skip
PAID = Result("0", amount_minor=450000, receipt="QGH7X1Y2Z3")


def test_the_right_amount_for_an_open_order_is_paid() -> None:
    assert judge(PAYMENT, ORDER, PAID).verdict is Verdict.PAID


def test_a_query_that_says_paid_counts_without_amount_and_receipt() -> None:
    assert judge(PAYMENT, ORDER, Result("0")).verdict is Verdict.PAID


@pytest.mark.parametrize("amount", [449900, 450100, 1, 0])
def test_any_other_amount_needs_review(amount: int) -> None:
    judgement = judge(PAYMENT, ORDER, replace(PAID, amount_minor=amount))
    assert (judgement.verdict, judgement.reason) == (Verdict.REVIEW, "wrong_amount")


def test_money_for_a_cancelled_order_needs_review() -> None:
    judgement = judge(PAYMENT, replace(ORDER, status="cancelled"), PAID)
    assert (judgement.verdict, judgement.reason) == (Verdict.REVIEW, "cancelled_order")


def test_a_second_attempts_money_for_a_paid_order_needs_review() -> None:
    paid_order = replace(ORDER, status="confirmed", payment_status="paid")
    judgement = judge(replace(PAYMENT, attempt=2), paid_order, PAID)
    assert (judgement.verdict, judgement.reason) == (Verdict.REVIEW, "second_receipt")


def test_the_same_callback_again_changes_nothing() -> None:
    settled = replace(PAYMENT, status="succeeded", receipt=PAID.receipt)
    paid_order = replace(ORDER, status="confirmed", payment_status="paid")
    assert judge(settled, paid_order, PAID).verdict is Verdict.NOTHING


def test_another_receipt_for_a_settled_attempt_needs_review() -> None:
    settled = replace(PAYMENT, status="succeeded", receipt="QAAAAAAAAA")
    judgement = judge(settled, replace(ORDER, status="confirmed"), PAID)
    assert (judgement.verdict, judgement.reason) == (Verdict.REVIEW, "second_receipt")


def test_late_success_after_failure_is_paid() -> None:
    assert judge(replace(PAYMENT, status="failed"), ORDER, PAID).verdict is Verdict.PAID


def test_late_failure_after_success_changes_nothing() -> None:
    settled = replace(PAYMENT, status="succeeded", receipt=PAID.receipt)
    assert judge(settled, ORDER, Result("1032")).verdict is Verdict.NOTHING


@pytest.mark.parametrize(
    ("code", "verdict", "reason"),
    [
        ("1", Verdict.FAILED, Reason.LOW_BALANCE),
        ("4", Verdict.FAILED, Reason.DAILY_LIMIT),
        ("17", Verdict.RETRYING, Reason.RULE_LIMITED),
        ("26", Verdict.RETRYING, Reason.BUSY),
        ("unavailable", Verdict.RETRYING, Reason.BUSY),
        ("refused", Verdict.FAILED, Reason.REFUSED),
        ("1001", Verdict.FAILED, Reason.PROMPT_OPEN),
        ("1019", Verdict.FAILED, Reason.EXPIRED),
        ("1025", Verdict.RETRYING, Reason.PUSH_ERROR),
        ("9999", Verdict.RETRYING, Reason.PUSH_ERROR),
        ("1032", Verdict.FAILED, Reason.CANCELLED),
        ("1037", Verdict.FAILED, Reason.UNREACHABLE),
        ("2001", Verdict.FAILED, Reason.WRONG_PIN),
        ("2028", Verdict.FAILED, Reason.SHOP_SETUP),
        ("8006", Verdict.FAILED, Reason.PIN_LOCKED),
        ("SFC_IC0003", Verdict.FAILED, Reason.SHOP_SETUP),
        ("4999", Verdict.NOTHING, Reason.RUNNING),
        ("7777", Verdict.UNKNOWN, Reason.UNKNOWN),
    ],
)
def test_every_result_code_has_its_verdict(code: str, verdict: Verdict, reason: Reason) -> None:
    judgement = judge(PAYMENT, ORDER, Result(code))
    assert (judgement.verdict, judgement.meaning.reason) == (verdict, reason)


@pytest.mark.parametrize("code", ["0", " 0 "])
def test_paid_without_a_readable_amount_needs_review(code: str) -> None:
    judgement = judge(PAYMENT, ORDER, Result(code, receipt="QGH7X1Y2Z3", unread=True))
    assert (judgement.verdict, judgement.reason) == (Verdict.REVIEW, "no_amount")


def test_an_unread_amount_is_settled_by_money_and_by_nothing_else() -> None:
    waiting = replace(PAYMENT, status="needs_review", review_reason="no_amount")
    assert judge(waiting, ORDER, Result("0", unread=True)).verdict is Verdict.NOTHING
    assert judge(waiting, ORDER, Result("1032")).verdict is Verdict.NOTHING
    assert judge(waiting, ORDER, PAID).verdict is Verdict.PAID


def test_what_is_tried_again_by_itself_is_tried_once() -> None:
    assert judge(PAYMENT, ORDER, Result("17")).verdict is Verdict.RETRYING
    assert judge(replace(PAYMENT, attempt=2), ORDER, Result("17")).verdict is Verdict.FAILED


@pytest.mark.parametrize("status", ["cancelled", "confirmed"])
def test_nothing_is_tried_again_for_an_order_that_is_over(status: str) -> None:
    over = replace(ORDER, status=status)
    assert judge(PAYMENT, over, Result("17")).verdict is Verdict.FAILED


@pytest.mark.parametrize("reason", ["unknown_result", "no_answer", "wrong_amount"])
def test_an_unknown_answer_to_money_under_review_is_no_news(reason: ReviewReason) -> None:
    waiting = replace(PAYMENT, status="needs_review", review_reason=reason)

    assert judge(waiting, ORDER, Result("7777")).verdict is Verdict.NOTHING


def test_a_later_answer_settles_what_was_unknown() -> None:
    waiting = replace(PAYMENT, status="needs_review", review_reason="unknown_result")
    assert judge(waiting, ORDER, PAID).verdict is Verdict.PAID
    assert judge(waiting, ORDER, Result("1032")).verdict is Verdict.FAILED


def test_silence_needs_review_and_never_fails() -> None:
    judgement = judge(PAYMENT, ORDER, Result("no_answer"))
    assert (judgement.verdict, judgement.reason) == (Verdict.REVIEW, "no_answer")


statuses = st.sampled_from(
    ["requested", "sending", "pending", "succeeded", "failed", "needs_review"]
)


@given(
    status=statuses,
    order_status=st.sampled_from(["open", "confirmed", "cancelled"]),
    code=st.one_of(st.sampled_from(["0", "1", "1032", "1037", "no_answer"]), st.text(max_size=6)),
    amount=st.one_of(st.none(), st.integers(0, 10**9)),
)
def test_only_the_right_amount_of_an_open_order_is_ever_paid(
    status: str, order_status: str, code: str, amount: int | None
) -> None:
    payment = replace(
        PAYMENT, status=status, review_reason="wrong_amount" if status == "needs_review" else None
    )
    order = replace(ORDER, status=order_status)
    judgement = judge(payment, order, Result(code, amount_minor=amount, receipt="QAAAAAAAAA"))
    if judgement.verdict is Verdict.PAID:
        assert code.strip() == "0"
        assert order_status == "open"
        assert amount in (None, PAYMENT.amount_minor)
        assert status != "succeeded"


BOTH: frozenset[PromptProvider] = frozenset(("paylink", "daraja"))


@pytest.mark.parametrize(
    ("ways", "phone", "amount_units", "provider"),
    [
        (Ways("paylink", BOTH), "+254712345678", 4500, "paylink"),
        (Ways("paylink", BOTH), "+254112345678", 4500, "daraja"),  # PayLink refuses 2541…
        (Ways("paylink", frozenset({"paylink"})), "+254112345678", 4500, "manual"),
        (Ways("daraja", BOTH), "+254712345678", 4500, "daraja"),
        (Ways("daraja", frozenset()), "+254712345678", 4500, "manual"),
        (Ways("manual", BOTH), "+254712345678", 4500, "manual"),
        (Ways("daraja", BOTH), "+255712345678", 4500, "manual"),  # not M-Pesa Kenya
        (Ways("daraja", BOTH), "+254712345678", 250_000, "daraja"),  # the most there may be
        (Ways("daraja", BOTH), "+254712345678", 250_001, "manual"),  # over its limit
    ],
)
def test_the_provider_follows_boutique_phone_and_amount(
    ways: Ways, phone: str, amount_units: int, provider: str
) -> None:
    assert provider_for(ways, phone=phone, amount_units=amount_units, currency="KES") == provider


def test_the_limit_is_one_of_kenyan_shillings() -> None:
    ways = Ways("daraja", BOTH)
    asked = partial(provider_for, ways, phone="+254712345678", amount_units=350_000)

    assert asked(currency="KES") == "manual"
    assert asked(currency="USD") == "manual"
    assert asked(currency="UGX") == "daraja"  # some KES 12,000
