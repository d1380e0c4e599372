"""Days of a boutique's calendar, and the moments at which they begin."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)  # what is outside them is a slip of the finger


class Span(NamedTuple):
    """From `since` to before `until`, with their zone."""

    since: datetime
    until: datetime


def begins(day: date, timezone: str) -> datetime:
    """The boutique's midnight; a day has 23 or 25 hours where its clocks change."""
    return datetime.combine(day, time.min, ZoneInfo(timezone))


def span(first: date, last: date, timezone: str) -> Span:
    """The days from `first` to `last`, both inclusive."""
    return Span(begins(first, timezone), begins(last + timedelta(days=1), timezone))


def today(timezone: str) -> date:
    return datetime.now(ZoneInfo(timezone)).date()
