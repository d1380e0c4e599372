"""Writes answers from the shop's settings: hours, delivery, returns, places, services."""

from __future__ import annotations

from dukani.agent.facts import ShopAnswer, Voice, ZoneFee
from dukani.agent.wording.delivery import fee, fee_and_days
from dukani.agent.wording.hours import closed_days, day_hours, day_name, open_days
from dukani.agent.wording.markup import bold, clean, join, lines
from dukani.agent.wording.promising import with_promise
from dukani.agent.wording.registry import Said, words
from dukani.core.languages import Worded
from dukani.domain.acts import Language, Topic
from dukani.domain.opening_hours import Week
from dukani.domain.shop_facts import ShopPlace

MOST_ZONES = 10

# Headings: the shop's own words may be as short as "KES 300", and need a topic.
_TOPIC: dict[Language, dict[Topic, str]] = Worded(
    en={
        "hours": "Opening hours",
        "delivery": "Delivery",
        "returns": "Returns and exchanges",
        "location": "Where to find us",
        "payment": "Paying",
    },
    sw={
        "hours": "Saa za kufungua",
        "delivery": "Delivery",
        "returns": "Kurudisha na kubadilisha",
        "location": "Tunapatikana",
        "payment": "Malipo",
    },
)
_UNKNOWN_EN = {
    "hours": "the shop's opening hours",
    "delivery": "the shop's delivery terms",
    "returns": "the shop's terms for returns",
    "location": "the shop's exact location",
    "payment": "the shop's other ways to pay",
}
_UNKNOWN_SW = {
    "hours": "saa za kufungua duka",
    "delivery": "utaratibu wa delivery wa duka",
    "returns": "utaratibu wa kurudisha bidhaa",
    "location": "mahali hasa duka lilipo",
    "payment": "njia nyingine za kulipa",
}


@words(ShopAnswer, "en")
def shop_answer_en(fact: ShopAnswer, voice: Voice) -> Said:
    if fact.passed_on:
        told = "Only the shop can say that, so I've passed your question on"
        return Said(with_promise(told, fact.opens, "en"))
    if answered := _answered(fact, voice):
        return answered
    unknown = _UNKNOWN_EN.get(fact.topic, "that")
    return Said(
        f"Sorry, I don't know {unknown}. Write *person* and someone at the shop will answer you."
    )


@words(ShopAnswer, "sw")
def shop_answer_sw(fact: ShopAnswer, voice: Voice) -> Said:
    if fact.passed_on:
        told = "Hilo linajibiwa na duka lenyewe, kwa hivyo nimemuuliza mhudumu"
        return Said(with_promise(told, fact.opens, "sw"))
    if answered := _answered(fact, voice):
        return answered
    unknown = _UNKNOWN_SW.get(fact.topic, "hilo")
    return Said(f"Samahani, sijui {unknown}. Andika *mhudumu* na mtu wa duka atakujibu.")


def _answered(fact: ShopAnswer, voice: Voice) -> Said | None:
    """The answer from the shop's settings; None where there are none."""
    match fact.topic:
        case "pay_on_delivery":
            return _pay_on_delivery(fact, voice.language)
        case "gift_wrap":
            return Said(_gift_wrap(fact, voice.language))
        case "reservation":
            return Said(_reservation(fact, voice.language))
        case "hours":
            text = _hours(fact, voice.language)
        case "delivery":
            text = _delivery(fact, voice)
        case "returns":
            text = _returns(fact, voice.language)
        case "location":
            text = _location(fact, voice.language)
        case _:
            text = _own_words(fact, voice.language)
    return Said(text) if text else None


def _own_words(fact: ShopAnswer, language: Language) -> str:
    if not fact.text:
        return ""
    heading = _TOPIC[language].get(fact.topic, "")
    return f"{bold(f'{heading}:')} {fact.text}" if heading else fact.text


# ── hours ───────────────────────────────────────────────────────────────────


def _hours(fact: ShopAnswer, language: Language) -> str:
    if fact.hours is None or not any(fact.hours):
        return _own_words(fact, language)
    if fact.weekday is None:
        return _week(fact.hours, language)
    return _on(fact.weekday, fact.hours, language)


def _week(week: Week, language: Language) -> str:
    opened, closed = open_days(week, language), closed_days(week, language)
    if language == "sw":
        return join(f"Tuko wazi {opened}.", f"{closed} tumefunga." if closed else "")
    return join(f"We're open {opened}.", f"On {closed} we're closed." if closed else "")


def _on(weekday: int, week: Week, language: Language) -> str:
    day, hours = day_name(weekday, language), day_hours(week[weekday], language)
    if language == "sw":
        closed = f"Hapana, {day} tumefunga. Tuko wazi {open_days(week, language)}."
        return f"Ndiyo, {day} tuko wazi {hours}." if hours else closed
    closed = f"No, we're closed on {day}. We're open {open_days(week, language)}."
    return f"Yes, we're open on {day}, {hours}." if hours else closed


# ── delivery ────────────────────────────────────────────────────────────────


def _delivery(fact: ShopAnswer, voice: Voice) -> str:
    if fact.zone is not None:
        return _to_a_zone(fact.zone, fact.place, voice)
    if fact.fee_minor is not None:
        return lines(_at_one_fee(fact.fee_minor, fact.place, voice), fact.text or "")
    listed = _zone_list(fact.zones, voice)
    own = fact.text or "" if listed else _own_words(fact, voice.language)
    to_confirm = _to_confirm(fact, voice.language)
    # For a place asked about this is the answer, else an addition.
    return lines(to_confirm, listed, own) if fact.place else lines(listed, own, to_confirm)


def _to_a_zone(zone: ZoneFee, place: str | None, voice: Voice) -> str:
    swahili = voice.language == "sw"
    if zone.pickup:
        cost = fee(zone.fee_minor, voice)
        if swahili:
            return f"Unaweza kuja kuchukua dukani ({cost}): hutahitaji delivery."
        return f"You can pick it up at the shop ({cost}): no delivery needed."
    cost = fee_and_days(zone.fee_minor, zone.days_min, zone.days_max, voice, marked="*")
    where = _where(zone, place)
    return f"Delivery hadi {where} ni {cost}." if swahili else f"Delivery to {where} is {cost}."


def _where(zone: ZoneFee, place: str | None) -> str:
    """The place asked about, with the zone matched to it."""
    said, name = clean(place or ""), clean(zone.name)
    if not said or said.casefold() in name.casefold():
        return said or name
    return said if name.casefold() in said.casefold() else f"{said} ({name})"


def _at_one_fee(amount_minor: int, place: str | None, voice: Voice) -> str:
    cost = bold(fee(amount_minor, voice))
    if voice.language == "sw":
        return join("Delivery", f"hadi {clean(place)}" if place else "", f"ni {cost}.")
    return join("Delivery", f"to {clean(place)}" if place else "", f"is {cost}.")


def _zone_list(zones: tuple[ZoneFee, ...], voice: Voice) -> str:
    rows = (
        f"• {clean(zone.name)}: "
        + fee_and_days(zone.fee_minor, zone.days_min, zone.days_max, voice, marked="*")
        for zone in zones[:MOST_ZONES]
    )
    return lines(bold("Delivery:"), *rows) if zones else ""


def _to_confirm(fact: ShopAnswer, language: Language) -> str:
    """The sentence that the shop will confirm the fee: for a place in no zone, or after a list."""
    if fact.place:
        place = clean(fact.place)
        if language == "sw":
            return f"Duka litakuthibitishia gharama ya delivery hadi {place}."
        return f"The shop will confirm the delivery fee to {place}."
    if not fact.zones:
        return ""
    if language == "sw":
        return "Mahali pengine, duka litathibitisha gharama."
    return "For other places the shop will confirm the fee."


# ── returns, places ─────────────────────────────────────────────────────────


def _returns(fact: ShopAnswer, language: Language) -> str:
    if fact.returns_days is None:
        return _own_words(fact, language)
    heading = bold(f"{_TOPIC[language]['returns']}:")
    return lines(f"{heading} {_within(fact.returns_days, language)}", fact.text or "")


def _within(days: int, language: Language) -> str:
    if days == 0:
        return "hatupokei bidhaa zilizorudishwa." if language == "sw" else "we take nothing back."
    if language == "sw":
        return f"ndani ya siku {days if days > 1 else 'moja'}."
    return f"within {days} days." if days > 1 else "within a day."


def _location(fact: ShopAnswer, language: Language) -> str:
    if not fact.places:
        return _own_words(fact, language)
    heading = bold(f"{_TOPIC[language]['location']}:")
    told = [_place(place) for place in fact.places]
    return join(heading, told[0]) if len(told) == 1 else lines(heading, *(f"• {t}" for t in told))


def _place(place: ShopPlace) -> str:
    parts = (bold(place.name), place.address, place.landmark or "")
    return ", ".join(part for part in parts if part)


# ── what the shop grants ────────────────────────────────────────────────────


def _pay_on_delivery(fact: ShopAnswer, language: Language) -> Said:
    if language == "sw":
        if fact.granted:
            return Said(
                "Ndiyo, unaweza kulipa ukipokea mzigo.",
                "Andika *mhudumu* na mtu wa duka atapanga nawe.",
            )
        return Said("Hapana, oda hulipiwa kwa M-Pesa kabla ya mzigo kutumwa.")
    if fact.granted:
        return Said(
            "Yes, you can pay when it is delivered.",
            "Write *person* and someone at the shop will arrange it with you.",
        )
    return Said("No, orders are paid by M-Pesa before they are sent out.")


def _gift_wrap(fact: ShopAnswer, language: Language) -> str:
    if language == "sw":
        granted = "Ndiyo, duka linafunga zawadi."
        return granted if fact.granted else "Hapana, samahani: duka halifungi zawadi."
    return "Yes, the shop gift-wraps." if fact.granted else "Sorry, the shop doesn't gift-wrap."


def _reservation(fact: ShopAnswer, language: Language) -> str:
    days = fact.holds_days or 0
    if language == "sw":
        most = f" hadi siku {days if days > 1 else 'moja'}" if days else ""
        if fact.granted:
            return f"Ndiyo, duka linaweza kukuwekea{most}."
        return "Hapana, duka haliweki nguo kando: anayelipa kwanza ndiye anayepata."
    most = f" for up to {f'{days} days' if days > 1 else 'a day'}" if days else ""
    if fact.granted:
        return f"Yes, the shop can put a piece aside for you{most}."
    return "No, the shop doesn't put pieces aside: whoever pays first gets it."
