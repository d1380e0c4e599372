"""Queues a failed message again in a plainer form, when what it showed made it fail.

A message whose picture failed becomes its text; product cards become a picture with the text.
"""

from __future__ import annotations

from dukani.core.clients.send_errors import Action, action_for
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.messages import DESPITE_STOP, Message

_KEPT = ("options", "buttons", "link", "recover", DESPITE_STOP)
_WITH_BUTTONS = ("buttons", "link")  # kinds that stand without a picture too
# Meta's words about an item or a catalogue that it cannot show in a message.
_NOT_SHOWN = frozenset(("100", "131008", "131009", "131051"))


async def queue_words_alone(
    conn: Connection, message: Message, *, error_code: str | None
) -> Message | None:
    """Queues a failed message's text alone, if its picture or its products were the reason.

    The caller delivers. Pieces of a catalogue go as a picture of ours then.

    A template is approved with its picture, so its text is not sent alone. The copy keeps the
    options, so that the customer can answer it with their numbers, and what it is sent for: an
    offer stays one.
    """
    for_its_picture = action_for(error_code) is Action.WORDS_ALONE and message.media_path
    for_its_products = message.kind == "products" and error_code in _NOT_SHOWN
    if not (for_its_picture or for_its_products) or not message.body or message.template:
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
        kind=_plainer(message),
        body=message.body,
        reply_to=message.reply_to,
        payload=kept,
        purpose=message.purpose,
        reference=message.reference,
    )


def _plainer(message: Message) -> str:
    if message.kind == "products":
        return "options"
    return message.kind if message.kind in _WITH_BUTTONS else "text"
