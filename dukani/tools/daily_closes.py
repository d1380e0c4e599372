"""Closes a day of the shop: what should be there, what was counted, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from dukani.core import days
from dukani.core.database import Connection
from dukani.core.days import Span
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.store import daily_closes, takings
from dukani.core.store.boutiques import Boutique
from dukani.core.store.daily_closes import DailyClose, NewLine
from dukani.core.store.takings import StatementOfDay, Taking
from dukani.domain.daily_close import (
    COUNTED,
    CountedMethod,
    DifferenceReason,
    PaidOut,
    Place,
    came_since,
    should_be_there,
)

OLDEST = timedelta(days=400)


class TakingsChanged(Conflict):
    """Money came or went while you counted: look at what is expected now, then close."""


class ClosedMeanwhile(Conflict):
    """Somebody closed this day while you counted: look at what they wrote, then decide."""


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day as it stands now. `changed`: by how much it is not what its latest close saw."""

    day: date
    span: Span
    float_minor: int  # what the day before left in the drawer, as far as that was said
    takings: list[Taking]
    statement: StatementOfDay
    latest: DailyClose | None
    changed: dict[CountedMethod, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """`expected_minor`: what the person saw as expected while counting."""

    method: CountedMethod
    user_id: str | None
    expected_minor: int
    counted_minor: int
    reason: DifferenceReason | None

    @property
    def place(self) -> Place:
        return (self.method, self.user_id)


@dataclass(frozen=True, slots=True)
class Count:
    float_minor: int
    paid_out: tuple[PaidOut, ...]
    left_minor: int | None
    note: str
    lines: tuple[Counted, ...]


async def look(conn: Connection, boutique: Boutique, day: date) -> OpenDay:
    """Raises InvalidValue for a day that is to come, or too long ago."""
    _require_countable(day, days.today(boutique.timezone))
    span = days.span(day, day, boutique.timezone)
    taken = await takings.between(conn, since=span.since, until=span.until)
    latest = await daily_closes.latest_of(conn, day=day)
    before = await daily_closes.latest_before(conn, day=day)
    return OpenDay(
        day=day,
        span=span,
        float_minor=(before.left_minor or 0) if before else 0,
        takings=taken,
        statement=await takings.on_statement(conn, since=span.since, until=span.until),
        latest=latest,
        changed=_changed(latest, taken) if latest else {},
    )


async def close(
    conn: Connection,
    boutique: Boutique,
    day: date,
    *,
    after_version: int,
    count: Count,
    user_id: str,
) -> DailyClose:
    """Raises InvalidValue, ClosedMeanwhile, or TakingsChanged."""
    _require_countable(day, days.today(boutique.timezone))
    _require_whole(count.lines)
    span = days.span(day, day, boutique.timezone)
    taken = await takings.between(conn, since=span.since, until=span.until)
    _require_sellers(count.lines, taken)
    expected = should_be_there(
        taken,
        float_minor=count.float_minor,
        paid_out=count.paid_out,
        alone=[line.place for line in count.lines if line.user_id is not None],
    )
    for line in count.lines:
        if line.expected_minor != expected[line.place]:
            raise TakingsChanged
        _require_reason(line)
    close_id = await daily_closes.add(
        conn,
        day=day,
        version=after_version + 1,
        float_minor=count.float_minor,
        paid_out=[asdict(one) for one in count.paid_out],
        left_minor=count.left_minor,
        note=count.note,
        lines=[
            NewLine(one.method, one.user_id, one.expected_minor, one.counted_minor, one.reason)
            for one in count.lines
        ],
        user_id=user_id,
    )
    if close_id is None or await _skips_a_version(conn, day, after_version):
        raise ClosedMeanwhile
    return await the_close(conn, close_id=close_id)


async def the_close(conn: Connection, *, close_id: str) -> DailyClose:
    """Raises NotFound."""
    found = await daily_closes.get(conn, close_id=close_id)
    if found is None:
        raise NotFound("This day was not closed here.")
    return found


def _changed(latest: DailyClose, taken: Sequence[Taking]) -> dict[CountedMethod, int]:
    then: dict[Place, int] = {
        (line["method"], line["user_id"]): line["expected_minor"] for line in latest.lines
    }
    paid_out = [PaidOut(**one) for one in latest.paid_out]
    now = should_be_there(taken, float_minor=latest.float_minor, paid_out=paid_out)
    return came_since(then, now)


def _require_countable(day: date, today: date) -> None:
    if day > today:
        raise InvalidValue(field="day", value=day.isoformat(), remedy="It has not come yet.")
    if day < today - OLDEST:
        raise InvalidValue(
            field="day", value=day.isoformat(), remedy=f"Give one of the last {OLDEST.days} days."
        )


def _require_whole(lines: Sequence[Counted]) -> None:
    places = [line.place for line in lines]
    if len(places) != len(set(places)):
        raise InvalidValue(field="lines", remedy="Count each person once for a way of paying.")
    for method in COUNTED:
        if (method, None) not in places:
            raise InvalidValue(
                field="lines", remedy=f"Say what was counted of {method} for all the others."
            )


def _require_sellers(lines: Sequence[Counted], taken: Sequence[Taking]) -> None:
    sellers = {one.user_id for one in taken} | {None}
    for line in lines:
        if line.user_id not in sellers:
            raise InvalidValue(
                field="lines", value=line.user_id, remedy="This person took no money that day."
            )


def _require_reason(line: Counted) -> None:
    if line.counted_minor != line.expected_minor and line.reason is None:
        difference = line.counted_minor - line.expected_minor
        raise InvalidValue(
            field="lines",
            value=f"{line.method} {difference:+d}",
            remedy="Give this difference a reason, `unknown` where nobody knows.",
        )
    if line.counted_minor == line.expected_minor and line.reason is not None:
        raise InvalidValue(field="lines", value=line.reason, remedy="What agrees needs no reason.")


async def _skips_a_version(conn: Connection, day: date, after_version: int) -> bool:
    """Whether the caller names a version before hers that there is not."""
    if after_version == 0:
        return False
    found = await daily_closes.page(conn, day=day, after=None, limit=2)
    return len(found) < 2 or found[1].version != after_version
