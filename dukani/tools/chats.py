"""Lets a person of the boutique take a chat over from the app, and write in it."""

from __future__ import annotations

from datetime import UTC, datetime

from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotFound
from dukani.core.store import conversations
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.tools.sending_rules import is_window_open
from dukani.tools.staff import staff_wrote


class WindowClosed(CallerError):
    """The customer's last message is over 24 hours old: WhatsApp takes approved templates only."""

    http_status = 409


async def take_over(conn: Connection, *, conversation_id: str) -> Conversation:
    """Leaves the conversation to people: no assistant's message is written after this.

    Waits for a turn under way, which then has written all it will. Raises NotFound.
    """
    await conversations.wait_for_turn(conn, conversation_id=conversation_id)
    await conversations.hand_off(conn, conversation_id=conversation_id, reason="staff")
    await conversations.touch_staff(conn, conversation_id=conversation_id)
    return await the_conversation(conn, conversation_id=conversation_id)


async def reply(conn: Connection, *, conversation_id: str, text: str) -> list[Message]:
    """Queues a person's words within WhatsApp's 24 hours. Raises NotFound, WindowClosed."""
    conversation = await take_over(conn, conversation_id=conversation_id)
    if not is_window_open(conversation.last_inbound_at, datetime.now(UTC)):
        raise WindowClosed
    return await staff_wrote(conn, conversation, text)


async def the_conversation(conn: Connection, *, conversation_id: str) -> Conversation:
    """Raises NotFound."""
    found = await conversations.get(conn, conversation_id=conversation_id)
    if found is None:
        raise NotFound("There is no such conversation here.")
    return found
