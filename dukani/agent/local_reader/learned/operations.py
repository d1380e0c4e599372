"""Defines what a message does to an order, line by line: operations, in the network's symbols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dukani.agent.local_reader.learned.features import Told
from dukani.agent.local_reader.learned.vocabulary import WITHOUT_CHANGE
from dukani.domain.acts import Values
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, SoldPiece

T = TypeVar("T")


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


def operations(symbols: Sequence[str], told: Told) -> list[Operation]:
    """The operations of a guess about the message `told`. Raises NotReadable."""
    reader = _Symbols(symbols, told)
    return list(reader.operations())


class _Symbols:
    """Reads symbols from left to right."""

    def __init__(self, symbols: Sequence[str], told: Told) -> None:
        self._left = iter(symbols)
        self._context = told.context
        pieces = {piece.product_id: piece for piece in told.context.sold.pieces}
        numbered = told.numbered
        self._pieces = {f"p{at}": pieces[product] for product, at in numbered.pieces.items()}
        self._colours = {f"c{at}": colour for colour, at in numbered.colours.items()}
        self._sizes = {f"s{at}": size for size, at in numbered.sizes.items()}

    def operations(self) -> Iterator[Operation]:
        for symbol in self._left:
            yield self._operation(symbol)

    def _operation(self, symbol: str) -> Operation:
        match symbol:
            case "ADD":
                piece = self._piece()
                return PutIn(piece, self._wanted(piece))
            case "REM":
                return TakeOut(self._line())
            case "SETQ":
                return Amount(self._line(), to=self._count())
            case "INC":
                return Amount(self._line(), by=self._count())
            case "DEC":
                return Amount(self._line(), by=-self._count())
            case "CHG":
                line = self._line()
                return Alter(line, self._wanted(piece_sold(line.product_id, self._context), line))
            case "PART":
                line, count = self._line(), self._count()
                piece = piece_sold(line.product_id, self._context)
                return AlterSome(line, self._wanted(piece, line, quantity=count))
            case "SWAP":
                line, piece = self._line(), self._piece()
                return Replace(line, piece, self._wanted(piece))
        if symbol not in WITHOUT_CHANGE:
            raise NotReadable(symbol)
        return Beside(symbol)

    def _next(self) -> str:
        symbol = next(self._left, None)
        if symbol is None:
            raise NotReadable("a value is missing")
        return symbol

    def _line(self) -> Line:
        symbol = self._next()
        lines = {f"L{at}": line for at, line in enumerate(self._context.cart)}
        return _known(symbol, lines)

    def _piece(self) -> SoldPiece:
        return _known(self._next(), self._pieces)

    def _count(self) -> int:
        count = self._number(self._next())
        return 1 if count is None else count

    def _number(self, symbol: str) -> int | None:
        if symbol == "Q":
            return None
        if symbol[0] != "n" or not symbol[1:].isdecimal():
            raise NotReadable(symbol)
        return int(symbol[1:])

    def _wanted(
        self, piece: SoldPiece, line: Line | None = None, quantity: int | None = None
    ) -> Values:
        colour, (size, age) = self._colour(piece), self._size(piece, line)
        many = self._number(self._next()) if quantity is None else quantity
        return Values(colour=colour, size=size, age=age, quantity=many)

    def _colour(self, piece: SoldPiece) -> str | None:
        symbol = self._next()
        return None if symbol == "Q" else _had(_known(symbol, self._colours), piece.colours)

    def _size(self, piece: SoldPiece, line: Line | None) -> tuple[str | None, int | None]:
        symbol = self._next()
        if symbol == "Q":
            return None, None
        if symbol == "AGE":
            return None, self._number(self._next())
        if symbol in ("UP", "DN"):
            return _beside(line, piece.sizes, 1 if symbol == "UP" else -1), None
        return _had(_known(symbol, self._sizes), piece.sizes), None


def piece_sold(product_id: str | None, context: TurnContext) -> SoldPiece:
    """The piece with this product id. Raises NotReadable where it is sold no more."""
    for piece in context.sold.pieces:
        if piece.product_id == product_id:
            return piece
    raise NotReadable(str(product_id))


def _known(symbol: str, among: dict[str, T]) -> T:
    if symbol not in among:
        raise NotReadable(symbol)
    return among[symbol]


def _had(value: str, values: Sequence[str]) -> str:
    if value not in values:
        raise NotReadable(value)
    return value


def _beside(line: Line | None, sizes: Sequence[str], steps: int) -> str:
    """The next size, larger or smaller."""
    at = sizes.index(line.size) + steps if line and line.size in sizes else -1
    if not 0 <= at < len(sizes):
        raise NotReadable("no such size")
    return sizes[at]
