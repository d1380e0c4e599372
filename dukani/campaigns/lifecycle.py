"""From which status a campaign comes to which. Pure: the store's updates are conditional on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from dukani.domain.campaigns import Later, Now, Recurring, Schedule, Status

Act = Literal["send", "begin", "pause", "resume", "cancel", "miss", "send_late", "skip", "give_up",
              "fail", "finish", "wait_for_next"]  # fmt: skip


HORIZON = timedelta(days=800)  # a rule whose next hour is further away has none
MOST_TIMES = 100_000
_ROUND = timedelta(days=146_097)  # 400 years, after which dates and weekdays come as before


class Move(NamedTuple):
    since: tuple[Status, ...]
    to: Status


MOVES: Mapping[Act, Move] = {
    "send": Move(("draft",), "scheduled"),
    "begin": Move(("scheduled",), "sending"),
    "pause": Move(("sending",), "paused"),
    "resume": Move(("paused",), "sending"),
    "cancel": Move(("scheduled", "sending", "paused", "missed"), "cancelled"),
    # Nobody was there at its hour: its owner is asked.
    "miss": Move(("scheduled",), "missed"),
    "send_late": Move(("missed",), "scheduled"),
    "skip": Move(("missed",), "cancelled"),
    # The wallet does not reach: nothing was sent, and it may be edited.
    "give_up": Move(("sending",), "draft"),
    "fail": Move(("sending", "paused"), "failed"),
    "finish": Move(("sending",), "completed"),
    "wait_for_next": Move(("sending",), "scheduled"),
}


def first_at(schedule: Schedule, *, now: datetime, zone: str) -> datetime | None:
    """When it is to begin (UTC); None: a rule that names no hour to come."""
    match schedule:
        case Now():
            return now
        case Later():
            return max(schedule.at.astimezone(UTC), now)
        case Recurring():
            return next_after(schedule, now - timedelta(microseconds=1), zone=zone)


def next_after(schedule: Recurring, after: datetime, *, zone: str) -> datetime | None:
    """The rule's first hour after `after` (UTC); None: it is over.

    The rule is of the wall clock of the boutique's zone: nine o'clock stays nine o'clock when
    summer time begins. An hour that is skipped then comes an hour later, a doubled one once.
    """
    there = ZoneInfo(zone)
    local = after.astimezone(there).replace(tzinfo=None)
    for found in _hours(schedule, until=local + HORIZON):
        # What comes twice by the wall clock may be earlier there and later by UTC.
        if found > local - timedelta(hours=2):
            at = found.replace(tzinfo=there).astimezone(UTC)
            if at > after:
                return at
    return None


def _hours(schedule: Recurring, *, until: datetime) -> Iterator[datetime]:
    """The rule's hours up to `until`, by the wall clock.

    A rule may name no day that ever comes (30 February), and the library looks for it to the year
    9999: so the search is made in the last of the calendar's rounds, which are all alike, and what
    the rule counts is counted here.
    """
    parts = dict(part.partition("=")[::2] for part in schedule.rule.upper().split(";"))
    count = int(parts.pop("COUNT", MOST_TIMES))
    if (last := parts.pop("UNTIL", None)) is not None:
        until = min(until, datetime.fromisoformat(last.removesuffix("Z")))
    endless = ";".join(f"{name}={value}" for name, value in parts.items())
    # Easter alone comes otherwise in each round.
    rounds = 0 if "BYEASTER" in parts else (datetime.max - HORIZON - until) // _ROUND
    later = _ROUND * rounds
    found = rrulestr(endless, dtstart=schedule.starts + later)
    assert isinstance(found, rrule)  # one line, as the schedule was checked for
    return (at - later for at in itertools.islice(found.replace(until=until + later), count))


class Due(NamedTuple):
    """What is done about an hour that has come: `at` is begun, or missed; `next_at` follows."""

    act: Literal["begin", "miss", "pass_over"]
    at: datetime
    next_at: datetime | None


def when_due(
    schedule: Schedule, next_at: datetime, *, now: datetime, zone: str, late: timedelta
) -> Due:
    """What is done when `next_at` has come: late by more than `late`, its owner is asked.

    Of a recurring one's hours that passed unseen only the last counts, and only if it is not too
    late: it catches up once at most, and goes on with its next hour.
    """
    if not isinstance(schedule, Recurring):
        return Due("begin" if now - next_at <= late else "miss", next_at, None)
    at = next_at
    following = next_after(schedule, at, zone=zone)
    while following is not None and following <= now:
        at, following = following, next_after(schedule, following, zone=zone)
    return Due("begin" if now - at <= late else "pass_over", at, following)
