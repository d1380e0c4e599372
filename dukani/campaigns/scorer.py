"""Scores every customer against every piece by five factors.

A score is two matrix products of float32: of the pictures' vectors, where less than nothing counts
as nothing, and of what a customer likes with what that is worth of a piece. Price bands, the fifth
factor, choose what is multiplied. Customers come in chunks, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from dukani.campaigns.packed_profiles import PackedProfiles, Places, Trait, stacked, unit_rows
from dukani.campaigns.palette import ColourFamily
from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.scoring import PRICE_BANDS, Attributes, Candidate, Floats, Profile

CHUNK_BYTES = 4 * 2**20  # of scores held at once


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of some customers, by their place in the profiles given, for some pieces by theirs.

    `scores` is customers × pieces, in 0..the sum of the weights. Pieces whose price band is too far
    from the customers' are not in it.
    """

    customers: Places
    pieces: Places
    scores: Floats


def score(
    profiles: Sequence[Profile], candidates: Sequence[Candidate], rules: ScoreRules
) -> Iterator[Scores]:
    """The scores in chunks; every customer comes once, in the chunk of her price band."""
    vectors = [one.vector for one in candidates] + [one.style for one in profiles]
    width = next((len(vector) for vector in vectors if vector is not None), 1)
    yield from Scorer(candidates, rules, width=width).score(
        PackedProfiles.of(profiles, width=width)
    )


class Scorer:
    """Scores customers, some at a time, against the same pieces."""

    def __init__(self, candidates: Sequence[Candidate], rules: ScoreRules, *, width: int) -> None:
        """`width`: the length of all vectors."""
        self._worth = _Worth([one.attributes for one in candidates], rules)
        # Weighted here, so that the product need not be.
        vectors = unit_rows(stacked([one.vector for one in candidates], width))
        vectors *= np.float32(rules.weights.style)
        bands = np.array([PRICE_BANDS.index(one.price_band) for one in candidates], np.intp)
        near = [
            np.flatnonzero(np.abs(bands - band) <= rules.bands_apart)
            for band in range(len(PRICE_BANDS))
        ]
        self._of_band = [(pieces, vectors[pieces]) for pieces in near]

    def score(self, profiles: PackedProfiles) -> Iterator[Scores]:
        """As the function `score`."""
        worth = self._worth.of(profiles)
        for band, (pieces, vectors) in enumerate(self._of_band):
            if not len(pieces):
                continue
            worth_here = worth[:, pieces]
            for some in _chunks(profiles.of_band(band), bytes_each=4 * len(pieces)):
                scores = profiles.styles[some] @ vectors.T
                np.maximum(scores, 0, out=scores)
                scores += self._worth.likings(profiles, some) @ worth_here
                yield Scores(profiles.places[some], pieces, scores)


def _chunks(rows: range, *, bytes_each: int) -> Iterator[slice]:
    step = max(1, CHUNK_BYTES // bytes_each)
    for start in range(rows.start, rows.stop, step):
        yield slice(start, min(start + step, rows.stop))


class _Worth:
    """What her traits, and her affinity to a piece's occasions, are worth of each piece."""

    def __init__(self, pieces: Sequence[Attributes], rules: ScoreRules) -> None:
        self._pieces, self._rules = pieces, rules
        self._of_trait: dict[Trait, Floats] = {}
        self._occasions = list(dict.fromkeys(piece.occasions for piece in pieces))
        self._of_occasions = np.array(
            [
                [rules.weights.occasion * (piece.occasions == several) for piece in pieces]
                for several in self._occasions
            ],
            np.float32,
        ).reshape(len(self._occasions), len(pieces))

    def of(self, profiles: PackedProfiles) -> Floats:
        """As many rows as `likings` has columns, for each piece."""
        rows = [self._of(trait) for trait in profiles.trait_names]
        return np.vstack([*rows, self._of_occasions])

    def likings(self, profiles: PackedProfiles, some: slice) -> Floats:
        """Of some customers: their traits, then their affinity to each list of occasions."""
        other = np.float32(self._rules.other_occasions)
        known = profiles.occasions[some]
        # A last column stands for no occasion, and for one that none of them bought for.
        affinities = np.pad(np.where(np.isnan(known), other, known), ((0, 0), (0, 1)),
                            constant_values=other)  # fmt: skip
        column = {name: place for place, name in enumerate(profiles.occasion_names)}
        dearest = [
            affinities[:, [column.get(name, -1) for name in several or ("",)]].max(axis=1)
            for several in self._occasions
        ]
        return np.column_stack([profiles.traits[some], *dearest])

    def _of(self, trait: Trait) -> Floats:
        if trait not in self._of_trait:
            worth = [_worth(trait, piece, self._rules) for piece in self._pieces]
            self._of_trait[trait] = np.array(worth, np.float32)
        return self._of_trait[trait]


def _worth(trait: Trait, piece: Attributes, rules: ScoreRules) -> float:
    """Of colours the best counts; density and type of the embroidery count half of it each."""
    kind, name = trait
    weights = rules.weights
    match kind:
        case "colour" if name and piece.colour_families:
            suits = rules.colours[cast(ColourFamily, name)]
            return weights.colour * max(suits[one] for one in piece.colour_families)
        case "colour":
            return weights.colour * rules.other_colours
        case "density":
            return weights.embroidery * 0.5 * (name == piece.embroidery_density)
        case "type":
            return weights.embroidery * 0.5 * (name == (piece.embroidery_type or ""))
