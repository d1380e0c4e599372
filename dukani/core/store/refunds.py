"""Money that went back to customers, and the pieces it was for: append-only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row, dict_row

from dukani.core.database import Connection

RefundReason = Literal[
    "too_small", "too_large", "not_as_shown", "faulty", "late", "never_arrived", "changed_mind",
    "out_of_stock", "paid_twice", "goodwill", "other",
]  # fmt: skip
RefundMethod = Literal["mpesa", "cash", "bank"]


@dataclass(frozen=True, slots=True, order=True)
class RefundedItem:
    """Pieces of one of the order's items; `restocked` and `unsent` are of those `quantity`."""

    item_id: int
    quantity: int
    restocked: int = 0  # put back on the shelf
    unsent: int = 0  # had not gone out


@dataclass(frozen=True, slots=True)
class Refund:
    id: str
    order_id: str
    number: int  # the order's first, second, …
    amount_minor: int
    currency: str
    reason: RefundReason
    words: str  # the shop's own
    method: RefundMethod
    reference: str | None  # where the money is written
    refunded_by: str
    created_at: datetime
    items: tuple[RefundedItem, ...]


@dataclass(frozen=True, slots=True)
class FittedBack:
    """A piece that came back for its size."""

    category: str
    size: str
    fit: Literal["too_small", "too_large"]
    at: datetime


_REFUND = """
select r.id::text, r.order_id::text, r.number, r.amount_minor, r.currency, r.reason, r.words,
  r.method, r.reference, r.refunded_by, r.created_at,
  coalesce((select jsonb_agg(jsonb_build_object('item_id', n.order_item_id,
      'quantity', n.quantity, 'restocked', n.restocked, 'unsent', n.unsent)
      order by n.order_item_id)
    from refund_items n where n.boutique_id = r.boutique_id and n.refund_id = r.id), '[]') as items
from refunds r where r.boutique_id = private.current_boutique()
"""


async def of_order(conn: Connection, *, order_id: str) -> list[Refund]:
    """The refunds of an order, the first one first."""
    return await _several(conn, "and r.order_id = %(id)s order by r.number", order_id)


async def get(conn: Connection, *, refund_id: str) -> Refund | None:
    found = await _several(conn, "and r.id = %(id)s", refund_id)
    return found[0] if found else None


async def of_reference(conn: Connection, *, method: RefundMethod, reference: str) -> str | None:
    """The id of the order for which that money was given back; None: there is no such refund."""
    cursor = await conn.execute(
        """select order_id::text from refunds
           where boutique_id = private.current_boutique() and method = %(method)s
             and reference = %(reference)s""",
        {"method": method, "reference": reference},
    )
    row = await cursor.fetchone()
    return row["order_id"] if row else None


async def received(conn: Connection, *, order_id: str) -> int:
    """What came in for an order, in minor units: no more than that may go back."""
    cursor = await conn.execute(
        "select private.received_for_order(private.current_boutique(), %(id)s) as received",
        {"id": order_id},
    )
    row = await cursor.fetchone()
    return int(row["received"] or 0) if row else 0


async def add(
    conn: Connection,
    *,
    order_id: str,
    number: int,
    amount_minor: int,
    currency: str,
    reason: RefundReason,
    words: str,
    method: RefundMethod,
    reference: str | None,
    items: Sequence[RefundedItem],
) -> str:
    """Write down a refund; its id. The order is locked, and `number` is its next."""
    cursor = await conn.execute(
        """
        insert into refunds (boutique_id, order_id, number, amount_minor, currency, reason, words,
          method, reference, refunded_by)
        values (private.current_boutique(), %(order_id)s, %(number)s, %(amount_minor)s,
          %(currency)s, %(reason)s, %(words)s, %(method)s, %(reference)s, private.current_actor())
        returning id::text
        """,
        {
            "order_id": order_id,
            "number": number,
            "amount_minor": amount_minor,
            "currency": currency,
            "reason": reason,
            "words": words,
            "method": method,
            "reference": reference,
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    await conn.execute(
        """
        insert into refund_items (boutique_id, refund_id, order_item_id, quantity, restocked,
          unsent)
        select private.current_boutique(), %(refund_id)s, n.*
        from unnest(%(ids)s::bigint[], %(quantities)s::int[], %(restocked)s::int[],
          %(unsent)s::int[]) as n
        """,
        {
            "refund_id": row["id"],
            "ids": [item.item_id for item in items],
            "quantities": [item.quantity for item in items],
            "restocked": [item.restocked for item in items],
            "unsent": [item.unsent for item in items],
        },
    )
    return str(row["id"])


async def fitted_back(
    conn: Connection, *, customer_id: str, wearer_id: str | None = None, limit: int = 20
) -> list[FittedBack]:
    """Pieces for one wearer that came back as too small or too large, newest first."""
    async with conn.cursor(row_factory=class_row(FittedBack)) as cursor:
        await cursor.execute(
            """
            select i.category, i.size, r.reason as fit, r.created_at as at
            from orders o
            join refunds r on r.boutique_id = o.boutique_id and r.order_id = o.id
              and r.reason in ('too_small', 'too_large')
            join refund_items n on n.boutique_id = r.boutique_id and n.refund_id = r.id
              and n.quantity > n.unsent
            join order_items i on i.boutique_id = n.boutique_id and i.id = n.order_item_id
            where o.boutique_id = private.current_boutique() and o.customer_id = %(customer_id)s
              and not i.for_several and i.wearer_id is not distinct from %(wearer_id)s::uuid
            order by r.created_at desc, i.id limit %(limit)s
            """,
            {"customer_id": customer_id, "wearer_id": wearer_id, "limit": limit},
        )
        return await cursor.fetchall()


async def _several(conn: Connection, where: str, value: str) -> list[Refund]:
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute((_REFUND + where).encode(), {"id": value})
        return [
            Refund(**{**row, "items": tuple(RefundedItem(**item) for item in row["items"])})
            for row in await cursor.fetchall()
        ]
