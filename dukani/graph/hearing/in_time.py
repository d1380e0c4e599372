"""Whether words can be a yes to the total: those written before it was told cannot.

A message may come long after it was written: Meta repeats for days what our webhooks did not take,
and what Twilio posted while we were down is read from its list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.graph.context import Context
from dukani.graph.state import Quote, State

# Providers date by the whole second: a message may be up to one younger than it says.
_WHOLE_SECOND = timedelta(seconds=1)


async def quote_to_agree_to(
    state: State, context: Context, written: Sequence[Message]
) -> Quote | None:
    """The quote of the turn before, if everything written now was written after it was told.

    Messages of a turn are read as one: a yes among them may be any one's.
    """
    quote, dated = state.get("quote"), [m.sent_at for m in written if m.sent_at is not None]
    if quote is None or not dated:
        return quote
    told_at = await messages.last_said_at(context.conn, conversation_id=context.conversation.id)
    in_time = told_at is None or min(dated) + _WHOLE_SECOND > told_at
    return quote if in_time else None
