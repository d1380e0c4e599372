"""What pieces cost the shop: append-only, read and written by owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class ProductCost:
    """Of one unit, in minor units; None: not known any more. `always`: also for sales before."""

    cost_minor: int | None
    always: bool
    set_by: str
    created_at: datetime


async def of_product(conn: Connection, *, product_id: str, limit: int = 20) -> list[ProductCost]:
    """What was said of it, the last first: that counts now."""
    async with conn.cursor(row_factory=class_row(ProductCost)) as cursor:
        await cursor.execute(
            """select cost_minor, counts_from = '-infinity' as always, set_by, created_at
               from product_costs
               where boutique_id = private.current_boutique() and product_id = %(product_id)s
               order by id desc limit %(limit)s""",
            {"product_id": product_id, "limit": limit},
        )
        return await cursor.fetchall()


async def add(conn: Connection, *, product_id: str, cost_minor: int | None, always: bool) -> None:
    await conn.execute(
        """insert into product_costs (boutique_id, product_id, cost_minor, counts_from)
           values (private.current_boutique(), %(product_id)s, %(cost)s,
             case when %(always)s then '-infinity'::timestamptz else now() end)""",
        {"product_id": product_id, "cost": cost_minor, "always": always},
    )
