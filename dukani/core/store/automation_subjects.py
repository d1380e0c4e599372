"""What a rule would be about for one customer right now, were its event to happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.automation_enrolments import Subject as SubjectKind

_LEFT_CART: LiteralString = """
select * from (
  (select 'cart' as kind, c.id::text as id, c.updated_at as at,
     '{"of": "cart"}'::jsonb as facts
   from carts c
   where c.boutique_id = private.current_boutique() and c.customer_id = %(customer_id)s
     and c.status in ('active', 'abandoned')
     and exists (select from cart_items i where i.boutique_id = c.boutique_id and i.cart_id = c.id)
   order by c.updated_at desc limit 1)
  union all
  (select 'window_cart', w.id::text, w.changed_at, '{"of": "window_cart"}'::jsonb
   from visitor_customers v
   join window_carts w on w.boutique_id = v.boutique_id and w.anonymous_id = v.anonymous_id
     and w.ended_at is null and w.lines <> '[]'
   where v.boutique_id = private.current_boutique() and v.customer_id = %(customer_id)s
   order by w.changed_at desc limit 1)) left_ones
order by at desc limit 1"""
_ORDER: LiteralString = """
select 'order' as kind, o.id::text as id, o.created_at as at, '{}'::jsonb as facts
from orders o
where o.boutique_id = private.current_boutique() and o.customer_id = %(customer_id)s
order by o.created_at desc limit 1"""
_SEEN: LiteralString = """
select 'product' as kind, e.subject_id::text as id, e.occurred_at as at, '{}'::jsonb as facts
from domain_events e
left join visitor_customers v on v.boutique_id = e.boutique_id and v.anonymous_id = e.anonymous_id
where e.boutique_id = private.current_boutique() and e.kind in ('view_product', 'add_to_cart')
  and coalesce(e.customer_id, v.customer_id) = %(customer_id)s
  and e.occurred_at > now() - interval '30 days'
order by e.occurred_at desc limit 1"""
# Hers comes first: the drop that she would be told of.
_DROPPED: LiteralString = """
select 'product' as kind, d.subject_id::text as id, d.occurred_at as at, d.payload as facts
from domain_events d
where d.boutique_id = private.current_boutique() and d.kind = 'price_dropped'
  and d.occurred_at > now() - interval '30 days'
order by exists (select from domain_events e
    left join visitor_customers v on v.boutique_id = e.boutique_id
      and v.anonymous_id = e.anonymous_id
    where e.boutique_id = d.boutique_id and e.subject_id = d.subject_id
      and e.kind in ('view_product', 'add_to_cart')
      and e.occurred_at > now() - interval '30 days'
      and coalesce(e.customer_id, v.customer_id) = %(customer_id)s) desc, d.occurred_at desc
limit 1"""
_AWAITED: LiteralString = """
select 'product' as kind, w.product_id::text as id, w.created_at as at,
  jsonb_build_object('variant_id', w.variant_id) as facts
from stock_waits w
where w.boutique_id = private.current_boutique() and w.customer_id = %(customer_id)s
  and w.ended_at is null
order by w.created_at limit 1"""
_CONVERSATION: LiteralString = """
select 'conversation' as kind, v.id::text as id, v.updated_at as at, '{}'::jsonb as facts
from conversations v
where v.boutique_id = private.current_boutique() and v.customer_id = %(customer_id)s"""
OF: dict[str, LiteralString] = {
    "cart_abandoned": _LEFT_CART,
    "checkout_started": _LEFT_CART,
    "price_dropped": _DROPPED,
    "back_in_stock": _AWAITED,
    "payment_failed": _ORDER,
    "order_delivered": _ORDER,
    "view_product": _SEEN,
    "add_to_cart": _SEEN,
    "support_message": _CONVERSATION,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """`at`: when it happened, or the cart was last changed."""

    kind: SubjectKind
    id: str
    at: datetime
    facts: dict[str, Any]


async def of_customer(conn: Connection, *, trigger: str, customer_id: str) -> Subject | None:
    """The latest; None: there is nothing of hers that the rule could be about."""
    async with conn.cursor(row_factory=class_row(Subject)) as cursor:
        await cursor.execute(OF[trigger], {"customer_id": customer_id})
        return await cursor.fetchone()


async def cart_left_after(conn: Connection) -> timedelta:
    """How long after its last change a cart counts as left in this boutique."""
    cursor = await conn.execute(
        "select cart_left_after from boutiques where id = private.current_boutique()"
    )
    row = await cursor.fetchone()
    assert row is not None, "the connection is of it"
    after: timedelta = row["cart_left_after"]
    return after


async def of_cart(conn: Connection, *, cart_id: str) -> tuple[str, Subject] | None:
    """A customer's own cart, and whose it is."""
    cursor = await conn.execute(
        """select c.customer_id::text as customer_id, c.updated_at as at from carts c
           where c.boutique_id = private.current_boutique() and c.id = %(cart_id)s""",
        {"cart_id": cart_id},
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    return row["customer_id"], Subject("cart", cart_id, row["at"], {"of": "cart"})
