"""Ranks pieces for a customer: by what she bought, by what its buyers bought, by the trend. Pure.

    content   like her pieces by picture and by price, newer ones counting more
    pairs     how strongly buyers of her pieces buy this one (`PairStrengths`, fitted by a job)
    trend     what the shop sold lately

Each is in [0, 1]. Of a kind that she has just bought she is tired for some weeks. A customer of
whom nothing is known gets the trend alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import exp, log, log1p, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Part = Literal["content", "pairs", "trend"]
PairStrengths = Mapping[tuple[str, str], float]  # (bought, other) → (0, 1]

HALF_LIFE_DAYS = 120.0  # of what was bought
TIRED_DAYS = 40.0  # of a kind just bought, to 1 / e
TIRED = 0.3  # what is taken off then
SPREAD = 0.7  # of the logarithm of prices that one person pays
REPEATED_KIND = 0.85  # of the score for each piece of a kind that is in the list already
PERSONAL = 0.12  # from which a part that is about her is a reason to tell


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
    """Tuned on seeds 11 to 13 of `dukani eval recommend`; its figures are of others."""

    content: float = 0.7
    pairs: float = 4.0
    trend: float = 1.0
    tired: float = TIRED


USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Recommended:
    """`why`: what is told of it; `like`: the bought piece behind that, none for the trend."""

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
    taste = _Taste(bought, pairs, now, most_sold=max((one.sold for one in offered), default=0))
    judged = [taste.judge(piece, weights) for piece in offered]
    return _varied([one for one in judged if one.score > 0], limit)


class _Taste:
    """What the pieces bought say of others; of nothing bought only the trend."""

    def __init__(
        self, bought: Sequence[Bought], pairs: PairStrengths, now: datetime, *, most_sold: int
    ) -> None:
        self._bought, self._pairs, self._most_sold = bought, pairs, most_sold
        days = [max((now - one.at).days, 0) for one in bought]
        self._fresh = [exp(-log(2) * age / HALF_LIFE_DAYS) for age in days]
        self._tired: dict[str, float] = {}
        for one, age in zip(bought, days, strict=True):
            tired = exp(-age / TIRED_DAYS)
            self._tired[one.category] = max(self._tired.get(one.category, 0.0), tired)
        self._style = _mean_of(bought, self._fresh)
        total = sum(self._fresh)
        spent = sum(f * log(b.price_minor) for f, b in zip(self._fresh, bought, strict=True))
        self._price = spent / total if total else None

    def judge(self, piece: Piece, weights: Weights) -> Recommended:
        content = weights.content * self._content(piece)
        pair, with_it = self._pair(piece)
        pair *= weights.pairs
        trend = log1p(piece.sold) / log1p(self._most_sold) if self._most_sold else 0.0
        score = content + pair + weights.trend * trend
        if score > 0:
            score = max(score - weights.tired * self._tired.get(piece.category, 0.0), _LEAST)
        if pair >= PERSONAL and pair >= content:
            return Recommended(piece, score, "pairs", with_it)
        if content >= PERSONAL:
            return Recommended(piece, score, "content", self._nearest(piece))
        return Recommended(piece, score, "trend", None)

    def _content(self, piece: Piece) -> float:
        if self._price is None:
            return 0.0
        looks = 0.5  # nothing known of how it looks
        if piece.vector is not None and self._style is not None:
            looks = max(float(piece.vector @ self._style), 0.0)
        price = exp(-0.5 * ((log(piece.price_minor) - self._price) / SPREAD) ** 2)
        return (looks + price) / 2

    def _pair(self, piece: Piece) -> tuple[float, Bought | None]:
        """The strengths of her pieces' pairs with this one, and the strongest piece."""
        found = [
            (fresh * self._pairs.get((one.product_id, piece.product_id), 0.0), one)
            for fresh, one in zip(self._fresh, self._bought, strict=True)
        ]
        strongest = max(found, key=lambda pair: pair[0], default=(0.0, None))
        return min(sum(strength for strength, _ in found), 1.0), strongest[1]

    def _nearest(self, piece: Piece) -> Bought | None:
        """Of her pieces the one most like it, of its own kind if there is one."""

        def likeness(one: Bought) -> tuple[bool, float, float]:
            looks = 0.0
            if piece.vector is not None and one.vector is not None:
                looks = float(piece.vector @ one.vector)
            return one.category == piece.category, looks, -abs(one.price_minor - piece.price_minor)

        return max(self._bought, key=likeness, default=None)


_LEAST = 1e-6  # being tired of a kind puts its pieces last, and leaves none out


def _mean_of(bought: Sequence[Bought], weights: Sequence[float]) -> Vector | None:
    """The weighted mean of the pieces' vectors, of unit length."""
    seen = [
        (weight, one.vector)
        for weight, one in zip(weights, bought, strict=True)
        if one.vector is not None
    ]
    if not seen:
        return None
    mean = np.sum([weight * vector for weight, vector in seen], axis=0)
    length = float(np.linalg.norm(mean))
    return (mean / length).astype(np.float32) if length > 0 else None


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


def pair_strengths(
    baskets: Iterable[Sequence[str]], *, prior: float, kept: int
) -> dict[tuple[str, str], float]:
    """How strongly buyers of one piece buy another, from what each buyer bought.

    The cosine of their buyers, shrunk by `prior` buyers: a pair of two proves little. The `kept`
    strongest of each piece. `core/store/product_pairs.py` does the same in SQL.
    """
    buyers: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for basket in baskets:
        pieces = sorted(set(basket))
        buyers.update(pieces)
        both.update((a, b) for a in pieces for b in pieces if a != b)
    ranked: dict[str, list[tuple[float, str]]] = {}
    for (a, b), count in both.items():
        strength = count / (sqrt(buyers[a] * buyers[b]) + prior)
        ranked.setdefault(a, []).append((-strength, b))
    return {(a, b): -negative for a in ranked for negative, b in sorted(ranked[a])[:kept]}
