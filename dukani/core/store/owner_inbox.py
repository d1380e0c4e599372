"""The owner's messages to her own shop: stored once, and worked off in order by one job."""

from __future__ import annotations

from typing import NamedTuple

from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.inbox import Arrival
from dukani.core.store.messages import Message
from dukani.core.store.rows import columns, part


class Open(NamedTuple):
    """A message that no job has handled; `failures` counts the jobs that failed over it."""

    message: Message
    failures: int


# Idempotent: each part needs a row of the part before, so a repeated delivery writes nothing.
_RECORD = """
with event as (
  insert into webhook_events (boutique_id, provider, event_key, kind, payload, outcome)
  values (private.current_boutique(), %(provider)s, %(provider_id)s, 'owner_message', %(raw)s,
    'handled')
  on conflict (boutique_id, provider, event_key) do nothing
  returning id
), message as (
  insert into messages (boutique_id, recipient, direction, author, kind, body, reply_to, payload,
    channel, provider, provider_id, status, sent_at, changes)
  select private.current_boutique(), %(owner_phone)s, 'in', 'owner', %(kind)s, %(body)s,
    %(reply_to)s, %(payload)s, %(channel)s, %(provider)s, %(provider_id)s, 'received',
    %(sent_at)s, %(changes)s
  from event
  on conflict (boutique_id, provider_id) do nothing
  returning id
), kept as (
  insert into owner_inbox (boutique_id, message_id)
  select private.current_boutique(), id from message
  returning message_id
), session as (
  insert into owner_sessions as s (boutique_id, last_inbound_at)
  select private.current_boutique(), least(%(sent_at)s, now()) from kept
  on conflict (boutique_id) do update
    set last_inbound_at = greatest(s.last_inbound_at, excluded.last_inbound_at)
)
select message_id from kept
"""


async def record(conn: Connection, *, owner_phone: str, arrival: Arrival) -> bool:
    """Store the raw event and the message for its job. False when it is stored already."""
    cursor = await conn.execute(
        _RECORD.encode(),
        {
            "owner_phone": owner_phone,
            "provider": arrival.provider,
            "provider_id": arrival.provider_id,
            "channel": arrival.channel,
            "kind": arrival.kind,
            "body": arrival.body,
            "reply_to": arrival.reply_to,
            "payload": Jsonb(dict(arrival.payload)),
            "raw": Jsonb(dict(arrival.raw)),
            "sent_at": arrival.sent_at,
            "changes": arrival.changes,
        },
    )
    return await cursor.fetchone() is not None


async def next_open(conn: Connection) -> Open | None:
    """The oldest message that no job has handled."""
    cursor = await conn.execute(
        f"""select {columns(Message, "m")}, i.failures
            from owner_inbox i
            join messages m on m.boutique_id = i.boutique_id and m.id = i.message_id
            where i.boutique_id = private.current_boutique() and i.handled_at is null
            order by i.id limit 1""".encode()
    )
    row = await cursor.fetchone()
    return Open(part(Message, "m", row), int(row["failures"])) if row else None


async def mark_handled(conn: Connection, *, message_id: str) -> bool:
    """Mark the message handled. False when another job did, which the caller must then undo."""
    cursor = await conn.execute(
        """update owner_inbox set handled_at = now()
           where message_id = %(message_id)s and handled_at is null""",
        {"message_id": message_id},
    )
    return cursor.rowcount == 1


async def note_failure(conn: Connection, *, message_id: str) -> int:
    """Count a job that failed over the message; the number of its failures."""
    cursor = await conn.execute(
        """update owner_inbox set failures = failures + 1
           where message_id = %(message_id)s and handled_at is null returning failures""",
        {"message_id": message_id},
    )
    row = await cursor.fetchone()
    return int(row["failures"]) if row else 0


async def make_a_customers(
    conn: Connection, *, message_id: str, conversation_id: str, answer_to: str
) -> None:
    """Make the owner's message one of her conversation as a customer, with its open event."""
    await conn.execute(
        """with moved as (
             update messages set author = 'customer', recipient = null,
               conversation_id = %(conversation_id)s
             where id = %(message_id)s returning id, sent_at
           ), touched as (
             update conversations v set answer_to = %(answer_to)s,
               last_inbound_at = greatest(v.last_inbound_at, least(m.sent_at, now()))
             from moved m where v.id = %(conversation_id)s)
           insert into conversation_events (boutique_id, conversation_id, kind, message_id)
           select private.current_boutique(), %(conversation_id)s, 'message', id from moved""",
        {
            "message_id": message_id,
            "conversation_id": conversation_id,
            "answer_to": answer_to,
        },
    )
