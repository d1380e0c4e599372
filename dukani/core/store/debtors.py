"""Who owes the shop for sales on credit: a person's open sales together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.debts import DAYS, Debt
from dukani.core.store.keyset import Key

# By the days since a sale.
Age = Literal["week", "month", "older"]
_AGE: LiteralString = (
    "case when {days} <= 7 then 'week' when {days} <= 30 then 'month' else 'older' end"
)


@dataclass(frozen=True, slots=True)
class Debtor:
    """A customer under her id; else whoever has the same phone, or without one the same name."""

    id: str
    customer_id: str | None
    name: str
    phone: str | None = field(repr=False)
    currency: str
    owed_minor: int
    sales: int
    since: datetime  # of the oldest sale of which something is owed
    days: int
    reminded_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(self.since, self.id)


@dataclass(frozen=True, slots=True)
class AgeSum:
    age: Age
    sales: int
    owed_minor: int


_OPEN: LiteralString = f"""
select s.id, s.number, s.currency, s.total_minor, s.owed_minor, s.created_at, s.buyer_name,
  s.buyer_phone, coalesce(s.customer_id, k.id) as customer_id, {DAYS} as days,
  coalesce(s.customer_id, k.id, md5(s.boutique_id::text
    || coalesce(s.buyer_phone, lower(btrim(s.buyer_name))))::uuid) as debtor_id
from counter_sales s
join boutiques b on b.id = s.boutique_id
left join customers k on k.boutique_id = s.boutique_id and k.phone = s.buyer_phone
where s.boutique_id = private.current_boutique() and s.owed_minor > 0"""
_DEBTORS: LiteralString = f"""
select o.debtor_id::text as id, (array_agg(o.customer_id))[1]::text as customer_id,
  coalesce((array_agg(c.name))[1], (array_agg(o.buyer_name order by o.created_at desc))[1])
    as name,
  coalesce((array_agg(c.phone))[1],
    (array_agg(o.buyer_phone) filter (where o.buyer_phone is not null))[1]) as phone,
  min(o.currency)::text as currency, sum(o.owed_minor)::bigint as owed_minor,
  count(*)::int as sales, min(o.created_at) as since, max(o.days) as days,
  max(r.reminded_at) as reminded_at
from ({_OPEN}) o
left join customers c on c.boutique_id = private.current_boutique() and c.id = o.customer_id
left join debt_reminders r on r.boutique_id = private.current_boutique()
  and r.debtor_id = o.debtor_id"""


async def page(conn: Connection, *, age: Age | None, after: Key | None, limit: int) -> list[Debtor]:
    """Who owes longest comes first. `age` is of the oldest sale."""
    of_age = f"{_AGE.format(days='d.days')} = %(age)s" if age else "true"
    later = "(d.since, d.id::uuid) > (%(at)s, %(id)s::uuid)" if after else "true"
    return await _several(
        conn,
        f"""select d.* from ({_DEBTORS} group by o.debtor_id) d
            where {of_age} and {later} order by d.since, d.id::uuid limit %(limit)s""",
        {
            "age": age,
            "at": after.value if after else None,
            "id": after.id if after else None,
            "limit": limit,
        },
    )


async def get(conn: Connection, *, debtor_id: str) -> Debtor | None:
    """None for somebody who owes nothing."""
    found = await _several(
        conn, f"{_DEBTORS} where o.debtor_id = %(id)s group by o.debtor_id", {"id": debtor_id}
    )
    return found[0] if found else None


async def debts_of(conn: Connection, *, debtor_id: str) -> list[Debt]:
    """Her sales of which something is owed, the oldest first."""
    async with conn.cursor(row_factory=class_row(Debt)) as cursor:
        await cursor.execute(
            f"""select o.id::text, o.number, o.customer_id::text, o.buyer_name, o.buyer_phone,
                  o.currency, o.total_minor, o.owed_minor, o.created_at, o.days
                from ({_OPEN}) o where o.debtor_id = %(id)s order by o.created_at, o.id""".encode(),
            {"id": debtor_id},
        )
        return await cursor.fetchall()


async def sums(conn: Connection) -> list[AgeSum]:
    """What is owed by the age of the sale; an age of which nothing is owed is left out."""
    async with conn.cursor(row_factory=class_row(AgeSum)) as cursor:
        await cursor.execute(
            f"""select {_AGE.format(days="o.days")} as age, count(*)::int as sales,
                  sum(o.owed_minor)::bigint as owed_minor
                from ({_OPEN}) o group by 1""".encode()
        )
        return await cursor.fetchall()


async def take_turn(
    conn: Connection, *, debtor_id: str, owed_minor: int, user_id: str, not_within_days: int
) -> bool:
    """Note that she is reminded now; false when that was done within these days."""
    cursor = await conn.execute(
        """
        insert into debt_reminders as r (boutique_id, debtor_id, owed_minor, reminded_by)
        values (private.current_boutique(), %(id)s, %(owed)s, %(user)s)
        on conflict (boutique_id, debtor_id) do update
          set reminded_at = now(), times = r.times + 1, owed_minor = excluded.owed_minor,
            reminded_by = excluded.reminded_by
          where r.reminded_at <= now() - make_interval(days => %(days)s)
        """,
        {"id": debtor_id, "owed": owed_minor, "user": user_id, "days": not_within_days},
    )
    return cursor.rowcount == 1


async def _several(
    conn: Connection, statement: LiteralString, values: dict[str, Any]
) -> list[Debtor]:
    async with conn.cursor(row_factory=class_row(Debtor)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()
