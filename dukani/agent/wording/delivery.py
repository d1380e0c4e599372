"""Phrases delivery fees and delivery times."""

from __future__ import annotations

from dukani.agent.facts import Voice
from dukani.agent.wording.markup import join
from dukani.core.money import format_money
from dukani.domain.acts import Language

TO_CONFIRM_EN = "Delivery fee: not in the total, the shop will confirm it with you."
TO_CONFIRM_SW = "Gharama ya delivery: haijajumlishwa, duka litaithibitisha nawe."


def fee(amount_minor: int, voice: Voice) -> str:
    """`KES 250`, or the word for free."""
    if amount_minor:
        return format_money(amount_minor, voice.currency)
    return "bure" if voice.language == "sw" else "free"


def days(least: int | None, most: int | None, language: Language) -> str:
    """Days until an order arrives: `in 1–3 days`, `the same day`; nothing where not known."""
    if most is None:
        return _from(least, language)
    return _swahili_days(least or 0, most) if language == "sw" else _english_days(least or 0, most)


def _from(least: int | None, language: Language) -> str:
    if not least:
        return ""
    return f"kuanzia siku {least}" if language == "sw" else f"from {least} days"


def _english_days(least: int, most: int) -> str:
    if most == 0:
        return "the same day"
    if most == 1:
        return "the next day" if least == 1 else "within a day"
    if least == 0:
        return f"within {most} days"
    return f"in {most} days" if least == most else f"in {least}–{most} days"


def _swahili_days(least: int, most: int) -> str:
    if most == 0:
        return "siku hiyo hiyo"
    if most == 1:
        return "siku inayofuata" if least == 1 else "ndani ya siku moja"
    if least == 0:
        return f"ndani ya siku {most}"
    return f"baada ya siku {most}" if least == most else f"siku {least}–{most}"


def fee_and_days(
    amount_minor: int, least: int | None, most: int | None, voice: Voice, *, marked: str = ""
) -> str:
    """`KES 350, in 1–3 days`; the fee is enclosed in `marked` on both sides."""
    time = days(least, most, voice.language)
    amount = f"{marked}{fee(amount_minor, voice)}{marked}"
    return join(f"{amount},", time) if time else amount
