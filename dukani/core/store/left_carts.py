"""Carts that were filled and left: who left them, what is in them, and what reminders did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key


@dataclass(frozen=True, slots=True)
class LeftCart:
    """A cart without an order. `changed_at`: when a piece was last put in or taken out.

    `total_minor` at today's prices. `reminded_at`: of this state of the cart.
    """

    id: str
    version: int
    customer_id: str
    customer_name: str | None
    phone: str | None = field(repr=False)
    language: str | None
    pieces: int
    total_minor: int
    first_piece: str
    changed_at: datetime
    conversation_id: str | None
    reminded_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(self.changed_at, self.id)


# What a cart without an order is: filled, of somebody who has ordered nothing since.
_LEFT: LiteralString = """
from carts c
join customers m on m.boutique_id = c.boutique_id and m.id = c.customer_id
left join conversations v on v.boutique_id = c.boutique_id and v.customer_id = c.customer_id
left join cart_reminders r on r.boutique_id = c.boutique_id and r.cart_id = c.id
  and r.cart_version = c.version
cross join lateral (
  select coalesce(sum(i.quantity), 0)::int as pieces,
    coalesce(sum(i.quantity * coalesce(x.price_minor, p.price_minor)), 0)::bigint as total_minor,
    (array_agg(p.name order by i.position, i.id))[1] as first_piece
  from cart_items i
  join product_variants x on x.boutique_id = i.boutique_id and x.id = i.variant_id
  join products p on p.boutique_id = x.boutique_id and p.id = x.product_id and p.active
  where i.boutique_id = c.boutique_id and i.cart_id = c.id
) its
where c.boutique_id = private.current_boutique() and c.status in ('active', 'abandoned')
  and its.pieces > 0
  and not exists (select from orders o where o.boutique_id = c.boutique_id
    and o.customer_id = c.customer_id and o.created_at >= c.updated_at)
  -- Of several left one after another the newest counts.
  and not exists (select from carts later where later.boutique_id = c.boutique_id
    and later.customer_id = c.customer_id and later.created_at > c.created_at)
"""
_COLUMNS: LiteralString = """select c.id::text, c.version, c.customer_id::text,
  m.name as customer_name, coalesce(m.phone, m.wa_user_id) as phone, m.language, its.pieces,
  its.total_minor, its.first_piece, c.updated_at as changed_at, v.id::text as conversation_id,
  r.created_at as reminded_at"""
LONGEST = timedelta(days=60)  # an older one is no matter of today


async def page(
    conn: Connection, *, idle: timedelta, after: Key | None, limit: int
) -> list[LeftCart]:
    """Those unchanged for `idle` and at most LONGEST, the ones left last first."""
    where: LiteralString = (
        "and (c.updated_at, c.id) < (%(at)s, %(id)s::uuid)" if after is not None else ""
    )
    async with conn.cursor(row_factory=class_row(LeftCart)) as cursor:
        await cursor.execute(
            f"""{_COLUMNS} {_LEFT}
              and c.updated_at <= now() - %(idle)s::interval
              and c.updated_at > now() - %(longest)s::interval {where}
              order by c.updated_at desc, c.id desc limit %(limit)s""".encode(),
            {
                "idle": idle,
                "longest": LONGEST,
                "at": after.value if after else None,
                "id": after.id if after else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


async def lock(conn: Connection, *, cart_id: str) -> None:
    """Nobody else reminds of the cart until the transaction ends."""
    await conn.execute(
        """select from carts
           where boutique_id = private.current_boutique() and id = %(cart_id)s for update""",
        {"cart_id": cart_id},
    )


async def get(conn: Connection, *, cart_id: str) -> LeftCart | None:
    """The cart, if it is filled and nothing was ordered since."""
    async with conn.cursor(row_factory=class_row(LeftCart)) as cursor:
        await cursor.execute(
            f"{_COLUMNS} {_LEFT} and c.id = %(cart_id)s".encode(), {"cart_id": cart_id}
        )
        return await cursor.fetchone()


async def note_reminder(
    conn: Connection, *, cart: LeftCart, message_id: str, sent_by: str | None
) -> None:
    """Note that the cart's customer was reminded of it as it is."""
    await conn.execute(
        """insert into cart_reminders (boutique_id, cart_id, cart_version, message_id, sent_by)
           values (private.current_boutique(), %(cart_id)s, %(version)s, %(message_id)s,
             %(sent_by)s)""",
        {
            "cart_id": cart.id,
            "version": cart.version,
            "message_id": message_id,
            "sent_by": sent_by,
        },
    )


@dataclass(frozen=True, slots=True)
class CartFigures:
    """Of carts that were begun in the span. `recovered`: ordered after a reminder."""

    begun: int
    ordered: int
    paid: int
    paid_minor: int
    open: int
    left: int
    reminded: int
    recovered: int
    recovered_minor: int


async def figures(conn: Connection, *, span: timedelta, idle: timedelta) -> CartFigures:
    """`left`: unchanged for `idle` and not ordered."""
    async with conn.cursor(row_factory=class_row(CartFigures)) as cursor:
        await cursor.execute(
            """
            with begun as (
              select c.id, c.status, c.updated_at from carts c
              where c.boutique_id = private.current_boutique()
                and c.created_at > now() - %(span)s::interval
                and exists (select from cart_items i
                  where i.boutique_id = c.boutique_id and i.cart_id = c.id)
            ), placed as (
              select begun.id, o.payment_status = 'paid' as is_paid,
                o.total_minor - o.refunded_minor as got_minor,
                (select min(r.created_at) from cart_reminders r
                  where r.boutique_id = o.boutique_id and r.cart_id = begun.id) < o.created_at
                  as was_reminded
              from begun join orders o on o.boutique_id = private.current_boutique()
                and o.cart_id = begun.id and o.status <> 'cancelled'
            )
            select (select count(*) from begun)::int as begun,
              (select count(*) from placed)::int as ordered,
              (select count(*) from placed where is_paid)::int as paid,
              (select coalesce(sum(got_minor), 0) from placed where is_paid)::bigint as paid_minor,
              (select count(*) from begun where status = 'active'
                and updated_at > now() - %(idle)s::interval)::int as open,
              (select count(*) from begun where (status = 'abandoned' or status = 'active'
                and updated_at <= now() - %(idle)s::interval)
                and id not in (select id from placed))::int as left,
              (select count(distinct r.cart_id) from cart_reminders r
                join begun on begun.id = r.cart_id
                where r.boutique_id = private.current_boutique())::int as reminded,
              (select count(*) from placed where was_reminded and is_paid)::int as recovered,
              (select coalesce(sum(got_minor), 0) from placed
                where was_reminded and is_paid)::bigint as recovered_minor
            """,
            {"span": span, "idle": idle},
        )
        found = await cursor.fetchone()
    assert found is not None  # aggregates have a row
    return found
