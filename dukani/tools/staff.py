"""Lets staff of a boutique answer a customer, and hand the conversation back to the assistant."""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_turn
from dukani.core.store import events, messages
from dukani.core.store.conversations import Conversation
from dukani.core.store.events import EventKind
from dukani.core.store.messages import WRITTEN_BY, Message
from dukani.tools.messaging import fitting


async def staff_wrote(
    conn: Connection,
    conversation: Conversation,
    text: str,
    *,
    by: str | None = None,
    by_note: bool = False,
) -> list[Message]:
    """Queues a person's words to the customer; the assistant is silent from then on.

    `by`: the member's id, for the others of the shop to see who wrote. `by_note`: the owner replied
    to a note, and gets the customer's answers as notes too.
    """
    queued = [
        await messages.queue_outbound(
            conn,
            conversation_id=conversation.id,
            channel=conversation.channel,
            provider=conversation.provider,
            author="staff",
            body=part,
            payload={} if by is None else {WRITTEN_BY: by},
        )
        for part in fitting(text, conversation.provider)
    ]
    await defer_delivery(conn, Partition(conversation.boutique_id, conversation.id))
    await _add_event(conn, conversation, "staff_message", by_note=by_note)
    return queued


async def tell_that_staff_wrote(conn: Connection, conversation: Conversation) -> None:
    """Lets the conversation know of words of a person's that were queued in another way."""
    await _add_event(conn, conversation, "staff_message", by_note=False)


async def take_over(conn: Connection, conversation: Conversation) -> None:
    """Makes the assistant silent without a word to the customer; the owner answers by notes."""
    await _add_event(conn, conversation, "staff_message", by_note=True)


async def hand_back(conn: Connection, conversation: Conversation) -> None:
    """Lets the assistant answer again."""
    await _add_event(conn, conversation, "hand_back")


async def _add_event(
    conn: Connection, conversation: Conversation, kind: EventKind, **payload: bool
) -> None:
    """Adds an event to the conversation and defers a turn, which handles it after earlier ones."""
    await events.add(conn, conversation_id=conversation.id, kind=kind, payload=payload)
    await defer_turn(conn, boutique_id=conversation.boutique_id, conversation_id=conversation.id)
