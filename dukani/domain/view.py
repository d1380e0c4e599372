"""Defines the view, the dialogue context of references: the order, lists shown, the focus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dukani.domain.acts import Values
from dukani.domain.pieces import Focus, LeftOut, Line, Option, SoldPiece


@dataclass(frozen=True, slots=True)
class Swapped:
    """The former colour and size of the one line that the last change gave other values."""

    line: str  # present variant id of the line
    colour: str
    size: str


@dataclass(frozen=True, slots=True)
class Worn:
    """A size told of a person: a wearer's id, "mine" of the customer, "theirs" of another."""

    who: str
    size: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One snapshot per turn, against which every edit of a message is resolved."""

    lines: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()  # lines the last change of the order took out
    left_out: tuple[LeftOut, ...] = ()  # what left the order earlier, the newest first
    only_taken_out: bool = False  # the last change of the order took out, and put in nothing
    bought: tuple[Line, ...] = ()  # lines of the last order, while the cart is empty
    lists: tuple[tuple[Option, ...], ...] = ()  # newest first
    focus: Focus | None = None  # the piece under discussion since the last change of the order
    last_variant_id: str | None = None  # the line changed last, unless the topic moved on
    swapped: Swapped | None = None
    last_product_id: str | None = None  # the piece discussed last, kept after payment
    choosing: bool = False  # the newest list waits for a choice
    listed: bool = False  # that list is the last that was shown: a bare number is its
    wished: Values = field(default_factory=Values)  # values of the search behind the newest list
    worn: tuple[Worn, ...] = ()  # sizes told in this talk, the newest last
    ages: tuple[int, ...] = ()  # years of the children the newest list was shown for
    pieces: tuple[SoldPiece, ...] = ()  # all pieces the boutique sells

    def piece(self, product_id: str) -> SoldPiece | None:
        return next((p for p in self.pieces if p.product_id == product_id), None)

    @property
    def newest(self) -> tuple[Option, ...]:
        """The list shown last."""
        return self.lists[0] if self.lists else ()

    def option(self, number: int) -> Option | None:
        """The option of the newest list with this number."""
        return next((option for option in self.newest if option.number == number), None)

    def line_of_variant(self, variant_id: str | None) -> Line | None:
        return next((line for line in self.lines if line.variant_id == variant_id), None)

    def lines_of(self, piece: SoldPiece) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.product_id == piece.product_id)

    def by_salience(self) -> Iterator[tuple[str, ...]]:
        """Groups of product ids, most salient first; the first group that fits counts."""
        if self.focus is not None:
            yield (self.focus.product_id,)
        newest = tuple(o.product_id for o in self.newest)
        ordered = tuple(dict.fromkeys(line.product_id for line in self.lines))
        yield from (newest, ordered) if self.choosing else (ordered, newest)
        yield tuple(dict.fromkeys(line.product_id for line in self.gone))
        yield tuple(dict.fromkeys(line.product_id for line in self.bought))
        if self.last_product_id is not None:
            yield (self.last_product_id,)
        for earlier in self.lists[1:]:
            yield tuple(option.product_id for option in earlier)
        yield tuple(piece.product_id for piece in self.pieces)
