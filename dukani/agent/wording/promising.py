"""Promises when a person of the shop answers: soon, at the next opening, or at no named time."""

from __future__ import annotations

from dukani.agent.wording.hours import clock_time, day_name
from dukani.domain.acts import Language
from dukani.domain.next_opening import Opening


def with_promise(told: str, opens: Opening | None, language: Language) -> str:
    """`told` (without its full stop) and when a person writes; None: the hours are not known."""
    if opens is not None and not opens.now:
        return f"{told}. {closed_now(opens, language)}"
    if language == "sw":
        return f"{told}; atakuandikia hapa{' hivi karibuni' if opens else ''}."
    return f"{told}; they will write to you here{' soon' if opens else ''}."


def closed_now(opens: Opening, language: Language) -> str:
    """Says that the shop is closed and until when, and that a message is answered then."""
    at = opening_time(opens, language)
    if language == "sw":
        return (
            f"Duka limefungwa sasa na litafunguliwa {at}: "
            "acha ujumbe wako hapa, na mhudumu atakujibu wakati huo."
        )
    return (
        f"The shop is closed now and opens {at}: "
        "leave your message here, and someone answers you then."
    )


def opening_time(opens: Opening, language: Language) -> str:
    """`today at 9 am`, `tomorrow (Tuesday) at 9 am`, `on Friday at 9 am`."""
    day, at = day_name(opens.weekday, language), clock_time(opens.opens, language)
    if language == "sw":
        days = {0: "leo", 1: f"kesho ({day})", 7: f"{day} ijayo"}
        return f"{days.get(opens.days_ahead, day)} {at}"
    days = {0: "today", 1: f"tomorrow ({day})", 7: f"next {day}"}
    return f"{days.get(opens.days_ahead, f'on {day}')} at {at}"
