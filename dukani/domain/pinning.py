"""Pins an edit to the lines it means, or asks which line or piece is meant."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Remove,
    Set,
    Split,
    Substitute,
    Target,
)
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.questions import Question
from dukani.domain.resolved import Resolution

LineEdit = Set | Remove | ChangeQuantity | Split | Substitute


def pin_lines(edit: LineEdit, lines: Sequence[Line], found: Resolution) -> None:
    """Pins the edit to the candidate lines if all are meant; else asks which."""
    if are_meant(edit.target, lines):
        for line in lines:
            found.pinned.append(edit.model_copy(update={"target": pin_of(line)}))
    else:
        found.ask(ask_which_line(edit, lines))


def pin_of(line: Line) -> Target:
    return Target(variant_id=line.variant_id)


def are_meant(target: Target, lines: Sequence[Line]) -> bool:
    """Whether the candidates need no question: a single line, "all", or "both" of two."""
    return len(lines) == 1 or target.scope == "all" or (target.scope == "both" and len(lines) == 2)


def ask_which(edit: Add | Substitute, meant: Sequence[SoldPiece]) -> Question:
    return Question(
        field="which",
        completes=edit,
        choices=tuple(piece.product_id for piece in meant),
    )


def ask_which_line(edit: LineEdit, lines: Sequence[Line]) -> Question:
    return Question(
        field="which_line",
        completes=edit,
        choices=tuple(line.variant_id for line in lines),
    )
