"""At which hours marketing may reach somebody, in her own zone. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import timezone

from dukani.campaigns.countries import country_of_id
from dukani.domain.campaigns import Pace, Weekday

_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


_TELLING = 9  # characters of a number that tell its zone; reading a whole one takes 0.2 ms


def _zones(phone: str) -> tuple[str, ...]:
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return ()
    return tuple(timezone.time_zones_for_geographical_number(number))


@lru_cache(maxsize=256)
def _zones_of_country(country: str) -> tuple[str, ...]:
    number = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    return tuple(timezone.time_zones_for_number(number)) if number else ()


def zone_of(identity: str, *, shop: str) -> ZoneInfo:
    """The zone of a phone in E.164 or a WhatsApp user id; the shop's where it does not say one.

    Of one that may be in several zones, the shop's if it is one of them, else the first.
    """
    if identity.startswith("+"):
        return _zone_of(identity[:_TELLING], shop)
    return _zone_of(country_of_id(identity) or "", shop)


@lru_cache(maxsize=8192)
def _zone_of(place: str, shop: str) -> ZoneInfo:
    """`place`: how a number begins, or a country."""
    zones = _zones(place) if place.startswith("+") else _zones_of_country(place) if place else ()
    known = [zone for zone in zones if "/" in zone and zone != "Etc/Unknown"]
    return _zone(known[0] if known and shop not in known else shop)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Africa/Nairobi")


def next_open(at: datetime, pace: Pace, zone: ZoneInfo) -> datetime:
    """The first moment from `at` on at which the pace lets a message leave; `at` itself if it may.

    By the wall clock of `zone`, so that an hour that summer time skips or doubles is no trouble.
    """
    local = at.astimezone(zone)
    day = local.date()
    for _ in range(15):  # a week of skipped days, twice
        if _WEEKDAYS[day.weekday()] not in pace.skip_days:
            opens = _at(day, pace.opens, zone)
            closes = _at(day, pace.closes, zone)
            if at < closes:
                return max(at, opens)
        day += timedelta(days=1)
    raise AssertionError("a pace leaves a day of the week")


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone).astimezone(ZoneInfo("UTC"))
