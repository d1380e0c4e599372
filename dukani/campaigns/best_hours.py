"""At which hour a customer's message leaves. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dukani.domain.campaigns import Pace

ENOUGH = 5  # times that she read or wrote, for her own hour to be told


def best_hour(own: Mapping[int, int], shop: Mapping[int, int], pace: Pace) -> int | None:
    """Her hour of the day, within the campaign's hours; else the shop's; None: nobody has one.

    Of two as good, the earlier.
    """
    for counts, least in ((own, ENOUGH), (shop, 1)):
        within = {hour: times for hour, times in counts.items() if _is_within(hour, pace)}
        if sum(within.values()) >= least:
            return min(within, key=lambda hour: (-within[hour], hour))
    return None


def due_at(start: datetime, hour: int | None, *, zone: ZoneInfo) -> datetime:
    """The first time from `start` on that it is this hour in the zone; `start` for no hour."""
    if hour is None:
        return start
    local = start.astimezone(zone)
    if local.hour == hour:
        return start
    day = local.date() if local.hour < hour else local.date() + timedelta(days=1)
    at = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    return at.astimezone(start.tzinfo)


def _is_within(hour: int, pace: Pace) -> bool:
    """Whether the whole hour is; a part of it would leave little time."""
    opens = pace.opens.hour + (1 if pace.opens.minute or pace.opens.second else 0)
    return opens <= hour < pace.closes.hour
