"""An occurrence while it is sent: what its jobs share, and which of them goes on.

Its jobs form a chain: each defers the next. Whoever wakes the occurrence anew begins another chain,
and jobs of the former one stop, so that two never multiply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import class_row

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection, Executes
from dukani.core.queue import JOB
from dukani.core.store.platform_pauses import SENDS_NOTHING


@dataclass(frozen=True, slots=True)
class Run:
    """An occurrence, its campaign as it is now, and the number it is sent from.

    `message`, `pace`, `schedule` and `experiment` are the campaign's documents. `next_hour`: when
    its next occurrence begins. `secrets` are sealed; none: the boutique has no account at its
    provider. `held_for`: why it is held off the shared number that it sends from.
    `stopped`: the platform has paused the boutique or this channel.
    `marketing_endpoint`: Meta takes its offers at their own.
    """

    boutique_id: str
    campaign_id: str
    occurrence_id: str
    status: str
    campaign_status: str
    chain: int
    next_send_at: datetime | None
    started_at: datetime | None
    next_hour: datetime | None
    message: Mapping[str, Any]
    pace: Mapping[str, Any]
    schedule: Mapping[str, Any]
    experiment: Mapping[str, Any] | None
    slug: str
    currency: str
    timezone: str
    language: str
    provider: WhatsAppProvider
    account: str | None
    secrets: str | None
    held_for: str | None
    stopped: bool
    marketing_endpoint: bool | None


_RUN = f"""
select o.boutique_id::text as boutique_id, o.campaign_id::text as campaign_id,
  o.id::text as occurrence_id, o.status, c.status as campaign_status, o.chain, o.next_send_at,
  o.started_at, c.next_at as next_hour, c.message, c.pace, c.schedule, c.experiment, b.slug,
  b.currency, b.timezone, b.language, b.whatsapp_provider as provider, k.account, k.secrets,
  k.held_for, k.marketing_endpoint, {SENDS_NOTHING} as stopped
from campaign_occurrences o
join campaigns c on c.boutique_id = o.boutique_id and c.id = o.campaign_id
join boutiques b on b.id = o.boutique_id
left join provider_credentials k on k.boutique_id = b.id and k.provider = b.whatsapp_provider
  and k.active
where o.boutique_id = private.current_boutique() and o.id = %(occurrence_id)s
for no key update of o
"""


async def lock(conn: Connection, *, occurrence_id: str) -> Run | None:
    """The run, whose row stays locked until the transaction ends."""
    async with conn.cursor(row_factory=class_row(Run)) as cursor:
        await cursor.execute(_RUN.encode(), {"occurrence_id": occurrence_id})
        return await cursor.fetchone()


async def set_next_send(conn: Connection, *, occurrence_id: str, at: datetime) -> None:
    """The next free moment of the campaign's own pace."""
    await conn.execute(
        """update campaign_occurrences set next_send_at = %(at)s
           where boutique_id = private.current_boutique() and id = %(occurrence_id)s""",
        {"occurrence_id": occurrence_id, "at": at},
    )


async def begin_chain(conn: Connection, *, occurrence_id: str) -> int:
    """The number of a new chain, whose first job runs now; those of others stop."""
    cursor = await conn.execute(
        """update campaign_occurrences set chain = chain + 1, run_at = now()
           where boutique_id = private.current_boutique() and id = %(occurrence_id)s
           returning chain""",
        {"occurrence_id": occurrence_id},
    )
    row = await cursor.fetchone()
    assert row is not None, "the caller has seen the occurrence"
    return int(row["chain"])


async def note_next_run(
    conn: Connection, *, occurrence_id: str, chain: int, delay: timedelta
) -> bool:
    """Note when the chain's next job is due; False: another chain goes on."""
    cursor = await conn.execute(
        """update campaign_occurrences set run_at = now() + %(delay)s::interval
           where boutique_id = private.current_boutique() and id = %(occurrence_id)s
             and chain = %(chain)s and status in ('planning', 'sending')""",
        {"occurrence_id": occurrence_id, "chain": chain, "delay": delay},
    )
    return cursor.rowcount == 1


_TELL_JOB = JOB.format(
    task="'tell_campaign'",
    lock="'tell:' || due.id",
    args="""jsonb_build_object('boutique_id', private.current_boutique(),
      'campaign_id', due.campaign_id, 'occurrence_id', due.id)""",
    delay="'1 second'",
)
# What changes within a second is told once: the first change defers the job that tells it. Nobody
# waits for a row that a job or its owner has locked: they tell themselves when they are done.
_TELL = f"""
with free as (
  select o.boutique_id, o.id from campaign_occurrences o
  where o.boutique_id = private.current_boutique() and o.id = %(occurrence_id)s and not o.tell_due
  for no key update skip locked
), due as (
  update campaign_occurrences o set tell_due = true from free
  where o.boutique_id = free.boutique_id and o.id = free.id
  returning o.id, o.campaign_id
)
select {_TELL_JOB} from due
"""


async def tell_soon(conn: Executes, *, occurrence_id: str) -> None:
    """Let open pages look again, within a second."""
    await conn.execute(_TELL.encode(), {"occurrence_id": occurrence_id})


async def told(conn: Connection, *, occurrence_id: str) -> None:
    """A later change needs a job of its own from here on."""
    await conn.execute(
        """update campaign_occurrences set tell_due = false
           where boutique_id = private.current_boutique() and id = %(occurrence_id)s""",
        {"occurrence_id": occurrence_id},
    )


@dataclass(frozen=True, slots=True)
class Lost:
    """An occurrence that no job takes further."""

    boutique_id: str
    campaign_id: str
    occurrence_id: str
    status: str


async def lost(conn: Connection, *, overdue: timedelta) -> list[Lost]:
    """Occurrences under way whose next job should have run so long ago.

    Needs a system connection.
    """
    async with conn.cursor(row_factory=class_row(Lost)) as cursor:
        await cursor.execute(
            """select o.boutique_id::text as boutique_id, o.campaign_id::text as campaign_id,
                 o.id::text as occurrence_id, o.status
               from campaign_occurrences o
               join campaigns c on c.boutique_id = o.boutique_id and c.id = o.campaign_id
               where o.status in ('planning', 'sending') and c.status = 'sending'
                 and coalesce(o.run_at, o.created_at) < now() - %(overdue)s::interval
               order by o.run_at limit 100""",
            {"overdue": overdue},
        )
        return await cursor.fetchall()
