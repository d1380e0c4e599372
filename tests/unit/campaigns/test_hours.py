"""Marketing reaches people in the hours of their own day."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from dukani.campaigns.hours import next_open, zone_of
from dukani.domain.campaigns import Pace

NAIROBI = "Africa/Nairobi"


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+254712000001", "Africa/Nairobi"),
        ("+255712000001", "Africa/Dar_es_Salaam"),
        ("+250788000001", "Africa/Kigali"),
        ("+49301234567", "Europe/Berlin"),
        # A WhatsApp id names its number's country.
        ("KE.1349120865530274", NAIROBI),
        ("RW.ENT.1349120865530274", "Africa/Kigali"),
        ("AE.1349120865530274", "Asia/Dubai"),
        ("ZZ.1349120865530274", NAIROBI),  # which is none
        ("former:KE.1", NAIROBI),
        ("+999", NAIROBI),
    ],
)
def test_the_zone_is_the_numbers_own(number: str, zone: str) -> None:
    assert zone_of(number, shop=NAIROBI).key == zone


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-27T07:00", "2026-11-27T07:00"),  # ten in the morning in Nairobi
        ("2026-11-27T03:00", "2026-11-27T06:00"),  # six: at nine
        ("2026-11-27T18:00", "2026-11-28T06:00"),  # nine in the evening: tomorrow
        ("2026-11-27T21:30", "2026-11-28T06:00"),
    ],
)
def test_outside_the_hours_it_waits_for_the_next_morning(at: str, opens: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(opens).replace(tzinfo=UTC)
    assert next_open(moment, Pace(), ZoneInfo(NAIROBI)) == expected


def test_days_that_the_owner_skips_are_skipped() -> None:
    pace = Pace(skip_days=frozenset({"sat", "sun"}), opens=time(10), closes=time(12))
    friday_afternoon = datetime(2026, 11, 27, 15, tzinfo=UTC)
    monday = datetime(2026, 11, 30, 7, tzinfo=UTC)
    assert next_open(friday_afternoon, pace, ZoneInfo(NAIROBI)) == monday


def test_nine_is_nine_when_summer_time_begins() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 28, 22, tzinfo=UTC)  # the night in which clocks go forward
    assert next_open(before, Pace(), berlin) == datetime(2026, 3, 29, 7, tzinfo=UTC)
