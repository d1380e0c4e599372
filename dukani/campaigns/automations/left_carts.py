"""Tells every minute of the carts that customers have left, in the chat and in the window."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.core.store import cart_leaving

AT_ONCE = 500  # a transaction's; the next minute goes on where this one ends
MOST_TIMES = 40


async def find_left_carts(services: Services) -> None:
    """May run twice at once: each cart is told once."""
    for tell in (cart_leaving.tell_left, cart_leaving.tell_left_in_the_window):
        for _ in range(MOST_TIMES):
            async with services.database.system_connection() as conn:
                if await tell(conn, limit=AT_ONCE) < AT_ONCE:
                    break
