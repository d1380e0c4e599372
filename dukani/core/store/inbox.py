"""Stores an inbound message, its event and its turn's job, in one statement.

A webhook must answer within milliseconds. For a known customer one statement, which is its own
transaction, finds the customer, stores the message and defers the turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import Channel, WhatsAppProvider
from dukani.core.database import Connection, Executes
from dukani.core.jobs import PACED_LOCK, TURN_JOB
from dukani.core.store.pace import UNPACED, WAIT, Pace


@dataclass(frozen=True, slots=True)
class Known:
    """A known customer, with the conversation, if there is one."""

    customer_id: str
    conversation_id: str | None


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender's names in a message: a phone (E.164), a WhatsApp id or both."""

    phone: str | None = field(repr=False)
    wa_user_id: str | None = field(repr=False)
    name: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The fields of a message to store. `author` staff: the owner wrote it in the phone app."""

    provider_id: str
    provider: WhatsAppProvider
    author: Literal["customer", "staff"]
    kind: str
    body: str
    reply_to: str | None
    payload: Mapping[str, Any]
    raw: Mapping[str, Any]
    sent_at: datetime | None
    changes: str | None = None  # provider id of the message this one corrects or deletes
    channel: Channel = "whatsapp"


async def known(conn: Connection, *, phone: str | None, wa_user_id: str | None) -> list[Known]:
    """The customers with these names; several rows are one person and have to be merged."""
    async with conn.cursor(row_factory=class_row(Known)) as cursor:
        await cursor.execute(
            """select c.id::text as customer_id, v.id::text as conversation_id
               from customers c
               left join conversations v
                 on v.boutique_id = c.boutique_id and v.customer_id = c.id
               where c.phone = %(phone)s or c.wa_user_id = %(wa_user_id)s""",
            {"phone": phone, "wa_user_id": wa_user_id},
        )
        return await cursor.fetchall()


# Idempotent: each part needs a row of the part before, so a repeated delivery stops at `event` and
# writes nothing. The 24-hour window starts at the provider's time, as Meta delivers up to seven
# days late.
_KEEP = """
with partition as ({partition}),
event as (
  insert into webhook_events (boutique_id, provider, event_key, kind, payload, outcome)
  select private.current_boutique(), %(provider)s, %(provider_id)s, %(event_kind)s, %(raw)s,
    'handled'
  from partition
  on conflict (boutique_id, provider, event_key) do nothing
  returning id
), message as (
  insert into messages (boutique_id, conversation_id, direction, author, kind, body, reply_to,
    payload, channel, provider, provider_id, status, sent_at, changes)
  select private.current_boutique(), partition.id, %(direction)s, %(author)s, %(kind)s,
    %(body)s, %(reply_to)s, %(payload)s, %(channel)s, %(provider)s, %(provider_id)s,
    %(status)s::message_status, %(sent_at)s, %(changes)s
  from partition, event
  on conflict (boutique_id, provider_id) do nothing
  returning id, conversation_id
), touched as (
  update conversations set
    channel = %(channel)s,
    provider = %(provider)s,
    answer_to = case when %(author)s = 'customer'
      then coalesce(%(phone)s, %(wa_user_id)s, answer_to) else answer_to end,
    last_inbound_at = case when %(author)s = 'customer'
      then greatest(last_inbound_at, least(%(sent_at)s, now())) else last_inbound_at end,
    last_staff_at = case when %(author)s = 'staff' then now() else last_staff_at end,
    paced_until = case when %(author)s = 'customer'
      then greatest(paced_until, now()) + %(pace)s else paced_until end
  where id = (select conversation_id from message)
  returning id, paced_until - now() as ahead
), opened as (
  insert into conversation_events (boutique_id, conversation_id, kind, message_id)
  select private.current_boutique(), conversation_id, %(event_kind)s, id from message
  returning conversation_id, message_id::text as message_id
)
"""

_RECORD = f"""
{_KEEP.format(partition="select %(conversation_id)s::uuid as id")}
select message_id from opened
"""

# The conversation, if exactly one customer has these names and the message tells no new name.
_KNOWN_CONVERSATION = """
  select conversation_id as id from (
    select v.id as conversation_id, c.phone, c.wa_user_id, c.name, count(*) over () as matches
    from customers c
    left join conversations v on v.boutique_id = c.boutique_id and v.customer_id = c.id
    where c.phone = %(phone)s or c.wa_user_id = %(wa_user_id)s
  ) sender
  where matches = 1 and conversation_id is not null
    and phone is not distinct from coalesce(%(phone)s, phone)
    and wa_user_id is not distinct from coalesce(%(wa_user_id)s, wa_user_id)
    and (name is not null or %(name)s::text is null)
"""

_TURN = TURN_JOB.format(
    conversation="conversation_id",
    lock=f"case when waits then {PACED_LOCK} else conversation_id::text end",
    delay="case when waits then greatest(wait, %(delay)s) else %(delay)s end",
)
_RECORD_IF_KNOWN = f"""
{_KEEP.format(partition=_KNOWN_CONVERSATION)}, paced as (
  select conversation_id, wait, wait > interval '0' as waits
  from (select o.conversation_id, {WAIT.format(ahead="t.ahead")} as wait
    from opened o join touched t on t.id = o.conversation_id) its
)
select exists (select from partition) as familiar,
  coalesce((select waits from paced), false) as held,
  (select {_TURN} from paced) as jobs
"""


async def record(
    conn: Connection,
    *,
    conversation_id: str,
    arrival: Arrival,
    sender: Sender | None = None,
    pace: Pace | None = None,
) -> str | None:
    """Store the raw event, the message and an open event of the conversation; the message's id.

    None when the message is stored already. Answers go to the names of `sender` from now on, and
    the message counts against the limits in `pace`.
    """
    names = sender or Sender(None, None, None)
    shown = {"phone": names.phone, "wa_user_id": names.wa_user_id}
    paced = pace.values() if pace else UNPACED
    values = _values(arrival) | paced | shown | {"conversation_id": conversation_id}
    row = await (await conn.execute(_RECORD.encode(), values)).fetchone()
    return None if row is None else str(row["message_id"])


@dataclass(frozen=True, slots=True)
class Recorded:
    """Whether the sender is known, and whether the rate limit delays the turn."""

    known: bool
    held: bool = False


async def record_if_known(
    conn: Executes,
    *,
    sender: Sender,
    arrival: Arrival,
    delay: timedelta | None,
    pace: Pace | None = None,
    waits: bool = True,
) -> Recorded:
    """As `record`, for a sender known by exactly these names; also defers the turn for `delay`.

    The result is not `known`, and nothing is stored, when the sender is new or the message tells
    a new name. `pace` delays the turn of a sender over the limits, unless `waits` is false.
    """
    of_sender = {"phone": sender.phone, "wa_user_id": sender.wa_user_id, "name": sender.name}
    paced = pace.values(waits=waits) if pace else UNPACED
    values = _values(arrival) | paced | of_sender | {"delay": delay}
    row = await (await conn.execute(_RECORD_IF_KNOWN.encode(), values)).fetchone()
    return Recorded(row["familiar"], row["held"]) if row else Recorded(known=False)


def _values(arrival: Arrival) -> dict[str, Any]:
    staff = arrival.author == "staff"
    return {
        "channel": arrival.channel,
        "provider": arrival.provider,
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
        "changes": arrival.changes,
    }
