"""A message its provider took and could not bring for a passing reason: said once more.

Twilio and Meta tell of many a limit only in a later status, when there is no attempt left to
try again: the row is final by then, so a copy of it goes its way.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.clients.send_errors import Action, action_for
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.tools.sending_rules import MAX_AGE, retry_wait

MAX_COPIES = 3  # of one message, one after the other

_PASSING = (Action.RETRY, Action.WAIT_PAIR, Action.WAIT_NUMBER)
_OF_THE_FIRST = ("sent_again", "words_alone", "copied")  # notes about its own sending


async def queue_copy(
    conn: Connection, message: Message, *, error_code: str | None
) -> timedelta | None:
    """Queue a failed message anew; how long its delivery waits, none when it is given up."""
    copies = int(message.payload.get("copies", 0))
    passing = error_code is not None and action_for(error_code) in _PASSING
    stale = datetime.now(UTC) - message.created_at > MAX_AGE
    if not passing or stale or copies >= MAX_COPIES or message.author == "staff":
        return None
    if not await messages.note_once(conn, message_id=message.id, note="copied"):
        return None  # a provider may say it twice, in two ways
    kept = {k: v for k, v in message.payload.items() if k not in _OF_THE_FIRST}
    await messages.queue_outbound(
        conn,
        channel=message.channel,
        conversation_id=message.conversation_id,
        recipient=message.recipient,
        author=message.author,
        kind=message.kind,
        body=message.body,
        media_path=message.media_path,
        reply_to=message.reply_to,
        payload=kept | {"copies": copies + 1},
    )
    return retry_wait(str(error_code), copies + 1)
