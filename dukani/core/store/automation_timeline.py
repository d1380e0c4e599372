"""What happened, what rules decided of it, and what came of their messages: one list, newest first.

All of it is read from the domain events, so that the list and the live stream say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

Of = Literal["event", "decision", "message"]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """`kind` and `payload` are a domain event's.

    `is_visitor`: somebody in the shop's window who has not said who she is. `product_name`: of the
    piece that the event is about.
    """

    id: int
    kind: str
    payload: dict[str, Any]
    occurred_at: datetime
    subject_id: str
    customer_id: str | None
    customer_name: str | None
    customer_phone: str | None = field(repr=False)
    is_visitor: bool
    rule_id: str | None
    rule_name: str | None
    product_name: str | None


# The kinds stand here in full, as in the index, which is used for nothing less.
KINDS: LiteralString = """e.kind in ('cart_abandoned', 'price_dropped', 'back_in_stock',
  'checkout_started', 'payment_failed', 'order_delivered', 'view_product', 'add_to_cart',
  'support_message', 'consent_changed', 'automation_decided', 'automation_told')"""
_OF_RULES: LiteralString = "e.kind in ('automation_decided', 'automation_told')"
_ONLY: dict[Of, LiteralString] = {
    "event": "e.kind not in ('automation_decided', 'automation_told')",
    "decision": "e.kind = 'automation_decided'",
    "message": "e.kind = 'automation_told'",
}


async def page(
    conn: Connection,
    *,
    only: Of | None = None,
    customer_id: str | None = None,
    rule_id: str | None = None,
    before: int | None = None,
    limit: int,
) -> list[TimelineRow]:
    """The newest first, `before` the one of that number. A rule's are what it decided and sent."""
    asked: list[LiteralString] = [_OF_RULES if rule_id else KINDS]
    if only is not None:
        asked.append(_ONLY[only])
    if customer_id is not None:
        asked.append("e.customer_id = %(customer_id)s")
    if rule_id is not None:
        asked.append("e.payload ->> 'rule_id' = %(rule_id)s")
    if before is not None:
        asked.append("e.id < %(before)s")
    async with conn.cursor(row_factory=class_row(TimelineRow)) as cursor:
        await cursor.execute(
            _PAGE.format(asked=" and ".join(asked)).encode(),
            {"customer_id": customer_id, "rule_id": rule_id, "before": before, "limit": limit},
        )
        return await cursor.fetchall()


_PAGE: LiteralString = """
select h.id, h.kind, h.payload, h.occurred_at, h.subject_id::text as subject_id,
  h.customer_id::text as customer_id, c.name as customer_name, c.phone as customer_phone,
  h.customer_id is null and h.anonymous_id is not null as is_visitor,
  r.id::text as rule_id, r.name as rule_name, p.name as product_name
from (
  select e.* from domain_events e
  where e.boutique_id = private.current_boutique() and {asked}
  order by e.id desc limit %(limit)s
) h
left join customers c on c.boutique_id = h.boutique_id and c.id = h.customer_id
left join automation_rules r on r.boutique_id = h.boutique_id
  and r.id::text = h.payload ->> 'rule_id'
left join products p on p.boutique_id = h.boutique_id and p.id = h.subject_id
order by h.id desc
"""
