"""What providers told of campaigns' messages, and how far their recipients have come by it.

Statuses are appended where a webhook applies one to its message (`outbox.apply_status`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import class_row

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Tracked:
    """A recipient whose row is locked; `provider_id` is of the current try's message."""

    id: str
    campaign_id: str
    occurrence_id: str
    customer_id: str
    identity: str
    state: str
    tries: int
    message_id: str | None
    provider: WhatsAppProvider
    provider_id: str | None


@dataclass(frozen=True, slots=True)
class ToldStatus:
    provider_id: str
    status: str
    code: str | None


async def lock(conn: Connection, *, recipient_id: str) -> Tracked | None:
    """The recipient, locked until the transaction ends."""
    async with conn.cursor(row_factory=class_row(Tracked)) as cursor:
        await cursor.execute(
            """select r.id::text as id, r.campaign_id::text as campaign_id,
                 r.occurrence_id::text as occurrence_id, r.customer_id::text as customer_id,
                 r.identity, r.state, r.tries, r.message_id::text as message_id, m.provider,
                 m.provider_id
               from campaign_recipients r
               join messages m on m.boutique_id = r.boutique_id and m.id = r.message_id
               where r.boutique_id = private.current_boutique() and r.id = %(id)s
               for no key update of r""",
            {"id": recipient_id},
        )
        return await cursor.fetchone()


async def of_recipient(conn: Connection, *, recipient_id: str) -> list[ToldStatus]:
    """All that was told, of every try."""
    async with conn.cursor(row_factory=class_row(ToldStatus)) as cursor:
        await cursor.execute(
            """select provider_id, status, code from campaign_statuses
               where boutique_id = private.current_boutique() and recipient_id = %(id)s
               order by id""",
            {"id": recipient_id},
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Retries:
    """Whether a failed recipient is tried again: her occurrence, and the campaign's pace."""

    occurrence_status: str
    pace: Mapping[str, Any]


async def retries_of(conn: Connection, *, recipient_id: str) -> Retries:
    async with conn.cursor(row_factory=class_row(Retries)) as cursor:
        await cursor.execute(
            """select o.status as occurrence_status, c.pace from campaign_recipients r
               join campaign_occurrences o on o.boutique_id = r.boutique_id
                 and o.id = r.occurrence_id
               join campaigns c on c.boutique_id = r.boutique_id and c.id = r.campaign_id
               where r.boutique_id = private.current_boutique() and r.id = %(id)s""",
            {"id": recipient_id},
        )
        found = await cursor.fetchone()
        assert found is not None, "the caller has the recipient's row"
        return found


# The times are those at which we heard of it; `coalesce` keeps the first.
_COME_TO = """
update campaign_recipients r set state = %(state)s, lease_until = null,
  reason = case when %(state)s = 'failed' then r.reason end,
  accepted_at = coalesce(r.accepted_at, told.first_at),
  sent_at = coalesce(r.sent_at, told.sent_at),
  delivered_at = coalesce(r.delivered_at, told.delivered_at, told.read_at),
  read_at = coalesce(r.read_at, told.read_at)
from (
  select min(received_at) filter (where status <> 'failed') as first_at,
    min(received_at) filter (where status = 'sent') as sent_at,
    min(received_at) filter (where status = 'delivered') as delivered_at,
    min(received_at) filter (where status = 'read') as read_at
  from campaign_statuses
  where boutique_id = private.current_boutique() and recipient_id = %(id)s
) told
where r.boutique_id = private.current_boutique() and r.id = %(id)s
"""


async def come_to(conn: Connection, *, recipient_id: str, state: str) -> None:
    """Note the state, and when each step was first heard of."""
    await conn.execute(_COME_TO, {"id": recipient_id, "state": state})


@dataclass(frozen=True, slots=True)
class Behind:
    """A recipient that something is still to be done for."""

    boutique_id: str
    recipient_id: str


async def behind(conn: Connection, *, since: datetime) -> list[Behind]:
    """Recipients of whom a status was kept, and its consequence was not. Needs a system connection.

    A process that died between the two leaves such.
    """
    async with conn.cursor(row_factory=class_row(Behind)) as cursor:
        await cursor.execute(
            """select distinct s.boutique_id::text as boutique_id,
                 s.recipient_id::text as recipient_id
               from campaign_statuses s
               join campaign_recipients r on r.boutique_id = s.boutique_id and r.id = s.recipient_id
               left join messages m on m.boutique_id = r.boutique_id and m.id = r.message_id
               where s.received_at between %(since)s and now() - interval '10 seconds'
                 and case s.status when 'read' then r.read_at is null
                   when 'delivered' then r.delivered_at is null
                   when 'sent' then r.sent_at is null and r.state <> 'failed'
                   when 'failed' then s.provider_id = m.provider_id
                     and r.state in ('posting', 'unknown', 'accepted', 'sent')
                   else false end
               limit 500""",
            {"since": since},
        )
        return await cursor.fetchall()


async def untold(conn: Connection, *, after: timedelta) -> list[Behind]:
    """Recipients whose message was taken that long ago, and of which nothing came since.

    Needs a system connection.
    """
    async with conn.cursor(row_factory=class_row(Behind)) as cursor:
        await cursor.execute(
            """select boutique_id::text as boutique_id, id::text as recipient_id
               from campaign_recipients
               where state in ('accepted', 'sent') and expired_at is null
                 and posting_at < now() - %(after)s::interval
               order by posting_at limit 500""",
            {"after": after},
        )
        return await cursor.fetchall()


async def expire(conn: Connection, *, ids: Sequence[str]) -> list[str]:
    """Note of these that nothing is expected any more; those of whom nothing has come meanwhile."""
    cursor = await conn.execute(
        """with those as (
             select id from campaign_recipients
             where boutique_id = private.current_boutique() and id = any(%(ids)s::uuid[])
               and state in ('accepted', 'sent') and expired_at is null
             order by id for no key update
           )
           update campaign_recipients r set expired_at = now() from those
           where r.boutique_id = private.current_boutique() and r.id = those.id
           returning r.id::text as id""",
        {"ids": list(ids)},
    )
    return [row["id"] for row in await cursor.fetchall()]
