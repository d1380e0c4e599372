"""Orders to replay webhook events, and what came of each event; rows are only added.

Needs a system connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

MOST = 500  # events of one order

# `unchanged`: handled before, or it can be read or matched no better than when it came.
# `refused`: whoever sent it cannot be verified. `failed`: an error, try again. `gone`: deleted.
ReplayResult = Literal["handled", "unchanged", "refused", "failed", "gone"]


@dataclass(frozen=True, slots=True)
class Replay:
    """An order; `results` counts its events by what came of them."""

    id: str
    actor: str
    events: int
    done: int
    handled: int
    unchanged: int
    refused: int
    failed: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EventReplay:
    """What came of an event in one order; no `result`: it waits for its turn."""

    replay_id: str
    event_id: int
    actor: str
    asked_at: datetime
    result: ReplayResult | None
    reason: str
    outcome_before: str | None
    outcome_after: str | None
    replayed_at: datetime | None


async def add(conn: Connection, *, actor: str, event_ids: Sequence[int]) -> str:
    cursor = await conn.execute(
        """insert into private.webhook_replays (actor, event_ids)
           values (%(actor)s, %(event_ids)s) returning id::text""",
        {"actor": actor, "event_ids": list(event_ids)},
    )
    row = await cursor.fetchone()
    assert row is not None  # an insert returns its row
    return str(row["id"])


async def waiting(conn: Connection, *, replay_id: str) -> list[int]:
    """The order's events without a result, in the order they are replayed in."""
    cursor = await conn.execute(
        """select one.id from private.webhook_replays r,
             unnest(r.event_ids) with ordinality as one (id, place)
           where r.id = %(replay_id)s and not exists (
             select from private.webhook_replay_results done
             where done.replay_id = r.id and done.event_id = one.id)
           order by one.place""",
        {"replay_id": replay_id},
    )
    return [int(row["id"]) for row in await cursor.fetchall()]


async def note(
    conn: Connection,
    *,
    replay_id: str,
    event_id: int,
    result: ReplayResult,
    reason: str = "",
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Add what came of an event; a job that runs twice adds it once."""
    await conn.execute(
        """insert into private.webhook_replay_results
             (replay_id, event_id, result, reason, outcome_before, outcome_after)
           values (%(replay_id)s, %(event_id)s, %(result)s, %(reason)s, %(before)s, %(after)s)
           on conflict do nothing""",
        {
            "replay_id": replay_id,
            "event_id": event_id,
            "result": result,
            "reason": reason,
            "before": before,
            "after": after,
        },
    )


_REPLAYS = """
select r.id::text, r.actor, cardinality(r.event_ids) as events, count(d.*)::int as done,
  (count(*) filter (where d.result = 'handled'))::int as handled,
  (count(*) filter (where d.result in ('unchanged', 'gone')))::int as unchanged,
  (count(*) filter (where d.result = 'refused'))::int as refused,
  (count(*) filter (where d.result = 'failed'))::int as failed, r.created_at
from {replays} r
left join private.webhook_replay_results d on d.replay_id = r.id
group by r.id, r.actor, r.event_ids, r.created_at
order by r.created_at desc, r.id desc
"""


async def get(conn: Connection, *, replay_id: str) -> Replay | None:
    asked = "(select * from private.webhook_replays where id = %(replay_id)s)"
    async with conn.cursor(row_factory=class_row(Replay)) as cursor:
        await cursor.execute(_REPLAYS.format(replays=asked).encode(), {"replay_id": replay_id})
        return await cursor.fetchone()


async def latest(conn: Connection, *, limit: int) -> list[Replay]:
    """The newest first."""
    asked = """(select * from private.webhook_replays
      order by created_at desc, id desc limit %(limit)s)"""
    async with conn.cursor(row_factory=class_row(Replay)) as cursor:
        await cursor.execute(_REPLAYS.format(replays=asked).encode(), {"limit": limit})
        return await cursor.fetchall()


async def of_event(conn: Connection, *, event_id: int, limit: int = 20) -> list[EventReplay]:
    """Who replayed the event, when, and with what result: the newest first."""
    async with conn.cursor(row_factory=class_row(EventReplay)) as cursor:
        await cursor.execute(
            """select r.id::text as replay_id, d.event_id, r.actor, r.created_at as asked_at,
                 d.result, d.reason, d.outcome_before, d.outcome_after, d.created_at as replayed_at
               from private.webhook_replay_results d
               join private.webhook_replays r on r.id = d.replay_id
               where d.event_id = %(event_id)s
               order by d.created_at desc limit %(limit)s""",
            {"event_id": event_id, "limit": limit},
        )
        return await cursor.fetchall()
