"""Numbers that campaigns leave alone: nobody is reached there, or a person took them out."""

from __future__ import annotations

from typing import Literal

from dukani.core.database import Connection

Reason = Literal["unreachable", "complained", "by_a_person"]


async def add(conn: Connection, *, identity: str, reason: Reason) -> bool:
    """False: it was suppressed before, and the former reason stays."""
    cursor = await conn.execute(
        """insert into suppressed_identities (boutique_id, identity, reason)
           values (private.current_boutique(), %(identity)s, %(reason)s)
           on conflict do nothing""",
        {"identity": identity, "reason": reason},
    )
    return cursor.rowcount == 1


async def remove(conn: Connection, *, identity: str) -> bool:
    """False: it was not suppressed."""
    cursor = await conn.execute(
        """delete from suppressed_identities
           where boutique_id = private.current_boutique() and identity = %(identity)s""",
        {"identity": identity},
    )
    return cursor.rowcount == 1


async def why(conn: Connection, *, identity: str) -> Reason | None:
    """Why it is suppressed; None: it is not."""
    cursor = await conn.execute(
        """select reason from suppressed_identities
           where boutique_id = private.current_boutique() and identity = %(identity)s""",
        {"identity": identity},
    )
    row = await cursor.fetchone()
    return row["reason"] if row else None
