"""At what pace a boutique's number sends what nobody waits for: marketing to many at once.

A provider takes so many messages a second from one number, and answers come first. So a paced
message takes the number's next free moment, once, and waits for it as for any hour it was given:
ten thousand of them are not tried again and again, and what is said meanwhile passes them by. In
no stretch of time leave more than its length allows and `BURST` more.
"""

from __future__ import annotations

from datetime import timedelta

from dukani.core.channels import MessagingProvider
from dukani.core.database import Connection

BURST = 5  # messages that may leave together after a pause

# In the payload of a message that has its moment: it is not given another.
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
    """How long the message waits for its moment, which is its `send_after` then; zero: now.

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
