"""Decides whether a message can confirm the total: one written before it was shown cannot.

Neither can one that follows a person's words, or a total that never left because a person took the
chat: a yes answers what was read last. Messages may arrive late: Meta retries for days what our
webhooks did not accept, and messages Twilio posted while we were down are read from its list later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.graph.context import Context
from dukani.graph.state import Quote, State

# Providers cut times to whole seconds: a message may be up to a second younger than its date.
_WHOLE_SECOND = timedelta(seconds=1)


async def confirmable_quote(
    state: State, context: Context, written: Sequence[Message]
) -> Quote | None:
    """The previous turn's quote, if all messages of this turn were written after it was shown.

    All must be, because a turn's messages are read as one text and a yes may be in any of them.
    """
    quote = state.get("quote")
    if quote is None:
        return None
    said = await messages.last_said(context.conn, conversation_id=context.conversation.id)
    if said is None:
        return quote
    if said.author != "assistant" or said.status == "failed":
        return None
    dated = [m.sent_at for m in written if m.sent_at is not None]
    in_time = not dated or min(dated) + _WHOLE_SECOND > said.created_at
    return quote if in_time else None
