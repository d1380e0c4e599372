"""Recipients of whom nobody knows whether their message was taken, and what is asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class InDoubt:
    """A recipient of whom nobody knows whether her message was taken.

    `shared`: other boutiques send from the same number.
    """

    boutique_id: str
    occurrence_id: str
    recipient_id: str
    message_id: str
    provider: WhatsAppProvider
    posting_at: datetime
    shared: bool


async def in_doubt(conn: Connection, *, asked_every_s: float) -> list[InDoubt]:
    """Those who are unknown, or whose posting nobody ended, and were not asked about lately.

    Needs a system connection.
    """
    async with conn.cursor(row_factory=class_row(InDoubt)) as cursor:
        await cursor.execute(
            """with due as (
                 select r.boutique_id, r.id from campaign_recipients r
                 where (r.state = 'unknown' or (r.state = 'posting' and r.lease_until < now()))
                   and coalesce(r.lease_until, r.posting_at + interval '20 seconds') < now()
                 order by r.posting_at limit 200 for no key update skip locked
               )
               update campaign_recipients r
               set state = 'unknown', lease_until = now() + make_interval(secs => %(every)s)
               from due, messages m
               where r.boutique_id = due.boutique_id and r.id = due.id
                 and m.boutique_id = r.boutique_id and m.id = r.message_id
               returning r.boutique_id::text as boutique_id, r.id::text as recipient_id,
                 r.occurrence_id::text as occurrence_id, m.id::text as message_id, m.provider,
                 r.posting_at, exists (select from provider_credentials k
                   where k.boutique_id = r.boutique_id and k.provider = m.provider
                     and k.shared) as shared""",
            {"every": asked_every_s},
        )
        return await cursor.fetchall()


async def address_of(conn: Connection, *, recipient_id: str) -> str | None:
    """The phone or WhatsApp id that the recipient is written to."""
    cursor = await conn.execute(
        """select coalesce(v.answer_to, c.phone, c.wa_user_id) as address
           from campaign_recipients r
           join customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
           left join conversations v on v.boutique_id = r.boutique_id and v.customer_id = c.id
           where r.boutique_id = private.current_boutique() and r.id = %(id)s""",
        {"id": recipient_id},
    )
    row = await cursor.fetchone()
    return row["address"] if row else None


async def rivals(conn: Connection, *, message_id: str, since: datetime, until: datetime) -> bool:
    """Whether the same person may have been sent another message then, of unknown result too."""
    cursor = await conn.execute(
        """select exists (
             select from messages m
             join messages o on o.boutique_id = m.boutique_id
               and o.conversation_id = m.conversation_id and o.id <> m.id
             where m.boutique_id = private.current_boutique() and m.id = %(message_id)s
               and o.direction = 'out' and o.provider_id is null
               and (o.status = 'sending' or (o.status = 'failed' and o.error_code = 'unclear'))
               and o.created_at <= %(until)s and o.updated_at >= %(since)s) as found""",
        {"message_id": message_id, "since": since, "until": until},
    )
    row = await cursor.fetchone()
    return bool(row and row["found"])
