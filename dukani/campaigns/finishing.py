"""When a campaign will be finished, at its pace and in its hours. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dukani.campaigns.hours import next_open
from dukani.domain.campaigns import Pace


@dataclass(frozen=True, slots=True)
class Waiting:
    """Recipients of one zone who get it from `due_at` on."""

    zone: ZoneInfo
    due_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Finish:
    """The first and the last message, in UTC. `sending`: the time in which messages leave."""

    starts_at: datetime
    ends_at: datetime
    sending: timedelta

    @property
    def lasts(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(slots=True)
class _Left:
    zone: ZoneInfo
    due_at: datetime
    count: float


def finish(
    waiting: Sequence[Waiting], pace: Pace, *, per_minute: float | None = None
) -> Finish | None:
    """None for nobody. `per_minute`: what the number allows, where that is less than the pace.

    Whose hours end first goes first; the rate is for all zones together.
    """
    left = [_Left(one.zone, one.due_at.astimezone(UTC), one.count) for one in waiting if one.count]
    if not left:
        return None
    rate = min(pace.per_minute, per_minute or pace.per_minute)
    now = started = min(_opens(one, one.due_at, pace) for one in left)
    sending = timedelta()
    while True:
        open_now = [one for one in left if _opens(one, now, pace) <= now]
        until = _next_change(left, open_now, now, pace)
        if open_now:
            open_now.sort(key=lambda one: _closes(one, now, pace))
            lasted = timedelta(minutes=_send(open_now, (until - now) / timedelta(minutes=1), rate))
            sending += lasted
            left = [one for one in left if one.count > _NOTHING]
            if not left:
                return Finish(started, now + lasted, sending)
        now = until


_NOTHING = 1e-6


def _opens(one: _Left, at: datetime, pace: Pace) -> datetime:
    return next_open(max(at, one.due_at), pace, one.zone)


def _closes(one: _Left, now: datetime, pace: Pace) -> datetime:
    """When the hours end in which `now` is."""
    day = now.astimezone(one.zone).date()
    return datetime.combine(day, pace.closes, one.zone).astimezone(UTC)


def _next_change(
    left: Sequence[_Left], open_now: Sequence[_Left], now: datetime, pace: Pace
) -> datetime:
    """When the next group may be sent to, or one that may be now may no longer."""
    closing = [_closes(one, now, pace) for one in open_now]
    opening = [_opens(one, now, pace) for one in left if one not in open_now]
    return min(closing + opening)


def _send(open_now: Sequence[_Left], minutes: float, rate: float) -> float:
    """Send for at most so many minutes; returns how many it took."""
    could = minutes * rate
    for one in open_now:
        sent = min(one.count, could)
        one.count -= sent
        could -= sent
    return minutes - could / rate
