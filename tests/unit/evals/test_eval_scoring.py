"""An utterance passes for what was meant, and for nothing that would do more."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.domain import acts as a
from dukani.domain.acts import Target, Values
from dukani.domain.pieces import Line
from dukani.evals.intents import _OTHER_NAMES, _OTHER_SLOT_NAMES, alternatives, kind_of, slot_of
from dukani.evals.neutral import KINDS, SLOTS
from dukani.evals.scoring import problems
from dukani.evals.utterance_file import Expected


def expected(*intents: str, **slots: Any) -> Expected:
    return Expected(intent=intents, slots=slots)


SEARCH = a.Search(category="dress", colour="red", budget_max=3000)
SECOND = Target(option=2)
IN_M = a.Set(values=Values(size="M"))
BELT = Line(number=1, name="Leather Belt", colour="black", size="36", quantity=2,
            unit_price_minor=95_000, category="belt")  # fmt: skip

PASSING = [
    # several intents in any order
    (expected("greeting", "search"), [SEARCH, a.Greeting()]),
    # one act may count as several
    (expected("select_option", "add_to_cart", "set_variant", option=2, colour="white"),
     [a.Add(target=SECOND, values=Values(colour="white"))]),
    # either of two intents
    (expected("checkout|affirm"), [a.Confirm()]),
    (expected("checkout|affirm"), [a.Checkout()]),
    (expected("yes | pay"), [a.Checkout()]),
    # another spelling of the intent and the slot
    (expected("human"), [a.Handoff()]),
    (expected("complaint"), [a.Complaint()]),
    (expected("add_item", color="Blue", qty=2), [a.Add(values=Values(colour="blue", quantity=2))]),
    # values that are the same in other words
    (expected("search", category="gown", colour="jekundu"), [SEARCH]),
    (expected("search", budget_max="3,000"), [SEARCH]),
    (expected("set_variant", size="medium"), [IN_M]),
    (expected("set_variant", size=38), [a.Set(values=Values(size="38"))]),
    (expected("payment_phone", phone="0712 345678"), [a.SetPayer(phone="+254712345678")]),
    (expected("provide_address", address=" Kilimani,  Rose Apartments B4. "),
     [a.SetAddress(text="Kilimani, Rose Apartments B4")]),
    (expected("search", exclude_pattern="Striped"), [a.Search(exclude_pattern="striped")]),
    (expected("order_status", order_ref=1042), [a.OrderStatus(order_ref="#1042")]),
    (expected("payment_done", receipt="SJK4 TY81LM"), [a.ClaimPaid(receipt="sjk4ty81lm")]),
    # one of several values the file allows
    (expected("select_option", option=[1, 2]), [a.Add(target=SECOND)]),
    # beside what was meant, things that change nothing
    (expected("search"), [a.Greeting(), SEARCH, a.AskStock(), a.AskPrice()]),
    (expected("ask_price"), [a.AskPrice(), SEARCH, a.Thanks()]),
    (expected("provide_address"), [a.SetAddress(text="Nyali"), a.SetNote(text="call Akinyi")]),
    # the content of a correction, in other words
    (expected("correction", option=2),
     [a.Decline(), a.Set(target=SECOND, values=Values(size="L"), change=True)]),
    (expected("correction", size="L"), [a.Set(values=Values(size="L"), change=True), IN_M]),
    (expected("select_option"), [a.Add(target=SECOND)]),
    # the size said with a choice, in whichever act it comes
    (expected("select_option", size="M"), [a.Add(target=SECOND), IN_M]),
    # a slot expected not to be said
    (expected("search", size=None), [SEARCH]),
]  # fmt: skip

FAILING = [
    (expected("search", "greeting"), [SEARCH], "greeting not understood"),
    (expected("checkout|affirm"), [SEARCH], "checkout or affirm not understood"),
    (expected("search", colour="blue"), [SEARCH], "colour should be 'blue', came 'red'"),
    (expected("search", size="M"), [SEARCH], "size should be 'M', came nothing"),
    (expected("search", colour=None), [SEARCH], "colour is 'red', but was not said"),
    (expected("order_status", order_ref="1042"), [a.OrderStatus(order_ref="1043")],
     "order_ref should be '1042', came '1043'"),
    # each of these would do something the customer never asked for
    *(
        (expected("search"), [SEARCH, act], f"{act.kind} understood, but not said")
        for act in (
            a.Add(target=SECOND), IN_M, a.ChangeQuantity(by=1), a.Remove(), a.Substitute(),
            a.Split(parts=(Values(colour="red"),)), a.Clear(), a.Undo(), a.SetAddress(text="x"),
            a.SetPayer(), a.Confirm(), a.Decline(), a.Checkout(), a.PayAgain(), a.ClaimPaid(),
            a.Cancel(), a.Handoff(), a.Complaint(), a.OptOut(), a.OptIn(), a.StartOver(),
        )
    ),
    (expected("deny"), [a.Decline(), a.Cancel()], "cancel understood, but not said"),
    (expected("greeting", size="M"), [a.Greeting(), IN_M, a.Checkout()],
     "checkout understood, but not said"),
    # names nobody here knows are told by name, not counted as misunderstood
    (expected("teleport"), [SEARCH], "the file's intent 'teleport' is not known"),
    (expected("search", altitude=3), [SEARCH], "the file's slot 'altitude' is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "acts"), PASSING)
def test_what_was_meant_passes(wanted: Expected, acts: list[a.Act]) -> None:
    assert problems(wanted, acts) == []


@pytest.mark.parametrize(("wanted", "acts", "problem"), FAILING)
def test_what_was_not_meant_is_said(wanted: Expected, acts: list[a.Act], problem: str) -> None:
    assert problems(wanted, acts) == [problem]


def test_nothing_understood_is_every_intent_missed() -> None:
    assert problems(expected("greeting", "search"), []) == [
        "greeting not understood",
        "search not understood",
    ]


def test_one_more_is_as_many_as_the_customer_then_has() -> None:
    # given: two belts in the cart
    one_more = [a.ChangeQuantity(by=1)]
    wanted = expected("change_quantity", quantity=3)

    # then: "one more" makes three; of an unknown cart nobody can tell
    assert problems(wanted, one_more, [BELT]) == []
    assert problems(wanted, one_more) == ["quantity should be 3, came nothing"]


def test_every_neutral_intent_and_slot_is_known_by_its_own_name() -> None:
    assert {kind_of(kind) for kind in KINDS} == KINDS
    assert {slot_of(slot) for slot in SLOTS} == SLOTS


@pytest.mark.parametrize("slot", ["exclude_pattern", "order_ref", "payment_ref"])
def test_the_slots_of_other_files_are_known(slot: str) -> None:
    assert slot_of(slot) == slot


@pytest.mark.parametrize(("others", "ours"), [(_OTHER_NAMES, KINDS), (_OTHER_SLOT_NAMES, SLOTS)])
def test_no_other_name_stands_for_two(
    others: dict[str, tuple[str, ...]], ours: frozenset[str]
) -> None:
    names = [name for group in others.values() for name in group]

    assert set(others) <= ours
    assert len(names) == len(set(names))
    assert not ours.intersection(names)


@pytest.mark.parametrize("spelling", ["Show-Cart", " show cart ", "SHOW_CART"])
def test_the_way_a_name_is_written_does_not_matter(spelling: str) -> None:
    assert kind_of(spelling) == "view_cart"


@pytest.mark.parametrize(
    ("intent", "either"), [("a|b", ("a", "b")), ("a", ("a",)), ("a|", ("a",)), ("|", ())]
)
def test_an_intent_may_have_alternatives(intent: str, either: tuple[str, ...]) -> None:
    assert alternatives(intent) == either
