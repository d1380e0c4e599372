"""Which days are written, and the writing of those that are over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, LiteralString
from zoneinfo import ZoneInfo

from dukani.core.database import Connection
from dukani.core.store.figures import counting

# Long after any transaction of the day before has ended.
OVER_FOR = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a boutique, from `first` to before `end`, in `zone`."""

    first: date
    end: date
    zone: ZoneInfo

    def params(self) -> dict[str, Any]:
        """For the statements of `counting`."""
        return {
            "zone": self.zone.key,
            "since": _midnight(self.first, self.zone),
            "until": _midnight(self.end, self.zone),
        }


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


async def zone_of(conn: Connection) -> str:
    """The boutique's time zone as it is now."""
    cursor = await conn.execute(
        b"select timezone from boutiques where id = private.current_boutique()"
    )
    row = await cursor.fetchone()
    assert row is not None  # the boutique of the connection
    return str(row["timezone"])


async def first_day(conn: Connection, *, zone: ZoneInfo) -> date | None:
    """The first day on which anything happened that is counted; None: nothing has."""
    cursor = await conn.execute(
        b"""select least(
             (select min(o.paid_at) from orders o
              where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'),
             (select min(s.created_at) from counter_sales s
              where s.boutique_id = private.current_boutique()),
             (select min(s.started_at) from chat_sessions s
              where s.boutique_id = private.current_boutique()),
             (select min(m.created_at) from messages m
              where m.boutique_id = private.current_boutique())) as at"""
    )
    row = await cursor.fetchone()
    assert row is not None  # a select without a from has one row
    at: datetime | None = row["at"]
    return None if at is None else at.astimezone(zone).date()


async def written(conn: Connection, *, first: date, end: date) -> set[date]:
    """The days from `first` to before `end` whose rows are as they should be."""
    cursor = await conn.execute(
        b"""select f.on_day from daily_figures f
           where f.boutique_id = private.current_boutique()
             and f.on_day >= %(first)s and f.on_day < %(end)s
             and not exists (select from changed_days c
               where c.boutique_id = f.boutique_id and c.on_day = f.on_day)""",
        {"first": first, "end": end},
    )
    return {row["on_day"] for row in await cursor.fetchall()}


async def take_changed(conn: Connection) -> list[date]:
    """The written days of which something has changed; they are to be written in this transaction.

    What changes meanwhile is noted anew, for the next time.
    """
    cursor = await conn.execute(
        b"""with taken as (
             delete from changed_days where boutique_id = private.current_boutique()
             returning on_day)
           select distinct t.on_day from taken t
           join daily_figures f on f.boutique_id = private.current_boutique()
             and f.on_day = t.on_day
           order by t.on_day"""
    )
    return [row["on_day"] for row in await cursor.fetchall()]


_COLUMNS: Mapping[LiteralString, LiteralString] = {
    "daily_sales": "orders, orders_minor, alone, alone_minor, counter_sales, counter_minor,"
    " refunds, refunds_minor",
    "daily_kinds": "category, pieces, minor",
    "daily_buyers": "customer_id, is_first",
    "daily_chats": "sessions, shown, in_cart, quoted, paid, with_person, misunderstanding, turns,"
    " misunderstood, assistant_answers, person_answers",
    "daily_models": "model, calls, input_tokens, output_tokens",
}
_COUNTED: Mapping[LiteralString, LiteralString] = {
    "daily_sales": counting.SALES,
    "daily_kinds": counting.KINDS,
    "daily_buyers": counting.BUYERS,
    "daily_chats": counting.CHATS,
    "daily_models": counting.MODELS,
}
# Messages are not kept for ever: a day that is written anew keeps the answers that were counted
# while its messages were there.
_KEEP_ANSWERS = b"""
update daily_chats c set assistant_answers = o.assistant_answers, person_answers = o.person_answers
from unnest(%(days)s::date[], %(assistant)s::text[], %(person)s::text[])
  as was(on_day, assistant, person),
  lateral (select was.assistant::int[] as assistant_answers, was.person::int[] as person_answers) o
where c.boutique_id = private.current_boutique() and c.on_day = was.on_day
  and (select coalesce(sum(n), 0) from unnest(c.assistant_answers || c.person_answers) n)
    < (select coalesce(sum(n), 0) from unnest(o.assistant_answers || o.person_answers) n)"""


async def write(conn: Connection, span: Span, *, days: Sequence[date]) -> None:
    """Write these days of the span, whatever was written of them before."""
    params = span.params() | {"days": list(days)}
    kept = await _answers_of(conn, params)
    for table, columns in _COLUMNS.items():
        await conn.execute(
            f"""delete from {table} where boutique_id = private.current_boutique()
                and on_day = any(%(days)s)""".encode(),
            params,
        )
        await conn.execute(
            f"""insert into {table} (boutique_id, on_day, {columns})
                select private.current_boutique(), f.on_day, {columns}
                from ({_COUNTED[table]}) f where f.on_day = any(%(days)s)""".encode(),
            params,
        )
    if kept["days"]:
        await conn.execute(_KEEP_ANSWERS, kept)
    await conn.execute(
        b"""delete from daily_figures where boutique_id = private.current_boutique()
            and on_day = any(%(days)s)""",
        params,
    )
    await conn.execute(
        b"""insert into daily_figures (boutique_id, on_day)
            select private.current_boutique(), unnest(%(days)s::date[])""",
        params,
    )


async def _answers_of(conn: Connection, params: Mapping[str, Any]) -> dict[str, list[Any]]:
    cursor = await conn.execute(
        b"""select on_day, assistant_answers::text as assistant, person_answers::text as person
           from daily_chats
           where boutique_id = private.current_boutique() and on_day = any(%(days)s)""",
        params,
    )
    rows = await cursor.fetchall()
    return {
        "days": [row["on_day"] for row in rows],
        "assistant": [row["assistant"] for row in rows],
        "person": [row["person"] for row in rows],
    }
