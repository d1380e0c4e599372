"""Campaigns as their owners wrote them, and how far each has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

_COLUMNS = """c.id::text as id, c.name, c.status, c.status_reason, c.audience,
  c.pieces::text[] as pieces, c.message, c.schedule, c.pace, c.experiment, c.score_rules_version,
  c.next_at, c.created_by::text as created_by, c.created_at, c.updated_at, c.started_at,
  c.ended_at"""
ENDED = ("completed", "cancelled", "failed")


@dataclass(frozen=True, slots=True)
class CampaignDocuments:
    """What an owner decides, in the shapes of `domain/campaigns.py`."""

    name: str
    audience: Mapping[str, Any]
    pieces: Sequence[str]
    message: Mapping[str, Any]
    schedule: Mapping[str, Any]
    pace: Mapping[str, Any]
    experiment: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Campaign(CampaignDocuments):
    id: str
    status: str
    status_reason: str | None
    score_rules_version: int | None
    next_at: datetime | None
    created_by: str | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueCampaign:
    boutique_id: str
    campaign_id: str
    next_at: datetime


async def create(
    conn: Connection, written: CampaignDocuments, *, created_by: str | None = None
) -> Campaign:
    """A draft."""
    values = _values(written) | {"created_by": created_by}
    made = await _one(
        conn,
        f"""insert into campaigns as c (boutique_id, name, audience, pieces, message, schedule,
              pace, experiment, created_by)
            values (private.current_boutique(), %(name)s, %(audience)s, %(pieces)s::uuid[],
              %(message)s, %(schedule)s, %(pace)s, %(experiment)s, %(created_by)s)
            returning {_COLUMNS}""",
        values,
    )
    assert made is not None, "an insert returns its row"
    return made


async def get(conn: Connection, *, campaign_id: str) -> Campaign | None:
    return await _one(
        conn,
        f"""select {_COLUMNS} from campaigns c
            where c.boutique_id = private.current_boutique() and c.id = %(campaign_id)s""",
        {"campaign_id": campaign_id},
    )


async def get_for_update(conn: Connection, *, campaign_id: str) -> Campaign | None:
    """The campaign, whose row stays locked until the transaction ends."""
    return await _one(
        conn,
        f"""select {_COLUMNS} from campaigns c
            where c.boutique_id = private.current_boutique() and c.id = %(campaign_id)s
            for no key update""",
        {"campaign_id": campaign_id},
    )


async def page(
    conn: Connection, *, statuses: Sequence[str] | None = None, after: Key | None, limit: int
) -> list[Campaign]:
    """The latest first; `statuses`: of these only."""
    async with conn.cursor(row_factory=class_row(Campaign)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from campaigns c
                where c.boutique_id = private.current_boutique()
                  and (%(statuses)s::text[] is null or c.status = any(%(statuses)s::text[]))
                  and (%(at)s::timestamptz is null
                    or (c.created_at, c.id) < (%(at)s::timestamptz, %(id)s::uuid))
                order by c.created_at desc, c.id desc limit %(limit)s""".encode(),
            {
                "statuses": None if statuses is None else list(statuses),
                "at": after.value if after else None,
                "id": after.id if after else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


async def edit(
    conn: Connection, written: CampaignDocuments, *, campaign_id: str
) -> Campaign | None:
    """Write a draft anew; None: there is no such draft."""
    return await _one(
        conn,
        f"""update campaigns c set name = %(name)s, audience = %(audience)s,
              pieces = %(pieces)s::uuid[], message = %(message)s, schedule = %(schedule)s,
              pace = %(pace)s, experiment = %(experiment)s
            where c.boutique_id = private.current_boutique() and c.id = %(campaign_id)s
              and c.status = 'draft'
            returning {_COLUMNS}""",
        _values(written) | {"campaign_id": campaign_id},
    )


async def remove(conn: Connection, *, campaign_id: str) -> bool:
    """Remove a draft of which nothing was ever sent; False: there is none."""
    cursor = await conn.execute(
        """delete from campaigns where boutique_id = private.current_boutique()
             and id = %(campaign_id)s and status = 'draft' and not exists (
               select from campaign_occurrences o
               where o.boutique_id = campaigns.boutique_id and o.campaign_id = campaigns.id)""",
        {"campaign_id": campaign_id},
    )
    return cursor.rowcount == 1


async def move(
    conn: Connection,
    *,
    campaign_id: str,
    since: Sequence[str],
    to: str,
    reason: str | None = None,
    next_at: datetime | None = None,
) -> Campaign | None:
    """Give it the status `to` if it has one of `since`; None: it has none of them.

    Sending notes when it began, an end when it ended. Needs a tenant connection.
    """
    return await _one(
        conn,
        f"""update campaigns c set status = %(to)s, status_reason = %(reason)s,
              next_at = %(next_at)s,
              started_at = case when %(to)s = 'sending' then coalesce(c.started_at, now())
                else c.started_at end,
              ended_at = case when %(to)s = any(%(ended)s::text[]) then now() end
            where c.boutique_id = private.current_boutique() and c.id = %(campaign_id)s
              and c.status = any(%(since)s::text[])
            returning {_COLUMNS}""",
        {
            "campaign_id": campaign_id,
            "since": list(since),
            "to": to,
            "reason": reason,
            "next_at": next_at,
            "ended": list(ENDED),
        },
    )


async def keep_score_rules(conn: Connection, *, campaign_id: str, version: int) -> int:
    """The version by which it chooses: `version`, if it had none yet."""
    cursor = await conn.execute(
        """update campaigns set score_rules_version = coalesce(score_rules_version, %(version)s)
           where boutique_id = private.current_boutique() and id = %(campaign_id)s
           returning score_rules_version""",
        {"campaign_id": campaign_id, "version": version},
    )
    row = await cursor.fetchone()
    return int(row["score_rules_version"]) if row else version


async def uses_audience(
    conn: Connection, *, key: Literal["segment_id", "list_id"], value: str
) -> bool:
    """Whether a campaign that is not over is for this segment or list."""
    cursor = await conn.execute(
        """select exists (
             select from campaigns where boutique_id = private.current_boutique()
               and not status = any(%(ended)s::text[]) and audience ->> %(key)s = %(value)s)
             as used""",
        {"ended": list(ENDED), "key": key, "value": value},
    )
    row = await cursor.fetchone()
    return bool(row and row["used"])


async def boutique_of(conn: Connection, *, campaign_id: str) -> str | None:
    """Whose campaign it is. Needs a system connection."""
    cursor = await conn.execute(
        "select boutique_id::text as boutique_id from campaigns where id = %(campaign_id)s",
        {"campaign_id": campaign_id},
    )
    row = await cursor.fetchone()
    return row["boutique_id"] if row else None


async def due(conn: Connection, *, at: datetime, limit: int = 100) -> list[DueCampaign]:
    """Scheduled ones whose time has come, of all boutiques. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(DueCampaign)) as cursor:
        await cursor.execute(
            """select boutique_id::text as boutique_id, id::text as campaign_id, next_at
               from campaigns where status = 'scheduled' and next_at <= %(at)s
               order by next_at, id limit %(limit)s""",
            {"at": at, "limit": limit},
        )
        return await cursor.fetchall()


def _values(written: CampaignDocuments) -> dict[str, Any]:
    return {
        "name": written.name,
        "audience": Jsonb(dict(written.audience)),
        "pieces": list(written.pieces),
        "message": Jsonb(dict(written.message)),
        "schedule": Jsonb(dict(written.schedule)),
        "pace": Jsonb(dict(written.pace)),
        "experiment": None if written.experiment is None else Jsonb(dict(written.experiment)),
    }


async def _one(conn: Connection, statement: str, values: Mapping[str, Any]) -> Campaign | None:
    async with conn.cursor(row_factory=class_row(Campaign)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchone()
