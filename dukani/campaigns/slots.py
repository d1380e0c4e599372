"""Chooses a customer's six pieces: three matches, two that sell, one that is new."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Literal

SlotKind = Literal["match", "trending", "new"]

MATCHES, TRENDING, NEW = 3, 2, 1
_DECIMALS = 6
SLOTS = MATCHES + TRENDING + NEW


@dataclass(frozen=True, slots=True)
class Offered:
    """A piece that may be sent. `in_pool`: the owner chose it for this campaign."""

    product_id: str
    in_pool: bool
    sold: int  # units sold lately, in the whole boutique
    came_at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of the collage; `score` is the customer's, where one counted."""

    product_id: str
    kind: SlotKind
    score: float | None = None


class Shelf:
    """All pieces that may be sent, put in order once for all customers."""

    def __init__(self, offered: Sequence[Offered]) -> None:
        selling = [one for one in offered if one.sold > 0]
        selling.sort(key=lambda one: (not one.in_pool, -one.sold, one.product_id))
        self._selling = [one.product_id for one in selling]
        newest = sorted(offered, key=lambda one: one.product_id)
        newest.sort(key=lambda one: (one.in_pool, one.came_at), reverse=True)
        self._newest = [one.product_id for one in newest]
        self._is_selling = frozenset(self._selling)

    def choose(
        self,
        matches: Sequence[tuple[str, float]],
        *,
        scores: Mapping[str, float] = MappingProxyType({}),
        sold_out: Callable[[str], bool] = lambda _product_id: False,
    ) -> list[Slot]:
        """As `choose_slots`; `matches`: her best of the pool with their scores, the best first."""
        chosen = [Slot(product_id, "match", score) for product_id, score in matches[:MATCHES]]
        chosen += _next(self._selling, chosen, "trending", TRENDING, scores)
        chosen += _next(self._newest, chosen, "new", NEW, scores)
        return sorted(chosen, key=lambda slot: sold_out(slot.product_id))

    def count(self, matches: Sequence[tuple[str, float]]) -> int:
        """How many slots `choose` would give, without choosing them."""
        first = matches[:MATCHES]
        selling = len(self._selling) - sum(piece in self._is_selling for piece, _ in first)
        chosen = len(first) + min(TRENDING, selling)
        return chosen + min(NEW, len(self._newest) - chosen)


def choose_slots(
    offered: Sequence[Offered],
    scores: Mapping[str, float],
    *,
    threshold: float,
    sold_out: Callable[[str], bool] = lambda _product_id: False,
) -> list[Slot]:
    """At most six pieces, each once, in the order in which they are shown.

    Matches are the pool's pieces of the best scores from `threshold` on; trending and new ones are
    the boutique's, the pool's first. Where a kind has fewer pieces the list is shorter: nothing
    takes their place. What is sold out in her size goes behind what is not.
    """
    pool = [
        (one.product_id, scores[one.product_id])
        for one in offered
        if one.in_pool and is_match(scores.get(one.product_id, 0), threshold=threshold)
    ]
    pool.sort(key=lambda one: (-one[1], one[0]))
    return Shelf(offered).choose(pool, scores=scores, sold_out=sold_out)


def is_match(score: float, *, threshold: float) -> bool:
    """Whether the score reaches the threshold, to what single precision can tell."""
    return round(score, _DECIMALS) >= threshold


def _next(
    ranked: Sequence[str],
    chosen: Sequence[Slot],
    kind: SlotKind,
    count: int,
    scores: Mapping[str, float],
) -> list[Slot]:
    taken = {slot.product_id for slot in chosen}
    left = islice((product_id for product_id in ranked if product_id not in taken), count)
    return [Slot(product_id, kind, scores.get(product_id)) for product_id in left]
