"""Questions asked in vain: counted, and told when the order goes on without them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Fact, LeftAsItIs, LeftOut
from dukani.domain.acts import Add
from dukani.domain.following import line_waited_for
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.domain.resolved import words_of

MOST_ATTEMPTS = 2  # then the order goes on without what was not settled


def asked_again(question: Question) -> Question:
    return question.model_copy(update={"attempts": question.attempts + 1})


def counted(fresh: Sequence[Question], before: Sequence[Question]) -> list[Question]:
    """The new questions; one that asks which of the same as before is asked once more."""
    return [_counted(question, before) for question in fresh]


def _counted(question: Question, before: Sequence[Question]) -> Question:
    if question.field not in ("which", "which_line"):
        return question
    same = next((q for q in before if _asks_the_same(q, question)), None)
    return question.model_copy(update={"attempts": same.attempts + 1 if same else 1})


def _asks_the_same(before: Question, now: Question) -> bool:
    same = before.field == now.field and {*before.choices} == {*now.choices}
    return same and before.completes == now.completes


def was_in_vain(question: Question) -> bool:
    """Whether it has now been asked once more than is decent."""
    return question.attempts > MOST_ATTEMPTS


def only_a_yes_again(question: Question) -> bool:
    """ "Which one?" – "yes": to a list she only looked at, while her order waits to be paid."""
    vague = question.field == "which" and question.completes == Add()
    return vague and question.attempts >= MOST_ATTEMPTS


def told_without(
    question: Question, lines: Sequence[Line], *, declined: bool = False
) -> list[Fact]:
    """What is said of a question that is given up: a wish is left out, a line stays as it is."""
    if question.field == "which_line":
        meant = tuple(line for line in lines if line.variant_id in question.choices)
    elif (variant_id := line_waited_for(question)) is not None:
        meant = tuple(line for line in lines if line.variant_id == variant_id)
    else:
        return [LeftOut(name=question.name or words_of(question))]
    return [LeftAsItIs(lines=meant, declined=declined)] if meant else []
