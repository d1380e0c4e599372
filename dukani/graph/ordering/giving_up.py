"""Counts how often a question was asked, and gives it up after MOST_ATTEMPTS. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Fact, LeftAsItIs, LeftOut
from dukani.domain.acts import Values
from dukani.domain.following import line_waited_for
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.domain.resolved import words_of

MOST_ATTEMPTS = 2  # then the order goes on without an answer


def with_one_more_attempt(question: Question) -> Question:
    return question.model_copy(update={"attempts": question.attempts + 1})


def with_attempts(fresh: Sequence[Question], before: Sequence[Question]) -> list[Question]:
    """The new questions, with the attempts of an equal "which" question counted on."""
    return [_with_attempts(question, before) for question in fresh]


def _with_attempts(question: Question, before: Sequence[Question]) -> Question:
    if question.field not in ("which", "which_line"):
        return question
    same = next((q for q in before if _asks_the_same(q, question)), None)
    return question.model_copy(update={"attempts": same.attempts + 1 if same else 1})


def _asks_the_same(before: Question, now: Question) -> bool:
    same = before.field == now.field and {*before.choices} == {*now.choices}
    return same and before.completes == now.completes


def is_asked_in_vain(question: Question) -> bool:
    """Whether asking the question now would exceed MOST_ATTEMPTS."""
    return question.attempts > MOST_ATTEMPTS


def is_vague_yes_again(question: Question) -> bool:
    """Whether "which one?" was again answered by a bare "yes", which names no piece."""
    vague = question.field == "which" and question.is_vague
    return vague and question.attempts >= MOST_ATTEMPTS


def facts_of_given_up(
    question: Question, lines: Sequence[Line], *, declined: bool = False
) -> list[Fact]:
    """Facts about a question that is given up: a wish is left out, a line stays as it is."""
    if question.field == "which_line":
        meant = tuple(line for line in lines if line.variant_id in question.choices)
    elif (variant_id := line_waited_for(question)) is not None:
        meant = tuple(line for line in lines if line.variant_id == variant_id)
    else:
        return [left_out(question)]
    return [LeftAsItIs(lines=meant, declined=declined)] if meant else []


def left_out(question: Question) -> LeftOut:
    """The wish that is left out, in the colour and size said of it."""
    values = getattr(question.completes, "values", None) or Values()
    if not question.name:
        return LeftOut(name=words_of(question))
    return LeftOut(name=question.name, colour=values.colour, size=values.size)
