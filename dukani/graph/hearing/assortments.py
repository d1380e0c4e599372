"""Caches what each boutique sells, so that readers recognise the names of its pieces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TTLCache

from dukani.core.database import Connection
from dukani.core.store import products, synonyms
from dukani.domain.pieces import Assortment, SoldPiece
from dukani.domain.sizes import size_key

FRESH_S = 60.0
LOOK_S = 1.0
MOST_BOUTIQUES = 1000


@dataclass(slots=True)
class _Known:
    """`newest` is what was newest in it when the assortment was read."""

    assortment: Assortment
    newest: str | None
    looked_at: float


class Assortments:
    """A cache of assortments by boutique, each fresh for FRESH_S seconds.

    A new piece or synonym is known at once, since customers ask for what a shop has just shown
    them: whether there is one is looked up before the assortment is used, every LOOK_S seconds at
    most. A changed name may be unknown for FRESH_S; a search by its words finds the piece all the
    same.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: TTLCache[str, _Known] = TTLCache(MOST_BOUTIQUES, FRESH_S, timer=clock)

    def forget(self, *, boutique_id: str) -> None:
        """Drops the boutique's assortment, so that the next call of `of` loads it anew."""
        self._known.pop(boutique_id, None)

    async def of(self, conn: Connection, *, boutique_id: str) -> Assortment:
        known = self._known.get(boutique_id)
        if known is not None and self._clock() - known.looked_at < LOOK_S:
            return known.assortment
        newest = await synonyms.newest_of_catalogue(conn)
        if known is None or known.newest != newest:
            known = self._known[boutique_id] = _Known(await _loaded(conn), newest, self._clock())
        known.looked_at = self._clock()
        return known.assortment


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
            variants=tuple((colour, size) for colour, size in sold.variants),
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
        synonyms=tuple((one.said, one.means) for one in await synonyms.of_boutique(conn)),
    )
