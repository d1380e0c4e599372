"""A past of a shop, written at once by one statement a table, and its figures in plain Python."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

ZONE = ZoneInfo("Africa/Nairobi")

# Over `days` days before `until`: orders of one to four lines, some unpaid, some given back in
# part; one sale in the shop for every four orders, some undone; a talk an order.
_PAST = """
set session_replication_role = replica;
select setseed(0.42);
insert into customers (boutique_id, id, phone)
select %(b)s, gen_random_uuid(), '+2547' || lpad((%(phones)s + n)::text, 8, '0')
from generate_series(1, %(customers)s) n;
create temporary table people on commit drop as
  select id, row_number() over (order by phone) as nth from customers where boutique_id = %(b)s;
insert into conversations (boutique_id, id, customer_id, provider)
select %(b)s, p.id, p.id, 'twilio' from people p;
create temporary table past on commit drop as
  select n, gen_random_uuid() as id, %(until)s - random() * %(days)s * interval '1 day' as at,
    1 + floor(random() * %(customers)s)::int as buyer, random() as luck,
    1 + n %% 4 as lines
  from generate_series(1, %(orders)s) n;
insert into chat_sessions (boutique_id, conversation_id, started_at, turns, shown, in_cart, quoted,
  with_person, misunderstood)
select %(b)s, p.id, o.at - interval '20 minutes', 1 + (o.n %% 9), o.luck > 0.05, o.luck > 0.1,
  o.luck > 0.15, o.luck > 0.9, (o.n %% 7 = 0)::int
from past o join people p on p.nth = o.buyer;
insert into orders (boutique_id, id, number, customer_id, conversation_id, currency, items_minor,
  delivery_minor, address, status, payment_status, created_at, paid_at)
select %(b)s, o.id, 'N' || lpad(o.n::text, 7, '0'), p.id, p.id, 'KES', 100 * o.n * o.lines, 20000 * (o.n %% 2), 'Kilimani',
  case when o.luck > 0.2 then 'confirmed' else 'open' end,
  case when o.luck > 0.2 then 'paid' else 'unpaid' end, o.at,
  case when o.luck > 0.2 then o.at + o.luck * interval '9 hours' end
from past o join people p on p.nth = o.buyer;
insert into order_items (boutique_id, order_id, sku, name, category, colour, size, unit_price_minor,
  quantity)
select %(b)s, o.id, 'S', 'Piece', (array['dress', 'shirt', 'shoes'])[1 + (o.n + l) %% 3], 'blue', 'M',
  100 * o.n, 1
from past o, generate_series(1, o.lines) l;
insert into refunds (boutique_id, order_id, number, amount_minor, currency, reason, method,
  reference, refunded_by, created_at)
select %(b)s, o.id, 1, 50 * o.n, 'KES', 'faulty', 'mpesa', 'R' || o.n, 'system',
  least(o.at + interval '3 days', %(until)s)
from past o where o.luck > 0.2 and o.n %% 17 = 0;
insert into counter_sales (boutique_id, id, number, total_minor, currency, paid_by, customer_id,
  created_at, undone_at, undone_by)
select %(b)s, o.id, 'C' || lpad(o.n::text, 7, '0'), 100 * o.n, 'KES', 'cash', case when o.n %% 8 = 0 then p.id end,
  o.at + interval '1 hour', case when o.luck > 0.95 then o.at + interval '2 hours' end,
  case when o.luck > 0.95 then gen_random_uuid() end
from past o join people p on p.nth = o.buyer where o.n %% 4 = 0;
insert into counter_sale_items (boutique_id, sale_id, position, sku, name, category, colour, size,
  quantity, unit_price_minor)
select %(b)s, o.id, 1, 'S', 'Piece', 'shirt', 'blue', 'M', 2, 50 * o.n from past o where o.n %% 4 = 0;
insert into messages (boutique_id, conversation_id, direction, author, provider, status, created_at)
select %(b)s, p.id, m.direction, m.author, 'twilio', m.status::message_status,
  o.at - interval '20 minutes' + m.after * (1 + o.n %% 400)
from past o join people p on p.nth = o.buyer, (values
  ('in', 'customer', 'received', interval '0'), ('in', 'customer', 'received', interval '1 second'),
  ('out', 'assistant', 'sent', interval '2 seconds'), ('in', 'customer', 'received', interval '3 seconds'),
  ('out', 'staff', 'sent', interval '9 seconds')) m(direction, author, status, after)
where %(messages)s and o.n %% 5 = 0
order by o.at - interval '20 minutes' + m.after * (1 + o.n %% 400);
insert into token_usage (boutique_id, conversation_id, on_day, model, calls, input_tokens,
  output_tokens)
select %(b)s, p.id, (o.at at time zone 'Africa/Nairobi')::date, 'gemini-2.5-flash', count(*),
  900 * count(*), 40 * count(*)
from past o join people p on p.nth = o.buyer where o.n %% 3 = 0 group by 2, 3;
"""  # noqa: E501 - a table of rows


def write_past(
    superuser_url: str,
    boutique: str,
    *,
    orders: int,
    days: int,
    until: datetime,
    customers: int = 500,
    messages: bool = True,
) -> None:
    """`orders` orders with 2.5 lines each."""
    params = {
        "b": boutique, "orders": orders, "days": days, "until": until, "customers": customers,
        "messages": messages, "phones": abs(hash(boutique)) % 90_000_000,
    }  # fmt: skip
    with psycopg.ClientCursor(psycopg.connect(superuser_url)) as cursor:
        cursor.execute(_PAST, params)
        cursor.connection.commit()
        for table in ("orders", "order_items", "counter_sales", "chat_sessions", "messages"):
            cursor.execute(f"analyze {table}".encode())
        cursor.connection.commit()
        cursor.connection.close()


@dataclass
class PlainDay:
    """What the rows say of a day, added up one by one."""

    orders: int = 0
    orders_minor: int = 0
    alone: int = 0
    counter_sales: int = 0
    counter_minor: int = 0
    refunds: int = 0
    refunds_minor: int = 0
    sessions: int = 0
    stages: list[int] = field(default_factory=lambda: [0] * 5)
    misunderstood: int = 0
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)
    buyers: set[str] = field(default_factory=set)
    first_buyers: set[str] = field(default_factory=set)
    input_tokens: int = 0
    assistant_answers: list[int] = field(default_factory=lambda: [0] * 6)
    person_answers: list[int] = field(default_factory=lambda: [0] * 6)


def plain_figures(superuser_url: str, boutique: str) -> dict[date, PlainDay]:
    """By the boutique's day, from the rows as they are."""
    days: dict[date, PlainDay] = defaultdict(PlainDay)
    with psycopg.connect(superuser_url) as conn:
        sessions = _sessions(conn, boutique, days)
        sales = _orders(conn, boutique, days, sessions)
        sales += _counter(conn, boutique, days)
        for at, minor in _rows(conn, "select created_at, amount_minor from refunds", boutique):
            day = days[_day(at)]
            day.refunds += 1
            day.refunds_minor += minor
        for on_day, tokens in _rows(conn, "select on_day, input_tokens from token_usage", boutique):
            days[on_day].input_tokens += tokens
        _answers(conn, boutique, days)
    known: set[str] = set()
    by_day: dict[date, set[str]] = defaultdict(set)
    for at, customer in sales:
        by_day[_day(at)].add(customer)
    for on_day in sorted(by_day):
        days[on_day].buyers = by_day[on_day]
        days[on_day].first_buyers = by_day[on_day] - known
        known |= by_day[on_day]
    for session in sessions.values():
        for started, came_to in session:
            for stage in range(came_to[0] + 1):
                days[_day(started)].stages[stage] += 1
    return days


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _rows(conn: psycopg.Connection[Any], select: str, boutique: str) -> Any:
    return conn.execute(f"{select} where boutique_id = %s".encode(), (boutique,))


Sessions = dict[str, list[tuple[datetime, list[int]]]]


def _sessions(conn: psycopg.Connection[Any], boutique: str, days: dict[date, PlainDay]) -> Sessions:
    found: Sessions = defaultdict(list)
    select = """select conversation_id::text, started_at, shown, in_cart, quoted, with_person,
      misunderstood from chat_sessions"""
    for chat, started, shown, in_cart, quoted, with_person, missed in _rows(conn, select, boutique):
        stage = 3 if quoted else 2 if in_cart else 1 if shown else 0
        found[chat].append((started, [stage, int(with_person)]))
        days[_day(started)].sessions += 1
        days[_day(started)].misunderstood += missed
    return found


def _orders(
    conn: psycopg.Connection[Any], boutique: str, days: dict[date, PlainDay], sessions: Sessions
) -> list[tuple[datetime, str]]:
    items: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for order, category, quantity, price in _rows(
        conn,
        "select order_id::text, category, quantity, unit_price_minor from order_items",
        boutique,
    ):
        items[order].append((category, quantity, quantity * price))
    sales = []
    select = """select id::text, customer_id::text, conversation_id::text, created_at, paid_at,
      total_minor, payment_status from orders"""
    for order, customer, chat, created, paid_at, total, status in _rows(conn, select, boutique):
        if status != "paid":
            continue
        around = [
            (started, came_to)
            for started, came_to in sessions.get(chat, [])
            if started <= created < started + timedelta(hours=24)
        ]
        alone = not any(came_to[1] for _, came_to in around)
        if around:
            max(around)[1][0] = 4  # the session that began last
        day = days[_day(paid_at)]
        day.orders += 1
        day.orders_minor += total
        day.alone += alone
        for category, quantity, minor in items[order]:
            pieces, sum_minor = day.kinds.get(category, (0, 0))
            day.kinds[category] = (pieces + quantity, sum_minor + minor)
        sales.append((paid_at, customer))
    return sales


def _counter(
    conn: psycopg.Connection[Any], boutique: str, days: dict[date, PlainDay]
) -> list[tuple[datetime, str]]:
    items: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    lines = "select sale_id::text, category, quantity, unit_price_minor from counter_sale_items"
    for sale, category, quantity, price in _rows(conn, lines, boutique):
        items[sale].append((category, quantity, quantity * price))
    sales = []
    select = (
        "select id::text, customer_id::text, created_at, total_minor, undone_at from counter_sales"
    )
    for sale, customer, at, total, undone in _rows(conn, select, boutique):
        if undone is not None:
            continue
        day = days[_day(at)]
        day.counter_sales += 1
        day.counter_minor += total
        for category, quantity, minor in items[sale]:
            pieces, sum_minor = day.kinds.get(category, (0, 0))
            day.kinds[category] = (pieces + quantity, sum_minor + minor)
        if customer:
            sales.append((at, customer))
    return sales


def _answers(conn: psycopg.Connection[Any], boutique: str, days: dict[date, PlainDay]) -> None:
    asked: dict[str, datetime] = {}
    select = """select conversation_id::text, direction, author, created_at from messages"""
    rows = conn.execute(
        f"{select} where boutique_id = %s order by seq".encode(), (boutique,)
    ).fetchall()
    for chat, direction, author, at in rows:
        if direction == "in":
            asked.setdefault(chat, at)
        elif (since := asked.pop(chat, None)) is not None and at - since < timedelta(days=1):
            waited = (at - since).total_seconds()
            nth = next((n for n, s in enumerate((5, 30, 120, 600, 3600)) if waited < s), 5)
            day = days[_day(at)]
            (day.assistant_answers if author == "assistant" else day.person_answers)[nth] += 1
