"""Each check of a dialogue file tells right from wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dukani.core.store.conversations import Conversation
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.evals.checks import Moment, order_statuses, run_checks
from dukani.evals.standing import Line, Standing

NOW = datetime(2026, 11, 21, tzinfo=UTC)
DRESS = Line("BTQ-002", "blue", "M", 1, 450_000)
SANDALS = Line("BTQ-011", "brown", "38", 2, 220_000)
WANTED_DRESS = {"sku": "BTQ-002", "colour": "blue", "size": "M", "qty": 1}
WANTED_SANDALS = {"sku": "BTQ-011", "colour": "brown", "size": "38", "qty": 2}


def a_conversation(**changed: Any) -> Conversation:
    values = {
        "id": "c", "boutique_id": "b", "customer_id": "k", "channel": "twilio",
        "step": "cart_updated", "last_inbound_at": NOW, "handed_off_at": None,
        "handoff_reason": None, "last_staff_at": None, "created_at": NOW,
    }  # fmt: skip
    return Conversation(**(values | changed))  # type: ignore[arg-type]


def an_order(**changed: Any) -> Order:
    values = {
        "id": "o", "number": "DK-1", "customer_id": "k", "conversation_id": "c", "cart_id": "t",
        "status": "open", "payment_status": "pending", "fulfilment_status": "new",
        "currency": "KES", "items_minor": 450_000, "delivery_minor": 0, "total_minor": 450_000,
        "address": "Kilimani, Rose Apartments B4", "review_reason": None, "created_at": NOW,
    }  # fmt: skip
    return Order(**(values | changed))  # type: ignore[arg-type]


def a_payment(attempt: int) -> Payment:
    return Payment(
        id="p", boutique_id="b", order_id="o", attempt=attempt, provider="daraja", phone="",
        amount_minor=1, status="pending", callback_token="", checkout_request_id=None,
        receipt=None, received_minor=None, result_code=None, review_reason=None,
        created_at=NOW, sent_at=None,
    )  # fmt: skip


NOTHING_YET = Standing(
    conversation=a_conversation(),
    cart=(),
    order=None,
    order_lines=(),
    payment=None,
    orders_created=0,
    may_answer=True,
    on_hand={"BTQ-002/blue/M": 3},
    state={},
    currency="KES",
)


def a_moment(*said: str, **changed: Any) -> Moment:
    moment = {name: changed.pop(name) for name in ("options", "named", "final", "after_opt_out")
              if name in changed}  # fmt: skip
    given = {"options": frozenset(), "named": frozenset()} | moment
    return Moment(said=said, standing=replace(NOTHING_YET, **changed), **given)


IN_CART = a_moment(cart=(DRESS, SANDALS))
ORDERED = a_moment(
    cart=(SANDALS,), order=an_order(), order_lines=(DRESS,), orders_created=1, payment=a_payment(2)
)

HOLDING = [
    ("cart", [WANTED_DRESS, WANTED_SANDALS], IN_CART),
    ("cart", [], a_moment()),
    ("cart", [{"sku": "BTQ-002"}, WANTED_SANDALS], IN_CART),  # keys not given are not compared
    ("cart_any_order", [WANTED_SANDALS, WANTED_DRESS], IN_CART),
    ("cart_total", 8900, IN_CART),
    ("cart", [WANTED_DRESS], replace(ORDERED, final=True)),  # finally the order's lines count
    ("cart", [WANTED_SANDALS], ORDERED),  # in between a new cart does
    ("cart_total", 4500, replace(ORDERED, final=True)),
    ("order_status", "awaiting_payment", ORDERED),
    ("order_status", ["paid", "awaiting_payment"], ORDERED),
    ("order_status", "draft", IN_CART),
    ("order_status", "none", IN_CART),
    ("step", ["cart", "address"], a_moment()),
    ("step", "payment", a_moment(conversation=a_conversation(step="payment_failed"))),
    ("step", "paid", a_moment(conversation=a_conversation(step="order_completed"))),
    ("address_contains", ["kilimani", "B4"], ORDERED),
    ("address_contains", "Nyali", a_moment(state={"address": {"text": "Nyali 12"}})),
    ("orders_created", 1, ORDERED),
    ("payment_attempts", 2, ORDERED),
    ("payment_attempts", 0, a_moment()),
    ("stock_after", {"BTQ-002/blue/M": 3}, a_moment()),
    ("stock_after", {"BTQ-002/Blue/M": 3}, a_moment()),
    ("opted_out", True, a_moment(may_answer=False)),
    ("handed_off", True, a_moment(conversation=a_conversation(handed_off_at=NOW))),
    ("shown_includes", ["A", "B"], a_moment(options=frozenset("A"), named=frozenset("B"))),
    ("shown_excludes", ["A"], a_moment(named=frozenset("A"))),  # spoken of, not offered
    ("must_say_out_of_stock", True, a_moment("Sorry, it is out of stock.")),
    ("must_say_out_of_stock", True, a_moment("Samahani, *imeisha* kwa sasa.")),
    ("must_say_out_of_stock", True, a_moment("We have nothing in size 41 in stock right now.")),
    ("must_say_out_of_stock", True, a_moment("Kwa sasa hatuna kitu cha saizi 41.")),
    ("must_say_out_of_stock", False, a_moment("Jibu NDIYO kuthibitisha.")),
    ("mentions", ["4500|4,500", "kesho|tomorrow"], a_moment("KES *4,500*", "We bring it tomorrow")),
    ("mentions", "4500", a_moment("KES 4,500")),
    ("mentions_not", ["paid"], a_moment("waiting")),
    ("bot_silent", True, a_moment()),  # as another file calls it
    ("silent", True, a_moment()),
    ("bot_silent", False, a_moment("hello")),
    ("max_bot_messages", 1, a_moment("one")),
    ("max_bot_messages_after_opt_out", 1, a_moment(after_opt_out=1)),
]

BROKEN = [
    ("cart", [WANTED_SANDALS, WANTED_DRESS], IN_CART),  # the order of the lines counts
    ("cart", [WANTED_DRESS], IN_CART),
    ("cart", [WANTED_DRESS | {"qty": 2}, WANTED_SANDALS], IN_CART),
    ("cart_any_order", [WANTED_DRESS], IN_CART),
    ("cart_any_order", [WANTED_DRESS, WANTED_DRESS], IN_CART),
    ("cart_total", 8901, IN_CART),
    ("order_status", "none", ORDERED),
    ("order_status", "draft", a_moment()),
    ("step", "confirm", a_moment()),
    ("address_contains", ["Kilimani", "B5"], ORDERED),
    ("address_contains", "Nyali", a_moment()),
    ("orders_created", 2, ORDERED),
    ("payment_attempts", 1, ORDERED),
    ("stock_after", {"BTQ-002/blue/M": 4}, a_moment()),
    ("stock_after", {"BTQ-002/pink/M": 0}, a_moment()),
    ("opted_out", True, a_moment()),
    ("handed_off", True, a_moment()),
    ("shown_includes", ["A", "B"], a_moment(options=frozenset("A"))),
    ("shown_excludes", ["A"], a_moment(options=frozenset("A"))),
    ("must_say_out_of_stock", True, a_moment("Added to your cart.")),
    ("must_say_out_of_stock", True, a_moment("Tafadhali thibitisha.")),
    ("mentions", ["tomorrow|kesho"], a_moment("today")),
    ("mentions_not", ["paid|lipa"], a_moment("Andika *lipa*.")),
    ("bot_silent", True, a_moment("hello")),
    ("max_bot_messages", 1, a_moment("one", "two")),
    ("max_bot_messages_after_opt_out", 1, a_moment(after_opt_out=2)),
]


@pytest.mark.parametrize(("name", "expected", "moment"), HOLDING)
def test_a_check_that_holds_says_nothing(name: str, expected: Any, moment: Moment) -> None:
    assert run_checks({name: expected}, moment) == ([], [])


@pytest.mark.parametrize(("name", "expected", "moment"), BROKEN)
def test_a_check_that_does_not_hold_is_named(name: str, expected: Any, moment: Moment) -> None:
    problems, unknown = run_checks({name: expected}, moment)

    assert [problem.partition(":")[0] for problem in problems] == [name]
    assert unknown == []


def test_a_check_nobody_knows_is_told_and_does_not_fail() -> None:
    problems, unknown = run_checks({"mood": "cheerful", "note": "for people"}, a_moment())

    assert (problems, unknown) == ([], ["mood"])


@pytest.mark.parametrize(
    ("status", "payment_status", "names"),
    [
        ("open", "unpaid", {"awaiting_payment"}),
        ("open", "failed", {"payment_failed"}),
        ("confirmed", "paid", {"paid"}),
        ("open", "needs_review", {"needs_review"}),
        ("cancelled", "failed", {"cancelled"}),
    ],
)
def test_an_order_has_one_neutral_status(status: str, payment_status: str, names: set[str]) -> None:
    order = an_order(status=status, payment_status=payment_status)

    assert order_statuses(replace(NOTHING_YET, order=order)) == names


def test_a_cancelled_order_gives_its_cart_back() -> None:
    order = an_order(status="cancelled")
    moment = a_moment(cart=(SANDALS,), order=order, order_lines=(DRESS,), final=True)

    assert run_checks({"cart": [WANTED_SANDALS]}, moment) == ([], [])
