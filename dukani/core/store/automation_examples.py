"""What a message would be about if it went now: for looking at one before it is sent."""

from __future__ import annotations

from typing import Literal

from psycopg.rows import dict_row

from dukani.core.database import Connection

MOST_LOOKS = 1_000  # of the boutique, the newest, among which hers are looked for

Kind = Literal["cart", "order", "product"]


async def cart_of(conn: Connection, *, customer_id: str) -> str | None:
    """The customer's newest cart with a piece in it that is not paid."""
    return await _id(
        conn,
        """select c.id::text as id from carts c
           where c.boutique_id = private.current_boutique() and c.customer_id = %(of)s
             and c.status <> 'converted' and exists (select from cart_items i
               where i.boutique_id = c.boutique_id and i.cart_id = c.id)
           order by c.updated_at desc limit 1""",
        customer_id,
    )


async def order_of(conn: Connection, *, customer_id: str) -> str | None:
    return await _id(
        conn,
        """select id::text as id from orders
           where boutique_id = private.current_boutique() and customer_id = %(of)s
           order by created_at desc limit 1""",
        customer_id,
    )


async def looked_at_by(conn: Connection, *, customer_id: str) -> str | None:
    """The piece on sale that the customer looked at last."""
    return await _id(
        conn,
        f"""select e.subject_id::text as id from (
             select customer_id, subject_id, occurred_at from domain_events
             where boutique_id = private.current_boutique() and kind = 'view_product'
             order by occurred_at desc limit {MOST_LOOKS}
           ) e
           join products p on p.boutique_id = private.current_boutique() and p.id = e.subject_id
             and p.active
           where e.customer_id = %(of)s order by e.occurred_at desc limit 1""",
        customer_id,
    )


async def newest_piece(conn: Connection) -> str | None:
    """The newest piece with stock; one with a picture before those without."""
    return await _id(
        conn,
        """select p.id::text as id from products p
           where p.boutique_id = private.current_boutique() and p.active
             and exists (select from product_variants v where v.boutique_id = p.boutique_id
               and v.product_id = p.id and not v.retired and v.available > 0)
           order by exists (select from product_images m where m.boutique_id = p.boutique_id
             and m.product_id = p.id) desc, p.created_at desc, p.id limit 1""",
        None,
    )


async def _id(conn: Connection, statement: str, of: str | None) -> str | None:
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(statement.encode(), {"of": of})
        row = await cursor.fetchone()
        return str(row["id"]) if row else None
