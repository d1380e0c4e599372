"""What an owner sees first: the sales of the day, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

# SQL, for orders as `o`, as `domain/order_states.py` says it. An order that went in part is both
# to be sent and on the way. One that was paid and could not be filled, or was paid twice, is
# looked at by a person too.
TO_SEND: LiteralString = """(o.payment_status = 'paid'
  and o.fulfilment_status in ('unfulfilled', 'partly_dispatched') and o.status = 'confirmed'
  and o.refund_status <> 'all')"""
ON_THE_WAY: LiteralString = """(o.fulfilment_status in ('partly_dispatched', 'dispatched')
  and o.refund_status <> 'all')"""
DONE: LiteralString = """(o.fulfilment_status in ('delivered', 'returned')
  and o.refund_status <> 'all')"""
TO_REVIEW: LiteralString = """(o.payment_status = 'needs_review' or (o.payment_status = 'paid'
  and o.review_reason in ('oversold', 'second_receipt', 'wrong_amount')))"""
WAITS_FOR_A_PERSON: LiteralString = """v.handed_off_at is not null
  and (v.last_staff_at is null or v.last_inbound_at > v.last_staff_at)"""
LOW: LiteralString = "v.low"  # few are left, by the piece's number or the boutique's


@dataclass(frozen=True, slots=True)
class Today:
    """Sales since `begins_at`, the boutique's midnight; the rest as of now."""

    begins_at: datetime
    currency: str
    paid_orders: int
    paid_orders_minor: int
    counter_sales: int
    counter_sales_minor: int
    refunded_minor: int  # money given back, of orders of whichever day
    to_send: int
    to_review: int
    chats_waiting: int
    low_stock: int  # pieces on sale of which some variant is low, as the list shows them
    open_requests: int


_TODAY: LiteralString = f"""
with day as (
  select date_trunc('day', now() at time zone b.timezone) at time zone b.timezone as begins_at,
    b.currency
  from boutiques b where b.id = private.current_boutique()
), paid as (
  select count(*)::int as orders, coalesce(sum(o.total_minor), 0)::bigint as minor
  from orders o
  where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and o.paid_at >= (select begins_at from day)
), counter as (
  select count(*)::int as sales, coalesce(sum(s.total_minor), 0)::bigint as minor
  from counter_sales s
  where s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.created_at >= (select begins_at from day)
), back as (
  select coalesce(sum(r.amount_minor), 0)::bigint as minor
  from refunds r
  where r.boutique_id = private.current_boutique()
    and r.created_at >= (select begins_at from day)
)
select day.begins_at, day.currency, paid.orders as paid_orders, paid.minor as paid_orders_minor,
  counter.sales as counter_sales, counter.minor as counter_sales_minor,
  back.minor as refunded_minor,
  (select count(*)::int from orders o
   where o.boutique_id = private.current_boutique() and {TO_SEND}) as to_send,
  (select count(*)::int from orders o
   where o.boutique_id = private.current_boutique() and {TO_REVIEW}) as to_review,
  (select count(*)::int from conversations v
   where v.boutique_id = private.current_boutique() and {WAITS_FOR_A_PERSON}) as chats_waiting,
  (select count(distinct p.id)::int from product_variants v
   join products p on p.boutique_id = v.boutique_id and p.id = v.product_id and p.active
   where v.boutique_id = private.current_boutique() and {LOW}) as low_stock,
  (select count(*)::int from requests r
   where r.boutique_id = private.current_boutique() and r.status = 'open') as open_requests
from day, paid, counter, back
"""


async def today(conn: Connection) -> Today:
    async with conn.cursor(row_factory=class_row(Today)) as cursor:
        await cursor.execute(_TODAY.encode())
        found = await cursor.fetchone()
    assert found is not None, "the boutique of a member's connection exists"
    return found
