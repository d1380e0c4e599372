"""Words an alert to the shop's people: a title and a line, as a notification shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dukani.agent.wording.markup import clean
from dukani.agent.wording.template_news import template_news
from dukani.core.languages import Worded
from dukani.core.money import format_money
from dukani.domain.acts import Language
from dukani.domain.alerts import AlertKind


@dataclass(frozen=True, slots=True)
class AlertText:
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an alert is about; what its kind does not have is none."""

    boutique: str
    payload: Mapping[str, Any]
    customer_name: str | None = None
    piece: str | None = None
    colour: str | None = None
    size: str | None = None


_CUSTOMER: Mapping[Language, str] = Worded(en="A customer", sw="Mteja")
_TRIED: Mapping[Language, AlertText] = Worded(
    en=AlertText("Alerts are on", "This is how they arrive on this device."),
    sw=AlertText("Arifa zimewashwa", "Hivi ndivyo zitakavyofika kwenye kifaa hiki."),
)


def alert_text(kind: AlertKind, told: Told, *, language: Language) -> AlertText:
    """The notification: what happened, to whom, and in which shop."""
    title, line = (_in_english if language == "en" else _in_swahili)(kind, told)
    return AlertText(title, f"{line}\n{clean(told.boutique)}")


def trial_text(language: Language) -> AlertText:
    """What a member who tries a device gets."""
    return _TRIED[language]


def _in_english(kind: AlertKind, told: Told) -> tuple[str, str]:
    who = _who(told, "en")
    match kind:
        case "new_order":
            return f"New order: {_sum(told)}", f"{who} has paid {told.payload['number']}."
        case "payment_review":
            return (
                f"Check a payment: {_sum(told)}",
                f"{told.payload['number']} of {_within(who)} needs you to look at its payment.",
            )
        case "person_wanted":
            return f"{who} wants a person", "The assistant has handed you the chat."
        case "low_stock":
            left = int(told.payload["available"])
            return (f"Only {left} left" if left else "Sold out"), _piece(told)
        case "template_news":
            return template_news(told.payload, language="en")


def _in_swahili(kind: AlertKind, told: Told) -> tuple[str, str]:
    who = _who(told, "sw")
    match kind:
        case "new_order":
            return f"Oda mpya: {_sum(told)}", f"{who} amelipia {told.payload['number']}."
        case "payment_review":
            return (
                f"Angalia malipo: {_sum(told)}",
                f"Malipo ya {told.payload['number']} ya {_within(who)} yanahitaji uyaangalie.",
            )
        case "person_wanted":
            return f"{who} anataka mhudumu", "Msaidizi amekuachia mazungumzo."
        case "low_stock":
            left = int(told.payload["available"])
            return (f"Imebaki {left} tu" if left else "Imeisha"), _piece(told)
        case "template_news":
            return template_news(told.payload, language="sw")


def _who(told: Told, language: Language) -> str:
    name = clean(told.customer_name or "")
    return name or _CUSTOMER[language]


def _within(who: str) -> str:
    """A customer without a name, within a sentence."""
    return who.lower() if who in _CUSTOMER.values() else who


def _sum(told: Told) -> str:
    return format_money(int(told.payload["total_minor"]), str(told.payload["currency"]))


def _piece(told: Told) -> str:
    parts = (told.piece, told.colour, told.size)
    return ", ".join(clean(part) for part in parts if part)
