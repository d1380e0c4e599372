"""What was sold in the shop itself, and the stock that it moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

PaidBy = Literal["cash", "mpesa", "credit"]


@dataclass(frozen=True, slots=True)
class CounterSale:
    id: str
    variant_id: str
    name: str  # as it was called when it was sold, like colour and size
    colour: str
    size: str
    quantity: int
    unit_price_minor: int
    currency: str
    paid_by: PaidBy
    created_at: datetime
    undone_at: datetime | None
    is_of_today: bool  # by the boutique's clock: a sale is undone on its own day only

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


_COLUMNS = """s.id::text, s.variant_id::text, s.name, s.colour, s.size, s.quantity,
  s.unit_price_minor, s.currency, s.paid_by, s.created_at, s.undone_at,
  (s.created_at at time zone b.timezone)::date = (now() at time zone b.timezone)::date
    as is_of_today"""
_SALES = f"""select {_COLUMNS} from counter_sales s join boutiques b on b.id = s.boutique_id
where s.boutique_id = private.current_boutique()"""


async def add(
    conn: Connection,
    *,
    variant_id: str,
    quantity: int,
    unit_price_minor: int,
    paid_by: PaidBy,
    user_id: str,
) -> str | None:
    """The new sale's id, with its entry in the stock ledger; None: there is no such variant."""
    cursor = await conn.execute(
        """
        with sale as (
          insert into counter_sales (boutique_id, variant_id, name, colour, size, quantity,
            unit_price_minor, currency, paid_by, sold_by)
          select v.boutique_id, v.id, p.name, v.colour, v.size, %(quantity)s,
            %(unit_price_minor)s, b.currency, %(paid_by)s, %(user_id)s
          from product_variants v
          join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
          join boutiques b on b.id = v.boutique_id
          where v.boutique_id = private.current_boutique() and v.id = %(variant_id)s
          returning boutique_id, id, variant_id, quantity
        ), moved as (
          insert into stock_movements (boutique_id, variant_id, delta, reason, counter_sale_id)
          select boutique_id, variant_id, -quantity, 'sale', id from sale
        )
        select id::text from sale
        """,
        {
            "variant_id": variant_id,
            "quantity": quantity,
            "unit_price_minor": unit_price_minor,
            "paid_by": paid_by,
            "user_id": user_id,
        },
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def undo(conn: Connection, *, sale_id: str, user_id: str) -> bool:
    """Undo a sale and put its pieces back into stock; false when it was undone before."""
    cursor = await conn.execute(
        """
        with sale as (
          update counter_sales set undone_at = now(), undone_by = %(user_id)s
          where boutique_id = private.current_boutique() and id = %(sale_id)s
            and undone_at is null
          returning boutique_id, id, variant_id, quantity
        )
        insert into stock_movements (boutique_id, variant_id, delta, reason, counter_sale_id)
        select boutique_id, variant_id, quantity, 'return', id from sale
        """,
        {"sale_id": sale_id, "user_id": user_id},
    )
    return cursor.rowcount == 1


async def get(conn: Connection, *, sale_id: str) -> CounterSale | None:
    async with conn.cursor(row_factory=class_row(CounterSale)) as cursor:
        await cursor.execute(_SALES + " and s.id = %(sale_id)s", {"sale_id": sale_id})
        return await cursor.fetchone()


async def page(conn: Connection, *, after: Key | None, limit: int) -> list[CounterSale]:
    """The sales after the one with the key `after`, newest first; undone ones too."""
    later = " and (s.created_at, s.id) < (%(at)s, %(id)s::uuid)" if after else ""
    async with conn.cursor(row_factory=class_row(CounterSale)) as cursor:
        await cursor.execute(
            (_SALES + later + " order by s.created_at desc, s.id desc limit %(limit)s").encode(),
            {
                "limit": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
            },
        )
        return await cursor.fetchall()
