"""Ranks pieces for a customer: by what she bought, by what its buyers bought, by the trend. Pure.

    content   nearest of her pieces by picture, its kind and its price, newer ones counting more
    pairs     how strongly buyers of her pieces buy this one (`PairStrengths`, fitted by a job)
    trend     what the shop sold lately

Each is in [0, 1]. A customer of whom nothing is known gets the trend alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import exp, log, log1p
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Part = Literal["content", "pairs", "trend"]
PairStrengths = Mapping[tuple[str, str], float]  # (bought, other) → (0, 1]

HALF_LIFE_DAYS = 120.0  # of what was bought
SAME_KIND, OTHER_KIND = 1.0, 0.55  # after a dress rather another dress than a belt like it
PRICE_DOUBLES = 0.5  # what is left of the likeness at twice or half the price
REPEATED_KIND = 0.85  # of the score for each piece of a kind that is in the list already


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that can be bought now. `vector` is of unit length."""

    product_id: str
    category: str
    price_minor: int
    vector: Vector | None = field(default=None, repr=False)
    sold: int = 0  # lately
    in_her_size: bool = True


@dataclass(frozen=True, slots=True)
class Bought:
    """A piece the customer bought and kept."""

    product_id: str
    name: str
    category: str
    price_minor: int
    at: datetime
    vector: Vector | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Weights:
    content: float = 0.4
    pairs: float = 0.4
    trend: float = 0.2


USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Recommended:
    """`why`: the part that gave most; `like`: the bought piece behind it, none for the trend."""

    piece: Piece
    score: float
    why: Part
    like: Bought | None


def recommend(
    pieces: Sequence[Piece],
    bought: Sequence[Bought],
    pairs: PairStrengths,
    *,
    now: datetime,
    without: frozenset[str] = frozenset(),
    weights: Weights = USUAL,
    limit: int = 6,
) -> list[Recommended]:
    """The best `limit` pieces, those in her size first; none of `without`, none she has already.

    A list of one kind only is no choice: each further piece of a kind counts a little less.
    """
    had = without | {one.product_id for one in bought}
    offered = [piece for piece in pieces if piece.product_id not in had]
    most_sold = max((piece.sold for piece in offered), default=0)
    judged = [_judged(piece, bought, pairs, most_sold, weights, now) for piece in offered]
    return _varied([one for one in judged if one.score > 0], limit)


def _judged(
    piece: Piece,
    bought: Sequence[Bought],
    pairs: PairStrengths,
    most_sold: int,
    weights: Weights,
    now: datetime,
) -> Recommended:
    like, content = _best((one, _likeness(piece, one, now)) for one in bought)
    with_it, pair = _best(
        (one, pairs.get((one.product_id, piece.product_id), 0.0)) for one in bought
    )
    trend = log1p(piece.sold) / log1p(most_sold) if most_sold else 0.0
    parts: dict[Part, tuple[float, Bought | None]] = {
        "content": (weights.content * content, like),
        "pairs": (weights.pairs * pair, with_it),
        "trend": (weights.trend * trend, None),
    }
    why = max(parts, key=lambda part: parts[part][0])
    return Recommended(piece, sum(score for score, _ in parts.values()), why, parts[why][1])


def _best(scored: Iterable[tuple[Bought, float]]) -> tuple[Bought | None, float]:
    best: tuple[Bought | None, float] = (None, 0.0)
    for one, score in scored:
        if score > best[1]:
            best = (one, score)
    return best


def _likeness(piece: Piece, bought: Bought, now: datetime) -> float:
    """By picture, kind and price, fading with the time since it was bought."""
    picture = 0.5  # nothing known of how it looks
    if piece.vector is not None and bought.vector is not None:
        picture = max(float(piece.vector @ bought.vector), 0.0)
    kind = SAME_KIND if piece.category == bought.category else OTHER_KIND
    doublings = abs(log(piece.price_minor / bought.price_minor, 2))
    days = max((now - bought.at).days, 0)
    fresh = exp(-log(2) * days / HALF_LIFE_DAYS)
    return float(picture * kind * PRICE_DOUBLES**doublings * fresh)


def _varied(judged: Sequence[Recommended], limit: int) -> list[Recommended]:
    """The best first, each chosen by what is in the list before it."""
    left = sorted(judged, key=lambda one: (-one.score, one.piece.product_id))
    chosen: list[Recommended] = []
    kinds: dict[str, int] = {}
    while left and len(chosen) < limit:
        best = max(
            left,
            key=lambda one: (
                one.piece.in_her_size,
                one.score * REPEATED_KIND ** kinds.get(one.piece.category, 0),
            ),
        )
        left.remove(best)
        chosen.append(best)
        kinds[best.piece.category] = kinds.get(best.piece.category, 0) + 1
    return chosen
