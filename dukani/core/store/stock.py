"""Stock: reservations by orders, and the ledger that changes the quantity on hand."""

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
    reserved: int

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


async def lock_levels(conn: Connection, *, variant_ids: Sequence[str]) -> dict[str, Level]:
    """Levels of these variants, locked in the order of ids until the transaction ends.

    The sum is a second statement on purpose: after waiting for the lock it must see the
    reservations of the transaction that held the lock before.
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
            ), 0)::int as reserved
            from product_variants v
            where v.boutique_id = private.current_boutique() and v.id = any(%(ids)s::uuid[])
            """,
            {"ids": list(variant_ids)},
        )
        return {level.variant_id: level for level in await cursor.fetchall()}


async def reserve(
    conn: Connection,
    *,
    boutique_id: str,
    order_id: str,
    variant_id: str,
    quantity: int,
    lasts: timedelta,
) -> None:
    """Reserve units for an order; only after `lock_levels` showed that enough are available."""
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


async def reserved_by_order(conn: Connection, *, order_id: str) -> dict[str, int]:
    """The units reserved for this order: variant id → units."""
    cursor = await conn.execute(
        """
        select variant_id::text, quantity from stock_reservations
        where boutique_id = private.current_boutique()
          and order_id = %(order_id)s and status = 'held'
        """,
        {"order_id": order_id},
    )
    return {row["variant_id"]: row["quantity"] for row in await cursor.fetchall()}


async def reserved_for_customer(
    conn: Connection, *, customer_id: str, besides_order: str | None = None
) -> int:
    """The units reserved for this customer's orders, except those for `besides_order`."""
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


async def out_for_order(conn: Connection, *, order_id: str) -> dict[str, int]:
    """What the ledger took from the shelf for an order and nobody put back: variant id → units.

    Only of pieces that the shop still has.
    """
    cursor = await conn.execute(
        """
        select m.variant_id::text, -sum(m.delta)::int as units from stock_movements m
        where m.boutique_id = private.current_boutique() and m.order_id = %(order_id)s
        group by m.variant_id having sum(m.delta) < 0
        """,
        {"order_id": order_id},
    )
    return {row["variant_id"]: row["units"] for row in await cursor.fetchall()}


async def settle(conn: Connection, *, order_id: str, outcome: Literal["sold", "released"]) -> int:
    """End this order's reservations as `sold` or `released`; their number."""
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
    """The time until this order's reservation expires; zero or less when it has expired."""
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
    """Release this order's expired reservations; their number."""
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
    reason: Literal["opening", "restock", "sale", "return", "adjustment", "damaged"],
    order_id: str | None = None,
    owner_message_id: str | None = None,
    refund_id: str | None = None,
) -> bool:
    """Write a ledger entry, which changes the quantity on hand; false for one written before.

    An order's sale, what the owner moves with one message, and what a refund puts back are
    written once.
    """
    cursor = await conn.execute(
        """
        insert into stock_movements
          (boutique_id, variant_id, delta, reason, order_id, owner_message_id, refund_id)
        values (%(boutique_id)s, %(variant_id)s, %(delta)s, %(reason)s, %(order_id)s,
          %(owner_message_id)s, %(refund_id)s)
        on conflict do nothing
        """,
        {
            "boutique_id": boutique_id,
            "variant_id": variant_id,
            "delta": delta,
            "reason": reason,
            "order_id": order_id,
            "owner_message_id": owner_message_id,
            "refund_id": refund_id,
        },
    )
    return cursor.rowcount == 1
