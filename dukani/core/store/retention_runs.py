"""What was deleted for its age: the last run of each kind, and of each boutique how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.retention import Removed


async def begin(conn: Connection, *, kind: str, now: datetime, days: int) -> datetime | None:
    """Note that a run began; up to which time former ones looked at all."""
    cursor = await conn.execute(
        """insert into private.retention_runs as r (kind, ran_at, days)
           values (%(kind)s, %(now)s, %(days)s)
           on conflict (kind) do update
             set ran_at = %(now)s, days = %(days)s, removed = 0, finished_at = null
           returning done_until""",
        {"kind": kind, "now": now, "days": days},
    )
    row = await cursor.fetchone()
    return row["done_until"] if row else None


async def note(
    conn: Connection, *, kind: str, now: datetime, removed: Removed, until: datetime | None = None
) -> None:
    """Add to what the run of `now` has deleted, in all and of each boutique."""
    await conn.execute(
        """update private.retention_runs
           set removed = removed + %(removed)s, done_until = coalesce(%(until)s, done_until)
           where kind = %(kind)s""",
        {"kind": kind, "removed": sum(removed.values()), "until": until},
    )
    of_boutiques = {boutique: n for boutique, n in removed.items() if boutique != "None"}
    await conn.execute(
        """insert into retention_purges as p (boutique_id, kind, ran_at, removed, removed_in_all)
           select b.id, %(kind)s, %(now)s, g.n, g.n
           from unnest(%(boutiques)s::uuid[], %(counts)s::bigint[]) g (boutique_id, n)
           join boutiques b on b.id = g.boutique_id
           on conflict (boutique_id, kind) do update
             set removed = excluded.removed
                 + case when p.ran_at = excluded.ran_at then p.removed else 0 end,
               removed_in_all = p.removed_in_all + excluded.removed, ran_at = excluded.ran_at""",
        {
            "kind": kind,
            "now": now,
            "boutiques": list(of_boutiques),
            "counts": list(of_boutiques.values()),
        },
    )


async def finish(conn: Connection, *, kind: str, until: datetime | None = None) -> None:
    """All of the kind that is older than `until` was looked at."""
    await conn.execute(
        """update private.retention_runs
           set finished_at = clock_timestamp(), done_until = coalesce(%(until)s, done_until)
           where kind = %(kind)s""",
        {"kind": kind, "until": until},
    )


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of a kind; `finished_at`: none, it was broken off."""

    kind: str
    ran_at: datetime
    finished_at: datetime | None
    removed: int


async def runs(conn: Connection) -> dict[str, Run]:
    """The last run of each kind, over all boutiques."""
    async with conn.cursor(row_factory=class_row(Run)) as cursor:
        await cursor.execute(
            """select kind, ran_at, finished_at, removed from private.retention_runs"""
        )
        return {run.kind: run for run in await cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class OfABoutique:
    """What was deleted of a boutique: in the last night in which something was, and in all."""

    kind: str
    looked_at: datetime | None
    deleted_at: datetime | None
    removed: int
    removed_in_all: int


async def of_boutique(conn: Connection) -> dict[str, OfABoutique]:
    """By kind, for the owner who acts in it."""
    async with conn.cursor(row_factory=class_row(OfABoutique)) as cursor:
        await cursor.execute(
            """select r.kind, r.ran_at as looked_at, p.ran_at as deleted_at,
                 coalesce(p.removed, 0) as removed, coalesce(p.removed_in_all, 0) as removed_in_all
               from private.last_retention_runs() r
               left join retention_purges p
                 on p.boutique_id = private.current_boutique() and p.kind = r.kind"""
        )
        return {one.kind: one for one in await cursor.fetchall()}
