"""Scores every customer against every piece by five factors.

The style factor is one matrix product of float32 for each price band; what depends on a piece's
attributes alone is worked out once for each combination of attributes, of which there are few.
Customers come in chunks, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dukani.campaigns.palette import ColourFamily
from dukani.campaigns.rules import ScoreRules

PriceBand = Literal["budget", "mid", "premium", "luxury"]
PRICE_BANDS: tuple[PriceBand, ...] = get_args(PriceBand)
EmbroideryDensity = Literal["none", "light", "medium", "heavy"]

CHUNK_BYTES = 4 * 2**20  # of scores held at once

Floats = NDArray[np.float32]
_Taste = tuple[ColourFamily | None, EmbroideryDensity, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a customer likes, as her paid orders show it.

    `style`: the mean of the vectors of what she bought, of any length; None: no picture of it has
    one. `occasions`: affinity in 0..1 by occasion.
    """

    customer_id: str
    colour_family: ColourFamily | None
    style: Floats | None
    embroidery_density: EmbroideryDensity
    embroidery_types: frozenset[str]
    occasions: dict[str, float]
    price_band: PriceBand


@dataclass(frozen=True, slots=True)
class Attributes:
    """What of a piece counts beside its picture and price."""

    colour_families: tuple[ColourFamily, ...]
    embroidery_density: EmbroideryDensity
    embroidery_type: str | None
    occasions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece that may be offered; `vector` of the same model as the profiles' style."""

    product_id: str
    attributes: Attributes
    vector: Floats | None
    price_band: PriceBand


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of some customers, by their place in the profiles given, for some pieces by theirs.

    `scores` is customers × pieces, in 0..the sum of the weights. Pieces whose price band is too far
    from the customers' are not in it.
    """

    customers: NDArray[np.intp]
    pieces: NDArray[np.intp]
    scores: Floats


def score(
    profiles: Sequence[Profile], candidates: Sequence[Candidate], rules: ScoreRules
) -> Iterator[Scores]:
    """The scores in chunks; every customer comes once, in the chunk of her price band."""
    if not profiles or not candidates:
        return
    vectors = chain((one.vector for one in candidates), (one.style for one in profiles))
    width = next((len(vector) for vector in vectors if vector is not None), 1)
    yield from Scorer(candidates, rules, width=width).score(profiles)


class Scorer:
    """Scores customers, some at a time, against the same pieces."""

    def __init__(self, candidates: Sequence[Candidate], rules: ScoreRules, *, width: int) -> None:
        """`width`: the length of all vectors."""
        self._rules = rules
        self._pieces = _Pieces(candidates, width)
        self._bands: dict[int, tuple[NDArray[np.intp], _Band]] = {}

    def score(self, profiles: Sequence[Profile]) -> Iterator[Scores]:
        """As the function `score`."""
        bands = np.array([PRICE_BANDS.index(profile.price_band) for profile in profiles], np.intp)
        for band in range(len(PRICE_BANDS)):
            columns, in_band = self._of_band(band)
            rows = np.flatnonzero(bands == band)
            if not len(columns) or not len(rows):
                continue
            step = max(1, CHUNK_BYTES // (4 * len(columns)))
            for start in range(0, len(rows), step):
                chunk = rows[start : start + step]
                some = [profiles[row] for row in chunk]
                yield Scores(chunk, columns, in_band.score(some))

    def _of_band(self, band: int) -> tuple[NDArray[np.intp], _Band]:
        if band not in self._bands:
            apart = np.abs(self._pieces.bands - band)
            columns = np.flatnonzero(apart <= self._rules.bands_apart)
            self._bands[band] = columns, self._pieces.at(columns, self._rules)
        return self._bands[band]


class _Pieces:
    """The candidates as arrays, made once."""

    def __init__(self, candidates: Sequence[Candidate], width: int) -> None:
        self.bands = np.array([PRICE_BANDS.index(one.price_band) for one in candidates], np.intp)
        self.vectors = unit_rows([one.vector for one in candidates], width)
        kinds = dict.fromkeys(one.attributes for one in candidates)
        self.kinds = list(kinds)
        number = {kind: place for place, kind in enumerate(self.kinds)}
        self.kind_of = np.array([number[one.attributes] for one in candidates])

    def at(self, columns: NDArray[np.intp], rules: ScoreRules) -> _Band:
        return _Band(self.vectors[columns], self.kinds, self.kind_of[columns], rules)


class _Band:
    """The pieces of the price bands that a customer's may be offered."""

    def __init__(
        self,
        vectors: Floats,
        kinds: list[Attributes],
        kind_of: NDArray[np.intp],
        rules: ScoreRules,
    ) -> None:
        # Weighted here, so that the product need not be: clamping then ends at the weight.
        self._weighted = np.ascontiguousarray((vectors * np.float32(rules.weights.style)).T)
        used, self._kind_of = np.unique(kind_of, return_inverse=True)
        self._by_attributes = _ByAttributes([kinds[number] for number in used], rules)
        self._most = np.float32(rules.weights.style)

    def score(self, profiles: Sequence[Profile]) -> Floats:
        styles = unit_rows([profile.style for profile in profiles], len(self._weighted))
        scores = styles @ self._weighted
        np.clip(scores, np.float32(0), self._most, out=scores)
        scores += self._by_attributes.score(profiles)[:, self._kind_of]
        return scores


class _ByAttributes:
    """The weighted sum of all factors but style, for kinds of pieces.

    Of a customer's tastes there are few combinations, so each one's row is made once.
    """

    def __init__(self, kinds: Sequence[Attributes], rules: ScoreRules) -> None:
        self._kinds, self._rules = kinds, rules
        self._tastes: dict[_Taste, int] = {}
        self._rows: list[Floats] = []
        self._occasions = sorted({name for kind in kinds for name in kind.occasions})
        self._place = {name: number for number, name in enumerate(self._occasions)}

    def score(self, profiles: Sequence[Profile]) -> Floats:
        """Customers × kinds."""
        numbers = [self._number(_taste(profile)) for profile in profiles]
        rows = np.stack(self._rows)[numbers]
        rows += self._of_occasions(profiles)
        return rows

    def _number(self, taste: _Taste) -> int:
        number = self._tastes.get(taste)
        if number is None:
            number = self._tastes[taste] = len(self._rows)
            self._rows.append(
                np.array([self._liking(taste, kind) for kind in self._kinds], np.float32)
            )
        return number

    def _liking(self, taste: _Taste, kind: Attributes) -> float:
        """Of colours the best counts. A piece without embroidery suits who buys none."""
        family, density, types = taste
        rules, weights = self._rules, self._rules.weights
        suits = rules.other_colours
        if family is not None and kind.colour_families:
            suits = max(rules.colours[family][one] for one in kind.colour_families)
        is_dense = density == kind.embroidery_density
        is_liked = (kind.embroidery_type or "") in (types or {""})
        return weights.colour * suits + weights.embroidery * 0.5 * (is_dense + is_liked)

    def _of_occasions(self, profiles: Sequence[Profile]) -> Floats:
        """The weighted affinity to a piece's occasion; of several, to the dearest."""
        weight = np.float32(self._rules.weights.occasion)
        shape = (len(profiles), len(self._occasions) + 1)  # the last: of no occasion
        affinities = np.full(shape, weight * np.float32(self._rules.other_occasions), np.float32)
        for row, profile in enumerate(profiles):
            for name, affinity in profile.occasions.items():
                if name in self._place:
                    affinities[row, self._place[name]] = weight * np.float32(affinity)
        first = [self._place[k.occasions[0]] if k.occasions else -1 for k in self._kinds]
        best = affinities[:, first]
        for column, kind in enumerate(self._kinds):
            if len(kind.occasions) > 1:
                several = affinities[:, [self._place[name] for name in kind.occasions]]
                best[:, column] = several.max(axis=1)
        return best


def _taste(profile: Profile) -> _Taste:
    return profile.colour_family, profile.embroidery_density, profile.embroidery_types


def unit_rows(vectors: Sequence[Floats | None], width: int) -> Floats:
    """The vectors as rows of length 1; a row of zeros for none, and for one of length 0."""
    rows = np.zeros((len(vectors), width), np.float32)
    for place, vector in enumerate(vectors):
        if vector is not None:
            rows[place] = vector
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    np.divide(rows, lengths, out=rows, where=lengths > 0)
    return rows
