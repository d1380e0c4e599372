"""When a campaign begins, and what happens to an hour that nobody saw."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.campaigns.lifecycle import MOVES, Due, first_at, next_after, when_due
from dukani.domain.campaigns import Later, Now, Recurring, Status

HOUR = timedelta(hours=1)
FRIDAYS = Recurring(rule="FREQ=WEEKLY;BYDAY=FR", starts=datetime(2026, 11, 27, 10))
ZONE = "Africa/Nairobi"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_now_is_now_and_a_time_that_is_over_too() -> None:
    now = at("2026-11-27T12:00")
    assert first_at(Now(), now=now, zone=ZONE) == now
    assert first_at(Later(at=now + HOUR), now=now, zone=ZONE) == now + HOUR
    assert first_at(Later(at=now - HOUR), now=now, zone=ZONE) == now


def test_a_rule_is_of_the_shops_clock() -> None:
    assert first_at(FRIDAYS, now=at("2026-11-25T00:00"), zone=ZONE) == at("2026-11-27T07:00")
    assert next_after(FRIDAYS, at("2026-11-27T07:00"), zone=ZONE) == at("2026-12-04T07:00")


def test_a_rule_that_ends_is_over() -> None:
    once = Recurring(rule="FREQ=DAILY;COUNT=2", starts=datetime(2026, 11, 27, 10))
    assert next_after(once, at("2026-11-28T07:00"), zone=ZONE) is None


def test_ten_stays_ten_when_summer_time_begins_and_ends() -> None:
    daily = Recurring(rule="FREQ=DAILY", starts=datetime(2026, 3, 27, 10))
    hours, moment = [], at("2026-03-27T12:00")
    for _ in range(3):
        found = next_after(daily, moment, zone="Europe/Berlin")
        assert found is not None
        hours.append(found)
        moment = found
    assert hours == [at("2026-03-28T09:00"), at("2026-03-29T08:00"), at("2026-03-30T08:00")]


def test_an_hour_that_comes_twice_counts_once() -> None:
    nightly = Recurring(rule="FREQ=DAILY", starts=datetime(2026, 10, 24, 2, 30))
    first = next_after(nightly, at("2026-10-24T12:00"), zone="Europe/Berlin")
    assert first == at("2026-10-25T00:30")
    assert next_after(nightly, first, zone="Europe/Berlin") == at("2026-10-26T01:30")


@pytest.mark.parametrize(
    ("late", "act"), [(timedelta(0), "begin"), (HOUR, "begin"), (HOUR * 1.01, "miss")]
)
def test_a_campaign_whose_hour_nobody_saw_is_missed(late: timedelta, act: str) -> None:
    due_at = at("2026-11-27T07:00")
    due = when_due(Later(at=due_at), due_at, now=due_at + late, zone=ZONE, late=HOUR)
    assert due == Due(act, due_at, None)  # type: ignore[arg-type]


def test_one_that_recurs_catches_up_once_and_only_if_it_is_not_too_late() -> None:
    first = at("2026-11-27T07:00")
    third = at("2026-12-11T07:00")
    fourth = at("2026-12-18T07:00")

    # given three hours that passed, the last one minutes ago, then that one is begun
    due = when_due(FRIDAYS, first, now=third + HOUR / 2, zone=ZONE, late=HOUR)
    assert due == Due("begin", third, fourth)

    # and when that is over too, then none
    due = when_due(FRIDAYS, first, now=third + 5 * HOUR, zone=ZONE, late=HOUR)
    assert due == Due("pass_over", third, fourth)


def test_what_is_over_never_begins_again() -> None:
    over: set[Status] = {"completed", "cancelled", "failed"}
    for act, (since, _) in MOVES.items():
        assert not over & set(since), act


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=11;COUNT=3"],
)
def test_a_rule_that_names_no_day_that_comes_is_over_at_once(rule: str):
    never = Recurring(rule=rule, starts=datetime(2026, 11, 1, 9))

    assert next_after(never, datetime(2026, 11, 27, tzinfo=UTC), zone=ZONE) is None


@pytest.mark.parametrize(
    ("rule", "then"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29T09:00"),  # of a leap year
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T09:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-11-29T09:00"),  # in weeks from Monday on
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH", "2026-12-31T09:00"),
        ("FREQ=YEARLY;BYEASTER=0", "2027-03-28T09:00"),
    ],
)
def test_a_rule_comes_on_the_days_of_its_calendar(rule: str, then: str):
    thursday = Recurring(rule=rule, starts=datetime(2026, 11, 12, 12))

    assert next_after(thursday, at("2026-11-26T12:00"), zone=ZONE) == at(then)


def test_a_rule_ends_after_its_count_and_at_its_day():
    for rule in ("COUNT=2", "UNTIL=20261102T090000", "UNTIL=20261103"):
        daily = Recurring(rule=f"FREQ=DAILY;{rule}", starts=datetime(2026, 11, 1, 9))
        first = next_after(daily, datetime(2026, 10, 1, tzinfo=UTC), zone=ZONE)
        assert first is not None
        second = next_after(daily, first, zone=ZONE)
        assert second is not None
        assert next_after(daily, second, zone=ZONE) is None
