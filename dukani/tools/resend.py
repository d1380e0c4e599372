"""A message its provider took and could not bring for a reason that passes: said once more.

Twilio and Meta tell of many a fault only in a later status, when there is no attempt left to try
again: the row is final by then, so a copy of it goes its way, under the same rules as a message
that was refused at once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.clients.send_errors import HELD, action_for
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.tools.sending_rules import is_worth_waiting, retry_wait

MAX_COPIES = 8  # of one message, one after the other; of a held one as many as a day takes
_WAITS_APART = 2  # a status tells late, so a copy waits longer than what was refused at once


async def queue_copy(
    conn: Connection, message: Message, *, error_code: str | None
) -> timedelta | None:
    """Queue a failed message anew; how long its delivery waits, none when it is given up."""
    copies = int(message.payload.get("copies", 0))
    if error_code is None or message.author == "staff" or not _is_to_be_said(message, error_code):
        return None
    if not await messages.note_once(conn, message_id=message.id, note="copied"):
        return None  # a provider may say it twice, in two ways
    attempts = 1 + _WAITS_APART * (copies + 1)
    noted = {"copies": copies + 1, "first_at": _first_at(message).isoformat()}
    await messages.queue_again(
        conn, message_id=message.id, error_code=error_code, attempts=attempts, noted=noted
    )
    return retry_wait(error_code, attempts)


def _is_to_be_said(message: Message, code: str) -> bool:
    copies = int(message.payload.get("copies", 0))
    if copies >= MAX_COPIES and action_for(code) not in HELD:
        return False
    now = datetime.now(UTC)
    return is_worth_waiting(code, message, attempts=copies + 1, since=_first_at(message), now=now)


def _first_at(message: Message) -> datetime:
    """When the message that this may be a copy of was to be sent."""
    told = message.payload.get("first_at")
    return datetime.fromisoformat(told) if told else message.created_at
