"""Decides whether a message can confirm the total: one written before it was shown cannot.

Messages may arrive late: Meta retries for days what our webhooks did not accept, and messages
Twilio posted while we were down are read from its list later.
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
    quote, dated = state.get("quote"), [m.sent_at for m in written if m.sent_at is not None]
    if quote is None or not dated:
        return quote
    told_at = await messages.last_said_at(context.conn, conversation_id=context.conversation.id)
    in_time = told_at is None or min(dated) + _WHOLE_SECOND > told_at
    return quote if in_time else None
