"""Answers a question about the shop as a fact, from its structured settings or its own texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.facts import ShopAnswer, ZoneFee
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.domain.acts import AskShop, Language
from dukani.domain.pickup import says_pickup
from dukani.domain.shop_facts import ShopFacts
from dukani.tools.delivery_zones import zone_for


def answer(
    asked: AskShop,
    facts: ShopFacts,
    zones: Sequence[DeliveryZone],
    *,
    language: Language,
    flat_fee_minor: int = 0,
) -> ShopAnswer:
    """The answer from the shop's structured settings, else from its own text.

    A text known to be in the customer's language goes first. `flat_fee_minor` is the delivery fee
    of a boutique without zones; 0: none is set.
    """
    match asked.topic:
        case "hours":
            return _hours(asked, facts, language)
        case "delivery":
            return _delivery(asked, facts, zones, language, flat_fee_minor)
        case "returns":
            return _returns(facts, language)
        case "location":
            return _location(facts, language)
        case "pay_on_delivery":
            return ShopAnswer(topic="pay_on_delivery", granted=facts.pay_on_delivery)
        case "gift_wrap":
            return ShopAnswer(topic="gift_wrap", granted=facts.gift_wrap)
        case "reservation":
            granted = None if facts.holds_days is None else facts.holds_days > 0
            return ShopAnswer(topic="reservation", granted=granted, holds_days=facts.holds_days)
        case _:
            return ShopAnswer(topic=asked.topic, text=facts.text(asked.topic, language))


def _hours(asked: AskShop, facts: ShopFacts, language: Language) -> ShopAnswer:
    """Hours from the settings; the shop's text only for a question without a weekday."""
    quoted = asked.weekday is None and _tells_hours_in(facts, language)
    if facts.hours is None or quoted:
        text = facts.text("hours", language)
        return ShopAnswer(topic="hours", text=text, weekday=asked.weekday)
    return ShopAnswer(topic="hours", hours=facts.hours, weekday=asked.weekday)


def _tells_hours_in(facts: ShopFacts, language: Language) -> bool:
    """Whether the shop's text on hours is in that language; without a language it is English."""
    english = isinstance(facts.texts.get("hours"), str) and language == "en"
    return english or facts.speaks("hours", language)


def _delivery(
    asked: AskShop,
    facts: ShopFacts,
    zones: Sequence[DeliveryZone],
    language: Language,
    flat_fee_minor: int,
) -> ShopAnswer:
    """The fee as it will be charged, if it is set, and the shop's text about delivery."""
    place = asked.place or None
    text = facts.text("delivery", language)
    if zones:
        zone = zone_for(zones, address=place) if place else None
        if zone is None and place and says_pickup(place):
            place = None  # pickup is no place with a delivery fee
        others = () if zone else tuple(map(_fee, zones))
        return ShopAnswer(
            topic="delivery",
            place=place,
            zone=_fee(zone) if zone else None,
            zones=others,
            text=None if zone else text,
        )
    told = flat_fee_minor if flat_fee_minor and (place or text is None) else None
    return ShopAnswer(topic="delivery", place=place, fee_minor=told, text=text)


def _fee(zone: DeliveryZone) -> ZoneFee:
    return ZoneFee(
        name=zone.name,
        fee_minor=zone.fee_minor,
        days_min=zone.days_min,
        days_max=zone.days_max,
        pickup=zone.pickup,
    )


def _returns(facts: ShopFacts, language: Language) -> ShopAnswer:
    """The shop's text on returns; the number of days too, if the text does not tell it."""
    text, days = facts.text("returns", language), facts.returns_days
    told = text is not None and days is not None and _tells(text, days, language)
    return ShopAnswer(topic="returns", text=text, returns_days=None if told else days)


def _tells(text: str, days: int, language: Language) -> bool:
    named = re.search(rf"\b{days}\b", text) is not None
    return named and (language == "en" or "siku" in text.lower())


def _location(facts: ShopFacts, language: Language) -> ShopAnswer:
    text = facts.text("location", language)
    places = () if facts.speaks("location", language) else facts.places
    return ShopAnswer(topic="location", text=None if places else text, places=places)
