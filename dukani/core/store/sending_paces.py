"""Rate-limits marketing from a boutique's number: each message reserves a moment to leave at.

A provider takes so many messages a second from one number, and answers go first. A paced message
reserves the number's next free moment once, as its `send_after`: ten thousand messages need no
repeated tries, and answers pass them by. In any span of time at most `BURST` messages more leave
than the rate allows.
"""

from __future__ import annotations

from datetime import datetime, timedelta

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


async def lock(conn: Connection, *, provider: MessagingProvider) -> tuple[datetime, datetime]:
    """The number's next free moment, and now; nobody else takes one until the transaction ends.

    For whoever takes several at once, and says with `set_next` how many were taken.
    """
    cursor = await conn.execute(
        """insert into sending_paces as p (boutique_id, provider, next_at)
           values (private.current_boutique(), %(provider)s, clock_timestamp() - interval '1 hour')
           on conflict (boutique_id, provider) do update set next_at = p.next_at
           returning next_at, clock_timestamp() as now""",
        {"provider": provider},
    )
    row = await cursor.fetchone()
    assert row is not None  # an upsert returns its row
    return row["next_at"], row["now"]


async def set_next(conn: Connection, *, provider: MessagingProvider, next_at: datetime) -> None:
    await conn.execute(
        """update sending_paces set next_at = %(next_at)s
           where boutique_id = private.current_boutique() and provider = %(provider)s""",
        {"provider": provider, "next_at": next_at},
    )


async def lock_shared(conn: Connection, *, provider: MessagingProvider) -> datetime | None:
    """As `lock`, of the number that several boutiques share; None: this one has its own."""
    cursor = await conn.execute(
        "select private.lock_shared_pace(%(provider)s) as next_at", {"provider": provider}
    )
    row = await cursor.fetchone()
    return row["next_at"] if row else None


async def move_shared(conn: Connection, *, provider: MessagingProvider, next_at: datetime) -> None:
    """The shared number's next free moment; nothing for a boutique with its own."""
    await conn.execute(
        "select private.move_shared_pace(%(provider)s, %(next_at)s)",
        {"provider": provider, "next_at": next_at},
    )


async def rest(conn: Connection, *, provider: MessagingProvider, wait: timedelta) -> None:
    """Let the number send no marketing for so long: its provider has just refused one.

    A number that several share rests for them all.
    """
    await conn.execute(
        "select private.move_shared_pace(%(provider)s, clock_timestamp() + %(wait)s)",
        {"provider": provider, "wait": wait},
    )
    await conn.execute(
        """insert into sending_paces as p (boutique_id, provider, next_at)
           values (private.current_boutique(), %(provider)s, clock_timestamp() + %(wait)s)
           on conflict (boutique_id, provider) do update
             set next_at = greatest(p.next_at, excluded.next_at)""",
        {"provider": provider, "wait": wait},
    )
