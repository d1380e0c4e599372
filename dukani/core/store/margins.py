"""What was earned with pieces in some days: revenue less cost, of what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

MarginSort = Literal["profit", "revenue", "units"]


@dataclass(frozen=True, slots=True)
class Margin:
    """Sums in minor units, of sales less refunds.

    `revenue_minor` and `cost_minor` are of what has a cost; what has none is apart (`unknown_…`),
    because its profit is not known. `refunds_minor`: given back for no piece in particular.
    `written_off_minor`: of sales on credit, what will not come. `delivery_minor`: fees less those
    that were given back, which are not earned with pieces.
    """

    units: int
    revenue_minor: int
    cost_minor: int
    unknown_units: int
    unknown_minor: int
    unknown_pieces: int
    refunds_minor: int
    written_off_minor: int
    delivery_minor: int

    @property
    def profit_minor(self) -> int:
        return self.revenue_minor - self.cost_minor - self.refunds_minor - self.written_off_minor


@dataclass(frozen=True, slots=True)
class KindMargin:
    category: str
    units: int
    revenue_minor: int
    cost_minor: int
    unknown_units: int
    unknown_minor: int


@dataclass(frozen=True, slots=True)
class PieceMargin:
    """`product_id`: none of a piece that is not there any more."""

    id: str
    product_id: str | None
    name: str
    category: str
    picture_path: str | None
    units: int
    revenue_minor: int
    cost_minor: int
    unknown_units: int
    unknown_minor: int

    @property
    def profit_minor(self) -> int:
        return self.revenue_minor - self.cost_minor

    def key(self, sort: MarginSort) -> Key:
        values = {
            "profit": self.profit_minor,
            "revenue": self.revenue_minor + self.unknown_minor,
            "units": self.units + self.unknown_units,
        }
        return Key(values[sort], self.id)


# A refund goes to its pieces by what they were sold for, to the cent: the rounded sums up to each
# piece differ by its part. What it is above their price is for no piece.
_MOVES: LiteralString = """
with sold as (
  select i.product_id, i.name, i.category, i.quantity as units,
    i.unit_price_minor * i.quantity as revenue_minor,
    private.cost_at(o.boutique_id, i.product_id, o.paid_at) as unit_cost, i.quantity as costed
  from orders o
  join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
  where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and o.paid_at >= %(since)s and o.paid_at < %(until)s
  union all
  select v.product_id, i.name, coalesce(p.category, ''), i.quantity,
    i.unit_price_minor * i.quantity,
    private.cost_at(s.boutique_id, v.product_id, s.created_at), i.quantity
  from counter_sales s
  join counter_sale_items i on i.boutique_id = s.boutique_id and i.sale_id = s.id
  left join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
  left join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
  where s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.created_at >= %(since)s and s.created_at < %(until)s
), given_back as (
  select r.id, r.amount_minor, o.delivery_minor, o.paid_at, n.order_item_id, n.quantity,
    n.restocked, i.product_id,
    i.name, i.category, i.unit_price_minor * n.quantity as price_minor,
    sum(i.unit_price_minor * n.quantity) over (partition by r.id) as all_minor,
    sum(i.unit_price_minor * n.quantity) over (partition by r.id order by n.order_item_id) as so_far
  from refunds r
  join orders o on o.boutique_id = r.boutique_id and o.id = r.order_id
  left join refund_items n on n.boutique_id = r.boutique_id and n.refund_id = r.id
  left join order_items i on i.boutique_id = n.boutique_id and i.id = n.order_item_id
  where r.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and r.reason <> 'paid_twice'
    and r.created_at >= %(since)s and r.created_at < %(until)s
), back as (
  select product_id, name, category, -quantity as units,
    -(case when all_minor = 0 then 0 else
      div(least(amount_minor, all_minor) * so_far, all_minor)
      - div(least(amount_minor, all_minor) * (so_far - price_minor), all_minor) end)::bigint
      as revenue_minor,
    private.cost_at(private.current_boutique(), product_id, paid_at) as unit_cost,
    -restocked as costed
  from given_back where order_item_id is not null
), moves as (
  select product_id, name, category, units, revenue_minor, unit_cost, unit_cost * costed as cost
  from sold
  union all
  select product_id, name, category, units, revenue_minor, unit_cost, unit_cost * costed from back
), summed as (
  select coalesce(m.product_id::text, min(m.name)) as piece, m.product_id,
    coalesce(p.name, min(m.name)) as name, coalesce(p.category, min(m.category)) as category,
    coalesce(sum(m.units) filter (where m.unit_cost is not null), 0)::int as units,
    coalesce(sum(m.revenue_minor) filter (where m.unit_cost is not null), 0)::bigint
      as revenue_minor,
    coalesce(sum(m.cost), 0)::bigint as cost_minor,
    coalesce(sum(m.units) filter (where m.unit_cost is null), 0)::int as unknown_units,
    coalesce(sum(m.revenue_minor) filter (where m.unit_cost is null), 0)::bigint as unknown_minor
  from moves m
  left join products p on p.boutique_id = private.current_boutique() and p.id = m.product_id
  group by m.product_id, p.name, p.category, case when m.product_id is null then m.name end
), whole_refunds as (
  -- What a refund of pieces is above their price is their delivery's, up to its fee.
  select amount_minor - least(amount_minor, coalesce(all_minor, 0)) as beyond,
    case when all_minor is null then 0
      else least(amount_minor - least(amount_minor, all_minor), delivery_minor) end as fee
  from (select distinct id, amount_minor, all_minor, delivery_minor from given_back) g
)
"""
_ID: LiteralString = "coalesce(s.product_id, md5(s.piece)::uuid)"
_SORTS: dict[MarginSort, LiteralString] = {
    "profit": "(s.revenue_minor - s.cost_minor)",
    "revenue": "(s.revenue_minor + s.unknown_minor)",
    "units": "(s.units + s.unknown_units)::bigint",
}


async def whole(conn: Connection, *, since: datetime, until: datetime) -> Margin:
    """From `since` to before `until`."""
    async with conn.cursor(row_factory=class_row(Margin)) as cursor:
        await cursor.execute(
            f"""{_MOVES}
            select coalesce(sum(units), 0)::int as units,
              coalesce(sum(revenue_minor), 0)::bigint as revenue_minor,
              coalesce(sum(cost_minor), 0)::bigint as cost_minor,
              coalesce(sum(unknown_units), 0)::int as unknown_units,
              coalesce(sum(unknown_minor), 0)::bigint as unknown_minor,
              (count(*) filter (where unknown_units <> 0 or unknown_minor <> 0))::int
                as unknown_pieces,
              (select coalesce(sum(beyond - fee), 0) from whole_refunds)::bigint as refunds_minor,
              (select coalesce(-sum(e.amount_minor), 0) from credit_entries e
               where e.boutique_id = private.current_boutique() and e.kind = 'write_off'
                 and e.created_at >= %(since)s and e.created_at < %(until)s)::bigint
                as written_off_minor,
              (select coalesce(sum(o.delivery_minor), 0)
                 - (select coalesce(sum(fee), 0) from whole_refunds) from orders o
               where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
                 and o.paid_at >= %(since)s and o.paid_at < %(until)s)::bigint as delivery_minor
            from summed""".encode(),
            {"since": since, "until": until},
        )
        found = await cursor.fetchone()
    assert found is not None  # an aggregate gives one row
    return found


async def by_kind(conn: Connection, *, since: datetime, until: datetime) -> list[KindMargin]:
    """The kind that brought most comes first."""
    async with conn.cursor(row_factory=class_row(KindMargin)) as cursor:
        await cursor.execute(
            f"""{_MOVES}
            select category, sum(units)::int as units, sum(revenue_minor)::bigint as revenue_minor,
              sum(cost_minor)::bigint as cost_minor, sum(unknown_units)::int as unknown_units,
              sum(unknown_minor)::bigint as unknown_minor
            from summed group by category
            order by sum(revenue_minor + unknown_minor) desc, category""".encode(),
            {"since": since, "until": until},
        )
        return await cursor.fetchall()


async def pieces(
    conn: Connection,
    *,
    since: datetime,
    until: datetime,
    sort: MarginSort,
    unknown_only: bool,
    after: Key | None,
    limit: int,
) -> list[PieceMargin]:
    """The largest first. `unknown_only`: of which something was sold without a known cost."""
    value = _SORTS[sort]
    unknown: LiteralString = "(s.unknown_units <> 0 or s.unknown_minor <> 0)"
    which = unknown if unknown_only else "true"
    later: LiteralString = f"({value}, {_ID}) < (%(value)s, %(id)s::uuid)" if after else "true"
    values: dict[str, Any] = {
        "since": since,
        "until": until,
        "value": after.value if after else None,
        "id": after.id if after else None,
        "limit": limit,
    }
    async with conn.cursor(row_factory=class_row(PieceMargin)) as cursor:
        await cursor.execute(
            f"""{_MOVES}
            select {_ID}::text as id, s.product_id::text, s.name, s.category,
              (select i.path from product_images i
               where i.boutique_id = private.current_boutique() and i.product_id = s.product_id
               order by i.position, i.id limit 1) as picture_path,
              s.units, s.revenue_minor, s.cost_minor, s.unknown_units, s.unknown_minor
            from summed s where {which} and {later}
            order by {value} desc, {_ID} desc limit %(limit)s""".encode(),
            values,
        )
        return await cursor.fetchall()
