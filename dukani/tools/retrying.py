"""Lets what failed for good be tried once more, by a platform admin: dead letters and messages.

Each call works in the boutique of the thing, on a connection that sees all of them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from dukani.core.clients.send_errors import NOT_REACHED
from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_turn
from dukani.core.store import conversations, dead_letters, events, failed_messages, messages
from dukani.core.store.dead_letters import RETRIED, DeadLetter
from dukani.core.store.failed_messages import FailedMessage
from dukani.tools.sending_rules import retry_wait


async def retry_dead_letter(conn: Connection, *, event_id: int) -> DeadLetter | None:
    """Have a turn handle the event; None when it is no dead letter, or would be answered twice.

    The assistant takes a chat back that it lost for the failure alone; a person's chat stays the
    person's.
    """
    letter = await dead_letters.lock(conn, event_id=event_id)
    if letter is None or letter.fate not in RETRIED:
        return None
    await _work_in(conn, letter.boutique_id)
    await dead_letters.reopen(conn, event_id=letter.id)
    if letter.fate == "answer" and letter.handed_off:
        await conversations.hand_back(conn, conversation_id=letter.conversation_id)
        # The talk goes on where it was before it was given away.
        await events.add(conn, conversation_id=letter.conversation_id, kind="hand_back")
    await defer_turn(conn, boutique_id=letter.boutique_id, conversation_id=letter.conversation_id)
    return letter


async def dismiss_dead_letter(conn: Connection, *, event_id: int) -> DeadLetter | None:
    """Say that nothing is to be done; None when it is no dead letter any more."""
    letter = await dead_letters.lock(conn, event_id=event_id)
    if letter is not None:
        await dead_letters.dismiss(conn, event_id=event_id)
    return letter


async def retry_message(conn: Connection, *, message_id: str) -> FailedMessage | None:
    """Queue a copy under the rules of every sending; None when the message has been copied."""
    message = await failed_messages.get(conn, message_id=message_id)
    if message is None or not await messages.note_once(conn, message_id=message_id, note="copied"):
        return None
    await messages.queue_again(
        conn,
        message_id=message_id,
        error_code=NOT_REACHED,
        attempts=1,
        noted={"copies": 1, "first_at": datetime.now(UTC).isoformat()},
    )
    partition = Partition(message.boutique_id, message.conversation_id, message.channel)
    await defer_delivery(conn, partition, delay=retry_wait(NOT_REACHED, 1))
    return message


async def dismiss_message(conn: Connection, *, message_id: str) -> FailedMessage | None:
    message = await failed_messages.get(conn, message_id=message_id)
    if message is None:
        return None
    noted = await messages.note_once(conn, message_id=message_id, note="dismissed")
    return message if noted else None


async def _work_in(conn: Connection, boutique_id: str) -> None:
    await conn.execute("select set_config('app.boutique_id', %s, true)", (boutique_id,))
