"""Queues the text of a message again without its picture, when the picture made it fail."""

from __future__ import annotations

from dukani.core.clients.send_errors import Action, action_for
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.messages import DESPITE_STOP, Message

_KEPT = ("options", "buttons", "link", "recover", DESPITE_STOP)
_WITH_BUTTONS = ("buttons", "link")  # kinds that stand without a picture too


async def queue_words_alone(
    conn: Connection, message: Message, *, error_code: str | None
) -> Message | None:
    """Queues a failed message's text alone, if its picture was the reason; the caller delivers.

    A template is approved with its picture, so its text is not sent alone. The copy keeps the
    options, so that the customer can answer it with their numbers, and what it is sent for: an
    offer stays one.
    """
    for_its_picture = action_for(error_code) is Action.WORDS_ALONE and message.media_path
    if not for_its_picture or not message.body or message.template:
        return None
    if not await messages.note_once(conn, message_id=message.id, note="words_alone"):
        return None  # a provider may report one failure twice, in two ways
    kept = {name: message.payload[name] for name in _KEPT if name in message.payload}
    return await messages.queue_outbound(
        conn,
        provider=message.provider,
        conversation_id=message.conversation_id,
        recipient=message.recipient,
        author=message.author,
        kind=message.kind if message.kind in _WITH_BUTTONS else "text",
        body=message.body,
        reply_to=message.reply_to,
        payload=kept,
        purpose=message.purpose,
        reference=message.reference,
    )
