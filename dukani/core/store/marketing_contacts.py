"""Marketing that reached or may reach somebody, whichever room sends it: one place that counts.

Whoever is about to send reserves a contact in the transaction that decides it, and releases it when
nothing was sent after all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dukani.core.database import Connection

# The lock is within the boutique: two boutiques may write to one person, each by its own consent.
_LOCK = """
select pg_advisory_xact_lock(
  hashtextextended('marketing:' || private.current_boutique()::text || ':' || identity, 0))
from (select distinct unnest(%(identities)s::text[]) as identity order by 1) those
"""


async def lock(conn: Connection, *, identities: Sequence[str]) -> None:
    """Let nobody else decide about these identities until this transaction ends."""
    await conn.execute(_LOCK, {"identities": sorted(identities)})


async def latest(
    conn: Connection, *, identities: Sequence[str], within: timedelta
) -> dict[str, list[tuple[str, datetime]]]:
    """The contacts of each identity in that time: what they came from, and when (UTC).

    Under `lock` they are all there are: a statement of its own sees what others committed before.
    """
    cursor = await conn.execute(
        """select identity, source, reserved_at from marketing_contacts
           where boutique_id = private.current_boutique() and identity = any(%(identities)s)
             and released_at is null and reserved_at > now() - %(within)s::interval
           order by reserved_at""",
        {"identities": list(identities), "within": within},
    )
    found: dict[str, list[tuple[str, datetime]]] = {}
    for row in await cursor.fetchall():
        found.setdefault(row["identity"], []).append((row["source"], row["reserved_at"]))
    return found


async def reserve(conn: Connection, *, identities: Sequence[str], sources: Sequence[str]) -> None:
    """Count these as written to now, also whom an earlier try of the same source has counted."""
    await conn.execute(
        """insert into marketing_contacts (boutique_id, identity, source)
           select private.current_boutique(), * from unnest(%(identities)s::text[],
             %(sources)s::text[])
           on conflict (boutique_id, source) do update
             set reserved_at = now(), released_at = null, identity = excluded.identity""",
        {"identities": list(identities), "sources": list(sources)},
    )


async def keep(conn: Connection, *, sources: Sequence[str]) -> None:
    """These count whatever follows."""
    await conn.execute(
        """update marketing_contacts set kept_at = reserved_at
           where boutique_id = private.current_boutique() and source = any(%(sources)s)
             and released_at is null""",
        {"sources": list(sources)},
    )


async def take_back(conn: Connection, *, source: str) -> None:
    """It was sent after all, though it had been released."""
    await conn.execute(
        """update marketing_contacts set released_at = null
           where boutique_id = private.current_boutique() and source = %(source)s
             and released_at is not null""",
        {"source": source},
    )


async def release(conn: Connection, *, sources: Sequence[str]) -> None:
    """Nothing was sent after all, or not since the one that is kept."""
    await conn.execute(
        """update marketing_contacts set reserved_at = coalesce(kept_at, reserved_at),
             released_at = case when kept_at is null then now() end
           where boutique_id = private.current_boutique() and source = any(%(sources)s)
             and released_at is null""",
        {"sources": list(sources)},
    )
