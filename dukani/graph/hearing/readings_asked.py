"""What the answer to "did you mean 1. … 2. …?" does, and when that question is passed over. Pure.

A number does that reading's edits. A yes, or a number that was not told, says nothing: it is asked
once more, and nothing is paid by it. Whatever else is said is read as usual, and the question is
dropped.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import (
    Act,
    Add,
    AskShop,
    Confirm,
    Decline,
    Greeting,
    Remark,
    Repeat,
    Set,
    Target,
    Thanks,
    Unclear,
)
from dukani.domain.questions import Question
from dukani.graph.ordering.giving_up import MOST_ATTEMPTS

_COURTESY = (Greeting, Thanks, Remark)
_LEAVES_IT_OPEN = (*_COURTESY, AskShop, Repeat, Decline, Unclear)


def answer_to_readings(acts: Sequence[Act], asked: Question | None) -> list[Act]:
    """The acts, in the place of the number of a reading its edits."""
    told = [act for act in acts if not isinstance(act, _COURTESY)]
    if asked is None or asked.field != "reading" or not told:
        return list(acts)
    numbers = [_number_said(act) for act in told]
    if any(number is None for number in numbers):
        return list(acts)
    if len(numbers) == 1 and 1 <= (numbers[0] or 0) <= len(asked.readings):
        return list(asked.readings[(numbers[0] or 0) - 1].edits)
    return [Repeat() if asked.attempts < MOST_ATTEMPTS else Decline()]


def _number_said(act: Act) -> int | None:
    """The number of the reading that is said, where nothing else is; 0 for a yes to them all."""
    if isinstance(act, Confirm):
        return 0
    if not isinstance(act, Add | Set) or not act.values.says_nothing:
        return None
    target, number = act.target, act.target.option or act.target.line
    return number if target in (Target(option=number), Target(line=number)) else None


def without_passed_over(questions: Sequence[Question], acts: Sequence[object]) -> list[Question]:
    """The open questions, without the one which edits were meant if something else was said."""
    if not questions or questions[-1].field != "reading":
        return list(questions)
    vain = questions[-1].attempts >= MOST_ATTEMPTS and any(isinstance(x, Unclear) for x in acts)
    if not vain and all(isinstance(act, _LEAVES_IT_OPEN) for act in acts):
        return list(questions)
    return without_readings(questions)


def without_readings(questions: Sequence[Question]) -> list[Question]:
    return [question for question in questions if question.field != "reading"]
