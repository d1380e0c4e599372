"""Groups of customers by what is known of them: conditions as data become one statement.

Only the fields and comparisons named here reach SQL; every value is a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, LiteralString, get_args

from dukani.core.database import Connection
from dukani.core.store.consents import MAY_MARKET

Field = Literal[
    "name", "language", "zone", "tag", "category", "category_lately", "colour", "size", "piece",
    "orders", "pieces", "spent_minor", "owes_minor",
    "first_order_on", "last_order_on", "last_message_on", "known_since", "marketing",
]  # fmt: skip
Comparison = Literal[
    "eq", "neq", "gt", "gte", "lt", "lte", "contains", "in", "between", "exists", "in_last_days"
]
Kind = Literal["text", "several", "number", "day", "yes_or_no"]
Value = str | int | bool | date | tuple[str, ...] | tuple[int, int] | tuple[date, date]

FIELDS: tuple[Field, ...] = get_args(Field)
KINDS: Mapping[Field, Kind] = {
    "name": "text", "language": "text", "zone": "text",
    # A customer has any number of these.
    "tag": "several", "category": "several", "category_lately": "several", "colour": "several",
    "size": "several", "piece": "several",
    "orders": "number", "pieces": "number", "spent_minor": "number", "owes_minor": "number",
    "first_order_on": "day", "last_order_on": "day", "last_message_on": "day", "known_since": "day",
    "marketing": "yes_or_no",
}  # fmt: skip
COMPARISONS: Mapping[Kind, tuple[Comparison, ...]] = {
    "text": ("eq", "neq", "contains", "in", "exists"),
    "several": ("eq", "neq", "contains", "in", "exists"),
    "number": ("eq", "neq", "gt", "gte", "lt", "lte", "between"),
    "day": ("eq", "gt", "gte", "lt", "lte", "between", "in_last_days", "exists"),
    "yes_or_no": ("eq",),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """`value` has the type that field and comparison ask for; `exists` takes true or false."""

    field: Field
    comparison: Comparison
    value: Value


@dataclass(frozen=True, slots=True)
class Group:
    """All of its conditions hold, or any of them; of none: everybody."""

    match: Literal["all", "any"]
    of: tuple[Condition | Group, ...]


LATELY_DAYS = 90

# An order counts from its payment until all of its money went back, a sale in the shop until it is
# undone: as in the list of customers.
_PAID: LiteralString = """o.boutique_id = c.boutique_id and o.customer_id = c.id
  and o.payment_status = 'paid' and o.refund_status <> 'all'"""
_SOLD: LiteralString = """s.boutique_id = c.boutique_id and s.customer_id = c.id
  and s.undone_at is null"""
_ZONE_DAY: LiteralString = """(({} at time zone (select b.timezone from boutiques b
  where b.id = c.boutique_id))::date)"""
_BOUGHT: LiteralString = f"""(
  select i.name, i.category, i.colour, i.size, i.quantity, o.paid_at as at
  from orders o join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
  where {_PAID}
  union all
  select i.name, p.category, i.colour, i.size, i.quantity, s.created_at
  from counter_sales s
  join counter_sale_items i on i.boutique_id = s.boutique_id and i.sale_id = s.id
  left join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
  left join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
  where {_SOLD}
)"""
_TIMES: LiteralString = f"""(select o.paid_at as at from orders o where {_PAID}
  union all select s.created_at from counter_sales s where {_SOLD})"""

_EXPRESSIONS: Mapping[Field, LiteralString] = {
    "name": "c.name",
    "language": "c.language",
    "zone": f"(select o.zone from orders o where {_PAID} order by o.created_at desc limit 1)",
    "orders": f"(select count(*) from {_TIMES} its)",
    "spent_minor": f"""((select coalesce(sum(o.total_minor - o.refunded_minor), 0) from orders o
      where {_PAID}) + (select coalesce(sum(s.total_minor), 0) from counter_sales s
      where {_SOLD}))""",
    "owes_minor": f"""(select coalesce(sum(s.owed_minor), 0) from counter_sales s
      where {_SOLD})""",
    "pieces": f"(select coalesce(sum(its.quantity), 0) from {_BOUGHT} its)",
    "first_order_on": _ZONE_DAY.format(f"(select min(its.at) from {_TIMES} its)"),
    "last_order_on": _ZONE_DAY.format(f"(select max(its.at) from {_TIMES} its)"),
    "last_message_on": _ZONE_DAY.format(
        """(select max(v.last_inbound_at) from conversations v
           where v.boutique_id = c.boutique_id and v.customer_id = c.id)"""
    ),
    "known_since": _ZONE_DAY.format("c.created_at"),
    "marketing": f"({MAY_MARKET.format(customer='c')})",
}
_SEVERAL: Mapping[Field, LiteralString] = {
    "tag": """select t.tag from customer_tags t
      where t.boutique_id = c.boutique_id and t.customer_id = c.id""",
    "category": f"select b.category from {_BOUGHT} b where b.category is not null",
    "category_lately": f"""select b.category from {_BOUGHT} b
      where b.category is not null and b.at > now() - interval '{LATELY_DAYS} days'""",
    "colour": f"select b.colour from {_BOUGHT} b",
    "size": f"select b.size from {_BOUGHT} b",
    "piece": f"select b.name from {_BOUGHT} b",
}
_SIGNS: Mapping[Comparison, LiteralString] = {
    "eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=",
}  # fmt: skip


async def count(conn: Connection, segment: Group) -> int:
    """How many of the boutique's customers are in it."""
    where, values = statement(segment)
    cursor = await conn.execute(
        f"""select count(*) as customers from customers c
            where c.boutique_id = private.current_boutique() and {where}""".encode(),
        values,
    )
    row = await cursor.fetchone()
    assert row is not None  # a count has one row
    return int(row["customers"])


def who_may_be_marketed_to(segment: Group) -> Group:
    """Those of the segment who agreed to promotions."""
    return Group("all", (segment, Condition("marketing", "eq", True)))


async def members(
    conn: Connection, segment: Group, *, after: str | None = None, limit: int = 1000
) -> list[str]:
    """Ids of customers in it, in their order, after the one with the id `after`."""
    where, values = statement(segment)
    cursor = await conn.execute(
        f"""select c.id::text as id from customers c
            where c.boutique_id = private.current_boutique() and {where}
              and (%(after)s::uuid is null or c.id > %(after)s::uuid)
            order by c.id limit %(limit)s""".encode(),
        values | {"after": after, "limit": limit},
    )
    return [row["id"] for row in await cursor.fetchall()]


async def has(conn: Connection, segment: Group, *, customer_id: str) -> bool:
    """Whether the customer is in it."""
    where, values = statement(segment)
    cursor = await conn.execute(
        f"""select exists (select from customers c
              where c.boutique_id = private.current_boutique() and c.id = %(customer_id)s
                and {where}) as is_in""".encode(),
        values | {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    return bool(row and row["is_in"])


def statement(segment: Group) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {}
    return _sql(segment, values), values


def _sql(part: Condition | Group, values: dict[str, Any]) -> str:
    if isinstance(part, Group):
        word = " and " if part.match == "all" else " or "
        return f"({word.join(_sql(one, values) for one in part.of)})" if part.of else "true"
    name = f"v{len(values)}"
    values[name] = _parameter(part)
    if part.field in _SEVERAL:
        return _of_several(part, name)
    return _of_one(part, name)


def _parameter(condition: Condition) -> Any:
    if condition.comparison == "contains":
        plain = str(condition.value)
        for sign in ("\\", "%", "_"):
            plain = plain.replace(sign, "\\" + sign)
        return f"%{plain}%"
    return (
        list(condition.value)
        if isinstance(condition.value, Sequence) and not isinstance(condition.value, str)
        else condition.value
    )


def _of_several(condition: Condition, name: str) -> str:
    """Whether one of hers is such; `neq`: none is."""
    theirs = f"select from ({_SEVERAL[condition.field]}) as its (value)"
    match condition.comparison:
        case "exists":
            return f"(exists ({theirs}) = %({name})s)"
        case "contains":
            return f"exists ({theirs} where value ilike %({name})s)"
        case "in":
            return f"exists ({theirs} where lower(value) = any (%({name})s::text[]))"
        case _:
            has = f"exists ({theirs} where lower(value) = lower(%({name})s))"
            return f"(not {has})" if condition.comparison == "neq" else has


def _of_one(condition: Condition, name: str) -> str:
    """What is not known fulfils nothing, but that it does not exist or is another."""
    theirs = _EXPRESSIONS[condition.field]
    is_text = KINDS[condition.field] == "text"
    match condition.comparison:
        case "exists":
            return f"(({theirs} is not null) = %({name})s)"
        case "contains":
            return f"coalesce({theirs} ilike %({name})s, false)"
        case "in":
            return f"coalesce(lower({theirs}) = any (%({name})s::text[]), false)"
        case "between":
            kind = "date" if KINDS[condition.field] == "day" else "bigint"
            bounds = f"(%({name})s::{kind}[])"
            return f"coalesce({theirs} between {bounds}[1] and {bounds}[2], false)"
        case "in_last_days":
            today = _ZONE_DAY.format("now()")
            return f"coalesce({theirs} > {today} - %({name})s::int, false)"
        case "neq" if is_text:
            return f"(lower({theirs}) is distinct from lower(%({name})s))"
        case _ if is_text:
            return f"coalesce(lower({theirs}) = lower(%({name})s), false)"
        case comparison:
            return f"coalesce({theirs} {_SIGNS[comparison]} %({name})s, false)"
