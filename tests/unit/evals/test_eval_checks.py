"""Each check of a dialogue file tells right from wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dukani.evals.checks import CHECKS, run_checks
from dukani.evals.checks.moment import Moment
from dukani.evals.checks.order import order_statuses
from dukani.evals.standing import Line
from tests.unit.evals.standings import (
    DRESS,
    NOW,
    SANDALS,
    WANTED_DRESS,
    WANTED_SANDALS,
    a_conversation,
    a_moment,
    a_payment,
    a_standing,
    a_story,
    placed,
)

ARMY = Line("CP-22", "army green", "32", 1, 160_000)
PLAIN_GREEN = Line("CP-22", "green", "32", 1, 160_000)
TWO_GREENS = {"CP-22/army green/32": 1, "CP-22/green/32": 1}

IN_CART = a_moment(cart=(DRESS, SANDALS))
ORDERED = a_moment(cart=(SANDALS,), placed=(placed(DRESS),), payments=(a_payment(),))
AWAY = a_conversation(handed_off_at=NOW)

# The order that failed, and the one placed in its stead after it was changed.
FAILED = placed(SANDALS, id="o1", status="cancelled", payment_status="failed")
CHANGED = placed(DRESS, id="o2", payment_status="paid", replaces_id="o1")
CHANGED_AND_PAID = a_moment(
    placed=(FAILED, CHANGED),
    payments=(
        a_payment(id="p1", order_id="o1", status="failed", amount_minor=440_000),
        a_payment(id="p2", order_id="o2", status="succeeded"),
        # claimed by hand, and given up before it was sent: neither asked a phone for money
        a_payment(id="p3", order_id="o2", provider="manual", status="failed", sent_at=None),
        a_payment(id="p4", order_id="o2", status="failed", sent_at=None),
    ),
)
TOLD = a_story((None, ("Hello!",)), (None, ("Order *DK-1* is paid.",)), (None, ()))
STAFF_THEN_QUIET = a_story(
    (None, ("Hello!",)), ("staff_message", ()), (None, ()), ("staff_release", ("I'm back.",))
)
STAFF_THEN_TALK = a_story(("staff_message", ()), (None, ("May I help?",)))
INTRODUCED = "I'm Amina's automatic assistant; write *person* any time and a human will help you."

HOLDING = [
    ("cart", [WANTED_DRESS, WANTED_SANDALS], IN_CART),
    ("cart", [], a_moment()),
    ("cart", [{"sku": "BTQ-002"}, WANTED_SANDALS], IN_CART),  # keys not given are not compared
    ("cart", [WANTED_DRESS | {"colour": "Bluu"}, WANTED_SANDALS], IN_CART),  # the same in Swahili
    ("cart", [{"sku": "CP-22", "colour": "Army Green"}], a_moment(cart=(ARMY,))),
    ("cart_any_order", [WANTED_SANDALS, WANTED_DRESS], IN_CART),
    ("cart_total", 8900, IN_CART),
    ("cart", [WANTED_DRESS], replace(ORDERED, final=True)),  # finally the order's lines count
    ("cart", [WANTED_SANDALS], ORDERED),  # in between a new cart does
    ("cart_total", 4500, replace(ORDERED, final=True)),
    # an order whose payment failed is being changed: the cart is what will be ordered
    (
        "cart",
        [WANTED_DRESS],
        a_moment(cart=(DRESS,), placed=(placed(SANDALS, payment_status="failed"),), final=True),
    ),
    ("cart_may_be_kept", True, IN_CART),
    ("cart_may_be_kept", False, a_moment()),
    ("order_status", "awaiting_payment", ORDERED),
    ("order_status", ["paid", "awaiting_payment"], ORDERED),
    ("order_status", "draft", IN_CART),
    ("order_status", "none", IN_CART),
    ("step", ["cart", "address"], a_moment()),
    ("step", "payment", a_moment(conversation=a_conversation(step="payment_failed"))),
    ("step", "paid", a_moment(conversation=a_conversation(step="order_completed"))),
    ("step_not", ["payment", "done"], a_moment()),
    # no prompt is out, though a step called payment would fit as well
    ("step_not", "payment", a_moment(conversation=a_conversation(step="payment_failed"))),
    ("address_contains", ["kilimani", "B4"], ORDERED),
    ("address_contains", "Nyali", a_moment(state={"address": {"text": "Nyali 12"}})),
    ("orders_created", 1, ORDERED),
    ("orders_created", 1, CHANGED_AND_PAID),
    ("orders_created", 2, a_moment(placed=(placed(DRESS, id="o1"), placed(DRESS, id="o2")))),
    ("orders_paid", 1, CHANGED_AND_PAID),
    ("orders_paid", 0, ORDERED),
    ("payment_attempts", 2, CHANGED_AND_PAID),  # of all orders
    ("payment_attempts", 0, a_moment()),
    ("charged_total", 4500, CHANGED_AND_PAID),
    ("charged_total", 0, ORDERED),
    # money that came in counts as it came in, under review too
    ("charged_total", 4400, a_moment(payments=(
        a_payment(status="succeeded", received_minor=220_000),
        a_payment(id="p2", status="needs_review", received_minor=220_000)))),
    ("stock_after", {"BTQ-002/blue/M": 3}, a_moment()),
    ("stock_after", {"BTQ-002/Blue/M": 3}, a_moment()),
    ("opted_out", True, a_moment(may_answer=False)),
    ("handed_off", True, a_moment(conversation=AWAY)),
    ("handoff", True, a_moment(conversation=AWAY)),  # as another file calls it
    ("handoff", False, a_moment()),
    ("handoff_offered", True, a_moment("Sijui. Andika *mhudumu* na mtu wa duka atakujibu.")),
    ("handoff_offered", True, a_moment("Write *person* and someone will help you.")),
    ("handoff_offered", False, a_moment("It costs 4,500.")),
    ("handoff_offered", False, a_moment("A human has it.", conversation=AWAY)),
    # what every conversation begins with is no offer
    ("handoff_offered", False, a_moment(f"Hi! {INTRODUCED} We have two dresses.")),
    ("asks_clarification", True, a_moment("Which size?", before=a_standing())),
    ("asks_clarification", True, a_moment("Saizi gani", before=None)),
    ("asks_clarification", True,
     a_moment("Unataka ipi", cart=(DRESS,), before=a_standing(cart=(DRESS,)))),
    ("asks_clarification", False, a_moment("Added.", before=a_standing())),
    ("shown_includes", ["A", "B"], a_moment(options=frozenset("A"), named=frozenset("B"))),
    ("shown_includes_any", ["A", "B"], a_moment(named=frozenset("B"))),
    ("shown_excludes", ["A"], a_moment(named=frozenset("A"))),  # spoken of, not offered
    ("must_say_out_of_stock", True, a_moment("Sorry, it is out of stock.")),
    ("must_say_out_of_stock", True, a_moment("Samahani, *imeisha* kwa sasa.")),
    ("must_say_out_of_stock", True, a_moment("We have nothing in size 41 in stock right now.")),
    ("must_say_out_of_stock", True, a_moment("Kwa sasa hatuna kitu cha saizi 41.")),
    ("must_say_out_of_stock", False, a_moment("Jibu NDIYO kuthibitisha.")),
    ("mentions", ["4500|4,500", "kesho|tomorrow"], a_moment("KES *4,500*", "We bring it tomorrow")),
    ("mentions", "4500", a_moment("KES 4,500")),
    ("mentions_not", ["paid"], a_moment("waiting")),
    ("reply_mentions", "waiting", a_moment("waiting")),
    ("reply_mentions", "paid", a_moment("Hello!", story=TOLD, final=True)),  # of the last reply
    ("last_reply_mentions", ["dk-1", "paid"], a_moment(story=TOLD)),  # of a turn before
    ("reply_is", "order_status", a_moment("Order *DK-1* is waiting for your payment.",
                                          placed=(placed(DRESS),))),
    ("reply_is", "order_status", a_moment("Oda *DK-1* imelipiwa na tunaitayarisha.",
                                          placed=(placed(DRESS, payment_status="paid"),))),
    ("reply_is", "order_status",
     a_moment("Oda DK-1 iko njiani kuja kwako.",
              placed=(placed(DRESS, payment_status="paid", fulfilment_status="dispatched"),))),
    ("bot_silent", True, a_moment()),  # as another file calls it
    ("silent", True, a_moment()),
    ("bot_silent", False, a_moment("hello")),
    ("bot_replies", True, a_moment("hello")),
    ("bot_silent_after", "staff_message", a_moment(story=STAFF_THEN_QUIET)),
    ("max_bot_messages", 1, a_moment("one")),
]  # fmt: skip

BROKEN = [
    ("cart", [WANTED_SANDALS, WANTED_DRESS], IN_CART),  # the order of the lines counts
    ("cart", [WANTED_DRESS], IN_CART),
    ("cart", [WANTED_DRESS | {"qty": 2}, WANTED_SANDALS], IN_CART),
    # a shop that files both greens has two colours
    ("cart", [{"sku": "CP-22", "colour": "green"}], a_moment(cart=(ARMY,), on_hand=TWO_GREENS)),
    ("cart", [{"sku": "CP-22", "colour": "army green"}],
     a_moment(cart=(PLAIN_GREEN,), on_hand=TWO_GREENS)),
    ("cart_any_order", [WANTED_DRESS], IN_CART),
    ("cart_any_order", [WANTED_DRESS, WANTED_DRESS], IN_CART),
    ("cart_total", 8901, IN_CART),
    ("cart_may_be_kept", False, IN_CART),
    ("order_status", "none", ORDERED),
    ("order_status", "draft", a_moment()),
    ("step", "confirm", a_moment()),
    ("step_not", ["browsing", "cart"], a_moment()),
    ("step_not", "paid", a_moment(conversation=a_conversation(step="order_completed"))),
    ("address_contains", ["Kilimani", "B5"], ORDERED),
    ("address_contains", "Nyali", a_moment()),
    ("orders_created", 2, CHANGED_AND_PAID),
    ("orders_paid", 2, CHANGED_AND_PAID),
    ("payment_attempts", 1, CHANGED_AND_PAID),
    ("charged_total", 8900, CHANGED_AND_PAID),
    ("stock_after", {"BTQ-002/blue/M": 4}, a_moment()),
    ("stock_after", {"BTQ-002/pink/M": 0}, a_moment()),
    ("opted_out", True, a_moment()),
    ("handed_off", True, a_moment()),
    ("handoff", True, a_moment()),
    ("handoff_offered", True, a_moment("I do not know.")),
    ("handoff_offered", True, a_moment("A human will write to you.", conversation=AWAY)),
    ("handoff_offered", False, a_moment("For a human, write *person*.")),
    ("asks_clarification", True, a_moment("Added.", before=a_standing())),
    ("asks_clarification", True, a_moment("Anything else?", cart=(DRESS,), before=a_standing())),
    ("asks_clarification", True,
     a_moment("Which one?", placed=(placed(DRESS),), before=a_standing())),
    ("asks_clarification", True,
     a_moment("Which one?", payments=(a_payment(),), before=a_standing())),
    ("asks_clarification", False, a_moment("Which size?", before=a_standing())),
    ("shown_includes", ["A", "B"], a_moment(options=frozenset("A"))),
    ("shown_includes_any", ["A", "B"], a_moment(options=frozenset("C"))),
    ("shown_excludes", ["A"], a_moment(options=frozenset("A"))),
    ("must_say_out_of_stock", True, a_moment("Added to your cart.")),
    ("must_say_out_of_stock", True, a_moment("Tafadhali thibitisha.")),
    ("mentions", ["tomorrow|kesho"], a_moment("today")),
    ("mentions_not", ["paid|lipa"], a_moment("Andika *lipa*.")),
    ("reply_mentions", "paid", a_moment("waiting", story=TOLD)),
    ("last_reply_mentions", "hello", a_moment("Hello!", story=TOLD, final=True)),
    ("reply_is", "order_status", a_moment("It is waiting for your payment.",
                                          placed=(placed(DRESS),))),
    ("reply_is", "order_status", a_moment("Order DK-1 is not paid yet.",
                                          placed=(placed(DRESS, payment_status="paid"),))),
    ("reply_is", "order_status", a_moment("Oda DK-1 bado haijalipiwa.",
                                          placed=(placed(DRESS, payment_status="paid"),))),
    ("reply_is", "order_status", a_moment("DK-1 is paid.")),
    ("silent", False, a_moment()),
    ("bot_silent", True, a_moment("hello")),
    ("bot_replies", True, a_moment()),
    ("bot_silent_after", "staff_message", a_moment(story=STAFF_THEN_TALK)),
    ("bot_silent_after", "staff_message", a_moment()),  # it never came
    ("max_bot_messages", 1, a_moment("one", "two")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected", "moment"), HOLDING)
def test_a_check_that_holds_says_nothing(name: str, expected: Any, moment: Moment) -> None:
    assert run_checks({name: expected}, moment) == ([], [])


@pytest.mark.parametrize(("name", "expected", "moment"), BROKEN)
def test_a_check_that_does_not_hold_is_named(name: str, expected: Any, moment: Moment) -> None:
    problems, unknown = run_checks({name: expected}, moment)

    assert [problem.partition(":")[0] for problem in problems] == [name]
    assert unknown == []


def test_every_check_is_seen_to_hold_and_to_break() -> None:
    others = {"max_bot_messages_after_opt_out"}  # in a test of its own

    assert {name for name, _, _ in HOLDING} >= set(CHECKS) - others
    assert {name for name, _, _ in BROKEN} >= set(CHECKS) - others


def test_messages_are_counted_from_the_turn_the_customer_says_stop() -> None:
    # given
    story = a_story((None, ("Hello!", "Welcome!")))
    story.add(None, ("Okay, I stop.",), may_answer=False)
    story.add(None, ("Hello again!",), may_answer=True)

    # when
    problems, _ = run_checks({"max_bot_messages_after_opt_out": 1}, a_moment(story=story))

    # then
    assert problems == ["max_bot_messages_after_opt_out: 2 messages after the opt-out, at most 1"]
    assert run_checks({"max_bot_messages_after_opt_out": 2}, a_moment(story=story)) == ([], [])


def test_a_check_nobody_knows_is_told_and_does_not_fail() -> None:
    problems, unknown = run_checks({"mood": "cheerful", "note": "for people"}, a_moment())

    assert (problems, unknown) == ([], ["mood"])


@pytest.mark.parametrize(
    "empty",
    [{"cart": []}, {"cart_any_order": []}, {"cart_total": 0}],
)
def test_an_open_cart_is_no_fault_only_where_the_file_says_so(empty: dict[str, Any]) -> None:
    assert run_checks(empty | {"cart_may_be_kept": True}, IN_CART) == ([], [])
    assert run_checks(empty, IN_CART)[0] != []


def test_a_kept_cart_does_not_excuse_an_order() -> None:
    ordered = replace(ORDERED, final=True)

    problems, _ = run_checks({"cart": [], "cart_may_be_kept": True}, ordered)

    assert problems == ["cart: should be empty, is 1× BTQ-002 blue M"]


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
    order = placed(DRESS, status=status, payment_status=payment_status)

    assert order_statuses(a_standing(placed=(order,))) == names


def test_an_order_that_was_reopened_to_be_changed_is_not_cancelled() -> None:
    order = placed(DRESS, id="o1", status="cancelled", payment_status="failed")
    being_changed = a_standing(cart=(DRESS,), placed=(order,), state={"replaces": "o1"})

    assert order_statuses(being_changed) == {"payment_failed", "draft"}
    assert order_statuses(replace(being_changed, state={})) == {"cancelled", "draft"}


def test_a_cancelled_order_gives_its_cart_back() -> None:
    order = placed(DRESS, status="cancelled")
    moment = a_moment(cart=(SANDALS,), placed=(order,), final=True)

    assert run_checks({"cart": [WANTED_SANDALS]}, moment) == ([], [])


def test_the_payment_under_way_is_the_one_an_event_is_about() -> None:
    under_way = a_payment(id="p1", status="pending")
    failed = a_payment(id="p2", status="failed")

    assert a_standing(payments=(under_way, failed)).payment == under_way
    assert a_standing(payments=(replace(under_way, status="failed"), failed)).payment == failed
    assert a_standing().payment is None
