"""Tells what stands out among pieces and lines by price or size, and which pieces a price fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.learned.numbered import Weighted
from dukani.agent.local_reader.learned.vocabulary import FEATURE
from dukani.agent.local_reader.parsing.figures import find_figures
from dukani.core.money import to_minor
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.sizes import ONE_SIZE, size_key

Rank = TypeVar("Rank", int, tuple[int, float])

_LEAST_PRICE = 100  # a smaller number is a count or a size


def by_price(piece: SoldPiece, pieces: Sequence[SoldPiece]) -> Weighted:
    """Whether it is the dearest or the cheapest of these pieces."""
    prices = [one.price_minor for one in pieces]
    return _extreme(piece.price_minor, prices, "cheapest", "dearest")


def by_price_and_size(line: Line, lines: Sequence[Line]) -> Weighted:
    """Whether it is the dearest or cheapest line, or the largest or smallest of its kind."""
    prices = [one.unit_price_minor for one in lines]
    told = _extreme(line.unit_price_minor, prices, "cheapest", "dearest")
    if line.size == ONE_SIZE:
        return told
    alike = [one for one in lines if one.category == line.category and one.size != ONE_SIZE]
    heights = [height(one.size) for one in alike]
    return told + _extreme(height(line.size), heights, "smallest", "largest")


def priced_at(
    tokens: Sequence[Token], pieces: Sequence[SoldPiece], currency: str
) -> dict[int, list[str]]:
    """The pieces (product ids) that cost what is said, by the places of its words."""
    fitting: dict[int, list[str]] = {}
    for figure in find_figures(tokens):
        if figure.value < _LEAST_PRICE:
            continue
        amount = to_minor(figure.value, currency)
        costing = [piece.product_id for piece in pieces if piece.price_minor == amount]
        if costing:
            fitting |= dict.fromkeys(range(figure.start, figure.end), costing)
    return fitting


def _extreme(own: Rank, ranks: Sequence[Rank], lowest: str, highest: str) -> Weighted:
    least, most = min(ranks), max(ranks)
    if least == most or least < own < most:
        return []
    return [(FEATURE[lowest if own == least else highest], 1.0)]


def height(size: str) -> tuple[int, float]:
    """What sizes of one kind are sorted by."""
    return size_key(size)[:2]
