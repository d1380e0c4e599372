"""A delivery zone says its fee once, and its pin whole."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.tools.zone_entries import ZoneEntry, require_distinct


def a_zone(name: str = "Kilimani", **fields: Any) -> ZoneEntry:
    return ZoneEntry(name=name, fee=200, **fields)


@pytest.mark.parametrize(("currency", "fee_minor"), [("KES", 20_000), ("UGX", 200)])
def test_a_fee_is_in_whole_units_of_the_shops_currency(currency: str, fee_minor: int) -> None:
    assert a_zone().as_zone(currency).fee_minor == fee_minor


@pytest.mark.parametrize(
    ("days", "least", "most"), [(None, None, None), (0, 0, 0), (2, 2, 2), ((1, 3), 1, 3)]
)
def test_days_are_one_number_or_the_fewest_and_the_most(
    days: Any, least: int | None, most: int | None
) -> None:
    zone = a_zone(days=days).as_zone("KES")

    assert (zone.days_min, zone.days_max) == (least, most)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"days": (3, 1)}, r"write \[1, 3\]"),
        ({"latitude": -1.29, "longitude": 36.78}, "all three"),
        ({"radius_km": 2.0}, "all three"),
        ({"latitude": 91.0, "longitude": 36.78, "radius_km": 2.0}, "90"),
        ({"latitude": -1.29, "longitude": 36.78, "radius_km": 0.0}, "greater than 0"),
    ],
)
def test_what_does_not_fit_together_is_refused(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        a_zone(**fields)


def test_a_pin_on_the_equator_is_a_pin() -> None:
    zone = a_zone(latitude=0.0, longitude=0.0, radius_km=1.0).as_zone("KES")

    assert (zone.latitude, zone.longitude, zone.radius_km) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (a_zone("Kilimani"), "two zones are called"),
        (a_zone("West", aliases=("KILIMANI",)), "is in 'Kilimani' and in 'West'"),
    ],
)
def test_no_place_is_in_two_zones(other: ZoneEntry, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        require_distinct([a_zone("Kilimani"), a_zone("Rongai"), other])


def test_a_place_may_be_delivered_to_and_fetched_from() -> None:
    require_distinct([a_zone("Kilimani"), a_zone("Shop", aliases=("Kilimani",), pickup=True)])
