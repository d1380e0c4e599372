"""Parses opening hours by weekday, from a table or from simple English text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from itertools import pairwise
from typing import Any

from dukani.domain.pieces import Frozen

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"


class Span(Frozen):
    """Opening hours within one day, local time; `closes` at 0:00 is midnight."""

    opens: time
    closes: time


Day = tuple[Span, ...]  # empty: closed
Week = tuple[Day, ...]  # seven, Monday first

_SWAHILI = ["jumatatu", "jumanne", "jumatano", "alhamisi", "ijumaa", "jumamosi", "jumapili"]
_DAY_NAMES = {name: number for number, name in enumerate(_SWAHILI)}
_ALL = {
    **dict.fromkeys(("every day", "everyday", "daily", "all week"), range(7)),
    **dict.fromkeys(("weekdays",), range(5)),
    **dict.fromkeys(("weekends", "weekend"), range(5, 7)),
}

_TO = r"\s*(?:-|–|—|\bto\b|\btill\b|\buntil\b|\bthrough\b|\bhadi\b)\s*"
_DAY = (
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:days?|s)?\b"
    rf"|\b(?:{'|'.join(_SWAHILI)})\b"
)
_RANGE = rf"(?:{_DAY})(?:{_TO}(?:{_DAY}))?"
_DAYS = rf"(?:{'|'.join(_ALL)}|{_RANGE}(?:\s*(?:,|&|/|\band\b)\s*{_RANGE})*)"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|a\.m\.?|p\.m\.?|hrs|h\b)?|noon|midday|midnight)"
_SPAN = rf"(?:from\s+)?(?P<{{0}}opens>{_CLOCK}){_TO}(?P<{{0}}closes>{_CLOCK})"
_ITEM = re.compile(
    rf"(?P<days>{_DAYS})[\s:,]*(?:(?P<shut>closed)\b|{_SPAN.replace('{0}', '')})"
    rf"|closed\s*(?:on\s+)?(?P<shut_days>{_DAYS})"
    rf"|{_SPAN.replace('{0}', 'first_')}[\s:,]*(?:on\s+)?(?P<days_after>{_DAYS})",
    re.IGNORECASE,
)
_SPAN_ALONE = re.compile(_SPAN.replace("{0}", ""), re.IGNORECASE)
_FILLERS = re.compile(
    r"(?:\b(?:we|are|re|open|opening|hours|hrs|from|on|and|is|the|shop)\b|[\W_])*", re.IGNORECASE
)
_PARTS = re.compile(r"\s*(?:,|&|\band\b)\s*")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?")
_NAMED_TIMES = {"noon": (12, 0), "midday": (12, 0), "midnight": (24, 0)}

EARLIEST = 6  # an opening hour below 6 without am or pm is in the afternoon


def read_week(days: Mapping[str, Any]) -> Week:
    """The week of a table such as `{"mon-fri": "9:00-18:00", "sat": "9-13", "sun": "closed"}`.

    Several times a day are a list, or parted by a comma. Days left out are closed; a day that is
    named by itself goes before a range it is in. Raises ValueError naming what is wrong.
    """
    told = [(_weekdays(key), _day(value, key)) for key, value in days.items()]
    return _week(told)


def week_in(text: str) -> Week | None:
    """The week of an English text such as "Mon–Sat 9 to 6, Sunday closed".

    None where the text says more, or less, than days and times.
    """
    plain = " ".join(text.split())
    items = list(_ITEM.finditer(plain))
    if not items or not _FILLERS.fullmatch(_ITEM.sub(" ", plain)):
        return None
    try:
        return _week([_days_and_hours(item) for item in items])
    except ValueError:
        return None


def written(week: Week) -> dict[str, str]:
    """The table of a week, as it is stored: `{"mon": "09:00-18:00", …, "sun": "closed"}`."""
    return {
        name: ", ".join(f"{s.opens:%H:%M}-{s.closes:%H:%M}" for s in day) or CLOSED
        for name, day in zip(WEEKDAYS, week, strict=True)
    }


def _week(told: Iterable[tuple[frozenset[int], Day]]) -> Week:
    week: dict[int, Day] = {}
    named: dict[int, int] = {}
    for days, hours in sorted(told, key=lambda one: -len(one[0])):
        for day in sorted(days):
            if named.get(day) == len(days):
                raise ValueError(f"{WEEKDAYS[day]} is there twice: leave one of them")
            week[day], named[day] = hours, len(days)
    if not any(week.values()):
        raise ValueError("no day is open: give at least one, such as mon-sat = '9:00-18:00'")
    return tuple(week.get(day, ()) for day in range(7))


def _days_and_hours(item: re.Match[str]) -> tuple[frozenset[int], Day]:
    if item["shut_days"]:
        return _weekdays(item["shut_days"]), ()
    if item["days_after"]:
        return _weekdays(item["days_after"]), (_span(item["first_opens"], item["first_closes"]),)
    hours = () if item["shut"] else (_span(item["opens"], item["closes"]),)
    return _weekdays(item["days"]), hours


def _day(value: Any, key: str) -> Day:
    """The hours of one entry of a table: `closed`, one span, or several."""
    parts = value if isinstance(value, list | tuple) else _PARTS.split(str(value))
    if list(parts) == [CLOSED]:
        return ()
    return _in_order([_span_of_entry(str(part), key) for part in parts], key)


def _span_of_entry(part: str, key: str) -> Span:
    found = _SPAN_ALONE.fullmatch(part.strip())
    if found is None:
        raise ValueError(
            f"{part!r} of {key!r} is no time: write '9:00-18:00', several in a list, or 'closed'"
        )
    return _span(found["opens"], found["closes"])


def _in_order(spans: list[Span], key: str) -> Day:
    for before, after in pairwise(spans):
        if before.closes == time(0) or after.opens < before.closes:
            raise ValueError(f"the times of {key!r} overlap: write them one after another")
    return tuple(spans)


def _weekdays(written_days: str) -> frozenset[int]:
    """The days of "mon-fri", "Sat & Sun", "every day"; 0 is Monday."""
    text = " ".join(written_days.lower().split())
    if text in _ALL:
        return frozenset(_ALL[text])
    if not re.fullmatch(_DAYS, text):
        raise ValueError(f"{written_days!r} is no day: write mon … sun, or a range such as mon-fri")
    return frozenset(
        day for part in re.findall(_RANGE, text) for day in _between(re.findall(_DAY, part))
    )


def _between(names: list[str]) -> Iterator[int]:
    first, last = _number(names[0]), _number(names[-1])
    yield first
    while first != last:
        first = (first + 1) % 7  # "Sat–Mon" goes over the week's end
        yield first


def _number(name: str) -> int:
    return _DAY_NAMES[name] if name in _DAY_NAMES else WEEKDAYS.index(name[:3])


def _span(opens: str, closes: str) -> Span:
    """Two times as said: "9 to 6" closes in the evening, "2–6pm" opens in the afternoon."""
    (start, start_half), (end, end_half) = _minutes(opens), _minutes(closes)
    said = f"{opens.strip()}-{closes.strip()}"
    noon = 12 * 60
    end = end or 24 * 60  # a week is written with 00:00 for the midnight it closes at
    if not start_half and start < EARLIEST * 60 and end_half != "a":
        start += noon
    elif not start_half and end_half == "p" and start + noon < end:
        raise ValueError(f"{said!r}: say am or pm of the first time too")
    if not end_half and end <= start and end <= noon:
        end += noon
    if end <= start or end > 24 * 60:
        raise ValueError(f"{said!r} closes before it opens: write it as '9:00-18:00'")
    if start == 0 and end == 24 * 60:
        return Span(opens=time(0), closes=time(23, 59))  # round the clock
    return Span(opens=_time(start), closes=_time(end))


def _minutes(said: str) -> tuple[int, str]:
    """Minutes of the day, and `a`, `p` or nothing for its half as said."""
    text = said.strip().lower()
    if text in _NAMED_TIMES:
        hour, minute = _NAMED_TIMES[text]
        return hour * 60 + minute, "p"
    found = _TIME.match(text)
    assert found is not None  # `_CLOCK` matches nothing without a digit
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or ""
    if minute > 59 or hour > 24 or (half and not 1 <= hour <= 12):
        raise ValueError(f"{said.strip()!r} is no time of the day: write it as 18:00")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    exact = half or ("p" if hour > 12 or text.startswith("0") else "")
    return hour * 60 + minute, exact


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
