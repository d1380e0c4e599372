"""Rate-limits inbound messages of known senders, in the statement that stores each message.

Each message moves `conversations.paced_until` on by the time one message may take at the sender's
rate (a leaky bucket). A sender more than a minute ahead is answered later; while the boutique gets
more than its limit, so is a sender ahead of the fair share. No other sender waits, so a few phones
cannot silence a shop. No message is lost: delayed messages are stored and answered together.

The library `limits`, which counts strangers in memory (`webhooks/limits.py`), does not fit here: it
says whether a call may pass but not when, knows no fair share, and counts outside the transaction,
so that a message rolled back or delivered twice would count too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dukani.core.database import Connection

MINUTE = timedelta(minutes=1)
FAIR_SHARE = 6  # messages a minute that every sender may write at any time
LONGEST_WAIT = MINUTE  # of a message; those that came meanwhile are answered with it


@dataclass(frozen=True, slots=True)
class Pace:
    """The messages a minute one sender may write, and one boutique may get."""

    sender_per_minute: int
    boutique_per_minute: int

    def values(self, *, waits: bool = True) -> dict[str, Any]:
        """Parameters of the statements below; without `waits` the message is never delayed."""
        each = MINUTE / self.sender_per_minute
        return {
            "pace": each,
            "share": min(each * FAIR_SHARE, MINUTE),
            "most": self.boutique_per_minute,
            "waits": waits,
            "longest_wait": LONGEST_WAIT,
        }


UNPACED: dict[str, Any] = {
    "pace": timedelta(0),
    "share": MINUTE,
    "most": 1,
    "waits": False,
    "longest_wait": LONGEST_WAIT,
}

# Whether the boutique got its limit of messages, N, within the minute: its N-th latest event is
# younger. One walk along an index, and only for a sender beyond the fair share.
_BUSY = """(select e.created_at from webhook_events e
  where e.boutique_id = private.current_boutique()
  order by e.id desc offset %(most)s limit 1) > now() - interval '1 minute'"""

# The delay of a message, given how far its sender is ahead.
WAIT = f"""least(%(longest_wait)s, case
  when not %(waits)s then interval '0'
  when {{ahead}} > interval '1 minute' then {{ahead}} - interval '1 minute'
  when {{ahead}} > %(share)s and coalesce({_BUSY}, false) then {{ahead}} - %(share)s
  else interval '0' end)"""

_WAIT_OF = f"""
select {WAIT.format(ahead="(paced_until - now())")} as wait
from conversations where id = %(conversation_id)s
"""


async def wait_of(conn: Connection, *, conversation_id: str, pace: Pace, waits: bool) -> timedelta:
    """The delay of the conversation's latest message; zero for most."""
    values = pace.values(waits=waits) | {"conversation_id": conversation_id}
    row = await (await conn.execute(_WAIT_OF.encode(), values)).fetchone()
    return (row and row["wait"]) or timedelta(0)
