"""What the owner asks about her shop: its sales of a time, and what waits for her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.today import TO_SEND

__all__ = ["TO_SEND"]


@dataclass(frozen=True, slots=True)
class SalesReport:
    """Orders placed in a time, by how they stand now, and the money of orders paid in it.

    Orders that a changed order replaced are not counted.
    """

    begins_at: datetime
    orders: int
    paid: int
    unpaid: int
    in_review: int
    cancelled: int
    paid_orders: int  # paid in this time, whenever placed
    paid_minor: int
    over_the_counter: int  # pieces


# The bounds are whole days, weeks (from Monday) or months of the boutique's own time zone.
_SALES = """
with bounds as (
  select (date_trunc(%(unit)s, now() at time zone b.timezone) - %(back)s * interval '1 day')
      at time zone b.timezone as begins_at,
    case when %(back)s > 0
      then date_trunc(%(unit)s, now() at time zone b.timezone) at time zone b.timezone
      else 'infinity'::timestamptz end as ends_at
  from boutiques b where b.id = private.current_boutique()
), placed as (
  select o.* from orders o, bounds t
  where o.boutique_id = private.current_boutique()
    and o.created_at >= t.begins_at and o.created_at < t.ends_at
    and not exists (select from orders n
      where n.boutique_id = o.boutique_id and n.replaces_id = o.id)
), paid as (
  select o.total_minor from orders o, bounds t
  where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and coalesce(o.paid_at, o.created_at) >= t.begins_at
    and coalesce(o.paid_at, o.created_at) < t.ends_at
), counter as (
  select coalesce(sum(i.quantity), 0)::int as pieces
  from bounds t
  join counter_sales s on s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.created_at >= t.begins_at and s.created_at < t.ends_at
  join counter_sale_items i on i.boutique_id = s.boutique_id and i.sale_id = s.id
)
select t.begins_at,
  (select count(*) from placed)::int as orders,
  (select count(*) from placed where payment_status = 'paid')::int as paid,
  (select count(*) from placed where payment_status in ('unpaid', 'pending', 'failed')
     and status <> 'cancelled')::int as unpaid,
  (select count(*) from placed where payment_status = 'needs_review')::int as in_review,
  (select count(*) from placed where status = 'cancelled'
     and payment_status not in ('paid', 'needs_review'))::int as cancelled,
  (select count(*) from paid)::int as paid_orders,
  coalesce((select sum(total_minor) from paid), 0)::bigint as paid_minor,
  (select pieces from counter) as over_the_counter
from bounds t
"""


async def sales(conn: Connection, *, unit: str, days_back: int = 0) -> SalesReport:
    """The sales of the current `unit` (day, week, month); with `days_back`, of the days before."""
    async with conn.cursor(row_factory=class_row(SalesReport)) as cursor:
        await cursor.execute(_SALES, {"unit": unit, "back": days_back})
        report = await cursor.fetchone()
    assert report is not None, "the boutique of a tenant's connection exists"
    return report


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """An order that waits for the owner, its customer's name, and how many wait beside it."""

    number: str
    total_minor: int
    customer_name: str | None
    pieces: int
    created_at: datetime
    total: int  # all orders that wait for the same


TO_BE_PAID: LiteralString = (
    "o.status = 'open' and o.payment_status in ('unpaid', 'pending', 'failed')"
)
TO_REVIEW: LiteralString = "o.payment_status = 'needs_review'"


async def waiting_orders(
    conn: Connection, *, which: LiteralString, limit: int
) -> list[WaitingOrder]:
    """The oldest orders that wait: `TO_SEND`, `TO_BE_PAID` or `TO_REVIEW`."""
    async with conn.cursor(row_factory=class_row(WaitingOrder)) as cursor:
        await cursor.execute(
            f"""select o.number, o.total_minor, c.name as customer_name, o.created_at,
                  (select coalesce(sum(i.quantity), 0)::int from order_items i
                   where i.boutique_id = o.boutique_id and i.order_id = o.id) as pieces,
                  (count(*) over ())::int as total
                from orders o
                join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
                where o.boutique_id = private.current_boutique() and {which}
                order by o.created_at, o.number limit %(limit)s""".encode(),
            {"limit": limit},
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """A customer's open request, and how many there are."""

    kind: str
    customer_name: str | None
    order_number: str | None
    total: int


async def open_requests(conn: Connection, *, limit: int) -> list[WaitingRequest]:
    """The oldest open requests of customers."""
    async with conn.cursor(row_factory=class_row(WaitingRequest)) as cursor:
        await cursor.execute(
            """select r.kind, c.name as customer_name, o.number as order_number,
                 (count(*) over ())::int as total
               from requests r
               join customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
               left join orders o on o.boutique_id = r.boutique_id and o.id = r.order_id
               where r.boutique_id = private.current_boutique() and r.status = 'open'
               order by r.created_at, r.id limit %(limit)s""",
            {"limit": limit},
        )
        return await cursor.fetchall()
