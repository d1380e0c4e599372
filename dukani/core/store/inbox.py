"""A message's arrival: everything that is to be kept of it, in one statement.

A webhook answers within milliseconds, so for a known customer the database is asked once: finding
the customer, keeping the message and deferring its turn are one statement, which is a transaction
by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import Channel, MessagingProvider
from dukani.core.database import Connection, Executes
from dukani.core.jobs import PACED_LOCK, TURN_JOB
from dukani.core.store.pace import UNPACED, WAIT, Pace


@dataclass(frozen=True, slots=True)
class Known:
    """A customer who wrote before, with her conversation if there is one."""

    customer_id: str
    conversation_id: str | None


@dataclass(frozen=True, slots=True)
class Sender:
    """What a message tells of who wrote it: a phone (E.164), a WhatsApp id or both."""

    phone: str | None = field(repr=False)
    wa_user_id: str | None = field(repr=False)
    name: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What to keep of a message. `author` staff: the owner answered from the phone app."""

    provider_id: str
    provider: MessagingProvider
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
    """Who these names may be; more than one row means they have to be merged."""
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


# Each part waits for the one before, so a repeated delivery stops at the first and writes
# nothing. A provider's time is taken over for the 24-hour window: Meta delivers up to seven
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

# Hers is the one row under these names, and the message tells nothing of her that is news.
_FAMILIAR = """
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
_RECORD_OF_FAMILIAR = f"""
{_KEEP.format(partition=_FAMILIAR)}, paced as (
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
    """Keep the raw event, the message and an open event of the conversation; the message's id.

    None when the message is there already. `sender` is what she is answered under from now on,
    and at `pace` the message is counted.
    """
    names = sender or Sender(None, None, None)
    shown = {"phone": names.phone, "wa_user_id": names.wa_user_id}
    paced = pace.values() if pace else UNPACED
    values = _values(arrival) | paced | shown | {"conversation_id": conversation_id}
    row = await (await conn.execute(_RECORD.encode(), values)).fetchone()
    return None if row is None else str(row["message_id"])


@dataclass(frozen=True, slots=True)
class Familiar:
    """Whether a sender is known, and whether her message is held back for she writes too fast."""

    known: bool
    held: bool = False


async def record_of_familiar(
    conn: Executes,
    *,
    sender: Sender,
    arrival: Arrival,
    delay: timedelta | None,
    pace: Pace | None = None,
    waits: bool = True,
) -> Familiar:
    """As `record`, for whoever is known by just these names, and set off the turn after `delay`.

    Not known, and nothing is kept, when the sender is new or the message tells something new of
    her. With `pace` the turn comes later for one who writes faster, unless the message never
    `waits`.
    """
    of_sender = {"phone": sender.phone, "wa_user_id": sender.wa_user_id, "name": sender.name}
    paced = pace.values(waits=waits) if pace else UNPACED
    values = _values(arrival) | paced | of_sender | {"delay": delay}
    row = await (await conn.execute(_RECORD_OF_FAMILIAR.encode(), values)).fetchone()
    return Familiar(row["familiar"], row["held"]) if row else Familiar(known=False)


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
