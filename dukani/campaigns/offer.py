"""What a campaign offers: the owner's pool and the shop, scored for some customers at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from dukani.campaigns.packed_profiles import PackedProfiles
from dukani.campaigns.palette import families_of
from dukani.campaigns.profiles import PriceBands
from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.scorer import Scorer, Scores
from dukani.campaigns.scoring import Attributes, Candidate, EmbroideryDensity
from dukani.campaigns.slots import MATCHES, Offered, Shelf, Slot, is_match
from dukani.core.store.offers import OfferedPiece

WIDTH = 512  # of the vectors in the database


@dataclass(frozen=True, slots=True)
class Taste:
    """How the pool suits a customer. `in_reach`: some piece is within her price bands.

    `matches`: at most three (product id, score), the best first, all of the threshold or more.
    """

    in_reach: bool
    matches: tuple[tuple[str, float], ...] = ()


class Offer:
    """The pieces on sale; of the pool those that are. An empty pool is the whole shop."""

    def __init__(
        self,
        pieces: Sequence[OfferedPiece],
        *,
        pool: Collection[str],
        bands: PriceBands,
        rules: ScoreRules,
    ) -> None:
        chosen = set(pool) or {one.product_id for one in pieces}
        self._pieces = {one.product_id: one for one in pieces}
        self._threshold = rules.threshold
        self.candidates = [candidate_of(one, bands) for one in pieces if one.product_id in chosen]
        self._scorer = Scorer(self.candidates, rules, width=WIDTH)
        self._shelf = Shelf(
            [
                Offered(one.product_id, one.product_id in chosen, one.sold, one.created_at)
                for one in pieces
            ]
        )

    def tastes(self, profiles: PackedProfiles) -> Iterator[tuple[int, Taste]]:
        """Of each profile of whose price bands there is a piece, by its place; for a thread."""
        for scores in self._scorer.score(profiles):
            for place, matches in zip(scores.customers.tolist(), self._best(scores), strict=True):
                yield place, Taste(in_reach=True, matches=matches)

    def _best(self, scores: Scores) -> list[tuple[tuple[str, float], ...]]:
        """The matches of each row; of equal scores the one of the smaller id, as pieces are so.

        What was found is struck out of the scores.
        """
        left = scores.scores
        every = np.arange(len(left))
        found: list[list[tuple[str, float]]] = [[] for _ in every]
        for _ in range(min(MATCHES, left.shape[1])):
            columns = left.argmax(axis=1)
            best = left[every, columns]
            left[every, columns] = -1
            for row, (column, score) in enumerate(zip(columns, best.tolist(), strict=True)):
                if is_match(score, threshold=self._threshold):
                    place = scores.pieces[column]
                    found[row].append((self.candidates[place].product_id, score))
        return [tuple(matches) for matches in found]

    def slots(
        self,
        taste: Taste,
        *,
        sizes: Mapping[str, str],
        scores: Mapping[str, float] | None = None,
    ) -> list[Slot]:
        """Her pieces; `sizes`: hers by category, where they are known."""

        def sold_out(product_id: str) -> bool:
            piece = self._pieces[product_id]
            size = sizes.get(piece.category)
            return size is not None and size not in piece.sizes

        return self._shelf.choose(taste.matches, scores=scores or {}, sold_out=sold_out)

    def count_slots(self, taste: Taste) -> int:
        """How many pieces she gets."""
        return self._shelf.count(taste.matches)

    def piece(self, product_id: str) -> OfferedPiece:
        return self._pieces[product_id]


def candidate_of(piece: OfferedPiece, bands: PriceBands) -> Candidate:
    return Candidate(
        piece.product_id,
        Attributes(
            families_of(piece.colours),
            cast(EmbroideryDensity, piece.embroidery_density),  # the table checks it
            piece.embroidery_type,
            tuple(piece.occasions),
        ),
        piece.vector,
        bands.band(piece.price_minor),
    )
