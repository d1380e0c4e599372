"""The people of these tests live where it is day, and have phones that could be theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from tests.integration.campaigns.a_campaign import COUNTRIES, day_in


@pytest.mark.parametrize(("prefix", "zone"), COUNTRIES)
@pytest.mark.parametrize("n", [1, 501, 99_999])
def test_a_phone_is_a_mobile_of_its_country(prefix: str, zone: str, n: int) -> None:
    number = phonenumbers.parse(f"{prefix}{n:05d}")

    assert phonenumbers.is_valid_number(number)
    assert phonenumbers.number_type(number) in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def test_it_is_day_somewhere_at_any_hour() -> None:
    midnight = datetime(2026, 11, 28, tzinfo=UTC)

    for minutes in range(0, 24 * 60, 30):
        now = midnight + timedelta(minutes=minutes)
        _, zone = day_in(now)
        assert 9 <= now.astimezone(ZoneInfo(zone)).hour < 20
