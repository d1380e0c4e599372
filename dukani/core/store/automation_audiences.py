"""Whom news of a piece concern: who waits for it, and who looked at it or has it in a cart."""

from __future__ import annotations

from datetime import timedelta

from dukani.core.database import Connection

INTEREST_LASTS = timedelta(days=30)


async def interested(conn: Connection, *, product_id: str, limit: int) -> list[str]:
    """Customers who in the last 30 days looked at it, put it into a cart, or wait for it.

    Also what a visitor did before she said who she is. Who has bought it is left out.
    """
    cursor = await conn.execute(
        """
        with those as (
          select coalesce(e.customer_id, v.customer_id) as customer_id, max(e.occurred_at) as at
          from domain_events e
          left join visitor_customers v on v.boutique_id = e.boutique_id
            and v.anonymous_id = e.anonymous_id
          where e.boutique_id = private.current_boutique() and e.subject_id = %(product_id)s
            and e.kind in ('view_product', 'add_to_cart')
            and e.occurred_at > now() - %(lasts)s::interval
          group by 1
          union all
          select c.customer_id, max(c.updated_at)
          from product_variants x
          join cart_items i on i.boutique_id = x.boutique_id and i.variant_id = x.id
          join carts c on c.boutique_id = i.boutique_id and c.id = i.cart_id
            and c.status in ('active', 'abandoned') and c.updated_at > now() - %(lasts)s::interval
          where x.boutique_id = private.current_boutique() and x.product_id = %(product_id)s
          group by 1
          union all
          select w.customer_id, w.created_at from stock_waits w
          where w.boutique_id = private.current_boutique() and w.product_id = %(product_id)s
            and w.ended_at is null
        )
        select t.customer_id::text as customer_id from those t
        where t.customer_id is not null and not exists (
          select from orders o
          join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
          join product_variants x on x.boutique_id = i.boutique_id and x.id = i.variant_id
          where o.boutique_id = private.current_boutique() and o.customer_id = t.customer_id
            and o.payment_status = 'paid' and x.product_id = %(product_id)s)
        group by 1 order by max(t.at) desc, 1 limit %(limit)s
        """,
        {"product_id": product_id, "lasts": INTEREST_LASTS, "limit": limit},
    )
    return [row["customer_id"] for row in await cursor.fetchall()]


async def waiting(
    conn: Connection, *, product_id: str, variant_id: str | None, limit: int
) -> list[str]:
    """Customers who wait for this variant, or for any of the piece; who asked first comes first."""
    cursor = await conn.execute(
        """select w.customer_id::text as customer_id from stock_waits w
           where w.boutique_id = private.current_boutique() and w.product_id = %(product_id)s
             and w.ended_at is null
             and (w.variant_id is null or w.variant_id = %(variant_id)s::uuid
               or %(variant_id)s::uuid is null)
           group by 1 order by min(w.created_at), 1 limit %(limit)s""",
        {"product_id": product_id, "variant_id": variant_id, "limit": limit},
    )
    return [row["customer_id"] for row in await cursor.fetchall()]


async def end_wait(conn: Connection, *, customer_id: str, product_id: str) -> None:
    """She was told that it is there again."""
    await conn.execute(
        """update stock_waits set told_at = now(), ended_at = now()
           where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
             and product_id = %(product_id)s and ended_at is null""",
        {"customer_id": customer_id, "product_id": product_id},
    )
