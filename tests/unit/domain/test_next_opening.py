"""A shop is open within its hours, and opens next on the first day that has some."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from dukani.domain.next_opening import Opening, opening_at
from dukani.domain.opening_hours import read_week

WEEK = read_week({"mon-fri": ["9:00-13:00", "14:00-18:00"], "sat": "10am-midnight"})
OPEN = Opening(now=True)


@pytest.mark.parametrize(
    ("day", "at", "opening"),
    [
        # 30 November 2026 is a Monday
        (30, "08:59", Opening(days_ahead=0, weekday=0, opens=time(9))),
        (30, "09:00", OPEN),
        (30, "13:00", Opening(days_ahead=0, weekday=0, opens=time(14))),  # noon
        (30, "17:59", OPEN),
        (30, "18:00", Opening(days_ahead=1, weekday=1, opens=time(9))),
        (28, "23:59", OPEN),  # Saturday till midnight
        (29, "00:00", Opening(days_ahead=1, weekday=0, opens=time(9))),
        (27, "20:00", Opening(days_ahead=1, weekday=5, opens=time(10))),
    ],
)
def test_open_or_next_open(day: int, at: str, opening: Opening) -> None:
    local = datetime.fromisoformat(f"2026-11-{day}T{at}")
    assert opening_at(WEEK, local) == opening


def test_round_the_clock_is_always_open() -> None:
    week = read_week({"mon-sun": "0:00-24:00"})
    assert opening_at(week, datetime(2026, 11, 30, 23, 59, 30)) == OPEN


def test_a_shop_open_on_one_day_opens_again_a_week_later() -> None:
    week = read_week({"mon": "9:00-12:00"})
    opening = opening_at(week, datetime(2026, 11, 30, 15))
    assert opening == Opening(days_ahead=7, weekday=0, opens=time(9))
