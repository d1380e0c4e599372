"""The best few of a boutique's pieces, orders, customers and chats for what a person types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

HitKind = Literal["piece", "order", "customer", "message"]
BEST = 5  # of each kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`words` begin words; `digits` are of a phone; `number` begins an order's, after `DK-`.

    `in_chats`: whether messages are looked through too.
    """

    words: Sequence[str]
    digits: str | None
    number: str | None
    in_chats: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """`title`: the piece, the order's number, else the customer's name.

    `detail`: the SKU, whose order it is, or the message. `at`: when it was ordered or written.
    """

    kind: HitKind
    id: str
    title: str | None
    detail: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    conversation_id: str | None
    amount_minor: int | None
    picture_path: str | None
    at: datetime | None


_ALL_OF: LiteralString = """coalesce((select string_agg(
    quote_literal(private.current_boutique()::text || ' ' || word) || ':*', ' & ')::tsquery
  from unnest(%({})s::text[]) word), ''::tsquery)"""
_WORDS: LiteralString = _ALL_OF.format("words")
_DIGITS: LiteralString = _ALL_OF.format("digits")
# The views may use the indexes of words, which row level security alone would not let be used.
_PIECES: LiteralString = f"""
select p.*, row_number() over (order by p.active desc, p.created_at desc, p.id desc) as place
from (
  select * from private.found_products p where p.found_by @@ {_WORDS}
  order by p.active desc, p.created_at desc, p.id desc limit %(best)s) p"""
_CUSTOMERS: LiteralString = f"""
select t.boutique_id, t.customer_id, c.name, c.phone, row_number() over (
  order by t.last_order_at desc, t.known_since desc, t.customer_id) as place
from (
  select * from private.found_customers t
  where t.listed and (t.found_by @@ {_WORDS} or t.found_by @@ {_DIGITS})
  order by t.last_order_at desc, t.known_since desc, t.customer_id limit 20) t
join customers c on c.boutique_id = t.boutique_id and c.id = t.customer_id"""
# By its number first, then those of the customers found.
_ORDERS: LiteralString = """
select o.id, o.number, o.customer_id, o.total_minor, o.created_at,
  row_number() over (order by o.how, o.created_at desc, o.id) as place from (
    (select 1 as how, o.id, o.number, o.customer_id, o.total_minor, o.created_at from orders o
     where o.boutique_id = private.current_boutique() and %(number)s::text is not null
       and o.number collate "C" >= 'DK-' || %(number)s::text
       and o.number collate "C" < 'DK-' || %(number)s::text || '~'
     order by o.number collate "C" limit %(best)s)
    union all
    select 2, o.* from customers_found f cross join lateral (
      select o.id, o.number, o.customer_id, o.total_minor, o.created_at from orders o
      where o.boutique_id = f.boutique_id and o.customer_id = f.customer_id
      order by o.created_at desc limit 3) o
  ) o order by place limit %(best)s"""
# The latest of each chat, among the latest that hold the words.
_MESSAGES: LiteralString = f"""
select m.*, row_number() over (order by m.seq desc) as place from (
  select distinct on (m.conversation_id) m.* from (
    select m.boutique_id, m.id, m.seq, m.conversation_id, m.body, m.created_at
    from private.own_messages m
    where %(in_chats)s and private.lexemes_of(m.boutique_id, m.body) @@ {_WORDS}
    order by m.seq desc limit 40) m
  order by m.conversation_id, m.seq desc) m
order by place limit %(best)s"""
_ALL: LiteralString = f"""
with pieces_found as materialized ({_PIECES}),
customers_found as materialized ({_CUSTOMERS}),
orders_found as materialized ({_ORDERS}),
messages_found as materialized ({_MESSAGES})
select 'piece' as kind, p.id::text, p.name as title, p.sku as detail, null::text as phone,
  null::text as conversation_id, p.price_minor as amount_minor, shown.path as picture_path,
  null::timestamptz as at, p.place
from pieces_found p left join lateral (
  select m.path from product_images m where m.boutique_id = p.boutique_id and m.product_id = p.id
  order by m.position, m.created_at, m.id limit 1) shown on true
union all
select 'order', o.id::text, o.number, c.name, c.phone, null, o.total_minor, null, o.created_at,
  o.place
from orders_found o
join customers c on c.boutique_id = private.current_boutique() and c.id = o.customer_id
union all
select 'customer', f.customer_id::text, f.name, null, f.phone, null, null, null, null, f.place
from customers_found f where f.place <= %(best)s
union all
select 'message', m.id::text, c.name, m.body, c.phone, m.conversation_id::text, null, null,
  m.created_at, m.place
from messages_found m
join conversations v on v.boutique_id = m.boutique_id and v.id = m.conversation_id
join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id"""
_STATEMENT: LiteralString = f"""
select kind, id, title, detail, phone, conversation_id, amount_minor, picture_path, at
from ({_ALL}) hits
order by array_position(array['order', 'customer', 'piece', 'message'], kind), place"""


async def find(conn: Connection, wanted: Wanted) -> list[Hit]:
    """Orders, customers, pieces, then the chats; of each kind the best first. `words`: not none."""
    async with conn.cursor(row_factory=class_row(Hit)) as cursor:
        await cursor.execute(_STATEMENT.encode(), values_of(wanted))
        return await cursor.fetchall()


def values_of(wanted: Wanted) -> dict[str, Any]:
    return {
        "words": list(wanted.words),
        "digits": [wanted.digits] if wanted.digits else [],
        "number": wanted.number,
        "in_chats": wanted.in_chats,
        "best": BEST,
    }
