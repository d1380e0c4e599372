"""Drops the question of a wish that another edit of the same message has settled. Pure.

"I'll borrow the clutch, take it out": the piece is named twice, and wanted no more. "Only the
black, take the nude out": the black is in the order already. A wish that says something that the
other edit does not, a colour or a size, stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Add
from dukani.domain.changes import Change
from dukani.domain.pieces import Line
from dukani.domain.questions import Question

_VALUES_ASKED = ("colour", "size")


def without_moot(
    questions: Sequence[Question], changes: Sequence[Change], lines: Sequence[Line]
) -> list[Question]:
    """The questions, without those of wishes settled by the `changes` that led to `lines`."""
    return [question for question in questions if not _is_moot(question, changes, lines)]


def without_picked(questions: Sequence[Question], changes: Sequence[Change]) -> list[Question]:
    """The questions asked before, without "which of these?" where as many of them were put in.

    "Two tees, one for me and one for my sister": "the graphic ones, mine black, hers white".
    """
    return [question for question in questions if not _is_picked(question, changes)]


def _is_picked(question: Question, changes: Sequence[Change]) -> bool:
    wish = question.completes
    if question.field != "which" or not isinstance(wish, Add):
        return False
    added = (change.line for change in changes if change.what == "added")
    units = sum(line.quantity for line in added if line and line.product_id in question.choices)
    return units >= (wish.values.quantity or 1)


def _is_moot(question: Question, changes: Sequence[Change], lines: Sequence[Line]) -> bool:
    wish = question.completes
    if question.field not in _VALUES_ASKED or question.not_had or not isinstance(wish, Add):
        return False
    if wish.another or wish.values.quantity is not None or wish.values.age is not None:
        return False
    removed = _lines_of(question, changes, "removed")
    put_in = _lines_of(question, changes, "added")
    there = [line for line in lines if line.product_id == question.product_id]
    settled = [*removed, *there] if removed else put_in
    return any(_fits(wish, line) for line in settled)


def _lines_of(question: Question, changes: Sequence[Change], what: str) -> list[Line]:
    """The lines of the piece asked about that were removed or added."""
    lines = (change.line for change in changes if change.what == what)
    return [line for line in lines if line and line.product_id == question.product_id]


def _fits(wish: Add, line: Line) -> bool:
    """Whether the line has the colour and size wished for, where they were said."""
    values = wish.values
    return values.colour in (None, line.colour) and values.size in (None, line.size)
