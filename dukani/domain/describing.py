"""Matches one attribute of a `Target` (name, colour, kind, pattern) with a line or a piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from dukani.domain.acts import Values
from dukani.domain.naming import names, spells
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.shades import shades_of
from dukani.domain.sizes import ONE_SIZE, size_said, sizes_for_age
from dukani.domain.view import View

Piece = TypeVar("Piece", Line, SoldPiece)


@dataclass(frozen=True, slots=True)
class Naming:
    """Matches piece names with the name said; `exactly` forbids misspellings."""

    said: str | None
    exactly: bool

    def __call__(self, name: str) -> bool:
        if self.said is None:
            return True
        return spells(self.said, name) if self.exactly else names(self.said, name)


def naming(said: str | None, view: View) -> Naming:
    """The matcher for a name said: misspellings count only where no name is spelt as said."""
    if said is None:
        return Naming(None, exactly=True)
    all_names = (*(p.name for p in view.pieces), *(line.name for line in view.lines))
    return Naming(said, exactly=any(spells(said, name) for name in all_names))


def has_colour(colour: str | None, colours: Sequence[str]) -> bool:
    return colour is None or bool(shades_of(colour, colours))


def is_named_so(colour: str | None, name: str) -> bool:
    """Whether the colour is a word of the name; a "Black Star Tee" may be white."""
    return colour is not None and spells(colour, name)


def is_of_kind(category: str | None, kind: str, name: str) -> bool:
    """Whether a piece is of the category or named so: a "hoodie" that is filed as sweater."""
    if category is None or category == kind:
        return True
    return spells(category, name.lower().replace("t-shirt", "tshirt"))  # "shirt" must not match


def truly_of_kind(category: str | None, fitting: list[Piece]) -> list[Piece]:
    """The pieces filed under the category; if there are none, those with the word in their name."""
    if category is None:
        return fitting
    return [piece for piece in fitting if piece.category == category] or fitting


def has_pattern(pattern: str | None, of_piece: str, name: str) -> bool:
    return pattern is None or pattern == of_piece or names(pattern, name)


def sold_in(
    values: Values | None, pieces: list[SoldPiece], *, one_size: bool = True
) -> list[SoldPiece]:
    """The pieces sold in the wanted colour, in the wanted size and for the age.

    `one_size`: ONE fits any wanted size.
    """
    if values is None:
        return pieces
    return [piece for piece in pieces if _is_sold_in(values, piece, one_size=one_size)]


def _is_sold_in(values: Values, piece: SoldPiece, *, one_size: bool) -> bool:
    colours = shades_of(values.colour, piece.colours) if values.colour else piece.colours
    if values.colour and not colours:
        return False
    sizes = piece.sizes_in(colours)
    fits = values.size is None or size_said(values.size, sizes) is not None
    right_size = fits or (one_size and sizes == (ONE_SIZE,))
    right_age = values.age is None or bool(sizes_for_age(values.age, sizes, piece))
    return right_size and right_age
