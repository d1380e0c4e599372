"""Stock: what orders hold and the ledger that moves what is on hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Level:
    variant_id: str
    on_hand: int
    held: int

    @property
    def available(self) -> int:
        return self.on_hand - self.held


async def lock_levels(conn: Connection, *, variant_ids: Sequence[str]) -> dict[str, Level]:
    """Levels of these variants, locked until the transaction ends, always in the same order.

    The sum is a second statement on purpose: after waiting for the lock it must see what the
    transaction before it held.
    """
    await conn.execute(
        """
        select from product_variants
        where boutique_id = private.current_boutique() and id = any(%(ids)s::uuid[])
        order by id for no key update
        """,
        {"ids": list(variant_ids)},
    )
    async with conn.cursor(row_factory=class_row(Level)) as cursor:
        await cursor.execute(
            """
            select v.id::text as variant_id, v.quantity as on_hand, coalesce((
              select sum(r.quantity) from stock_reservations r
              where r.boutique_id = v.boutique_id and r.variant_id = v.id and r.status = 'held'
            ), 0)::int as held
            from product_variants v
            where v.boutique_id = private.current_boutique() and v.id = any(%(ids)s::uuid[])
            """,
            {"ids": list(variant_ids)},
        )
        return {level.variant_id: level for level in await cursor.fetchall()}


async def hold(
    conn: Connection,
    *,
    boutique_id: str,
    order_id: str,
    variant_id: str,
    quantity: int,
    lasts: timedelta,
) -> None:
    """Reserve; only after `lock_levels` showed there is enough."""
    await conn.execute(
        """
        insert into stock_reservations (boutique_id, order_id, variant_id, quantity, expires_at)
        values (%(boutique_id)s, %(order_id)s, %(variant_id)s, %(quantity)s, now() + %(lasts)s)
        """,
        {
            "boutique_id": boutique_id,
            "order_id": order_id,
            "variant_id": variant_id,
            "quantity": quantity,
            "lasts": lasts,
        },
    )


async def held_by(conn: Connection, *, order_id: str) -> dict[str, int]:
    """What this order holds now: variant id → units."""
    cursor = await conn.execute(
        """
        select variant_id::text, quantity from stock_reservations
        where boutique_id = private.current_boutique()
          and order_id = %(order_id)s and status = 'held'
        """,
        {"order_id": order_id},
    )
    return {row["variant_id"]: row["quantity"] for row in await cursor.fetchall()}


async def held_for_customer(
    conn: Connection, *, customer_id: str, besides_order: str | None = None
) -> int:
    """Units that this customer's orders hold now, but for one of them."""
    cursor = await conn.execute(
        """
        select coalesce(sum(r.quantity), 0)::int as held
        from orders o join stock_reservations r
          on r.boutique_id = o.boutique_id and r.order_id = o.id
        where o.boutique_id = private.current_boutique() and o.customer_id = %(customer_id)s
          and o.id is distinct from %(besides)s::uuid
          and r.status = 'held' and r.expires_at > now()
        """,
        {"customer_id": customer_id, "besides": besides_order},
    )
    row = await cursor.fetchone()
    return int(row["held"]) if row else 0


async def settle(conn: Connection, *, order_id: str, outcome: Literal["sold", "released"]) -> int:
    """End what this order holds as `sold` or `released`; how many reservations."""
    cursor = await conn.execute(
        """
        update stock_reservations set status = %(outcome)s
        where boutique_id = private.current_boutique()
          and order_id = %(order_id)s and status = 'held'
        """,
        {"order_id": order_id, "outcome": outcome},
    )
    return cursor.rowcount


async def time_left(conn: Connection, *, order_id: str) -> timedelta:
    """How long this order still holds its pieces; zero or less when it is over."""
    cursor = await conn.execute(
        """
        select coalesce(max(expires_at) - now(), interval '0') as time_left
        from stock_reservations
        where boutique_id = private.current_boutique()
          and order_id = %(order_id)s and status = 'held'
        """,
        {"order_id": order_id},
    )
    row = await cursor.fetchone()
    return row["time_left"] if row else timedelta(0)


async def release_expired(conn: Connection, *, order_id: str) -> int:
    """Give back what this order holds beyond its time; how many reservations."""
    cursor = await conn.execute(
        """
        update stock_reservations set status = 'released'
        where boutique_id = private.current_boutique()
          and order_id = %(order_id)s and status = 'held' and expires_at <= now()
        """,
        {"order_id": order_id},
    )
    return cursor.rowcount


async def extend(conn: Connection, *, order_id: str, lasts: timedelta) -> None:
    await conn.execute(
        """
        update stock_reservations set expires_at = greatest(expires_at, now() + %(lasts)s)
        where boutique_id = private.current_boutique()
          and order_id = %(order_id)s and status = 'held'
        """,
        {"order_id": order_id, "lasts": lasts},
    )


async def move(
    conn: Connection,
    *,
    boutique_id: str,
    variant_id: str,
    delta: int,
    reason: Literal["opening", "restock", "sale", "return", "adjustment"],
    order_id: str | None = None,
) -> bool:
    """Write the ledger, which moves what is on hand. False when this sale was written before."""
    cursor = await conn.execute(
        """
        insert into stock_movements (boutique_id, variant_id, delta, reason, order_id)
        values (%(boutique_id)s, %(variant_id)s, %(delta)s, %(reason)s, %(order_id)s)
        on conflict (boutique_id, order_id, variant_id) where reason = 'sale' do nothing
        """,
        {
            "boutique_id": boutique_id,
            "variant_id": variant_id,
            "delta": delta,
            "reason": reason,
            "order_id": order_id,
        },
    )
    return cursor.rowcount == 1
