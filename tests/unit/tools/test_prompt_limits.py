"""When no prompt leaves: decided from what was sent before, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dukani.core.store.payments import Payment
from dukani.tools.payments.prompt_limits import (
    HeldBack,
    Whose,
    decide,
    reached_a_phone,
    whose_phone,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OVER = Payment(
    id="p", boutique_id="b", order_id="o", attempt=1, provider="daraja", phone="+254712345678",
    amount_minor=450000, status="failed", callback_token="t", checkout_request_id="ws_1",
    receipt=None, received_minor=None, result_code="1032", review_reason=None, created_at=NOW,
    sent_at=NOW, resolved_at=NOW,
)  # fmt: skip
NO_SUCH_NUMBER = "400.002.02: Bad Request - Invalid PhoneNumber"


def ended(code: str | None, text: str = "", *, seconds_ago: float = 0) -> Payment:
    at = NOW - timedelta(seconds=seconds_ago)
    return replace(OVER, result_code=code, result_text=text, resolved_at=at)


@pytest.mark.parametrize(
    ("code", "text", "ringing"),
    [
        ("1032", "", True),
        ("1037", "", True),
        ("2001", "", True),
        (None, "", True),  # nobody knows: it may have
        ("7777", "", True),
        ("26", "", False),  # M-Pesa was busy
        ("17", "", False),
        ("1001", "", False),
        ("unavailable", "", False),
        ("refused", "400.002.02: Bad Request", False),
        ("refused", NO_SUCH_NUMBER, False),
        ("refused", "500.001.1001: Wrong credentials", False),
        ("2028", "", False),
    ],
)
def test_a_prompt_counts_where_it_may_have_rung(code: str, text: str, ringing: bool) -> None:
    assert reached_a_phone(ended(code, text)) is ringing


def test_a_payment_by_hand_rings_on_no_phone() -> None:
    assert not reached_a_phone(replace(OVER, provider="manual"))


@pytest.mark.parametrize(
    ("of_order", "of_phone", "whose", "held"),
    [
        ([], [], "customer", None),
        ([ended("1032")] * 2, [ended("1032")] * 2, "customer", None),
        ([ended("1032")] * 3, [], "customer", HeldBack("order")),
        ([ended("26")] * 3, [], "customer", None),
        ([], [ended("1032")], "customer", None),  # her own phone: she may think again
        ([], [ended("1032")], "other", HeldBack("payer")),
        ([], [ended("1"), ended("1032")], "other", HeldBack("payer")),
        ([], [ended("1032")], "unknown", None),  # she may be the payer: once
        ([], [ended("1032")] * 2, "unknown", HeldBack("payer")),
        ([], [ended("1")], "other", None),  # somebody else's balance was too low
        ([], [ended("1001", seconds_ago=20)], "customer", HeldBack("wait", 40)),
        ([], [ended("1001", seconds_ago=60)], "customer", None),
        ([], [ended("17")], "customer", HeldBack("wait", 120)),
        ([], [ended("17", seconds_ago=119)], "customer", HeldBack("wait", 1)),
        ([], [ended("17", seconds_ago=119.5)], "customer", HeldBack("wait", 1)),
        ([], [ended("17", seconds_ago=120)], "customer", None),
        ([], [ended("refused", "500.001.1001: Unable to lock subscriber")], "customer",
         HeldBack("wait", 60)),
        ([], [ended("refused", NO_SUCH_NUMBER)], "customer", HeldBack("number")),
        ([], [ended("2006")], "customer", None),  # an account M-Pesa stopped may be open again
        # the latest counts: a prompt has got through since
        ([], [ended("1032"), ended("1001", seconds_ago=5)], "customer", None),
    ],
)  # fmt: skip
def test_what_holds_a_prompt_back(
    of_order: list[Payment], of_phone: list[Payment], whose: Whose, held: HeldBack | None
) -> None:
    assert decide(of_order=of_order, of_phone=of_phone, whose=whose, now=NOW) == held


@pytest.mark.parametrize(
    ("own", "whose"),
    [("+254712345678", "customer"), ("+254722345678", "other"), (None, "unknown")],
)
def test_whose_phone_it_is(own: str | None, whose: Whose) -> None:
    assert whose_phone("+254712345678", own) == whose
