"""Lets a person of the boutique take a chat over from the app, and write in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from psycopg.errors import ForeignKeyViolation

from dukani.core.database import Connection
from dukani.core.errors import CallerError, InvalidValue, NotFound
from dukani.core.jobs import defer_handoff_timer
from dukani.core.store import conversations, outbox, unsent
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.tools.sending_rules import TAKEN_OVER, is_window_open, may_be_sent, stops_at_taking_over
from dukani.tools.staff import staff_wrote


class WindowClosed(CallerError):
    """The customer's last message is over 24 hours old: WhatsApp takes approved templates only."""

    http_status = 409


async def take_over(
    conn: Connection, *, conversation_id: str, by: str, silent_for: timedelta
) -> Conversation:
    """Leaves the conversation to the member `by`: the assistant says nothing more after this.

    Waits for a turn under way, which then has written all it will, and stops what of that has not
    left. The assistant comes back when nobody has written for `silent_for`. Raises NotFound.
    """
    await conversations.wait_for_turn(conn, conversation_id=conversation_id)
    taken = await the_conversation(conn, conversation_id=conversation_id)
    if await conversations.hand_off(conn, conversation_id=conversation_id, reason="staff"):
        await defer_handoff_timer(
            conn,
            boutique_id=taken.boutique_id,
            conversation_id=conversation_id,
            delay=silent_for,
        )
    await conversations.touch_staff(conn, conversation_id=conversation_id)
    await conversations.assign(conn, conversation_id=conversation_id, user_id=by)
    await _stop_unsent(conn, conversation_id)
    return await the_conversation(conn, conversation_id=conversation_id)


async def _stop_unsent(conn: Connection, conversation_id: str) -> None:
    """Stops the assistant's messages that wait; one being handed to the provider cannot be."""
    for message in await unsent.of_conversation(conn, conversation_id=conversation_id):
        under_way = message.status == "sending" and may_be_sent(message.error_code)
        if stops_at_taking_over(message) and not under_way:
            await outbox.mark_failed(conn, message_id=message.id, error_code=TAKEN_OVER)


async def assign(
    conn: Connection, *, conversation_id: str, user_id: str | None, silent_for: timedelta
) -> None:
    """Leaves the conversation to a member, or to whoever of the members sees it first.

    The assistant is silent from then on. Raises NotFound, InvalidValue for who is no member.
    """
    conversation = await the_conversation(conn, conversation_id=conversation_id)
    try:
        async with conn.transaction():
            await conversations.assign(conn, conversation_id=conversation_id, user_id=user_id)
    except ForeignKeyViolation as error:
        raise InvalidValue(
            field="user_id", value=user_id, remedy="Name one of the boutique's people."
        ) from error
    if conversation.handed_off_at is None and user_id is not None:
        await take_over(conn, conversation_id=conversation_id, by=user_id, silent_for=silent_for)


async def reply(
    conn: Connection, *, conversation_id: str, text: str, by: str, silent_for: timedelta
) -> list[Message]:
    """Queues a person's words within WhatsApp's 24 hours. Raises NotFound, WindowClosed."""
    before = await the_conversation(conn, conversation_id=conversation_id)
    if not is_window_open(before.last_inbound_at, datetime.now(UTC)):
        raise WindowClosed
    holder = before.assigned_to or by if before.handed_off_at else by
    conversation = await take_over(
        conn, conversation_id=conversation_id, by=holder, silent_for=silent_for
    )
    return await staff_wrote(conn, conversation, text, by=by)


async def the_conversation(conn: Connection, *, conversation_id: str) -> Conversation:
    """Raises NotFound."""
    found = await conversations.get(conn, conversation_id=conversation_id)
    if found is None:
        raise NotFound("There is no such conversation here.")
    return found
