"""Tells operations in the network's symbols, and symbols as operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from dukani.agent.local_reader.learned.numbered import Numbered
from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    NotReadable,
    Operation,
    PutIn,
    Replace,
    TakeOut,
    piece_sold,
)
from dukani.agent.local_reader.learned.vocabulary import HIGHEST, LINES, WITHOUT_CHANGE
from dukani.domain.acts import Values
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, SoldPiece

T = TypeVar("T")


def operations(symbols: Sequence[str], numbered: Numbered, context: TurnContext) -> list[Operation]:
    """The operations of a guess about a message numbered so. Raises NotReadable."""
    reader = _Symbols(symbols, numbered, context)
    return list(reader.operations())


class _Symbols:
    """Reads symbols from left to right."""

    def __init__(self, symbols: Sequence[str], numbered: Numbered, context: TurnContext) -> None:
        self._left = iter(symbols)
        self._context = context
        pieces = {piece.product_id: piece for piece in context.sold.pieces}
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


def symbols_of(done: Operation, numbered: Numbered) -> list[str]:
    """The symbols of an operation; a value that has no number is left out as not said."""
    match done:
        case PutIn(piece, wanted):
            return ["ADD", _piece(piece, numbered), *_values(wanted, numbered), _count(wanted)]
        case TakeOut(line):
            return ["REM", _line(line)]
        case Amount(line, to=int(to)):
            return ["SETQ", _line(line), _number(to)]
        case Amount(line, by=by):
            return ["INC" if (by or 0) > 0 else "DEC", _line(line), _number(abs(by or 0))]
        case Alter(line, wanted):
            return ["CHG", _line(line), *_values(wanted, numbered), _count(wanted)]
        case AlterSome(line, wanted):
            return ["PART", _line(line), _count(wanted), *_values(wanted, numbered)]
        case Replace(line, piece, wanted):
            values = _values(wanted, numbered)
            return ["SWAP", _line(line), _piece(piece, numbered), *values, _count(wanted)]
        case Beside(what):
            return [what]


def _values(wanted: Values, numbered: Numbered) -> list[str]:
    colour, size = numbered.colour(wanted.colour), numbered.size(wanted.size)
    told = ["Q" if colour is None else f"c{colour}"]
    if wanted.age is not None and size is None:
        return [*told, "AGE", _number(wanted.age)]
    return [*told, "Q" if size is None else f"s{size}"]


def _piece(piece: SoldPiece, numbered: Numbered) -> str:
    at = numbered.pieces.get(piece.product_id)
    return "Q" if at is None else f"p{at}"


def _line(line: Line) -> str:
    return f"L{line.number - 1}" if line.number <= LINES else "Q"


def _count(wanted: Values) -> str:
    return "Q" if wanted.quantity is None else _number(wanted.quantity)


def _number(count: int) -> str:
    return f"n{min(max(count, 0), HIGHEST)}"
