"""Chooses a customer's six pieces: three matches, two that sell, one that is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
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


def choose_slots(
    offered: Sequence[Offered],
    scores: dict[str, float],
    *,
    threshold: float,
    sold_out: Callable[[str], bool] = lambda _product_id: False,
) -> list[Slot]:
    """At most six pieces, each once, in the order in which they are shown.

    Matches are the pool's pieces of the best scores from `threshold` on; trending and new ones are
    the boutique's, the pool's first. Where a kind has fewer pieces the list is shorter: nothing
    takes their place. What is sold out in her size goes behind what is not.
    """
    chosen: list[Slot] = []
    pool = [
        one
        for one in offered
        if one.in_pool and is_match(scores.get(one.product_id, 0), threshold=threshold)
    ]
    pool.sort(key=lambda one: (-scores[one.product_id], one.product_id))
    chosen += [Slot(one.product_id, "match", scores[one.product_id]) for one in pool[:MATCHES]]

    selling = [one for one in offered if one.sold > 0]
    selling.sort(key=lambda one: (not one.in_pool, -one.sold, one.product_id))
    chosen += _next(selling, chosen, "trending", TRENDING, scores)

    newest = sorted(offered, key=lambda one: one.product_id)
    newest.sort(key=lambda one: (one.in_pool, one.came_at), reverse=True)
    chosen += _next(newest, chosen, "new", NEW, scores)
    return sorted(chosen, key=lambda slot: sold_out(slot.product_id))


def is_match(score: float, *, threshold: float) -> bool:
    """Whether the score reaches the threshold, to what single precision can tell."""
    return round(score, _DECIMALS) >= threshold


def _next(
    ranked: Iterable[Offered],
    chosen: Sequence[Slot],
    kind: SlotKind,
    count: int,
    scores: dict[str, float],
) -> list[Slot]:
    taken = {slot.product_id for slot in chosen}
    left = [one.product_id for one in ranked if one.product_id not in taken]
    return [Slot(product_id, kind, scores.get(product_id)) for product_id in left[:count]]
