"""What happened to an order: events, who did what, messages, and what moved on the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row

from dukani.core.database import Connection

MOST_LINES = 300


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of an order's timeline.

    `what` is a kind of domain event, an action of the audit log, `message` or `stock`. `actor` is
    assistant, provider, customer, or a member as `owner:<user id>`, whose e-mail is `actor_email`
    while the person is a member; none: a domain event.
    """

    at: datetime
    what: str
    actor: str | None
    actor_email: str | None
    details: dict[str, Any]


# One transaction writes several lines, some with the time it began and some with the time they were
# written: within a second, what happened comes before what was said of it.
_TIMELINE = """
with happened as (
  select e.occurred_at as at, 1 as place, e.kind as what, null as actor, e.payload as details
  from domain_events e
  where e.boutique_id = private.current_boutique() and e.subject_id = %(order_id)s
  union all
  select a.created_at, 2, a.action, a.actor, a.details from audit_log a
  where a.boutique_id = private.current_boutique() and a.subject = 'order:' || %(number)s::text
  union all
  select m.created_at, 4, 'message', m.author, jsonb_build_object('text', left(m.body, 300),
    'status', m.status, 'error_code', m.error_code, 'template', m.template ->> 'name')
  from messages m
  where m.boutique_id = private.current_boutique() and m.reference = 'order:' || %(number)s::text
  union all
  select s.created_at, 3, 'stock', null, jsonb_build_object('delta', s.delta, 'reason', s.reason,
    'name', p.name, 'colour', v.colour, 'size', v.size)
  from stock_movements s
  join product_variants v on v.boutique_id = s.boutique_id and v.id = s.variant_id
  join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
  where s.boutique_id = private.current_boutique() and s.order_id = %(order_id)s
  order by at limit %(limit)s
)
select h.at, h.what, h.actor, c.email as actor_email, h.details
from happened h
left join private.my_colleagues() c on h.actor in ('owner:' || c.user_id, 'staff:' || c.user_id)
order by date_trunc('second', h.at), h.place, h.at
"""


async def timeline(conn: Connection, *, order_id: str, number: str) -> list[Happened]:
    """What happened to an order, oldest first."""
    async with conn.cursor(row_factory=class_row(Happened)) as cursor:
        await cursor.execute(
            _TIMELINE, {"order_id": order_id, "number": number, "limit": MOST_LINES}
        )
        return await cursor.fetchall()
