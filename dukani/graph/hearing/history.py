"""Loads the last messages before a turn as dialogue history, for a mind that wants it."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.domain.context import Utterance
from dukani.graph.context import Context

MOST_UTTERANCES = 6


async def history_for_mind(context: Context, written: Sequence[Message]) -> tuple[Utterance, ...]:
    """Utterances of customer, assistant and staff before the messages `written`, oldest first.

    Empty, and without a query, unless the mind has `wants_history = True`.
    """
    if not getattr(context.senses.mind or context.senses.reader, "wants_history", False):
        return ()
    read_now = {message.id for message in written}
    last = await messages.recent(
        context.conn,
        conversation_id=context.conversation.id,
        limit=MOST_UTTERANCES + len(written),
    )
    before = [m for m in last if m.id not in read_now]
    told = [one for message in before if (one := _utterance(message)) is not None]
    return tuple(told[-MOST_UTTERANCES:])


def _utterance(message: Message) -> Utterance | None:
    """The message as an utterance; None if it has no words or is the owner's."""
    if message.author == "owner" or not message.body:
        return None
    return Utterance(author=message.author, text=message.body)
