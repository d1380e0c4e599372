"""Carts that nobody changes any more: each version is told as `cart_abandoned` once.

Across boutiques, on a system connection. The two partial indexes hold the carts not told yet by the
time at which each counts as left, so a look costs what is due, however many boutiques and carts
there are; a test reads the plan. Two clocks at once tell nothing twice: each takes the rows that
the other has not locked, and marks and tells in one statement.
"""

from __future__ import annotations

from typing import LiteralString

from dukani.core.database import Connection

# A customer with a prompt on her phone is asked about again soon; one who has ordered since, or
# whose cart is empty, is never told of for this version.
_PAYS: LiteralString = """exists (
  select from payments p join orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
  where o.boutique_id = {cart}.boutique_id and o.customer_id = {customer}
    and p.provider <> 'manual' and p.status in ('requested', 'sending', 'pending'))"""
_ORDERED: LiteralString = """exists (
  select from orders o where o.boutique_id = {cart}.boutique_id and o.customer_id = {customer}
    and o.status <> 'cancelled' and o.created_at >= {cart}.{changed})"""

_TELL: LiteralString = """, told as (
  insert into domain_events
    (boutique_id, kind, customer_id, anonymous_id, subject_id, payload)
  select boutique_id, 'cart_abandoned', customer_id, anonymous_id, id,
    jsonb_build_object('pieces', pieces, 'of', kind, 'version', version)
  from due where pieces > 0 and not ordered and not pays and customer_id is not null
  returning 1
)
select (select count(*) from due)::int as looked_at, (select count(*) from told)::int as told
"""

CARTS: LiteralString = (
    "with due as materialized (select c.boutique_id, c.id, c.customer_id,"
    " null::uuid as anonymous_id, c.version, 'cart' as kind, "
    + _PAYS.format(cart="c", customer="c.customer_id")
    + " as pays, "
    + _ORDERED.format(cart="c", customer="c.customer_id", changed="updated_at")
    + """ as ordered,
    (select coalesce(sum(i.quantity), 0) from cart_items i
     where i.boutique_id = c.boutique_id and i.cart_id = c.id) as pieces
  from carts c
  where c.status = 'active' and c.told_version < c.version and c.left_at <= now()
  order by c.left_at limit %(limit)s
  for update of c skip locked
), marked as (
  update carts c set told_version = case when d.pays then c.told_version else d.version end,
    left_at = case when d.pays then now() + interval '5 minutes' else c.left_at end
  from due d where c.boutique_id = d.boutique_id and c.id = d.id
)"""
    + _TELL
)

# Only of visitors who have said who they are: the others' carts have no `left_at`.
WINDOW_CARTS: LiteralString = (
    "with due as materialized (select w.boutique_id, w.id, j.customer_id, w.anonymous_id,"
    " w.version, 'window_cart' as kind, "
    + _PAYS.format(cart="w", customer="j.customer_id")
    + " as pays, "
    + _ORDERED.format(cart="w", customer="j.customer_id", changed="changed_at")
    + """ as ordered,
    (select coalesce(sum((line ->> 1)::int), 0) from jsonb_array_elements(w.lines) line) as pieces
  from window_carts w
  left join visitor_customers j on j.boutique_id = w.boutique_id
    and j.anonymous_id = w.anonymous_id
  where w.ended_at is null and w.told_version < w.version and w.left_at <= now()
  order by w.left_at limit %(limit)s
  for update of w skip locked
), marked as (
  update window_carts w set
    told_version = case when d.pays or d.customer_id is null then w.told_version
      else d.version end,
    left_at = case when d.customer_id is null then null
      when d.pays then now() + interval '5 minutes' else w.left_at end
  from due d where w.boutique_id = d.boutique_id and w.id = d.id
)"""
    + _TELL
)


async def tell_left(conn: Connection, *, limit: int = 500) -> int:
    """Tells of the carts that are due; how many were looked at: with `limit`, there may be more."""
    return await _tell(conn, CARTS, limit)


async def tell_left_in_the_window(conn: Connection, *, limit: int = 500) -> int:
    """The same of the window's carts."""
    return await _tell(conn, WINDOW_CARTS, limit)


async def _tell(conn: Connection, statement: LiteralString, limit: int) -> int:
    row = await (await conn.execute(statement.encode(), {"limit": limit})).fetchone()
    return int(row["looked_at"]) if row else 0
