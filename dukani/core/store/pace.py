"""How fast a sender's messages are answered, decided in the statement that keeps each of them.

Every message pays for some time at the sender's own rate (`conversations.paced_until`: a leaky
bucket, and the only thing written). Whoever is a minute ahead of her rate waits; while her shop
gets more than it may, so does whoever is ahead of her fair share. Nobody else waits, so a few
phones cannot silence a shop, and nothing is lost: what waits is kept and answered together.

`limits` on a Redis is not used here, as it is for strangers in memory (`webhooks/limits.py`): it
says whether a call may pass and not when, knows no share of several senders, and counts outside
the transaction, so that a message rolled back or delivered twice would be paid for too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dukani.core.database import Connection

MINUTE = timedelta(minutes=1)
FAIR_SHARE = 6  # messages a minute that anybody may write at any time
LONGEST_WAIT = MINUTE  # of a message: what came in between is answered with it


@dataclass(frozen=True, slots=True)
class Pace:
    """The messages a minute one sender may write, and one boutique may get."""

    sender_per_minute: int
    boutique_per_minute: int

    def values(self, *, waits: bool = True) -> dict[str, Any]:
        """For the statements below; without `waits` the message is never held back."""
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

# Her hundredth latest event tells whether a boutique got a hundred within the minute: one walk
# along an index, and only for a sender beyond her share.
_BUSY = """(select e.created_at from webhook_events e
  where e.boutique_id = private.current_boutique()
  order by e.id desc offset %(most)s limit 1) > now() - interval '1 minute'"""

# How long a message is held back, given how far its sender is ahead.
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
    """How long the conversation's latest message is held back; zero for most."""
    values = pace.values(waits=waits) | {"conversation_id": conversation_id}
    row = await (await conn.execute(_WAIT_OF.encode(), values)).fetchone()
    return (row and row["wait"]) or timedelta(0)
