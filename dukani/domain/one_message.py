"""Resolves anaphora and self-repair within a message: "… and make it black", "two, no, three"."""

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


class Antecedent:
    """The antecedent of "it": the line or piece the previous edit of the message was about."""

    def __init__(self) -> None:
        self._pinned = self._asked = 0
        self.line: Target | None = None
        self.added: Add | None = None  # an Add pinned to a piece
        self.asked: Question | None = None  # the "which?" question of an Add

    def mark(self, found: Resolution) -> None:
        """Notes the state before an edit is resolved."""
        self._pinned, self._asked = len(found.pinned), len(found.asked)

    def take(self, edit: Edit, found: Resolution) -> None:
        """Remembers the one line or piece that a resolved edit was about, if it was only one."""
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


def resolve_anaphora(
    edit: Edit, antecedent: Antecedent, view: View, found: Resolution
) -> Edit | None:
    """The edit with the antecedent for "it"; None when merged into the previous edit."""
    if isinstance(edit, Clear | Undo) or not _needs_antecedent(edit):
        return edit
    if antecedent.line is not None and not _answers_first(edit, found):
        return edit.model_copy(update={"target": antecedent.line})
    wanted = antecedent.added or (antecedent.asked.completes if antecedent.asked else None)
    if not isinstance(wanted, Add) or _answers_first(edit, found, but=antecedent.asked):
        return edit
    if isinstance(edit, Remove) and edit.quantity is None:
        _withdraw(antecedent, wanted, view, found)
        return None
    values = _values_after(edit, wanted.values)
    if values is None:
        return edit
    whose = getattr(edit, "for_whom", None) or wanted.for_whom
    _replace(antecedent, wanted.model_copy(update={"values": values, "for_whom": whose}), found)
    return None


def _needs_antecedent(edit: Edit) -> bool:
    if isinstance(edit, Add | Clear | Undo):
        return False
    return edit.target.says_nothing


def _answers_first(edit: Edit, found: Resolution, but: Question | None = None) -> bool:
    """Whether the edit answers a question asked before this message, rather than changing it."""
    if isinstance(edit, Set) and edit.change:
        return False
    return any(says(edit, question) for question in found.open if question is not but)


def _values_after(edit: Edit, before: Values) -> Values | None:
    """The wanted piece's values after the edit; None for an edit of another kind."""
    if isinstance(edit, Set):
        return over_values(before, edit.values)
    if isinstance(edit, ChangeQuantity):
        times = 1 if edit.times is None else edit.times
        return before.model_copy(
            update={"quantity": (before.quantity or 1) * times + (edit.by or 0)}
        )
    return None


def _replace(antecedent: Antecedent, wanted: Add, found: Resolution) -> None:
    if antecedent.added is not None:
        found.pinned = [wanted if edit is antecedent.added else edit for edit in found.pinned]
        antecedent.added = wanted
    elif antecedent.asked is not None:
        question = antecedent.asked.model_copy(update={"completes": wanted})
        found.asked = [question if q is antecedent.asked else q for q in found.asked]
        antecedent.asked = question


def _withdraw(antecedent: Antecedent, wanted: Add, view: View, found: Resolution) -> None:
    """Drops the wish that the same message takes back: "add the first, no, leave it"."""
    found.pinned = [edit for edit in found.pinned if edit is not antecedent.added]
    found.asked = [question for question in found.asked if question is not antecedent.asked]
    piece = view.piece(wanted.target.product_id or "")
    found.drop(
        antecedent.asked
        or Question(
            field="quantity",
            completes=wanted,
            product_id=wanted.target.product_id,
            name=piece.name if piece else "",
        )
    )
    antecedent.added = antecedent.asked = None


def merged_sets(edits: Sequence[Edit]) -> list[Edit]:
    """The edits with consecutive sets of one line merged: in "L, no wait, XXL" the last wins."""
    merged: list[Edit] = []
    for edit in edits:
        before = merged[-1] if merged else None
        if isinstance(edit, Set) and isinstance(before, Set) and before.target == edit.target:
            values = over_values(before.values, edit.values)
            whose = edit.for_whom or before.for_whom
            merged[-1] = before.model_copy(update={"values": values, "for_whom": whose})
        else:
            merged.append(edit)
    return merged
