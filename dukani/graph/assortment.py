"""The names of what a boutique sells, for the reader to know them when it hears them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from dukani.core.database import Connection
from dukani.core.store import products

FRESH_S = 60.0
MOST_BOUTIQUES = 1000


@dataclass(slots=True)
class Assortment:
    """Asked for once a minute and boutique: names change seldom, turns are many.

    A new name unknown for a minute costs little: its words still find the piece.
    """

    _known: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)

    async def names(self, conn: Connection, *, boutique_id: str) -> tuple[str, ...]:
        asked_at, names = self._known.get(boutique_id, (float("-inf"), ()))
        if time.monotonic() - asked_at < FRESH_S:
            return names
        names = tuple(await products.names(conn))
        if len(self._known) >= MOST_BOUTIQUES:
            self._known.clear()
        self._known[boutique_id] = (time.monotonic(), names)
        return names
