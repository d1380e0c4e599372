"""Links of messages that a rule sent: where one leads, and who opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.personal_pages import OpenedBy

# WhatsApp and SMS apps fetch a link for its preview while the message is written and as it leaves.
PREVIEWED_WITHIN = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class MessageLink:
    """`target`: path of our own pages; empty: the shop's window. `language` is the customer's."""

    send_id: str
    code: str
    rule_id: str
    customer_id: str
    channel: Literal["whatsapp", "sms"]
    target: str
    phone: str | None
    language: Language


async def boutique_of(conn: Connection, *, code: str) -> str | None:
    """The boutique whose message has the code. Needs a system connection."""
    cursor = await conn.execute(
        "select private.boutique_of_send(%(code)s)::text as boutique_id", {"code": code}
    )
    row = await cursor.fetchone()
    return row["boutique_id"] if row else None


async def get(conn: Connection, *, code: str) -> MessageLink | None:
    async with conn.cursor(row_factory=class_row(MessageLink)) as cursor:
        await cursor.execute(
            """select s.id::text as send_id, s.code, s.rule_id::text, s.customer_id::text,
                 s.channel, s.target, c.phone, coalesce(c.language, b.language, 'en') as language
               from automation_sends s
               join boutiques b on b.id = s.boutique_id
               join customers c on c.boutique_id = s.boutique_id and c.id = s.customer_id
               where s.boutique_id = private.current_boutique() and s.code = %(code)s""",
            {"code": code},
        )
        return await cursor.fetchone()


async def cart_lines(conn: Connection, *, code: str) -> list[tuple[str, int]]:
    """(variant id, quantity) of the left cart that the message is about; else none.

    A link is often opened in another browser than the one that holds the cart.
    """
    cursor = await conn.execute(
        """select coalesce(l.line ->> 0, i.variant_id::text) as variant_id,
             coalesce((l.line ->> 1)::int, i.quantity) as quantity
           from automation_sends s
           left join window_carts w on s.subject_kind = 'window_cart'
             and w.boutique_id = s.boutique_id and w.id = s.subject_id and w.ended_at is null
           left join lateral jsonb_array_elements(w.lines) l (line) on true
           left join cart_items i on s.subject_kind = 'cart'
             and i.boutique_id = s.boutique_id and i.cart_id = s.subject_id
           where s.boutique_id = private.current_boutique() and s.code = %(code)s
             and (l.line is not null or i.variant_id is not null)""",
        {"code": code},
    )
    return [(row["variant_id"], row["quantity"]) for row in await cursor.fetchall()]


async def record_open(
    conn: Connection, *, send_id: str, opened_by: OpenedBy, method: str, agent: str
) -> None:
    """Note that the link was fetched; a person's first fetch is the message's click.

    Who fetches before the message left, or as it leaves, is a preview, however it names itself.
    The same reader is noted once a minute, so that nobody fills the table.
    """
    await conn.execute(
        """with fetched as (
             select s.boutique_id, s.id,
               case when %(opened_by)s = 'person' and (%(method)s = 'HEAD' or s.sent_at is null
                   or s.sent_at > clock_timestamp() - %(within)s)
                 then 'preview' else %(opened_by)s end as opened_by
             from automation_sends s
             where s.boutique_id = private.current_boutique() and s.id = %(send_id)s
           ), noted as (
             insert into automation_clicks (boutique_id, send_id, opened_by, method, agent)
             select f.boutique_id, f.id, f.opened_by, %(method)s, %(agent)s from fetched f
             where not exists (
               select from automation_clicks k
               where k.boutique_id = f.boutique_id and k.send_id = f.id
                 and k.opened_by = f.opened_by
                 and k.opened_at > clock_timestamp() - interval '1 minute')
             returning boutique_id, send_id, opened_by
           )
           update automation_sends s set clicked_at = clock_timestamp()
           from noted n where s.boutique_id = n.boutique_id and s.id = n.send_id
             and n.opened_by = 'person' and s.clicked_at is null""",
        {
            "send_id": send_id,
            "opened_by": opened_by,
            "method": method,
            "agent": agent[:200],
            "within": PREVIEWED_WITHIN,
        },
    )
