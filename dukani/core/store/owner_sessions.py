"""What the owner's chat with her shop remembers: what she was asked, and whether she shops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class OwnerSession:
    """`pending` with its `version` waits for an answer; `expired`: she took too long.

    An hour after that nothing is pending any more: a yes is about something else by then.
    """

    version: int = 0
    pending: dict[str, Any] | None = None
    asked_at: datetime | None = None
    expired: bool = False
    shopping: bool = False
    last_inbound_at: datetime | None = None


async def get(conn: Connection) -> OwnerSession:
    """The boutique's session, by the database's clock."""
    async with conn.cursor(row_factory=class_row(OwnerSession)) as cursor:
        await cursor.execute(
            """select version, asked_at, coalesce(expires_at <= now(), false) as expired,
                 case when expires_at > now() - interval '1 hour' then pending end as pending,
                 coalesce(shopping_until > now(), false) as shopping, last_inbound_at
               from owner_sessions where boutique_id = private.current_boutique()"""
        )
        return await cursor.fetchone() or OwnerSession()


async def ask(conn: Connection, pending: Mapping[str, Any], *, lasts: timedelta) -> int:
    """Keep what she is asked, in place of what she was asked before; the new version."""
    cursor = await conn.execute(
        """insert into owner_sessions as s (boutique_id, version, pending, asked_at, expires_at)
           values (private.current_boutique(), 1, %(pending)s, now(), now() + %(lasts)s)
           on conflict (boutique_id) do update set version = s.version + 1,
             pending = excluded.pending, asked_at = now(), expires_at = excluded.expires_at
           returning version""",
        {"pending": Jsonb(dict(pending)), "lasts": lasts},
    )
    row = await cursor.fetchone()
    assert row is not None, "an upsert returns its row"
    return int(row["version"])


async def close(conn: Connection, *, version: int) -> bool:
    """Nothing is pending any more. False when it was answered, or replaced, before."""
    cursor = await conn.execute(
        """update owner_sessions set pending = null, expires_at = null
           where boutique_id = private.current_boutique() and version = %(version)s
             and pending is not null""",
        {"version": version},
    )
    return cursor.rowcount == 1


async def shop(conn: Connection, *, lasts: timedelta | None) -> None:
    """Treat her words as a customer's for `lasts`; None: no longer."""
    await conn.execute(
        """insert into owner_sessions (boutique_id, shopping_until)
           values (private.current_boutique(), now() + %(lasts)s)
           on conflict (boutique_id) do update set shopping_until = excluded.shopping_until""",
        {"lasts": lasts},
    )
