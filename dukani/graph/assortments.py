"""What each boutique sells, for the reader to know its words when it hears them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from dukani.agent.acts import Assortment
from dukani.core.database import Connection
from dukani.core.store import products

FRESH_S = 60.0
MOST_BOUTIQUES = 1000


@dataclass(slots=True)
class Assortments:
    """Asked for once a minute and boutique: what is sold changes seldom, turns are many.

    A new name unknown for a minute costs little: its words still find the piece.
    """

    _known: dict[str, tuple[float, Assortment]] = field(default_factory=dict)

    async def of(self, conn: Connection, *, boutique_id: str) -> Assortment:
        asked_at, sold = self._known.get(boutique_id, (float("-inf"), Assortment()))
        if time.monotonic() - asked_at < FRESH_S:
            return sold
        sold = await _asked(conn)
        if len(self._known) >= MOST_BOUTIQUES:
            self._known.clear()
        self._known[boutique_id] = (time.monotonic(), sold)
        return sold


async def _asked(conn: Connection) -> Assortment:
    colours, sizes = await products.variety(conn)
    return Assortment(
        names=tuple(await products.names(conn)),
        categories=tuple(await products.categories(conn)),
        colours=tuple(colours),
        sizes=tuple(sizes),
    )
