"""A message's arrival in two statements: who wrote it, and everything that is to be kept of it.

The door answers within milliseconds, so it pays for as few round trips as it can: with the
transaction's own and the deferred job six in all for a customer we know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.boutiques import Channel


@dataclass(frozen=True, slots=True)
class Known:
    """A customer who wrote before, with her conversation if there is one."""

    customer_id: str
    phone: str | None = field(repr=False)
    wa_user_id: str | None = field(repr=False)
    name: str | None
    conversation_id: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What to keep of a message. `author` staff: the owner answered from the phone app."""

    provider_id: str
    channel: Channel
    author: Literal["customer", "staff"]
    kind: str
    body: str
    reply_to: str | None
    payload: Mapping[str, Any]
    raw: Mapping[str, Any]
    sent_at: datetime | None


async def known(conn: Connection, *, phone: str | None, wa_user_id: str | None) -> list[Known]:
    """Who these names may be; more than one row means they have to be merged."""
    async with conn.cursor(row_factory=class_row(Known)) as cursor:
        await cursor.execute(
            """select c.id::text as customer_id, c.phone, c.wa_user_id, c.name,
                 v.id::text as conversation_id
               from customers c
               left join conversations v
                 on v.boutique_id = c.boutique_id and v.customer_id = c.id
               where c.phone = %(phone)s or c.wa_user_id = %(wa_user_id)s""",
            {"phone": phone, "wa_user_id": wa_user_id},
        )
        return await cursor.fetchall()


# Each part waits for the one before, so a repeated delivery stops at the first and writes
# nothing. A provider's time is taken over for the 24-hour window: Meta delivers up to seven
# days late.
_RECORD = """
with event as (
  insert into webhook_events (boutique_id, provider, event_key, kind, payload, outcome)
  values (private.current_boutique(), %(channel)s, %(provider_id)s, %(event_kind)s, %(raw)s,
    'handled')
  on conflict (provider, event_key) do nothing
  returning id
), message as (
  insert into messages (boutique_id, conversation_id, direction, author, kind, body, reply_to,
    payload, channel, provider_id, status)
  select private.current_boutique(), %(conversation_id)s, %(direction)s, %(author)s, %(kind)s,
    %(body)s, %(reply_to)s, %(payload)s, %(channel)s, %(provider_id)s,
    %(status)s::message_status
  from event
  on conflict (boutique_id, provider_id) do nothing
  returning id
), touched as (
  update conversations set
    channel = %(channel)s,
    last_inbound_at = case when %(author)s = 'customer'
      then greatest(last_inbound_at, least(%(sent_at)s, now())) else last_inbound_at end,
    last_staff_at = case when %(author)s = 'staff' then now() else last_staff_at end
  where id = %(conversation_id)s and exists (select from message)
)
insert into conversation_events (boutique_id, conversation_id, kind, message_id)
select private.current_boutique(), %(conversation_id)s, %(event_kind)s, id from message
returning message_id::text as message_id
"""


async def record(conn: Connection, *, conversation_id: str, arrival: Arrival) -> str | None:
    """Keep the raw event, the message and an open event of the conversation; the message's id.

    None when the message is there already.
    """
    staff = arrival.author == "staff"
    cursor = await conn.execute(
        _RECORD,
        {
            "conversation_id": conversation_id,
            "channel": arrival.channel,
            "provider_id": arrival.provider_id,
            "event_kind": "staff_message" if staff else "message",
            "direction": "out" if staff else "in",
            "status": "sent" if staff else "received",
            "author": arrival.author,
            "kind": arrival.kind,
            "body": arrival.body,
            "reply_to": arrival.reply_to,
            "payload": Jsonb(dict(arrival.payload)),
            "raw": Jsonb(dict(arrival.raw)),
            "sent_at": arrival.sent_at,
        },
    )
    row = await cursor.fetchone()
    return None if row is None else str(row["message_id"])
