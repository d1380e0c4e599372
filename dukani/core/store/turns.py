"""A turn's first statement, which reads all it needs, and its last, which stores its results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.chat_sessions import COUNT_TURN, TurnCounted
from dukani.core.store.domain_events import NOTE_VIEW
from dukani.core.store.events import (
    EVENT_WITH_MESSAGE,
    JOIN_MESSAGE,
    OVERTAKEN,
    ConversationEvent,
    event_of,
    in_order_of_writing,
)
from dukani.core.store.memories import REMEMBER
from dukani.core.store.parties import JOIN_PARTIES, PARTIES, Parties, parties_of


class Opening(NamedTuple):
    """The open events of a conversation, in the order written, and the conversation's parties."""

    parties: Parties
    events: list[ConversationEvent]


_OPEN = f"""
select {PARTIES}, {EVENT_WITH_MESSAGE}, {OVERTAKEN} as overtaken
from conversation_events e {JOIN_MESSAGE}
join conversations v on v.boutique_id = e.boutique_id and v.id = e.conversation_id
{JOIN_PARTIES}
where e.boutique_id = private.current_boutique() and e.conversation_id = %(conversation_id)s
  and e.handled_at is null
order by e.id
"""


async def open_turn(conn: Connection, *, conversation_id: str) -> Opening | None:
    """The events a turn has to handle; none when all are handled."""
    cursor = await conn.execute(_OPEN.encode(), {"conversation_id": conversation_id})
    rows = await cursor.fetchall()
    if not rows:
        return None
    overtaken = {row["id"] for row in rows if row["overtaken"]}
    events = in_order_of_writing([event_of(row) for row in rows], overtaken)
    return Opening(parties_of(rows[0]), events)


# One round trip for seven small writes. Unchanged values are not written again.
_CLOSE = f"""
with handled as (
  update conversation_events set handled_at = now()
  where id = any(%(event_ids)s) and handled_at is null returning id
), heard as (
  update messages set perceived = null,
    understanding = case when id = %(message_id)s then %(understanding)s else understanding end
  where id = any(%(message_ids)s)
), stands as (
  update conversations set step = %(step)s
  where id = %(conversation_id)s and step <> %(step)s
), speaks as (
  update customers set language = %(language)s
  where id = %(customer_id)s and language is distinct from coalesce(%(language)s, language)
), remembers as ({REMEMBER}), {COUNT_TURN}, {NOTE_VIEW}
select count(*)::int as handled from handled
"""


async def close(
    conn: Connection,
    *,
    event_ids: Sequence[int],
    conversation_id: str,
    customer_id: str,
    step: str,
    language: Language | None,
    memory: Mapping[str, Any],
    message_id: str | None = None,
    understanding: Mapping[str, Any] | None = None,
    perceived_ids: Sequence[str] = (),
    counted: TurnCounted = TurnCounted(),  # noqa: B008 - frozen
    viewed_id: str | None = None,
) -> int:
    """Mark the events handled, and store step, language and memory; how many events were open.

    `memory` is the state the next turn begins with. `understanding` is what the reader understood
    from the message `message_id`, or from several up to it. `perceived_ids` are messages whose
    results of language model and image recognition are deleted, as the turn is done. `counted` is
    added to the conversation's session. `viewed_id`: the product that was spoken of, an event.
    """
    understood_id = message_id if understanding is not None else None
    cursor = await conn.execute(
        _CLOSE.encode(),
        {
            "event_ids": list(event_ids),
            "conversation_id": conversation_id,
            "customer_id": customer_id,
            "step": step,
            "language": language,
            "memory": Jsonb(dict(memory)),
            "message_id": understood_id,
            "message_ids": [*perceived_ids, *([understood_id] if understood_id else [])],
            "understanding": Jsonb(dict(understanding or {})),
            "viewed_id": viewed_id,
            **asdict(counted),
        },
    )
    row = await cursor.fetchone()
    return int(row["handled"]) if row else 0
