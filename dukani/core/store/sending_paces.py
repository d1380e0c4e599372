"""Rate-limits marketing from a boutique's number: each message reserves a moment to leave at.

A provider takes so many messages a second from one number, and answers go first. A paced message
reserves the number's next free moment once, as its `send_after`: ten thousand messages need no
repeated tries, and answers pass them by. In any span of time at most `BURST` messages more leave
than the rate allows.
"""

from __future__ import annotations

from datetime import timedelta

from dukani.core.channels import MessagingProvider
from dukani.core.database import Connection

BURST = 5  # messages that may leave together after a pause

# In the payload of a message that has reserved its moment.
PACED = "paced"

_TAKE = """
with pace as (
  insert into sending_paces as p (boutique_id, provider, next_at)
  values (private.current_boutique(), %(provider)s,
    clock_timestamp() - %(burst)s + %(each)s)
  on conflict (boutique_id, provider) do update
    set next_at = greatest(p.next_at, clock_timestamp() - %(burst)s) + %(each)s
  returning next_at - %(each)s as moment
), taken as (
  update messages set payload = payload || '{"paced": true}',
    send_after = case when pace.moment > clock_timestamp() then pace.moment else send_after end
  from pace where id = %(message_id)s
)
select greatest(moment - clock_timestamp(), interval '0') as wait from pace
"""


async def take_moment(
    conn: Connection, *, message_id: str, provider: MessagingProvider, each: timedelta
) -> timedelta:
    """Reserve the message's moment, its `send_after`; returns the time until then, zero: now.

    `each` is the time between two messages of the boutique's number at the provider.
    """
    cursor = await conn.execute(
        _TAKE,
        {
            "message_id": message_id,
            "provider": provider,
            "each": each,
            "burst": each * (BURST - 1),
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # an upsert returns its row
    wait: timedelta = row["wait"]
    return wait
