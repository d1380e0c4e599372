"""Remembers which notices the owner got, so that none is sent twice."""

from __future__ import annotations

from datetime import timedelta

from dukani.core.database import Connection


async def first_time(conn: Connection, *, about: str) -> bool:
    """Record that the owner is told about `about`; false when the owner was told before."""
    cursor = await conn.execute(
        """
        insert into owner_notices (boutique_id, about)
        values (private.current_boutique(), left(%(about)s, 200))
        on conflict do nothing
        """,
        {"about": about},
    )
    return cursor.rowcount == 1


async def is_news(conn: Connection, *, about: str, again_after: timedelta | None = None) -> bool:
    """As `first_time`, for a lasting trouble: true again once the trouble was over.

    Also true `again_after` the last notice.
    """
    cursor = await conn.execute(
        """insert into owner_notices as known (boutique_id, about)
           values (private.current_boutique(), left(%(about)s, 200))
           on conflict (boutique_id, about) do update set told_at = now(), over_at = null
             where known.over_at is not null
               or known.told_at < now() - %(again_after)s::interval""",
        {"about": about, "again_after": again_after},
    )
    return cursor.rowcount == 1


async def note_over(conn: Connection, *, prefix: str) -> list[str]:
    """Record that troubles with `prefix` in `about` are over; those that were not over before."""
    cursor = await conn.execute(
        """update owner_notices set over_at = now()
           where starts_with(about, %(prefix)s) and over_at is null
           returning about""",
        {"prefix": prefix},
    )
    return [str(row["about"]) for row in await cursor.fetchall()]
