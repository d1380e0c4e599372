"""Writes down messages of rules that were sent, read and bought by before now; the demo's alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection

_BEFORE = timedelta(minutes=25)  # the message, before the order that came of it


@dataclass(frozen=True, slots=True)
class LeftOnce:
    """A cart that was left: its customer, and the paid order that it became all the same.

    `at`: when the message about it was sent.
    """

    customer_id: str
    cart_id: str
    at: datetime
    order_id: str | None


async def left_carts(conn: Connection, *, since: datetime) -> Sequence[LeftOnce]:
    """Of customers who had agreed to offers by then, at most one each."""
    async with conn.cursor(row_factory=class_row(LeftOnce)) as cursor:
        await cursor.execute(
            """select distinct on (c.customer_id) c.customer_id::text as customer_id,
                 c.id::text as cart_id, written.at,
                 case when o.payment_status = 'paid' then o.id::text end as order_id
               from carts c
               left join orders o on o.boutique_id = c.boutique_id and o.cart_id = c.id
               cross join lateral (select coalesce(o.created_at - %(before)s::interval,
                 c.updated_at + interval '61 minutes') as at) written
               where c.boutique_id = private.current_boutique() and c.updated_at > %(since)s
                 and exists (select from cart_items i
                   where i.boutique_id = c.boutique_id and i.cart_id = c.id)
                 and (select granted from consents n where n.boutique_id = c.boutique_id
                   and n.customer_id = c.customer_id and n.purpose = 'marketing'
                   and n.created_at <= written.at
                   order by n.id desc limit 1)
               order by c.customer_id, c.updated_at""",
            {"since": since, "before": _BEFORE},
        )
        return await cursor.fetchall()


async def put(
    conn: Connection,
    *,
    conversation_id: str,
    provider: WhatsAppProvider,
    send_id: str,
    code: str,
    text: str,
) -> str:
    """The id of a message that the provider has taken: nothing is delivered now."""
    cursor = await conn.execute(
        """insert into messages (boutique_id, conversation_id, direction, author, kind, body,
             channel, provider, provider_id, status, purpose, reference)
           values (private.current_boutique(), %(chat)s, 'out', 'assistant', 'text', %(text)s,
             'whatsapp', %(provider)s, %(id)s, 'sent', 'marketing', %(reference)s)
           returning id::text""",
        {
            "chat": conversation_id,
            "text": text,
            "provider": provider,
            "id": f"past-{code}",
            "reference": f"automation:{send_id}",
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # an insert returns its row
    return str(row["id"])


async def told(conn: Connection, *, send_id: str, status: Literal["delivered", "read"]) -> None:
    await conn.execute(
        """update messages set status = %(status)s::message_status
           where boutique_id = private.current_boutique() and reference = %(reference)s""",
        {"status": status, "reference": f"automation:{send_id}"},
    )


async def sold(conn: Connection, *, send_id: str, rule_id: str, order_id: str) -> None:
    """The order came by the message's link, at the hour at which it was paid."""
    await conn.execute(
        """with sale as (
             insert into automation_conversions (boutique_id, order_id, send_id, rule_id,
               came_by, amount_minor, currency, converted_at)
             select o.boutique_id, o.id, %(send)s, %(rule)s, 'link',
               o.total_minor - o.refunded_minor, o.currency, o.paid_at
             from orders o
             where o.boutique_id = private.current_boutique() and o.id = %(order)s
               and not exists (select from campaign_conversions c
                 where c.boutique_id = o.boutique_id and c.order_id = o.id)
             returning converted_at)
           update automation_sends s set converted_at = sale.converted_at
           from sale where s.boutique_id = private.current_boutique() and s.id = %(send)s""",
        {"send": send_id, "rule": rule_id, "order": order_id},
    )
