"""Carts: one open (active) cart a customer, kept for seven days after the last touch.

A cart whose order is placed is in `checkout`: what is bought meanwhile goes to a new one. Paid,
it is `converted`; its order cancelled, it is given back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class CartItem:
    """A piece in the cart at today's price."""

    cart_id: str
    product_id: str
    variant_id: str
    sku: str  # the product's
    name: str
    category: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: int

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_price_minor


_OPEN = """
insert into carts (boutique_id, customer_id) values (%(boutique_id)s, %(customer_id)s)
on conflict (boutique_id, customer_id) where status = 'active'
do update set expires_at = now() + interval '7 days' where carts.expires_at > now()
returning id::text
"""


async def open_cart(conn: Connection, *, boutique_id: str, customer_id: str) -> str:
    """The customer's open cart, its seven days begun anew; a new one where there is none.

    One whose days are over is closed first: its old pieces must not come back.
    """
    whose = {"boutique_id": boutique_id, "customer_id": customer_id}
    row = await (await conn.execute(_OPEN, whose)).fetchone()
    if row is None:
        await abandon_open(conn, customer_id=customer_id)
        row = await (await conn.execute(_OPEN, whose)).fetchone()
    assert row is not None  # nothing is in the way of a new one now
    return str(row["id"])


async def items(conn: Connection, *, customer_id: str) -> list[CartItem]:
    """What is in the customer's open cart and still for sale, in the order it was put in."""
    async with conn.cursor(row_factory=class_row(CartItem)) as cursor:
        await cursor.execute(
            """
            select c.id::text as cart_id, p.id::text as product_id, v.id::text as variant_id,
              p.sku, p.name, p.category, v.colour, v.size, i.quantity,
              coalesce(v.price_minor, p.price_minor) as unit_price_minor
            from carts c
            join cart_items i on i.boutique_id = c.boutique_id and i.cart_id = c.id
            join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
            join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
            where c.boutique_id = private.current_boutique() and c.customer_id = %(customer_id)s
              and c.status = 'active' and c.expires_at > now() and p.active
            order by i.id
            """,
            {"customer_id": customer_id},
        )
        return await cursor.fetchall()


async def put_item(
    conn: Connection,
    *,
    boutique_id: str,
    cart_id: str,
    variant_id: str,
    quantity: int,
    price_minor: int,
) -> None:
    """Put `quantity` of a variant in the cart, in place of what was there of it."""
    await conn.execute(
        """
        insert into cart_items (boutique_id, cart_id, variant_id, quantity, added_price_minor)
        values (%(boutique_id)s, %(cart_id)s, %(variant_id)s, %(quantity)s, %(price_minor)s)
        on conflict (boutique_id, cart_id, variant_id) do update set quantity = excluded.quantity
        """,
        {
            "boutique_id": boutique_id,
            "cart_id": cart_id,
            "variant_id": variant_id,
            "quantity": quantity,
            "price_minor": price_minor,
        },
    )


async def exchange_item(
    conn: Connection, *, cart_id: str, variant_id: str, other_id: str, price_minor: int
) -> None:
    """The other variant in the line's place; where it has a line already, this line goes."""
    await conn.execute(
        """
        with changed as (
          update cart_items i
          set variant_id = %(other_id)s, added_price_minor = %(price_minor)s
          where boutique_id = private.current_boutique()
            and cart_id = %(cart_id)s and variant_id = %(variant_id)s
            and not exists (
              select from cart_items o
              where o.boutique_id = i.boutique_id and o.cart_id = i.cart_id
                and o.variant_id = %(other_id)s)
          returning 1
        )
        delete from cart_items
        where boutique_id = private.current_boutique()
          and cart_id = %(cart_id)s and variant_id = %(variant_id)s
          and not exists (select from changed)
        """,
        {
            "cart_id": cart_id,
            "variant_id": variant_id,
            "other_id": other_id,
            "price_minor": price_minor,
        },
    )


async def take_item_out(conn: Connection, *, cart_id: str, variant_id: str) -> bool:
    cursor = await conn.execute(
        """
        delete from cart_items
        where boutique_id = private.current_boutique()
          and cart_id = %(cart_id)s and variant_id = %(variant_id)s
        """,
        {"cart_id": cart_id, "variant_id": variant_id},
    )
    return cursor.rowcount == 1


async def set_status(
    conn: Connection, *, cart_id: str, status: Literal["checkout", "converted"]
) -> None:
    await conn.execute(
        """
        update carts set status = %(status)s
        where boutique_id = private.current_boutique() and id = %(cart_id)s
        """,
        {"cart_id": cart_id, "status": status},
    )


async def abandon_open(conn: Connection, *, customer_id: str) -> bool:
    """Close the customer's open cart without an order; False when there was none."""
    cursor = await conn.execute(
        """
        update carts set status = 'abandoned'
        where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
          and status = 'active'
        """,
        {"customer_id": customer_id},
    )
    return cursor.rowcount == 1


async def reopen(conn: Connection, *, cart_id: str, customer_id: str) -> None:
    """Give a cart back after its order was cancelled, unless a newer one is open."""
    await conn.execute(
        """
        update carts set status = 'active', expires_at = now() + interval '7 days'
        where boutique_id = private.current_boutique() and id = %(cart_id)s
          and not exists (
            select from carts other where other.boutique_id = carts.boutique_id
              and other.customer_id = %(customer_id)s and other.id <> carts.id
              and other.status = 'active')
        """,
        {"cart_id": cart_id, "customer_id": customer_id},
    )


async def abandon_expired(conn: Connection) -> int:
    """Close carts of all boutiques whose seven days are over; how many (system connection)."""
    cursor = await conn.execute(
        """
        update carts set status = 'abandoned'
        where status = 'active' and expires_at <= now()
        """
    )
    return cursor.rowcount
