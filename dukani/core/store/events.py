"""Conversation events: the inbox of a conversation, handled in order, each event once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.messages import Message
from dukani.core.store.rows import columns, part

TRIES_TOGETHER = 2  # failed turns over several events; after that each event gets its own turn

EventKind = Literal[
    "message", "payment_result", "staff_message", "hand_back", "timer", "fulfilment", "order_news"
]


@dataclass(frozen=True, slots=True)
class ConversationEvent:
    """An event that a turn has to handle, with its message, if it has one.

    `age` is by the database's clock, which also decides when jobs are due; another machine's
    clock may differ.
    """

    id: int
    conversation_id: str
    kind: EventKind
    message_id: str | None
    payload: dict[str, Any]
    age: timedelta
    failures: int  # turns over the event that failed
    interruptions: int  # turns over the event that a transient error or the worker's death ended
    created_at: datetime
    message: Message | None = None


async def add(
    conn: Connection,
    *,
    conversation_id: str,
    kind: EventKind,
    message_id: str | None = None,
    payload: Mapping[str, Any] | None = None,
) -> int:
    """Append an event; returns its id."""
    cursor = await conn.execute(
        """insert into conversation_events
             (boutique_id, conversation_id, kind, message_id, payload)
           values (private.current_boutique(), %(conversation_id)s, %(kind)s, %(message_id)s,
             %(payload)s)
           returning id""",
        {
            "conversation_id": conversation_id,
            "kind": kind,
            "message_id": message_id,
            "payload": Jsonb(dict(payload or {})),
        },
    )
    row = await cursor.fetchone()
    assert row is not None, "an insert returns its row"
    return int(row["id"])


_EVENT = """e.id, e.conversation_id::text as conversation_id, e.kind, e.payload, e.failures,
  e.interruptions, e.message_id::text as message_id, clock_timestamp() - e.created_at as age,
  e.created_at"""
_COLUMNS = [column.name for column in fields(ConversationEvent) if column.name != "message"]

# Events as `e`, each with its message as `m`; `event_of` reads a row of them.
EVENT_WITH_MESSAGE = f"{_EVENT}, {columns(Message, 'm')}"
JOIN_MESSAGE = "left join messages m on m.boutique_id = e.boutique_id and m.id = e.message_id"


# SQL, for messages as `m`: whether its author corrected or deleted the message since, or corrected
# it again.
OVERTAKEN = """exists (
  select from messages x
  where x.boutique_id = m.boutique_id and x.changes in (m.provider_id, m.changes)
    and x.conversation_id = m.conversation_id and x.author = m.author and x.id <> m.id
    and (x.changes = m.provider_id
      or (coalesce(x.sent_at, x.created_at), x.seq) > (coalesce(m.sent_at, m.created_at), m.seq))
)"""


def in_order_of_writing(
    events: Sequence[ConversationEvent], overtaken: Collection[int]
) -> list[ConversationEvent]:
    """The events in the order their messages were written, for providers deliver in any order.

    Ties are in the order of arrival. A correction takes the place of the message it corrects.
    Events with an id in `overtaken` lose their message: its text no longer counts.
    """
    standing = {e.message.provider_id: e for e in events if e.message is not None}

    def place(event: ConversationEvent) -> tuple[datetime, int]:
        corrected = event.message.changes if event.message else None
        stands = standing.get(corrected, event) if corrected else event
        written = stands.message and (stands.message.sent_at or stands.message.created_at)
        return written or event.created_at, stands.id

    return [
        replace(event, message=None) if event.id in overtaken else event
        for event in sorted(events, key=place)
    ]


def event_of(row: Mapping[str, Any]) -> ConversationEvent:
    return ConversationEvent(
        **{name: row[name] for name in _COLUMNS},
        message=part(Message, "m", row) if row["m_id"] else None,
    )


class Tries(NamedTuple):
    """The most failures, and the most interruptions, that one of several events has had."""

    failures: int
    interruptions: int


async def note_failure(
    conn: Connection,
    *,
    event_ids: Sequence[int],
    transient: bool = False,
    error: str | None = None,
) -> Tries:
    """Count a failed turn over these events; `transient`: a transient error ended the turn.

    `error` is kept for whoever looks why, so it must be masked.
    """
    cursor = await conn.execute(
        """with tried as (
             update conversation_events set
               failures = failures + (not %(transient)s)::int,
               interruptions = interruptions + %(transient)s::int,
               last_error = coalesce(%(error)s, last_error)
             where id = any(%(event_ids)s) and handled_at is null
             returning failures, interruptions)
           select coalesce(max(failures), 0)::int as failures,
             coalesce(max(interruptions), 0)::int as interruptions from tried""",
        {"event_ids": list(event_ids), "transient": transient, "error": error},
    )
    row = await cursor.fetchone()
    assert row is not None, "an aggregate returns its row"
    return Tries(**row)


async def oldest_open(conn: Connection, *, conversation_id: str) -> int | None:
    """The id of the conversation's oldest event that is not handled."""
    cursor = await conn.execute(
        """select min(id) as id from conversation_events
           where boutique_id = private.current_boutique()
             and conversation_id = %(conversation_id)s and handled_at is null""",
        {"conversation_id": conversation_id},
    )
    row = await cursor.fetchone()
    return row["id"] if row else None


async def mark_dead_letter(conn: Connection, *, event_id: int) -> ConversationEvent | None:
    """Make the event a dead letter, for a person to handle; none if it was handled meanwhile."""
    async with conn.cursor(row_factory=class_row(ConversationEvent)) as cursor:
        await cursor.execute(
            f"""update conversation_events e set handled_at = now(), dead_letter = true
               where id = %(event_id)s and handled_at is null returning {_EVENT}""".encode(),
            {"event_id": event_id},
        )
        return await cursor.fetchone()
