"""Defines what a message does to an order, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.domain.acts import Values
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, SoldPiece


class NotReadable(Exception):
    """The symbols tell no effect: a value is missing, or the order or the shop has none such."""


@dataclass(frozen=True, slots=True)
class PutIn:
    piece: SoldPiece
    wanted: Values


@dataclass(frozen=True, slots=True)
class TakeOut:
    line: Line


@dataclass(frozen=True, slots=True)
class Amount:
    """A line's quantity becomes `to`, or changes `by` so many."""

    line: Line
    to: int | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Alter:
    """All units of a line get these values."""

    line: Line
    wanted: Values


@dataclass(frozen=True, slots=True)
class AlterSome:
    """`wanted.quantity` units of a line get these values; the others stay."""

    line: Line
    wanted: Values


@dataclass(frozen=True, slots=True)
class Replace:
    """Another piece in the place of a line; its quantity stays unless one is wanted."""

    line: Line
    piece: SoldPiece
    wanted: Values


@dataclass(frozen=True, slots=True)
class Beside:
    """What changes no line: one of `WITHOUT_CHANGE`."""

    what: str


Operation = PutIn | TakeOut | Amount | Alter | AlterSome | Replace | Beside


def piece_sold(product_id: str | None, context: TurnContext) -> SoldPiece:
    """The piece with this product id. Raises NotReadable where it is sold no more."""
    for piece in context.sold.pieces:
        if piece.product_id == product_id:
            return piece
    raise NotReadable(str(product_id))


def product_of(one: Operation) -> str | None:
    """The product id of the piece that is put in, or whose line it is of."""
    match one:
        case PutIn(piece, _) | Replace(_, piece, _):
            return piece.product_id
        case Beside():
            return None
        case _:
            return one.line.product_id
