"""What was sent of an order, and when: append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import dict_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One sending. `items` are the pieces in it: id of the order's item → pieces."""

    id: str
    order_id: str
    number: int  # the order's first, second, …
    completes: bool  # nothing was left to send after it
    sent_by: str  # `owner:<user id>`, `staff:<user id>`, assistant
    created_at: datetime
    items: Mapping[int, int]


_DISPATCH = """
select d.id::text, d.order_id::text, d.number, d.completes, d.sent_by, d.created_at,
  (select jsonb_object_agg(n.order_item_id, n.quantity) from dispatch_items n
   where n.boutique_id = d.boutique_id and n.dispatch_id = d.id) as items
from dispatches d where d.boutique_id = private.current_boutique()
"""


async def of_order(conn: Connection, *, order_id: str) -> list[Dispatch]:
    """The sendings of an order, the first one first."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            _DISPATCH + "and d.order_id = %(order_id)s order by d.number", {"order_id": order_id}
        )
        return [_dispatch(row) for row in await cursor.fetchall()]


async def get(conn: Connection, *, dispatch_id: str) -> Dispatch | None:
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_DISPATCH + "and d.id = %(id)s", {"id": dispatch_id})
        row = await cursor.fetchone()
    return _dispatch(row) if row else None


def _dispatch(row: Mapping[str, object]) -> Dispatch:
    items = row["items"]
    assert isinstance(items, dict)  # a sending without pieces is not written
    pieces = {int(item): int(quantity) for item, quantity in items.items()}
    return Dispatch(**{**row, "items": pieces})  # type: ignore[arg-type]


async def add(
    conn: Connection,
    *,
    order_id: str,
    number: int,
    completes: bool,
    items: Mapping[int, int],
) -> str:
    """Write down a sending; its id. The order is locked, and `number` is its next."""
    cursor = await conn.execute(
        """
        insert into dispatches (boutique_id, order_id, number, completes, sent_by)
        values (private.current_boutique(), %(order_id)s, %(number)s, %(completes)s,
          private.current_actor())
        returning id::text
        """,
        {"order_id": order_id, "number": number, "completes": completes},
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    await conn.execute(
        """
        insert into dispatch_items (boutique_id, dispatch_id, order_item_id, quantity)
        select private.current_boutique(), %(dispatch_id)s, n.item, n.quantity
        from unnest(%(items)s::bigint[], %(quantities)s::int[]) as n (item, quantity)
        """,
        {
            "dispatch_id": row["id"],
            "items": list(items),
            "quantities": list(items.values()),
        },
    )
    return str(row["id"])
