"""An utterance passes for what was meant, and for nothing that would do more."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.evals.intents import _OTHER_NAMES, _OTHER_SLOT_NAMES, KINDS, SLOTS, kind_of, slot_of
from dukani.evals.scoring import problems
from dukani.evals.utterance_file import Expected


def act(kind: str, **slots: Any) -> dict[str, Any]:
    return {"kind": kind, **slots}


def expected(*intents: str, **slots: Any) -> Expected:
    return Expected(intent=intents, slots=slots)


SEARCH = act("search", category="dress", colour="red", budget_max=3000)

PASSING = [
    # several intents in any order
    (expected("greeting", "search"), [SEARCH, act("greeting")]),
    # another spelling of the intent and the slot
    (expected("human"), [act("handoff")]),
    (expected("add_item", color="Blue", qty=2), [act("add_to_cart", colour="blue", quantity=2)]),
    # values that are the same in other words
    (expected("search", category="gown", colour="jekundu"), [SEARCH]),
    (expected("search", budget_max="3,000"), [SEARCH]),
    (expected("set_variant", size="medium"), [act("set_variant", size="M")]),
    (expected("set_variant", size=38), [act("set_variant", size="38")]),
    (expected("payment_phone", phone="0712 345678"), [act("payment_phone", phone="+254712345678")]),
    (
        expected("provide_address", address=" Kilimani,  Rose Apartments B4. "),
        [act("provide_address", address="Kilimani, Rose Apartments B4")],
    ),
    # one of several values the file allows
    (expected("select_option", option=[1, 2]), [act("select_option", option=2)]),
    # beside what was meant, things that change nothing
    (expected("search"), [act("greeting"), SEARCH, act("ask_availability"), act("ask_price")]),
    (expected("ask_price"), [act("ask_price"), act("search"), act("thanks")]),
    # the content of a correction, in other words
    (expected("correction", option=2), [act("deny"), act("correction", option=2),
                                        act("select_option", option=2), act("set_variant")]),
    (expected("select_option"), [act("select_option"), act("add_to_cart")]),
    # the size and colour said with a choice, in whichever act they come
    (expected("select_option", "set_variant", colour="white"),
     [act("select_option", option=1, colour="white")]),
    (expected("select_option", size="M"),
     [act("select_option", option=1), act("set_variant", size="M")]),
    (expected("set_variant", "correction", size="M"), [act("correction", size="M")]),
    # a slot expected not to be said
    (expected("search", size=None), [SEARCH]),
]  # fmt: skip

FAILING = [
    (expected("search", "greeting"), [SEARCH], "greeting not understood"),
    (expected("search", colour="blue"), [SEARCH], "colour should be 'blue', came 'red'"),
    (expected("search", size="M"), [SEARCH], "size should be 'M', came nothing"),
    (expected("search", colour=None), [SEARCH], "colour is 'red', but was not said"),
    # each of these would do something she never asked for
    (expected("search"), [SEARCH, act("checkout")], "checkout understood, but not said"),
    (expected("search"), [SEARCH, act("opt_out")], "opt_out understood, but not said"),
    (expected("thanks"), [act("thanks"), act("affirm")], "affirm understood, but not said"),
    (expected("greeting"), [act("greeting"), act("handoff")], "handoff understood, but not said"),
    (expected("search"), [SEARCH, act("add_to_cart")], "add_to_cart understood, but not said"),
    (expected("deny"), [act("deny"), act("cancel")], "cancel understood, but not said"),
    # names nobody here knows are told by name, not counted as misunderstood
    (expected("teleport"), [SEARCH], "the file's intent 'teleport' is not known"),
    (expected("search", altitude=3), [SEARCH], "the file's slot 'altitude' is not known"),
]


@pytest.mark.parametrize(("wanted", "acts"), PASSING)
def test_what_was_meant_passes(wanted: Expected, acts: list[dict[str, Any]]) -> None:
    assert problems(wanted, acts) == []


@pytest.mark.parametrize(("wanted", "acts", "problem"), FAILING)
def test_what_was_not_meant_is_said(
    wanted: Expected, acts: list[dict[str, Any]], problem: str
) -> None:
    assert problems(wanted, acts) == [problem]


def test_every_intent_and_slot_of_ours_is_known_by_its_own_name() -> None:
    assert {kind_of(kind) for kind in KINDS} == KINDS
    assert {slot_of(slot) for slot in SLOTS} == SLOTS


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
