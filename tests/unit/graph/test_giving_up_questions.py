"""Questions asked in vain: counted, and told when the order goes on without them."""

from __future__ import annotations

import pytest

from dukani.agent.facts import Fact, LeftAsItIs, LeftOut
from dukani.domain.acts import Add, Remove, Set, Target, Values
from dukani.domain.questions import Question
from dukani.graph.ordering.giving_up import facts_of_given_up, is_asked_in_vain, with_attempts
from tests.unit.domain.shops import line, numbered

DRESS, BELT = "Dress/red/M", "Belt/brown/ONE"
LINES = numbered([line(DRESS), line(BELT, kind="belt")])
WHICH = Question(field="which", completes=Add(), choices=("a", "b"))
WHICH_LINE = Question(field="which_line", completes=Remove(), choices=(DRESS, BELT))
SIZE = Question(field="size", completes=Add(target=Target(product_id="a")), name="A")


@pytest.mark.parametrize(
    ("fresh", "before", "attempts"),
    [
        (WHICH, [], 1),
        (WHICH, [WHICH], 2),
        (WHICH, [WHICH.model_copy(update={"attempts": 2})], 3),
        # The order in which they are shown is no matter.
        (WHICH.model_copy(update={"choices": ("b", "a")}), [WHICH], 2),
        # Fewer to choose from, or more known of the piece: she has said something.
        (WHICH.model_copy(update={"choices": ("a",)}), [WHICH], 1),
        (WHICH.model_copy(update={"completes": Add(values=Values(size="M"))}), [WHICH], 1),
        (WHICH_LINE, [WHICH], 1),
        (WHICH_LINE, [WHICH_LINE], 2),
        (SIZE, [SIZE], 1),  # a value is named at checkout instead
    ],
)
def test_asking_the_same_again_is_counted(
    fresh: Question, before: list[Question], attempts: int
) -> None:
    [question] = with_attempts([fresh], before)
    assert question.attempts == attempts
    assert is_asked_in_vain(question) == (attempts > 2)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (SIZE, [LeftOut(name="A")]),
        (WHICH, [LeftOut(name="")]),
        (WHICH.model_copy(update={"completes": Add(target=Target(category="bag"))}),
         [LeftOut(name="bag")]),
        (WHICH_LINE, [LeftAsItIs(lines=LINES)]),
        (Question(field="colour", completes=Set(target=Target(variant_id=DRESS)), name="Dress"),
         [LeftAsItIs(lines=LINES[:1])]),
        # Its line is gone: there is nothing left to be told.
        (Question(field="colour", completes=Set(target=Target(variant_id="gone")), name="X"), []),
    ],
)  # fmt: skip
def test_a_wish_is_left_out_and_a_line_stays(question: Question, told: list[Fact]) -> None:
    assert facts_of_given_up(question, LINES) == told
