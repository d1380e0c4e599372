"""The list of a boutique's customers: found, narrowed and sorted by indexes, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store import segments
from dukani.core.store.consents import MAY_MARKET
from dukani.core.store.keyset import Key
from dukani.core.store.segments import Group

CustomerSort = Literal["newest", "spent", "last_order", "name"]


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """`spent_minor`: paid orders and counter sales less refunds; `sizes`: her own, the last said.

    `orders` counts both kinds of sales, `last_order_at` is none for who bought nothing.
    """

    id: str
    name: str | None
    phone: str | None = field(repr=False)
    may_market: bool
    paid_orders: int
    orders: int
    spent_minor: int
    last_order_at: datetime | None
    sizes: list[str]
    tags: list[str]
    created_at: datetime
    sorted_at: datetime | int | str = field(repr=False)

    @property
    def key(self) -> Key:
        return Key(self.sorted_at, self.id)


KEY_OF: dict[CustomerSort, type[datetime] | type[int] | type[str]] = {
    "newest": datetime, "spent": int, "last_order": datetime, "name": str,
}  # fmt: skip
_COLUMN: dict[CustomerSort, LiteralString] = {
    "newest": "t.known_since", "spent": "t.spent_minor", "last_order": "t.last_order_at",
    "name": "t.name_key",
}  # fmt: skip
_TYPE: dict[CustomerSort, LiteralString] = {
    "newest": "timestamptz", "spent": "bigint", "last_order": "timestamptz", "name": "text",
}  # fmt: skip
# The page is cut before anything else is looked up of its customers.
_LIST = """
with page as (
  select t.*, {column} as sorted_at from {source} t
  {segment}
  where t.boutique_id = private.current_boutique() and t.listed {which}
  order by {order} limit %(limit)s
)
select c.id::text, c.name, c.phone, c.created_at, t.orders, t.spent_minor, t.sorted_at,
  nullif(t.last_order_at, to_timestamp(0)) as last_order_at, {may_market} as may_market,
  (select count(*)::int from orders o where o.boutique_id = c.boutique_id
     and o.customer_id = c.id and o.payment_status = 'paid') as paid_orders,
  array(select g.tag from customer_tags g where g.boutique_id = c.boutique_id
    and g.customer_id = c.id order by g.tag) as tags,
  array(select f.size from size_facts f where f.boutique_id = c.boutique_id
      and f.customer_id = c.id and f.wearer_id is null and f.size is not null
      and coalesce(f.fit, 'right') = 'right'
    group by f.size order by max(f.said_at) desc limit 3) as sizes
from page t join customers c on c.boutique_id = t.boutique_id and c.id = t.customer_id
order by {order}
"""
_ALL_OF: LiteralString = """coalesce((select string_agg(
    quote_literal(private.current_boutique()::text || ' ' || word) || ':*', ' & ')::tsquery
  from unnest(%({})s::text[]) word), ''::tsquery)"""
# Each word begins one of her name's, or the digits are somewhere in her number.
_FOUND: LiteralString = f"""(t.found_by @@ {_ALL_OF.format("words")}
  or t.found_by @@ {_ALL_OF.format("digits")})"""
_TAGGED: LiteralString = """exists (select from customer_tags g
  where g.boutique_id = t.boutique_id and g.customer_id = t.customer_id and g.tag = %(tag)s)"""
_WITH_CUSTOMER: LiteralString = """join customers c
  on c.boutique_id = t.boutique_id and c.id = t.customer_id"""


async def page(
    conn: Connection,
    *,
    sort: CustomerSort = "newest",
    words: Sequence[str] = (),
    digits: str | None = None,
    tag: str | None = None,
    segment: Group | None = None,
    after: Key | None = None,
    limit: int,
) -> list[ListedCustomer]:
    """After the one with the key `after`; `words` begin words of her name, or she has `digits`."""
    values: dict[str, Any] = {"limit": limit}
    conditions: list[str] = []
    if words or digits:
        conditions.append(_FOUND)
        values |= {"words": list(words), "digits": [digits] if digits else []}
    if tag is not None:
        conditions.append(_TAGGED)
        values["tag"] = tag
    if segment is not None:
        where, of_segment = segments.statement(segment)
        conditions.append(where)
        values |= of_segment
    column, down = _COLUMN[sort], sort != "name"
    if after is not None:
        sign = "<" if down else ">"
        conditions.append(f"({column}, t.customer_id) {sign} (%(at)s::{_TYPE[sort]}, %(id)s::uuid)")
        values |= {"at": after.value, "id": after.id}
    order = f"{column} {'desc' if down else ''}, t.customer_id {'desc' if down else ''}"
    statement = _LIST.format(
        column=column,
        source="private.found_customers" if words or digits else "customer_totals",
        segment=_WITH_CUSTOMER if segment is not None else "",
        which="".join(f" and {one}" for one in conditions),
        order=order,
        may_market=MAY_MARKET.format(customer="c"),
    )
    async with conn.cursor(row_factory=class_row(ListedCustomer)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()
