"""Edits of one message that go on from one another: "two, no, three", "… and make it black"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Clear,
    Edit,
    Remove,
    Set,
    Substitute,
    Target,
    Undo,
    Values,
)
from dukani.domain.answers import says
from dukani.domain.questions import Question
from dukani.domain.resolved import Resolution
from dukani.domain.view import View
from dukani.domain.waiting import over_values


class Spoken:
    """What the edit before came to: "it" in the rest of the message."""

    def __init__(self) -> None:
        self._pinned = self._asked = 0
        self.line: Target | None = None
        self.added: Add | None = None  # pinned to a piece
        self.asked: Question | None = None  # which piece, for an Add

    def mark(self, found: Resolution) -> None:
        """Before an edit is resolved."""
        self._pinned, self._asked = len(found.pinned), len(found.asked)

    def take(self, edit: Edit, found: Resolution) -> None:
        """After an edit was resolved: the one line or piece it was about, if it was one."""
        pinned, asked = found.pinned[self._pinned :], found.asked[self._asked :]
        self.line = self.added = self.asked = None
        if len(pinned) == 1 and not asked:
            only = pinned[0]
            if isinstance(only, Add):
                self.added = only
            elif isinstance(only, Set | ChangeQuantity | Substitute):
                self.line = only.target
        elif len(asked) == 1 and not pinned and isinstance(asked[0].completes, Add):
            self.asked = asked[0]


def goes_on(edit: Edit, spoken: Spoken, view: View, found: Resolution) -> Edit | None:
    """The edit with its "it" told; None when it went into the edit before."""
    if isinstance(edit, Clear | Undo) or not _says_it(edit):
        return edit
    if spoken.line is not None and not _answers_first(edit, found):
        return edit.model_copy(update={"target": spoken.line})
    wanted = spoken.added or (spoken.asked.completes if spoken.asked else None)
    if not isinstance(wanted, Add) or _answers_first(edit, found, but=spoken.asked):
        return edit
    if isinstance(edit, Remove) and edit.quantity is None:
        _withdraw(spoken, wanted, view, found)
        return None
    values = _values_now(edit, wanted.values)
    if values is None:
        return edit
    _replace(spoken, wanted.model_copy(update={"values": values}), found)
    return None


def _says_it(edit: Edit) -> bool:
    if isinstance(edit, Add | Clear | Undo):
        return False
    return edit.target.says_nothing


def _answers_first(edit: Edit, found: Resolution, but: Question | None = None) -> bool:
    """Whether a question asked before waits for just this, and no change of it is said."""
    if isinstance(edit, Set) and edit.change:
        return False
    return any(says(edit, question) for question in found.open if question is not but)


def _values_now(edit: Edit, before: Values) -> Values | None:
    """What is wanted of the piece after the edit; None when the edit is of another kind."""
    if isinstance(edit, Set):
        return over_values(before, edit.values)
    if isinstance(edit, ChangeQuantity):
        times = 1 if edit.times is None else edit.times
        return before.model_copy(
            update={"quantity": (before.quantity or 1) * times + (edit.by or 0)}
        )
    return None


def _replace(spoken: Spoken, wanted: Add, found: Resolution) -> None:
    if spoken.added is not None:
        found.pinned = [wanted if edit is spoken.added else edit for edit in found.pinned]
        spoken.added = wanted
    elif spoken.asked is not None:
        question = spoken.asked.model_copy(update={"completes": wanted})
        found.asked = [question if q is spoken.asked else q for q in found.asked]
        spoken.asked = question


def _withdraw(spoken: Spoken, wanted: Add, view: View, found: Resolution) -> None:
    """ "Add the first, no, leave it"."""
    found.pinned = [edit for edit in found.pinned if edit is not spoken.added]
    found.asked = [question for question in found.asked if question is not spoken.asked]
    piece = view.piece(wanted.target.product_id or "")
    found.drop(
        spoken.asked
        or Question(
            field="quantity",
            completes=wanted,
            product_id=wanted.target.product_id,
            name=piece.name if piece else "",
        )
    )
    spoken.added = spoken.asked = None


def merged_sets(edits: Sequence[Edit]) -> list[Edit]:
    """ "L, no wait, XXL": of what is said of one line one after another the last holds."""
    merged: list[Edit] = []
    for edit in edits:
        before = merged[-1] if merged else None
        if isinstance(edit, Set) and isinstance(before, Set) and before.target == edit.target:
            values = over_values(before.values, edit.values)
            merged[-1] = before.model_copy(update={"values": values})
        else:
            merged.append(edit)
    return merged
