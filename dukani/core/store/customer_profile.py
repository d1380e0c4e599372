"""What a boutique knows of a customer, as its people see it beside a chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.consents import MAY_MARKET, OPTED_OUT
from dukani.core.store.consents import Purpose as ConsentPurpose
from dukani.core.store.orders import OrderPaymentStatus
from dukani.core.store.wearers import Relation


@dataclass(frozen=True, slots=True)
class Profile:
    """`spent_minor`: of orders paid, in the boutique's currency; `may_write`: no stop was said."""

    id: str
    name: str | None
    phone: str | None = field(repr=False)
    language: Language | None
    notes: str | None = field(repr=False)
    tags: list[str]
    conversation_id: str | None
    orders: int
    paid_orders: int
    spent_minor: int
    may_write: bool
    may_market: bool
    created_at: datetime
    updated_at: datetime


_PROFILE = f"""
select c.id::text, c.name, c.phone, c.language, c.notes, c.created_at, c.updated_at,
  array(select g.tag from customer_tags g where g.boutique_id = c.boutique_id
    and g.customer_id = c.id order by g.tag) as tags,
  (select v.id::text from conversations v
   where v.boutique_id = c.boutique_id and v.customer_id = c.id) as conversation_id,
  its.orders, its.paid_orders, its.spent_minor,
  not {OPTED_OUT.format(customer="c")} as may_write, {MAY_MARKET.format(customer="c")} as may_market
from customers c
cross join lateral (
  select count(*)::int as orders,
    (count(*) filter (where o.payment_status = 'paid'))::int as paid_orders,
    coalesce(sum(o.total_minor) filter (where o.payment_status = 'paid'), 0)::bigint as spent_minor
  from orders o where o.boutique_id = c.boutique_id and o.customer_id = c.id
) its
where c.boutique_id = private.current_boutique() and c.id = %(customer_id)s
"""


async def get(conn: Connection, *, customer_id: str) -> Profile | None:
    async with conn.cursor(row_factory=class_row(Profile)) as cursor:
        await cursor.execute(_PROFILE.encode(), {"customer_id": customer_id})
        return await cursor.fetchone()


@dataclass(frozen=True, slots=True)
class LastOrder:
    id: str
    number: str
    status: Literal["open", "confirmed", "cancelled"]
    payment_status: OrderPaymentStatus
    fulfilment_status: Literal["unfulfilled", "dispatched", "delivered", "returned"]
    total_minor: int
    created_at: datetime


async def last_orders(conn: Connection, *, customer_id: str, limit: int) -> list[LastOrder]:
    """The newest first."""
    async with conn.cursor(row_factory=class_row(LastOrder)) as cursor:
        await cursor.execute(
            """select id::text, number, status, payment_status, fulfilment_status, total_minor,
                 created_at
               from orders
               where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
               order by created_at desc, id desc limit %(limit)s""",
            {"customer_id": customer_id, "limit": limit},
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class ConsentLine:
    purpose: ConsentPurpose
    granted: bool
    source: str
    words: str | None
    created_at: datetime


async def consent_lines(conn: Connection, *, customer_id: str, limit: int) -> list[ConsentLine]:
    """What was consented to and withdrawn, the newest first."""
    async with conn.cursor(row_factory=class_row(ConsentLine)) as cursor:
        await cursor.execute(
            """select purpose, granted, source, words, created_at from consents
               where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
               order by id desc limit %(limit)s""",
            {"customer_id": customer_id, "limit": limit},
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class KnownSize:
    """The last thing said of a size, of one kind, garment and measure; no wearer: the customer."""

    kind: Literal["stated", "measured", "fit"]
    relation: Relation | None
    wearer_name: str | None
    age: int | None
    age_told_on: date | None
    category: str | None
    size: str | None
    measure: str | None
    cm: float | None
    fit: Literal["too_small", "right", "too_large"] | None
    said_at: datetime


async def known_sizes(conn: Connection, *, customer_id: str, limit: int) -> list[KnownSize]:
    """The customer's own first, then by whom she buys for; the newest of each first."""
    async with conn.cursor(row_factory=class_row(KnownSize)) as cursor:
        await cursor.execute(
            """select f.kind, w.relation, w.name as wearer_name, w.age, w.age_told_on, f.category,
                 f.size, f.measure, f.cm::float8 as cm, f.fit, f.said_at
               from (
                 select distinct on (wearer_id, kind, category, measure) *
                 from size_facts
                 where boutique_id = private.current_boutique()
                   and customer_id = %(customer_id)s
                 order by wearer_id, kind, category, measure, said_at desc, position desc
               ) f
               left join wearers w on w.boutique_id = f.boutique_id and w.id = f.wearer_id
               order by f.wearer_id nulls first, f.said_at desc limit %(limit)s""",
            {"customer_id": customer_id, "limit": limit},
        )
        return await cursor.fetchall()


async def set_notes(conn: Connection, *, customer_id: str, notes: str | None) -> bool:
    """What the shop notes of the customer; false: there is no such customer."""
    cursor = await conn.execute(
        """update customers set notes = %(notes)s
           where boutique_id = private.current_boutique() and id = %(customer_id)s""",
        {"customer_id": customer_id, "notes": notes},
    )
    return cursor.rowcount == 1


async def lock(conn: Connection, *, customer_id: str) -> datetime | None:
    """Lock the customer's row for an edit; its version, or None if there is no such customer."""
    cursor = await conn.execute(
        """select updated_at from customers
           where boutique_id = private.current_boutique() and id = %(customer_id)s
           for no key update""",
        {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    return row["updated_at"] if row else None


async def conversation_of(conn: Connection, *, customer_id: str) -> str | None:
    """The id of the customer's conversation, if there is one."""
    cursor = await conn.execute(
        """select id::text from conversations
           where boutique_id = private.current_boutique() and customer_id = %(customer_id)s""",
        {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    return row["id"] if row else None
