"""A question about the shop is answered from what it has structured, else in its own words."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.agent.facts import ShopAnswer, ZoneFee
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.domain.acts import AskShop, Language
from dukani.domain.opening_hours import read_week
from dukani.domain.shop_facts import ShopFacts, ShopPlace
from dukani.tools.shop_answers import answer

MON_TO_SAT = read_week({"mon-sat": "9:00-18:00"})
BOTH = {"en": "Mon-Sat 9 to 6", "sw": "Jumatatu-Jumamosi, saa 3 hadi 12"}
THIKA = DeliveryZone(name="Thika", fee_minor=35_000, days_min=1, days_max=3)
THIKA_FEE = ZoneFee(name="Thika", fee_minor=35_000, days_min=1, days_max=3)


def answered(
    info: dict[str, Any],
    topic: Any,
    *zones: DeliveryZone,
    language: Language = "en",
    fee: int = 0,
    **asked: Any,
) -> ShopAnswer:
    return answer(
        AskShop(topic=topic, **asked),
        ShopFacts.read(info),
        zones,
        language=language,
        flat_fee_minor=fee,
    )


@pytest.mark.parametrize(
    ("hours", "language", "weekday", "text", "week"),
    [
        # the shop's own words, where they are in the customer's language
        (BOTH, "en", None, BOTH["en"], None),
        (BOTH, "sw", None, BOTH["sw"], None),
        ("Mon–Sat 9:00–18:00", "en", None, "Mon–Sat 9:00–18:00", None),
        ("Mon–Sat 9:00–18:00", "sw", None, None, MON_TO_SAT),
        # a day needs a yes or a no
        (BOTH, "sw", 6, None, MON_TO_SAT),
        ("Mon–Sat 9:00–18:00", "en", 6, None, MON_TO_SAT),
        ({"mon-sat": "9:00-18:00"}, "en", None, None, MON_TO_SAT),
        # what cannot be read is quoted
        ("By appointment", "sw", 6, "By appointment", None),
        (None, "en", None, None, None),
    ],
)
def test_hours(
    hours: Any, language: Language, weekday: int | None, text: str | None, week: Any
) -> None:
    told = answered({"hours": hours}, "hours", language=language, weekday=weekday)

    assert told == ShopAnswer(topic="hours", text=text, hours=week, weekday=weekday)


@pytest.mark.parametrize(
    ("info", "zones", "fee", "place", "expected"),
    [
        ({}, (THIKA,), 0, "Thika", {"zone": THIKA_FEE}),
        ({"delivery": "Daily"}, (THIKA,), 0, "Thika", {"zone": THIKA_FEE}),
        ({"delivery": "Daily"}, (THIKA,), 0, "Kisii", {"zones": (THIKA_FEE,), "text": "Daily"}),
        ({"delivery": "Daily"}, (THIKA,), 0, None, {"zones": (THIKA_FEE,), "text": "Daily"}),
        ({"delivery": "Daily"}, (), 0, "Kisii", {"text": "Daily"}),
        ({"delivery": "Daily"}, (), 0, None, {"text": "Daily"}),
        # the one fee will be asked for whatever the address
        ({"delivery": "Daily"}, (), 30_000, "Kisii", {"text": "Daily", "fee_minor": 30_000}),
        ({"delivery": "Daily, 300"}, (), 30_000, None, {"text": "Daily, 300"}),
        ({}, (), 30_000, None, {"fee_minor": 30_000}),
        ({}, (), 0, "Kisii", {}),
    ],
)
def test_delivery(
    info: dict[str, Any],
    zones: tuple[DeliveryZone, ...],
    fee: int,
    place: str | None,
    expected: dict[str, Any],
) -> None:
    told = answered(info, "delivery", *zones, fee=fee, place=place)

    assert told == ShopAnswer(topic="delivery", place=place, **expected)


def test_a_shop_that_says_nothing_of_fetching_tells_what_delivery_costs() -> None:
    told = answered({}, "delivery", THIKA, place="pick up at the shop")

    assert told == ShopAnswer(topic="delivery", zones=(THIKA_FEE,))


@pytest.mark.parametrize(
    ("info", "language", "text", "days"),
    [
        ({"returns": "Exchange within 7 days."}, "en", "Exchange within 7 days.", None),
        ({"returns": "Exchange within 7 days."}, "sw", "Exchange within 7 days.", 7),
        ({"returns": "Ndani ya siku 7."}, "sw", "Ndani ya siku 7.", None),
        ({"returns": "Unworn only.", "returns_days": 7}, "en", "Unworn only.", 7),
        ({"returns_days": 0}, "sw", None, 0),
        ({}, "en", None, None),
    ],
)
def test_returns(
    info: dict[str, Any], language: Language, text: str | None, days: int | None
) -> None:
    told = answered(info, "returns", language=language)

    assert told == ShopAnswer(topic="returns", text=text, returns_days=days)


@pytest.mark.parametrize(
    ("location", "language", "text", "with_places"),
    [
        (None, "sw", None, True),
        ("Westlands", "en", None, True),
        ({"sw": "Karibu na benki"}, "sw", "Karibu na benki", False),
        ({"sw": "Karibu na benki"}, "en", None, True),
    ],
)
def test_location(location: Any, language: Language, text: str | None, with_places: bool) -> None:
    info = {"location": location, "places": [{"address": "Moi Avenue"}]}
    places = (ShopPlace(address="Moi Avenue"),) if with_places else ()

    told = answered(info, "location", language=language)

    assert told == ShopAnswer(topic="location", text=text, places=places)


@pytest.mark.parametrize(
    ("topic", "info", "granted", "days"),
    [
        ("pay_on_delivery", {"pay_on_delivery": False}, False, None),
        ("gift_wrap", {"gift_wrap": True}, True, None),
        ("reservation", {"holds_days": 2}, True, 2),
        ("reservation", {"holds_days": 0}, False, 0),
        ("reservation", {}, None, None),
        ("pay_on_delivery", {}, None, None),
    ],
)
def test_what_the_shop_grants(
    topic: Any, info: dict[str, Any], granted: bool | None, days: int | None
) -> None:
    assert answered(info, topic) == ShopAnswer(topic=topic, granted=granted, holds_days=days)


def test_payment_is_told_in_the_shops_words_or_not_at_all() -> None:
    assert answered({"payment": "M-Pesa or cash"}, "payment").text == "M-Pesa or cash"
    assert answered({"till": "500102"}, "payment").text is None
