"""Which of several edits was meant: what an answer does, and when the question is dropped."""

from __future__ import annotations

import pytest

from dukani.domain.acts import (
    Act,
    Add,
    AskShop,
    Checkout,
    Confirm,
    Decline,
    Remove,
    Repeat,
    Set,
    SetAddress,
    Target,
    Thanks,
    Unclear,
    Values,
)
from dukani.domain.offers import still_wanted
from dukani.domain.questions import Question, Reading
from dukani.graph.hearing.normalise import normalise
from dukani.graph.hearing.readings_asked import without_passed_over
from dukani.graph.state import State, as_plain, questions_in

GONE = Remove(target=Target(variant_id="dress"))
TWO = Set(target=Target(variant_id="dress"), values=Values(quantity=2), change=True)
ASKED = Question(
    field="reading",
    readings=(Reading(edits=(GONE,), changes=()), Reading(edits=(TWO,), changes=())),
)
AGAIN = ASKED.model_copy(update={"attempts": 2})
FIRST, SECOND, THIRD = (Add(target=Target(option=number)) for number in (1, 2, 3))


def at(asked: Question) -> State:
    return State(step="cart_updated", questions=as_plain([asked]))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ([FIRST], [GONE]),
        ([SECOND], [TWO]),
        ([Set(target=Target(line=2))], [TWO]),
        ([SECOND, Thanks()], [TWO]),
        ([Confirm()], [Repeat()]),
        ([THIRD], [Repeat()]),
        ([FIRST, SECOND], [Repeat()]),
        ([Decline()], [Decline()]),
        ([TWO], [TWO]),
        ([SECOND, SetAddress(text="Kilimani")], [SECOND, SetAddress(text="Kilimani")]),
        ([Checkout()], [Checkout()]),
    ],
)
def test_what_an_answer_does(said: list[Act], meant: list[Act]) -> None:
    assert normalise(said, at(ASKED)) == meant


def test_a_yes_is_asked_back_once_and_then_the_question_ends() -> None:
    assert normalise([Confirm()], at(AGAIN)) == [Decline()]


def test_the_question_and_its_edits_are_remembered() -> None:
    assert questions_in(at(ASKED)) == [ASKED]


@pytest.mark.parametrize(
    ("said", "asked", "stays"),
    [
        ([AskShop(topic="hours")], ASKED, True),
        ([Repeat()], ASKED, True),
        ([Decline()], ASKED, True),  # it ends where that is answered
        ([Unclear()], ASKED, True),
        ([Unclear()], AGAIN, False),
        ([TWO], ASKED, False),
        ([Checkout()], ASKED, False),
        ([SetAddress(text="Kilimani")], ASKED, False),
    ],
)
def test_whatever_else_is_said_drops_the_question(
    said: list[Act], asked: Question, stays: bool
) -> None:
    assert without_passed_over([asked], said) == ([asked] if stays else [])


def test_it_is_no_wish_that_waits() -> None:
    assert still_wanted([ASKED]) == []
