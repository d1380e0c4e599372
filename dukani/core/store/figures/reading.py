"""Figures of any days: those that are written from a row a day, the others by counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import LiteralString, TypeVar

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.figures import counting
from dukani.core.store.figures.days import Span, written


@dataclass(frozen=True, slots=True)
class DaySales:
    """Sums in minor units of the boutique's currency. `alone`: orders without a person's help."""

    on_day: date
    orders: int = 0
    orders_minor: int = 0
    alone: int = 0
    alone_minor: int = 0
    counter_sales: int = 0
    counter_minor: int = 0
    refunds: int = 0
    refunds_minor: int = 0


@dataclass(frozen=True, slots=True)
class DayKind:
    on_day: date
    category: str
    pieces: int
    minor: int


@dataclass(frozen=True, slots=True)
class DayChats:
    """Sessions that began on the day, by how far they came; each stage is in those before it.

    The answers are counted by how long customers waited: `counting.ANSWERED_WITHIN_S`, and longer.
    """

    on_day: date
    sessions: int
    shown: int
    in_cart: int
    quoted: int
    paid: int
    with_person: int
    misunderstanding: int
    turns: int
    misunderstood: int
    assistant_answers: list[int]
    person_answers: list[int]


@dataclass(frozen=True, slots=True)
class DayModel:
    on_day: date
    model: str
    calls: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Buyers:
    """People known who bought in some days; `first`: of these, never before."""

    buyers: int
    first: int


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, and which of them are written. Of one moment: read it in a transaction."""

    span: Span
    written: Sequence[date]
    unwritten: Sequence[Span]


Row = TypeVar("Row")


async def days_of(conn: Connection, span: Span) -> Days:
    there = await written(conn, first=span.first, end=span.end)
    return Days(span, sorted(there), _runs(span, there))


def _runs(span: Span, there: set[date]) -> list[Span]:
    """The days that are not there, as few spans as they make."""
    runs: list[Span] = []
    day = span.first
    while day < span.end:
        after = day + timedelta(days=1)
        if day not in there:
            if runs and runs[-1].end == day:
                runs[-1] = Span(runs[-1].first, after, span.zone)
            else:
                runs.append(Span(day, after, span.zone))
        day = after
    return runs


async def sales(conn: Connection, days: Days) -> list[DaySales]:
    """By day; a day without a sale has no row."""
    return await _rows(conn, days, DaySales, "daily_sales", counting.SALES)


async def kinds(conn: Connection, days: Days) -> list[DayKind]:
    return await _rows(conn, days, DayKind, "daily_kinds", counting.KINDS)


async def chats(conn: Connection, days: Days) -> list[DayChats]:
    return await _rows(conn, days, DayChats, "daily_chats", counting.CHATS)


async def models(conn: Connection, days: Days) -> list[DayModel]:
    return await _rows(conn, days, DayModel, "daily_models", counting.MODELS)


async def _rows(
    conn: Connection, days: Days, kind: type[Row], table: LiteralString, counted: LiteralString
) -> list[Row]:
    columns: LiteralString = ", ".join(name for name in kind.__dataclass_fields__)  # type: ignore[attr-defined]
    async with conn.cursor(row_factory=class_row(kind)) as cursor:
        await cursor.execute(
            f"""select {columns} from {table}
                where boutique_id = private.current_boutique() and on_day = any(%(days)s)
                order by on_day""".encode(),
            {"days": list(days.written)},
        )
        found = await cursor.fetchall()
        for span in days.unwritten:
            await cursor.execute(counted.encode(), span.params())
            found += await cursor.fetchall()
    return found


async def buyers(conn: Connection, days: Days) -> Buyers:
    """Distinct over all the days."""
    cursor = await conn.execute(
        b"""select customer_id::text as customer_id, bool_or(is_first) as is_first
           from daily_buyers
           where boutique_id = private.current_boutique() and on_day = any(%(days)s)
           group by customer_id""",
        {"days": list(days.written)},
    )
    is_first = {row["customer_id"]: row["is_first"] for row in await cursor.fetchall()}
    for span in days.unwritten:
        cursor = await conn.execute(counting.BUYERS.encode(), span.params())
        for row in await cursor.fetchall():
            customer = str(row["customer_id"])
            is_first[customer] = is_first.get(customer, False) or row["is_first"]
    return Buyers(len(is_first), sum(is_first.values()))
