"""Tells whether a shop is open at a moment, and when it opens next. Pure."""

from __future__ import annotations

from datetime import datetime, time

from dukani.domain.opening_hours import Day, Span, Week
from dukani.domain.pieces import Frozen

_END_OF_DAY = (time(0), time(23, 59))  # closing times that mean midnight


class Opening(Frozen):
    """The shop is open `now`, else opens on `weekday` (0: Monday) at `opens`, local time."""

    now: bool = False
    days_ahead: int = 0  # 0: later today, 1: tomorrow
    weekday: int = 0
    opens: time = time(0)


def opening_at(week: Week, local: datetime) -> Opening | None:
    """The opening at a local time; None for a week without an open day."""
    today = local.weekday()
    if any(_is_within(span, local.time()) for span in week[today]):
        return Opening(now=True)
    for ahead in range(len(week) + 1):
        weekday = (today + ahead) % len(week)
        opens = _first_after(week[weekday], local.time() if ahead == 0 else None)
        if opens is not None:
            return Opening(days_ahead=ahead, weekday=weekday, opens=opens)
    return None


def _is_within(span: Span, at: time) -> bool:
    return span.opens <= at and (span.closes in _END_OF_DAY or at < span.closes)


def _first_after(day: Day, at: time | None) -> time | None:
    return next((span.opens for span in day if at is None or span.opens > at), None)
