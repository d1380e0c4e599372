"""What a shop says of itself is read leniently: old texts count, and nothing breaks it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.domain.opening_hours import week_in
from dukani.domain.shop_facts import ShopFacts, ShopPlace

MON_TO_SAT = week_in("Mon-Sat 9:00-18:00")


def test_a_shop_that_has_said_nothing_is_unknown_in_all() -> None:
    assert ShopFacts.read({"till": "500102"}) == ShopFacts()


@pytest.mark.parametrize(
    "hours",
    [
        "Mon–Sat 9:00–18:00",
        {"en": "Mon-Sat 9 to 6", "sw": "Jumatatu-Jumamosi 3 asubuhi hadi 12 jioni"},
        {"mon-sat": "9:00-18:00", "sun": "closed"},
    ],
)
def test_hours_are_known_from_a_text_or_a_table(hours: Any) -> None:
    assert ShopFacts.read({"hours": hours}).hours == MON_TO_SAT


def test_texts_are_kept_in_one_language_or_two() -> None:
    facts = ShopFacts.read(
        {"hours": {"en": "9 to 6", "sw": "saa 3 hadi 12"}, "delivery": "Ndani ya siku moja"}
    )

    assert facts.text("hours", "sw") == "saa 3 hadi 12"
    assert facts.text("delivery", "en") == "Ndani ya siku moja"  # as it is
    assert facts.text("returns", "en") is None
    assert (facts.speaks("hours", "en"), facts.speaks("delivery", "en")) == (True, False)


@pytest.mark.parametrize(
    ("info", "days"),
    [
        ({"returns": "Exchange within 7 days, unworn."}, 7),
        ({"returns": "Within a 14-day window"}, 14),
        ({"returns": "Ndani ya siku 5"}, 5),
        ({"returns": {"en": "within 7 days", "sw": "ndani ya siku 7"}}, 7),
        ({"returns": "2 weeks"}, 14),
        ({"returns": "Exchange within 7 days, refund within 3 days"}, None),  # which?
        ({"returns": "All sales are final"}, None),
        ({"returns": "Exchange within 7 days", "returns_days": 0}, 0),  # what is said counts
        ({"returns_days": 10}, 10),
        ({"returns_days": "10"}, None),
        ({"returns_days": True}, None),
    ],
)
def test_days_for_returns_are_known_from_a_text_or_a_number(
    info: dict[str, Any], days: int | None
) -> None:
    assert ShopFacts.read(info).returns_days == days


def test_places_and_promises_are_read() -> None:
    info = {
        "places": [
            {"name": "Sarit", "address": "Karuna Road", "landmark": "beside the bank"},
            {"address": "Moi Avenue"},
            {"name": "without an address"},
        ],
        "pay_on_delivery": False,
        "gift_wrap": True,
        "holds_days": 2,
    }

    facts = ShopFacts.read(info)

    assert facts.places == (
        ShopPlace(name="Sarit", address="Karuna Road", landmark="beside the bank"),
        ShopPlace(address="Moi Avenue"),
    )
    assert (facts.pay_on_delivery, facts.gift_wrap, facts.holds_days) == (False, True, 2)


KEYS = st.sampled_from(
    ["hours", "delivery", "returns", "location", "payment", "returns_days", "places",
     "pay_on_delivery", "gift_wrap", "holds_days", "till"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["en", "sw", "mon", "sun", "address", "x"]), inner)
    ),
)


@given(st.dictionaries(KEYS, JSON))
def test_nothing_that_is_stored_breaks_it(info: dict[str, Any]) -> None:
    assert isinstance(ShopFacts.read(info), ShopFacts)
