"""Caches what each boutique sells, so that readers recognise the names of its pieces."""

from __future__ import annotations

import time
from collections.abc import Callable

from cachetools import TTLCache

from dukani.core.database import Connection
from dukani.core.store import products
from dukani.domain.pieces import Assortment, SoldPiece
from dukani.domain.sizes import size_key

FRESH_S = 60.0
MOST_BOUTIQUES = 1000


class Assortments:
    """A cache of assortments by boutique, each fresh for FRESH_S seconds.

    A new name may be unknown for that long; a search by its words finds the piece all the same.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._known: TTLCache[str, Assortment] = TTLCache(MOST_BOUTIQUES, FRESH_S, timer=clock)

    def forget(self, *, boutique_id: str) -> None:
        """Drops the boutique's assortment, so that the next call of `of` loads it anew."""
        self._known.pop(boutique_id, None)

    async def of(self, conn: Connection, *, boutique_id: str) -> Assortment:
        sold = self._known.get(boutique_id)
        if sold is None:
            sold = self._known[boutique_id] = await _loaded(conn)
        return sold


async def _loaded(conn: Connection) -> Assortment:
    pieces = tuple(
        SoldPiece(
            product_id=sold.product_id,
            sku=sold.sku,
            name=sold.name,
            category=sold.category,
            pattern=sold.pattern,
            colours=tuple(sold.colours),
            sizes=tuple(sorted(sold.sizes, key=size_key)),
            price_minor=sold.price_minor,
        )
        for sold in await products.sold(conn)
    )
    return Assortment(
        pieces=pieces,
        names=tuple(piece.name for piece in pieces),
        categories=tuple(dict.fromkeys(piece.category for piece in pieces)),
        colours=tuple(dict.fromkeys(c for piece in pieces for c in piece.colours)),
        sizes=tuple(dict.fromkeys(s for piece in pieces for s in piece.sizes)),
    )
