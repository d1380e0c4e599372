"""A boutique's figures of some days, by day, week or month, and of as many days before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from dukani.core.database import Connection
from dukani.core.settings import ModelPrice
from dukani.core.store.figures import reading
from dukani.core.store.figures.counting import ANSWERED_WITHIN_S
from dukani.core.store.figures.days import Span
from dukani.core.store.figures.reading import Buyers, DayChats, DayKind, DayModel, DaySales

Step = Literal["day", "week", "month"]
_CLASSES = len(ANSWERED_WITHIN_S) + 1


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a boutique, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """As many days, up to the day before the first."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def span(self, zone: ZoneInfo) -> Span:
        return Span(self.first, self.last + timedelta(days=1), zone)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a period; money in minor units. `models_usd_micro`: in millionths of a US dollar,
    None when a model's price is not known.
    """

    orders: int
    orders_minor: int
    alone: int
    alone_minor: int
    counter_sales: int
    counter_minor: int
    refunds: int
    refunds_minor: int
    buyers: int
    first_buyers: int
    sessions: int
    shown: int
    in_cart: int
    quoted: int
    paid: int
    with_person: int
    misunderstanding: int
    turns: int
    misunderstood: int
    assistant_answers: Sequence[int]
    person_answers: Sequence[int]
    models_usd_micro: int | None

    @property
    def sales(self) -> int:
        return self.orders + self.counter_sales

    @property
    def sales_minor(self) -> int:
        return self.orders_minor + self.counter_minor

    @property
    def average_minor(self) -> int | None:
        """Of a sale, rounded half up; None without one."""
        return (2 * self.sales_minor + self.sales) // (2 * self.sales) if self.sales else None


@dataclass(frozen=True, slots=True)
class Point:
    """One day, or the part of a week or month that lies in the period. `first` is its first day."""

    first: date
    last: date
    orders: int = 0
    orders_minor: int = 0
    counter_sales: int = 0
    counter_minor: int = 0
    refunds_minor: int = 0
    sessions: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    category: str
    pieces: int
    minor: int
    before_pieces: int
    before_minor: int


@dataclass(frozen=True, slots=True)
class Model:
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    usd_micro: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    period: Period
    now: Totals
    before: Totals
    points: Sequence[Point]
    points_before: Sequence[Point]
    kinds: Sequence[Kind]
    models: Sequence[Model]


@dataclass(frozen=True, slots=True)
class _Read:
    sales: Sequence[DaySales]
    kinds: Sequence[DayKind]
    chats: Sequence[DayChats]
    models: Sequence[DayModel]
    buyers: Buyers


async def figures(
    conn: Connection,
    period: Period,
    *,
    zone: ZoneInfo,
    step: Step,
    prices: Mapping[str, ModelPrice],
) -> Figures:
    now = await _read(conn, period.span(zone))
    before = await _read(conn, period.before().span(zone))
    return Figures(
        period,
        now=_totals(now, prices),
        before=_totals(before, prices),
        points=_points(now, period, step),
        points_before=_points(before, period.before(), step),
        kinds=_kinds(now.kinds, before.kinds),
        models=_models(now.models, prices),
    )


async def _read(conn: Connection, span: Span) -> _Read:
    days = await reading.days_of(conn, span)
    return _Read(
        await reading.sales(conn, days),
        await reading.kinds(conn, days),
        await reading.chats(conn, days),
        await reading.models(conn, days),
        await reading.buyers(conn, days),
    )


def _totals(read: _Read, prices: Mapping[str, ModelPrice]) -> Totals:
    costs = [one.usd_micro for one in _models(read.models, prices)]
    known = [cost for cost in costs if cost is not None]
    return Totals(
        **_summed(read.sales, _OF_SALES),
        **_summed(read.chats, _OF_CHATS),
        buyers=read.buyers.buyers,
        first_buyers=read.buyers.first,
        assistant_answers=_added([day.assistant_answers for day in read.chats]),
        person_answers=_added([day.person_answers for day in read.chats]),
        models_usd_micro=sum(known) if len(known) == len(costs) else None,
    )


_OF_SALES = ("orders", "orders_minor", "alone", "alone_minor", "counter_sales", "counter_minor",
             "refunds", "refunds_minor")  # fmt: skip
_OF_CHATS = ("sessions", "shown", "in_cart", "quoted", "paid", "with_person", "misunderstanding",
             "turns", "misunderstood")  # fmt: skip


def _summed(rows: Sequence[DaySales] | Sequence[DayChats], names: Sequence[str]) -> dict[str, int]:
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def _added(answers: Sequence[Sequence[int]]) -> list[int]:
    return [sum(one[nth] for one in answers) for nth in range(_CLASSES)]


def _points(read: _Read, period: Period, step: Step) -> list[Point]:
    """Every one of the period, also those on which nothing happened."""
    sums: dict[date, Counter[str]] = defaultdict(Counter)
    for sold in read.sales:
        sums[_begins(sold.on_day, step)].update(
            orders=sold.orders,
            orders_minor=sold.orders_minor,
            counter_sales=sold.counter_sales,
            counter_minor=sold.counter_minor,
            refunds_minor=sold.refunds_minor,
        )
    for talked in read.chats:
        sums[_begins(talked.on_day, step)].update(sessions=talked.sessions, paid=talked.paid)
    points, day = [], period.first
    while day <= period.last:
        after = _after(day, step)
        last = min(after - timedelta(days=1), period.last)
        points.append(Point(day, last, **sums[_begins(day, step)]))
        day = after
    return points


def _begins(day: date, step: Step) -> date:
    """Weeks begin on Monday."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def _after(day: date, step: Step) -> date:
    if step == "day":
        return day + timedelta(days=1)
    if step == "week":
        return _begins(day, step) + timedelta(days=7)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _kinds(now: Sequence[DayKind], before: Sequence[DayKind]) -> list[Kind]:
    """What brought most comes first."""
    pieces, minor = _by_category(now)
    pieces_before, minor_before = _by_category(before)
    kinds = [
        Kind(kind, pieces[kind], minor[kind], pieces_before[kind], minor_before[kind])
        for kind in {*pieces, *pieces_before}
    ]
    return sorted(kinds, key=lambda one: (-one.minor, -one.before_minor, one.category))


def _by_category(rows: Sequence[DayKind]) -> tuple[Counter[str], Counter[str]]:
    pieces: Counter[str] = Counter()
    minor: Counter[str] = Counter()
    for row in rows:
        pieces[row.category] += row.pieces
        minor[row.category] += row.minor
    return pieces, minor


def _models(rows: Sequence[DayModel], prices: Mapping[str, ModelPrice]) -> list[Model]:
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        used[row.model].update(calls=row.calls, i=row.input_tokens, o=row.output_tokens)
    return [
        Model(
            name, sums["calls"], sums["i"], sums["o"], cost(prices.get(name), sums["i"], sums["o"])
        )
        for name, sums in sorted(used.items())
    ]


def cost(price: ModelPrice | None, input_tokens: int, output_tokens: int) -> int | None:
    """In millionths of a US dollar, half up. A price of a dollar a million is one a token."""
    if price is None:
        return None
    exact = price.input_usd * input_tokens + price.output_usd * output_tokens
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
