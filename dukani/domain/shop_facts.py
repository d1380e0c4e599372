"""Reads a shop's own information: hours, returns, places, and the services it grants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from dukani.core.languages import LANGUAGES as LANGUAGES
from dukani.domain.acts import Language, Topic
from dukani.domain.opening_hours import Week, read_week, week_in
from dukani.domain.pieces import Frozen

TOLD_IN_WORDS: tuple[Topic, ...] = ("hours", "delivery", "returns", "location", "payment")

_DAYS = re.compile(r"\b(?:(\d{1,3})[\s-]?days?|siku (\d{1,3}))\b", re.IGNORECASE)
_WEEKS = re.compile(r"\b(?:(\d)[\s-]?weeks?|wiki (\d))\b", re.IGNORECASE)

POLICIES: tuple[Topic, ...] = ("delivery", "returns", "payment")

LONGEST_TONE = 300  # characters
LONGEST_POLICY = 300

Told = str | dict[Language, str]


class ShopPlace(Frozen):
    """A branch of the shop, in its own words."""

    name: str = ""
    address: str
    landmark: str | None = None


class ShopFacts(Frozen):
    """The shop's facts; None: not said. `texts` are its own words, by topic and language."""

    hours: Week | None = None
    returns_days: int | None = None  # days in which a piece can be returned; 0: never
    places: tuple[ShopPlace, ...] = ()
    pay_on_delivery: bool | None = None
    gift_wrap: bool | None = None
    holds_days: int | None = None  # days for which a piece can be reserved; 0: never
    texts: dict[str, Told] = Field(default_factory=dict)

    @classmethod
    def read(cls, shop_info: Mapping[str, Any]) -> ShopFacts:
        """The facts of `boutiques.shop_info`, without unreadable entries; nothing is raised."""
        texts = {topic: told for topic in TOLD_IN_WORDS if (told := _told(shop_info.get(topic)))}
        returns = _count(shop_info.get("returns_days"))
        return cls(
            hours=_hours(shop_info.get("hours")),
            returns_days=_days_in(texts.get("returns")) if returns is None else returns,
            places=_places(shop_info.get("places")),
            pay_on_delivery=_yes_or_no(shop_info.get("pay_on_delivery")),
            gift_wrap=_yes_or_no(shop_info.get("gift_wrap")),
            holds_days=_count(shop_info.get("holds_days")),
            texts=texts,
        )

    def text(self, topic: Topic, language: Language) -> str | None:
        """The shop's words on a topic, in the customer's language if it has them, else another."""
        told = self.texts.get(topic)
        if isinstance(told, dict):
            return told.get(language) or next(iter(told.values()), None)
        return told

    def speaks(self, topic: Topic, language: Language) -> bool:
        """Whether the shop's words on a topic are known to be in this language."""
        told = self.texts.get(topic)
        return isinstance(told, dict) and language in told


def tone_of(shop_info: Mapping[str, Any]) -> str | None:
    """How the boutique wishes to sound, in its own words on one line; cut where it is too long."""
    tone = shop_info.get("tone")
    if not isinstance(tone, str):
        return None
    return " ".join(tone.split())[:LONGEST_TONE] or None


def policies_of(shop_info: Mapping[str, Any], language: Language) -> dict[str, str]:
    """The boutique's own words on delivery, returns and payment, each on one line, cut if long."""
    facts = ShopFacts.read(shop_info)
    told = {topic: facts.text(topic, language) for topic in POLICIES}
    return {topic: " ".join(text.split())[:LONGEST_POLICY] for topic, text in told.items() if text}


def _told(value: Any) -> Told | None:
    if isinstance(value, str):
        return value.strip() or None
    if not isinstance(value, Mapping):
        return None
    by_language = {language: value.get(language) for language in LANGUAGES}
    return {
        language: text.strip()
        for language, text in by_language.items()
        if isinstance(text, str) and text.strip()
    }


def _hours(value: Any) -> Week | None:
    """The week of a table by weekday, or of a simple English text."""
    if isinstance(value, str):
        return week_in(value)
    if not isinstance(value, Mapping) or not value:
        return None
    if set(value) <= set(LANGUAGES):
        english = value.get("en")
        return week_in(english) if isinstance(english, str) else None
    try:
        return read_week(value)
    except (ValueError, TypeError, AttributeError):
        return None


def _days_in(told: Told | None) -> int | None:
    """The number of days a text names, if it names only one."""
    texts = told.values() if isinstance(told, dict) else (told or "",)
    said = {int(n) for text in texts for found in _DAYS.findall(text) for n in found if n}
    said |= {7 * int(n) for text in texts for found in _WEEKS.findall(text) for n in found if n}
    return said.pop() if len(said) == 1 else None


def _places(value: Any) -> tuple[ShopPlace, ...]:
    entries = value if isinstance(value, list | tuple) else ()
    told = [entry for entry in entries if isinstance(entry, Mapping)]
    return tuple(
        ShopPlace(
            name=str(entry.get("name") or ""),
            address=str(entry["address"]),
            landmark=str(entry["landmark"]) if entry.get("landmark") else None,
        )
        for entry in told
        if entry.get("address")
    )


def _yes_or_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _count(value: Any) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if whole else None
