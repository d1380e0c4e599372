"""Collects the results of a message's edits: the order after them, changes and questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dukani.core.store.products import Variant
from dukani.domain.changes import Change, Offer
from dukani.domain.pieces import Line
from dukani.domain.questions import Question


@dataclass(slots=True)
class Applied:
    """The order after the edits, the outcome of each, and the questions to ask."""

    lines: tuple[Line, ...]
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    last_variant_id: str | None = None

    @property
    def changed(self) -> bool:
        """Whether any edit succeeded, including one that found its wish already met."""
        return any(change.what != "refused" for change in self.changes)

    def tell_put(self, line: Line, *, before: Line | None) -> None:
        """Reports a line as added, changed or kept, by comparing it with `before`."""
        what = "added" if before is None else "kept" if line == before else "changed"
        self.changes.append(Change(what=what, line=line, before=before))
        self.last_variant_id = line.variant_id

    def tell_kept(self, line: Line) -> None:
        """Reports a line that already was as wanted."""
        self.changes.append(Change(what="kept", line=line))
        self.last_variant_id = line.variant_id

    def tell_removed(self, line: Line) -> None:
        self.changes.append(Change(what="removed", line=line))

    def was_removed(self, variant_id: str | None) -> bool:
        """Whether an earlier edit of this message took the line out."""
        return any(
            change.what == "removed" and change.line and change.line.variant_id == variant_id
            for change in self.changes
        )


def not_in_order(line: Line | None) -> Change:
    """The refusal of an edit whose line an earlier edit of the message took out or split."""
    if line is None:
        return Change(what="refused", reason="not_in_order")
    return Change(
        what="refused", reason="not_in_order", name=line.name, colour=line.colour, size=line.size
    )


def not_sold(line: Line) -> Change:
    """The refusal for a line whose piece the shop no longer sells."""
    return Change(
        what="refused",
        reason="out_of_stock",
        name=line.name,
        colour=line.colour,
        size=line.size,
        wanted=line.quantity,
    )


def below_zero(name: str, wanted: int) -> Change:
    return Change(what="refused", reason="below_zero", name=name, wanted=wanted)


def too_many(variant: Variant, *, wanted: int, most: int) -> Change:
    return Change(
        what="refused", reason="too_many", name=variant.name, wanted=wanted, left=max(most, 0)
    )


def out_of_stock(variant: Variant, *, wanted: int, choices: Sequence[str]) -> Change:
    """The refusal for lack of stock; `choices` are named only when none is left."""
    left = max(variant.available, 0)
    return Change(
        what="refused",
        reason="out_of_stock",
        name=variant.name,
        colour=variant.colour,
        size=variant.size,
        wanted=wanted,
        left=left,
        choices=() if left else tuple(choices),
    )
