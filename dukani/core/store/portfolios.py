"""How many people the numbers of a business portfolio begin with in 24 hours, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Room:
    """How many people may be begun with now; `free_at` (UTC): when one may, if that is nobody."""

    users: int
    free_at: datetime | None


async def room(conn: Connection, *, provider: WhatsAppProvider, users_per_day: int) -> Room | None:
    """The portfolio's of the boutique's number; None: the boutique has no number there.

    `users_per_day` is the tier of a portfolio that has none of its own.
    """
    cursor = await conn.execute(
        "select room, free_at from private.portfolio_room(%(provider)s, %(most)s)",
        {"provider": provider, "most": users_per_day},
    )
    row = await cursor.fetchone()
    return Room(row["room"], row["free_at"]) if row else None


async def reserve_users(
    conn: Connection,
    *,
    provider: WhatsAppProvider,
    identities: Sequence[str],
    users_per_day: int,
) -> dict[str, datetime | None]:
    """By identity: None when the boutique's number may begin with it now, and it is counted.

    Else when (UTC) the first of those counted is a day ago. `users_per_day` is the tier of a
    portfolio that has none of its own.
    """
    cursor = await conn.execute(
        """select identity, free_at
           from private.reserve_portfolio_users(%(provider)s, %(identities)s, %(most)s)""",
        {"provider": provider, "identities": list(identities), "most": users_per_day},
    )
    return {row["identity"]: row["free_at"] for row in await cursor.fetchall()}


async def forget(conn: Connection) -> None:
    """Forget whom nobody began with in the last 24 hours. Needs a system connection."""
    await conn.execute("select private.forget_portfolio_users()")
