"""Tells which symbols may follow: the form of each change, and what the order and the shop have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from dukani.agent.local_reader.learned.numbered import Numbered
from dukani.agent.local_reader.learned.vocabulary import (
    CHANGES,
    HIGHEST,
    LINES,
    SYMBOL,
    SYMBOLS,
    WITHOUT_CHANGE,
)
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, SoldPiece

_FORMS: dict[str, tuple[str, ...]] = {
    "ADD": ("piece", "colour", "size", "count"),
    "REM": ("line",),
    "SETQ": ("line", "number"),
    "INC": ("line", "number"),
    "DEC": ("line", "number"),
    "CHG": ("line", "colour", "size", "count"),
    "PART": ("line", "number", "colour", "size"),
    "SWAP": ("line", "piece", "colour", "size", "count"),
}
_NUMBERS = tuple(f"n{at}" for at in range(HIGHEST + 1))


class Grammar:
    """What may be said of one message, symbol by symbol."""

    def __init__(self, numbered: Numbered, context: TurnContext) -> None:
        self._numbered = numbered
        sold = {piece.product_id: piece for piece in context.sold.pieces}
        self._pieces = {f"p{at}": sold[product] for product, at in numbered.pieces.items()}
        self._lines = {
            f"L{at}": line
            for at, line in enumerate(context.cart[:LINES])
            if line.product_id in sold
        }
        self._sold = sold
        none_in_order = () if self._lines else tuple(name for name in CHANGES if name != "ADD")
        self._begun = tuple(name for name in CHANGES if name not in none_in_order)

    def may_follow(self, symbols: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each symbol of the vocabulary may stand behind these."""
        mask = np.zeros(len(SYMBOLS), np.bool_)
        mask[[SYMBOL[symbol] for symbol in self._next(symbols)]] = True
        return mask

    def _next(self, symbols: Sequence[str]) -> Iterable[str]:
        begun = max((at for at, one in enumerate(symbols) if one in CHANGES), default=None)
        if begun is None:
            return self._at_start(symbols)
        said = list(symbols[begun + 1 :])
        if "AGE" in said and said[-1] == "AGE":
            return _NUMBERS
        if "AGE" in said:
            said.remove("AGE")
        form = _FORMS[symbols[begun]]
        if len(said) >= len(form):
            return self._at_start(symbols)
        return self._values(form[len(said)], said)

    def _at_start(self, symbols: Sequence[str]) -> Iterable[str]:
        ended = ("EOS",) if symbols else ()
        return (*ended, *self._begun, *WITHOUT_CHANGE)

    def _values(self, kind: str, said: Sequence[str]) -> Iterable[str]:
        line = next((self._lines[one] for one in said if one in self._lines), None)
        piece = next((self._pieces[one] for one in said if one in self._pieces), None)
        if piece is None and line is not None:
            piece = self._sold[line.product_id]
        match kind:
            case "line":
                return self._lines
            case "piece":
                return self._pieces
            case "number":
                return _NUMBERS
            case "count":
                return ("Q", *_NUMBERS)
        assert piece is not None  # a piece or a line stands before its values
        if kind == "colour":
            return self._colours(piece)
        return self._sizes(piece, line if "p" not in {one[0] for one in said} else None)

    def _colours(self, piece: SoldPiece) -> Iterable[str]:
        numbers = self._numbered.colours.items()
        return ("Q", *(f"c{at}" for colour, at in numbers if colour in piece.colours))

    def _sizes(self, piece: SoldPiece, line: Line | None) -> Iterable[str]:
        numbers = self._numbered.sizes.items()
        told = ("Q", "AGE", *(f"s{at}" for size, at in numbers if size in piece.sizes))
        if line is None or line.size not in piece.sizes:
            return told
        at = piece.sizes.index(line.size)
        up = ("UP",) if at + 1 < len(piece.sizes) else ()
        return (*told, *up, *(("DN",) if at else ()))
