"""What the owner has been told already."""

from __future__ import annotations

from dukani.core.database import Connection


async def first_time(conn: Connection, *, about: str) -> bool:
    """Write down that the owner is told of this; False when it was told before."""
    cursor = await conn.execute(
        """
        insert into owner_notices (boutique_id, about)
        values (private.current_boutique(), left(%(about)s, 200))
        on conflict do nothing
        """,
        {"about": about},
    )
    return cursor.rowcount == 1
