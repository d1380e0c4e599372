"""Phrases days and times. Swahili counts the hours from six: 9:00 is saa 3 asubuhi."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from dukani.agent.wording.markup import listed
from dukani.core.languages import Worded
from dukani.domain.acts import Language
from dukani.domain.opening_hours import Day, Span, Week

_DAYS: dict[Language, tuple[str, ...]] = Worded(
    en=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    sw=("Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"),
)
_EVERY_DAY: dict[Language, str] = Worded(en="every day", sw="kila siku")
_AND: dict[Language, str] = Worded(en="and", sw="na")
# (first hour, name) of the parts of the day; the hours before the earliest are night.
_PARTS_OF_DAY = ((19, "usiku"), (16, "jioni"), (12, "mchana"), (6, "asubuhi"), (4, "alfajiri"))


def day_name(weekday: int, language: Language) -> str:
    """The weekday's name; 0 is Monday."""
    return _DAYS[language][weekday]


def open_days(week: Week, language: Language) -> str:
    """`Monday–Friday 9 am–6 pm, Saturday 10 am–4 pm`."""
    runs = [(first, last, day) for first, last, day in _runs(week) if day]
    between = "; " if any(len(day) > 1 for _, _, day in runs) else ", "
    return between.join(
        f"{_days(first, last, language)} {day_hours(day, language)}" for first, last, day in runs
    )


def closed_days(week: Week, language: Language) -> str:
    """`Saturday and Sunday`; empty where the shop is open every day."""
    closed = [day_name(weekday, language) for weekday, day in enumerate(week) if not day]
    return listed(closed, last=_AND[language])


def day_hours(day: Day, language: Language) -> str:
    """`9 am–12:30 pm and 2 pm–8 pm`; `saa 3:00 asubuhi hadi 12:00 jioni (9:00–18:00)`."""
    spans = [_swahili(span) if language == "sw" else _english(span) for span in day]
    return listed(spans, last=_AND[language])


def clock_time(at: time, language: Language) -> str:
    """`9 am`; `saa 3:00 asubuhi`."""
    return f"saa {_swahili_time(at)}" if language == "sw" else _english_time(at)


def _runs(week: Week) -> Iterator[tuple[int, int, Day]]:
    """(first day, last day, hours) of each run of days with the same hours."""
    first = 0
    for weekday in range(1, len(week) + 1):
        if weekday == len(week) or week[weekday] != week[first]:
            yield first, weekday - 1, week[first]
            first = weekday


def _days(first: int, last: int, language: Language) -> str:
    if (first, last) == (0, 6):
        return _EVERY_DAY[language]
    names = list(dict.fromkeys((day_name(first, language), day_name(last, language))))
    return "–".join(names)


def _english(span: Span) -> str:
    return f"{_english_time(span.opens)}–{_english_time(span.closes)}"


def _english_time(at: time) -> str:
    if at.minute == 0 and at.hour in (0, 12):
        return "midnight" if at.hour == 0 else "noon"
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'am' if at.hour < 12 else 'pm'}"


def _swahili(span: Span) -> str:
    said = f"saa {_swahili_time(span.opens)} hadi {_swahili_time(span.closes)}"
    return f"{said} ({_figures(span.opens)}–{_figures(span.closes)})"


def _swahili_time(at: time) -> str:
    part = next((name for hour, name in _PARTS_OF_DAY if at.hour >= hour), "usiku")
    return f"{(at.hour - 6) % 12 or 12}:{at.minute:02d} {part}"


def _figures(at: time) -> str:
    """`9:00`; midnight at the end of a day is 24:00."""
    return f"{at.hour or 24}:{at.minute:02d}"
