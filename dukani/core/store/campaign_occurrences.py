"""Occurrences: a campaign's times of being sent, and how far their recipients are written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

_COLUMNS = """o.id::text as id, o.campaign_id::text as campaign_id, o.number, o.due_at, o.status,
  o.left_out, o.audience_size, o.planned_after::text as planned_after, o.planned_at, o.started_at,
  o.ended_at"""

UNDER_WAY = ("planning", "sending", "paused")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`left_out`: customers by why they are no recipients; `audience_size`: those asked about.

    `planned_after`: the customer up to whom recipients are written down; `planned_at`: all are.
    """

    id: str
    campaign_id: str
    number: int
    due_at: datetime
    status: str
    left_out: Mapping[str, int]
    audience_size: int
    planned_after: str | None
    planned_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


async def open_occurrence(conn: Connection, *, campaign_id: str, due_at: datetime) -> Occurrence:
    """The campaign's occurrence of this hour: a new one, or that which somebody opened before."""
    values = {"campaign_id": campaign_id, "due_at": due_at}
    await conn.execute(
        """insert into campaign_occurrences (boutique_id, campaign_id, number, due_at)
           select c.boutique_id, c.id, 1 + coalesce(
             (select max(o.number) from campaign_occurrences o
              where o.boutique_id = c.boutique_id and o.campaign_id = c.id), 0), %(due_at)s
           from (select boutique_id, id from campaigns
                 where boutique_id = private.current_boutique() and id = %(campaign_id)s
                 for no key update) c
           on conflict do nothing""",
        values,
    )
    found = await _one(
        conn,
        f"""select {_COLUMNS} from campaign_occurrences o
            where o.boutique_id = private.current_boutique() and o.campaign_id = %(campaign_id)s
              and o.due_at = %(due_at)s""",
        values,
    )
    assert found is not None, "inserted, or there before"
    return found


async def get(
    conn: Connection, *, occurrence_id: str, for_update: bool = False
) -> Occurrence | None:
    return await _one(
        conn,
        f"""select {_COLUMNS} from campaign_occurrences o
            where o.boutique_id = private.current_boutique() and o.id = %(occurrence_id)s
            {"for no key update" if for_update else ""}""",
        {"occurrence_id": occurrence_id},
    )


async def of_campaign(conn: Connection, *, campaign_id: str) -> list[Occurrence]:
    """Its occurrences, the latest first."""
    async with conn.cursor(row_factory=class_row(Occurrence)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from campaign_occurrences o
                where o.boutique_id = private.current_boutique()
                  and o.campaign_id = %(campaign_id)s
                order by o.number desc""".encode(),
            {"campaign_id": campaign_id},
        )
        return await cursor.fetchall()


async def note_planned(
    conn: Connection,
    *,
    occurrence_id: str,
    after: str,
    customers: int,
    left_out: Mapping[str, int],
) -> None:
    """A chunk of `customers` up to `after` is written down; `left_out` of them are added."""
    await conn.execute(
        """update campaign_occurrences o set planned_after = %(after)s,
             audience_size = o.audience_size + %(customers)s,
             left_out = coalesce((
               select jsonb_object_agg(key, customers) from (
                 select key, sum(value::int) as customers from (
                   select * from jsonb_each_text(o.left_out)
                   union all select * from jsonb_each_text(%(left_out)s::jsonb)) both_parts
                 group by key) summed), '{}')
           where o.boutique_id = private.current_boutique() and o.id = %(occurrence_id)s""",
        {
            "occurrence_id": occurrence_id,
            "after": after,
            "customers": customers,
            "left_out": Jsonb(dict(left_out)),
        },
    )


async def note_all_planned(conn: Connection, *, occurrence_id: str) -> None:
    await conn.execute(
        """update campaign_occurrences set planned_at = coalesce(planned_at, now())
           where boutique_id = private.current_boutique() and id = %(occurrence_id)s""",
        {"occurrence_id": occurrence_id},
    )


async def move(
    conn: Connection, *, occurrence_id: str, since: Sequence[str], to: str
) -> Occurrence | None:
    """Give it the status `to` if it has one of `since`; None: it has none of them."""
    return await _one(
        conn,
        f"""update campaign_occurrences o set status = %(to)s,
              started_at = case when %(to)s = 'sending' then coalesce(o.started_at, now())
                else o.started_at end,
              ended_at = case when %(to)s in ('completed', 'cancelled', 'failed') then now() end
            where o.boutique_id = private.current_boutique() and o.id = %(occurrence_id)s
              and o.status = any(%(since)s::text[])
            returning {_COLUMNS}""",
        {"occurrence_id": occurrence_id, "since": list(since), "to": to},
    )


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """An occurrence that has ended, with recipients who are planned still."""

    boutique_id: str
    occurrence_id: str


async def left_behind(conn: Connection, *, ended_since: datetime) -> list[LeftBehind]:
    """Those of all boutiques. Needs a system connection.

    A refusal that was told while it ended, or a worker that died, leaves such.
    """
    async with conn.cursor(row_factory=class_row(LeftBehind)) as cursor:
        await cursor.execute(
            """select o.boutique_id::text as boutique_id, o.id::text as occurrence_id
               from campaign_occurrences o
               where o.ended_at between %(since)s and now() - interval '1 minute' and exists (
                 select from campaign_recipients r
                 where r.boutique_id = o.boutique_id and r.occurrence_id = o.id
                   and r.state = 'planned')
               order by o.ended_at limit 100""",
            {"since": ended_since},
        )
        return await cursor.fetchall()


async def _one(conn: Connection, statement: str, values: Mapping[str, Any]) -> Occurrence | None:
    async with conn.cursor(row_factory=class_row(Occurrence)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchone()
