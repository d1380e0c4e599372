"""The hours in which customers read campaigns or write to the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.core.database import Connection

HourCounts = Mapping[int, int]  # hour of the day, 0..23: how often

_HOURS = """
select its.customer_id::text as customer_id,
  extract(hour from its.at at time zone %(timezone)s)::int as hour, count(*)::int as times
from (
  select r.customer_id, r.read_at as at from campaign_recipients r
  where r.boutique_id = private.current_boutique() and r.read_at is not null {whose_reading}
  union all
  select v.customer_id, m.created_at from conversations v
  join messages m on m.boutique_id = v.boutique_id and m.conversation_id = v.id
  where v.boutique_id = private.current_boutique() and m.direction = 'in'
    and m.created_at > now() - interval '180 days' {whose_message}
) its
group by 1, 2
"""


async def of_customers(
    conn: Connection, *, customer_ids: Sequence[str], timezone: str
) -> dict[str, dict[int, int]]:
    """By customer; who never did is not in it. Messages of the last 180 days count."""
    statement = _HOURS.replace("{whose_reading}", "and r.customer_id = any(%(ids)s::uuid[])")
    statement = statement.replace("{whose_message}", "and v.customer_id = any(%(ids)s::uuid[])")
    cursor = await conn.execute(
        statement.encode(), {"ids": list(customer_ids), "timezone": timezone}
    )
    found: dict[str, dict[int, int]] = {}
    for row in await cursor.fetchall():
        found.setdefault(row["customer_id"], {})[row["hour"]] = row["times"]
    return found


async def of_shop(conn: Connection, *, timezone: str) -> dict[int, int]:
    """Of all of the boutique's customers together."""
    statement = _HOURS.replace("{whose_reading}", "").replace("{whose_message}", "")
    cursor = await conn.execute(
        f"select hour, sum(times)::int as times from ({statement}) each group by hour".encode(),
        {"timezone": timezone},
    )
    return {row["hour"]: row["times"] for row in await cursor.fetchall()}
