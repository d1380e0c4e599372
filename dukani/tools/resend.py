"""Queues a copy of a message that failed after its provider had accepted it, for a passing reason.

Twilio and Meta report many faults only in a later status callback. The row is final by then, so a
copy is sent instead, under the same rules as the retry of a message refused at once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.clients.send_errors import HELD, action_for
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.tools.sending_rules import is_worth_waiting, retry_wait

MAX_COPIES = 8  # of one message; if the boutique's set-up is the reason, only age is a limit
_WAITS_APART = 2  # statuses come late, so a copy waits longer than an ordinary retry


async def queue_copy(
    conn: Connection, message: Message, *, error_code: str | None
) -> timedelta | None:
    """Queues a copy of a failed message; returns its delay, or None if the message is given up."""
    copies = int(message.payload.get("copies", 0))
    if (
        error_code is None
        or message.author == "staff"
        or not _is_worth_copying(message, error_code)
    ):
        return None
    if not await messages.note_once(conn, message_id=message.id, note="copied"):
        return None  # a provider may report one failure twice, in two ways
    attempts = 1 + _WAITS_APART * (copies + 1)
    noted = {"copies": copies + 1, "first_at": _first_at(message).isoformat()}
    await messages.queue_again(
        conn, message_id=message.id, error_code=error_code, attempts=attempts, noted=noted
    )
    return retry_wait(error_code, attempts)


def _is_worth_copying(message: Message, code: str) -> bool:
    copies = int(message.payload.get("copies", 0))
    if copies >= MAX_COPIES and action_for(code) not in HELD:
        return False
    now = datetime.now(UTC)
    return is_worth_waiting(code, message, attempts=copies + 1, since=_first_at(message), now=now)


def _first_at(message: Message) -> datetime:
    """The time (UTC) at which this message, or the original of this copy, was queued."""
    told = message.payload.get("first_at")
    return datetime.fromisoformat(told) if told else message.created_at
