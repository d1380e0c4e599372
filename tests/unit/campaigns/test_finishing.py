"""When a campaign will be finished, and at which hour each message leaves."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.best_hours import best_hour, due_at
from dukani.campaigns.finishing import Finish, Waiting, finish
from dukani.domain.campaigns import Pace

NAIROBI, LAGOS = ZoneInfo("Africa/Nairobi"), ZoneInfo("Africa/Lagos")
NINE = datetime(2026, 12, 1, 6, tzinfo=UTC)  # nine in Nairobi, a Tuesday


def finished(count: int, *, at: datetime = NINE, **pace: object) -> Finish:
    found = finish([Waiting(NAIROBI, at, count)], Pace.model_validate(pace))
    assert found is not None
    return found


def test_a_hundred_thousand_at_ten_a_minute_are_a_week_of_sending_and_two_of_days() -> None:
    found = finished(100_000)
    assert found.sending == timedelta(minutes=10_000)  # seven days without a night
    # 7,200 in the twelve hours of a day: thirteen full days, and six thousand four hundred more
    assert found.ends_at == NINE + timedelta(days=13, minutes=640)


def test_a_skipped_day_is_waited_for_and_so_is_the_morning() -> None:
    found = finished(7_201, skip_days={"wed"})
    assert found.ends_at == NINE + timedelta(days=2, minutes=0.1)
    evening = NINE.replace(hour=20)  # eleven at night in Nairobi
    assert finished(10, at=evening).starts_at == NINE + timedelta(days=1)


def test_hours_are_those_of_each_zone() -> None:
    # given one message for Nairobi and one for Lagos, two hours behind
    waiting = [Waiting(NAIROBI, NINE, 1), Waiting(LAGOS, NINE, 1)]
    found = finish(waiting, Pace(per_minute=1))
    assert found is not None
    assert (found.starts_at, found.ends_at) == (NINE, NINE + timedelta(hours=2, minutes=1))
    assert found.sending == timedelta(minutes=2)


def test_the_number_may_be_slower_than_the_pace() -> None:
    found = finish([Waiting(NAIROBI, NINE, 60)], Pace(per_minute=60), per_minute=2)
    assert found is not None and found.lasts == timedelta(minutes=30)


def test_nobody_takes_no_time() -> None:
    assert finish([], Pace()) is None
    assert finish([Waiting(NAIROBI, NINE, 0)], Pace()) is None


groups = st.lists(
    st.builds(
        Waiting,
        st.sampled_from([NAIROBI, LAGOS]),
        st.datetimes(datetime(2026, 12, 1), datetime(2026, 12, 4)).map(
            lambda at: at.replace(tzinfo=UTC)
        ),
        st.integers(1, 3000),
    ),
    min_size=1,
    max_size=4,
)


@given(groups, st.integers(1, 50))
def test_all_are_sent_at_the_rate_and_none_before_its_time(
    waiting: list[Waiting], per_minute: int
) -> None:
    found = finish(waiting, Pace(per_minute=per_minute))

    assert found is not None
    count = sum(one.count for one in waiting)
    assert found.sending / timedelta(minutes=1) == pytest.approx(count / per_minute, abs=1e-3)
    assert found.sending <= found.lasts + timedelta(milliseconds=1)
    assert found.starts_at >= min(one.due_at for one in waiting)
    assert found.ends_at >= max(one.due_at for one in waiting)


def test_her_hour_counts_when_she_read_often_enough_within_the_campaigns_hours() -> None:
    pace = Pace()
    assert best_hour({12: 3, 20: 2}, {10: 99}, pace) == 12
    assert best_hour({12: 2, 15: 2}, {10: 99}, pace) == 10  # four times are too few
    assert best_hour({7: 40, 21: 40}, {10: 1}, pace) == 10  # not within
    assert best_hour({}, {}, pace) is None
    assert best_hour({10: 5, 18: 5}, {}, pace) == 10
    assert best_hour({9: 9, 10: 5}, {}, Pace(opens=time(9, 30))) == 10


def test_the_hour_comes_today_or_tomorrow() -> None:
    assert due_at(NINE, 18, zone=NAIROBI) == NINE.replace(hour=15)
    assert due_at(NINE.replace(hour=7), 9, zone=NAIROBI) == NINE + timedelta(days=1)
    assert due_at(NINE.replace(minute=20), 9, zone=NAIROBI) == NINE.replace(minute=20)
    assert due_at(NINE, None, zone=NAIROBI) == NINE
