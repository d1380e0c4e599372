"""How many people the numbers of a business portfolio begin with in 24 hours, together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dukani.core.channels import MessagingProvider
from dukani.core.database import Connection


async def reserve_users(
    conn: Connection,
    *,
    provider: MessagingProvider,
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
