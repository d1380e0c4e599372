"""Keeps open questions in step with the order: follows lines to their new variant ids. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.domain.acts import Remove, Target
from dukani.domain.changes import Change
from dukani.domain.pieces import Line
from dukani.domain.questions import Question


def followed(
    questions: Sequence[Question], changes: Sequence[Change], lines: Sequence[Line]
) -> list[Question]:
    """The questions whose lines still exist, each with the variant id its line has now."""
    became = {
        change.before.variant_id: change.line.variant_id
        for change in reversed(changes)
        if change.what == "changed" and change.before and change.line
    }
    there = {line.variant_id for line in lines}
    now = [_followed(question, became) for question in questions]
    return [question for question in now if _still_has_subject(question, there)]


def _followed(question: Question, became: Mapping[str, str]) -> Question:
    if question.field == "which_line":
        choices = tuple(dict.fromkeys(became.get(one, one) for one in question.choices))
        return question.model_copy(update={"choices": choices})
    line = line_waited_for(question)
    if line is None or line not in became:
        return question
    target = Target(variant_id=became[line])
    assert question.completes is not None  # `line_waited_for` found its line
    completes = question.completes.model_copy(update={"target": target})
    return question.model_copy(update={"completes": completes})


def _still_has_subject(question: Question, there: set[str]) -> bool:
    """Whether the question still has a subject: its line exists, or it is about a new wish."""
    if question.field == "which_line":
        left = len(there & {*question.choices})
        # What else was said took one of two out; a change stays wanted of the line that is left.
        return left > 1 or (left == 1 and not isinstance(question.completes, Remove))
    line = line_waited_for(question)
    return line is None or line in there


def line_waited_for(question: Question) -> str | None:
    """The variant id of the line that the question's edit changes; None for a new wish."""
    target: Target = getattr(question.completes, "target", Target())
    return target.variant_id
