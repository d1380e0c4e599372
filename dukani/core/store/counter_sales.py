"""What was sold in the shop itself, and the stock that it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

PaidBy = Literal["cash", "mpesa", "credit"]
SaleFilter = Literal["all", "today"]


@dataclass(frozen=True, slots=True)
class SoldPiece:
    """A line of a sale: a variant, and what one unit of it was sold for."""

    variant_id: str
    quantity: int
    unit_price_minor: int


@dataclass(frozen=True, slots=True)
class Buyer:
    """For whom a sale is, as far as it was said; a sale on credit is somebody's."""

    name: str | None = None
    phone: str | None = field(default=None, repr=False)  # E.164
    customer_id: str | None = None  # whose phone it is


NOBODY = Buyer()


@dataclass(frozen=True, slots=True)
class CounterSale:
    id: str
    number: str
    total_minor: int
    currency: str
    paid_by: PaidBy | Literal["unsaid"]
    reference: str | None  # M-Pesa's
    customer_id: str | None
    buyer_name: str | None
    buyer_phone: str | None = field(repr=False)
    created_at: datetime
    undone_at: datetime | None
    is_of_today: bool  # by the boutique's clock: a sale is undone on its own day only
    # As they were called when they were sold: sku, name, colour, size, quantity, unit_price_minor,
    # variant_id, product_id.
    items: list[dict[str, Any]]

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


@dataclass(frozen=True, slots=True)
class DaysTotal:
    """What was sold in the shop since the boutique's midnight, for each way of paying."""

    paid_by: PaidBy | Literal["unsaid"]
    sales: int
    total_minor: int


_OF_TODAY: LiteralString = (
    "(s.created_at at time zone b.timezone)::date = (now() at time zone b.timezone)::date"
)
_COLUMNS: LiteralString = f"""s.id::text, s.number, s.total_minor, s.currency, s.paid_by,
  s.reference, s.customer_id::text, s.buyer_name, s.buyer_phone, s.created_at, s.undone_at,
  {_OF_TODAY} as is_of_today,
  (select jsonb_agg(to_jsonb(i) - 'boutique_id' - 'sale_id' - 'position'
       || jsonb_build_object('product_id', v.product_id) order by i.position)
   from counter_sale_items i
   left join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
   where i.boutique_id = s.boutique_id and i.sale_id = s.id) as items"""
_SALES: LiteralString = f"""select {_COLUMNS}
from counter_sales s join boutiques b on b.id = s.boutique_id
where s.boutique_id = private.current_boutique()"""
# Through the index: the day's bound is a constant of the statement.
_FILTERS: dict[SaleFilter, LiteralString] = {
    "all": "",
    "today": """ and s.created_at >= (
      select date_trunc('day', now() at time zone d.timezone) at time zone d.timezone
      from boutiques d where d.id = private.current_boutique())""",
}


async def add(
    conn: Connection,
    *,
    number: str,
    pieces: Sequence[SoldPiece],
    paid_by: PaidBy | Literal["unsaid"],
    reference: str | None = None,
    buyer: Buyer = NOBODY,
    user_id: str | None = None,
) -> str | None:
    """The new sale's id; None when the number is taken. The stock is moved by `move_stock`."""
    cursor = await conn.execute(
        """
        with sold as (
          select p.ordinality as position, v.boutique_id, v.id as variant_id, v.sku, n.name,
            v.colour, v.size, p.quantity, p.unit_price_minor
          from rows from (jsonb_to_recordset(%(pieces)s)
            as (variant_id uuid, quantity int, unit_price_minor bigint)) with ordinality
            as p (variant_id, quantity, unit_price_minor, ordinality)
          join product_variants v
            on v.boutique_id = private.current_boutique() and v.id = p.variant_id
          join products n on n.boutique_id = v.boutique_id and n.id = v.product_id
        ), sale as (
          insert into counter_sales (boutique_id, number, total_minor, currency, paid_by, reference,
            customer_id, buyer_name, buyer_phone, sold_by)
          select b.id, %(number)s, (select sum(quantity * unit_price_minor) from sold), b.currency,
            %(paid_by)s, %(reference)s, %(customer_id)s, %(buyer_name)s, %(buyer_phone)s,
            %(user_id)s
          from boutiques b where b.id = private.current_boutique()
          on conflict (boutique_id, number) do nothing
          returning boutique_id, id
        ), lines as (
          insert into counter_sale_items (boutique_id, sale_id, position, variant_id, sku, name,
            colour, size, quantity, unit_price_minor)
          select sale.boutique_id, sale.id, position, variant_id, sku, name, colour, size, quantity,
            unit_price_minor
          from sold, sale
        )
        select id::text from sale
        """,
        {
            "number": number,
            "pieces": Jsonb(
                [
                    {
                        "variant_id": piece.variant_id,
                        "quantity": piece.quantity,
                        "unit_price_minor": piece.unit_price_minor,
                    }
                    for piece in pieces
                ]
            ),
            "paid_by": paid_by,
            "reference": reference,
            "customer_id": buyer.customer_id,
            "buyer_name": buyer.name,
            "buyer_phone": buyer.phone,
            "user_id": user_id,
        },
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def move_stock(conn: Connection, *, sale_id: str) -> None:
    """Take the pieces of a sale out of the stock, each once."""
    await conn.execute(
        """
        insert into stock_movements (boutique_id, variant_id, delta, reason, counter_sale_id)
        select boutique_id, variant_id, -quantity, 'sale', sale_id from counter_sale_items
        where boutique_id = private.current_boutique() and sale_id = %(sale_id)s
        """,
        {"sale_id": sale_id},
    )


async def undo(conn: Connection, *, sale_id: str, user_id: str) -> bool:
    """Undo a sale and put its pieces back into stock; false when it was undone before."""
    cursor = await conn.execute(
        """
        with sale as (
          update counter_sales set undone_at = now(), undone_by = %(user_id)s
          where boutique_id = private.current_boutique() and id = %(sale_id)s
            and undone_at is null
          returning boutique_id, id
        ), moved as (
          insert into stock_movements (boutique_id, variant_id, delta, reason, counter_sale_id)
          select i.boutique_id, i.variant_id, i.quantity, 'return', i.sale_id
          from sale
          join counter_sale_items i on i.boutique_id = sale.boutique_id and i.sale_id = sale.id
          where i.variant_id is not null
        )
        select from sale
        """,
        {"sale_id": sale_id, "user_id": user_id},
    )
    return cursor.rowcount == 1


async def get(conn: Connection, *, sale_id: str) -> CounterSale | None:
    async with conn.cursor(row_factory=class_row(CounterSale)) as cursor:
        await cursor.execute(_SALES + " and s.id = %(sale_id)s", {"sale_id": sale_id})
        return await cursor.fetchone()


async def page(
    conn: Connection, *, which: SaleFilter = "all", after: Key | None, limit: int
) -> list[CounterSale]:
    """The sales after the one with the key `after`, newest first; undone ones too."""
    later = " and (s.created_at, s.id) < (%(at)s, %(id)s::uuid)" if after else ""
    order = " order by s.created_at desc, s.id desc limit %(limit)s"
    async with conn.cursor(row_factory=class_row(CounterSale)) as cursor:
        await cursor.execute(
            (_SALES + _FILTERS[which] + later + order).encode(),
            {
                "limit": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
            },
        )
        return await cursor.fetchall()


async def totals_of_today(conn: Connection) -> list[DaysTotal]:
    """Without what was undone; a way of paying that nobody took is left out."""
    statement = f"""select s.paid_by, count(*)::int as sales, sum(s.total_minor)::bigint
        as total_minor
      from counter_sales s
      where s.boutique_id = private.current_boutique() and s.undone_at is null
        {_FILTERS["today"]}
      group by s.paid_by order by s.paid_by"""
    async with conn.cursor(row_factory=class_row(DaysTotal)) as cursor:
        await cursor.execute(statement.encode())
        return await cursor.fetchall()
