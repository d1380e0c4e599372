"""How often marketing may reach one person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.campaigns.frequency import too_often

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days_ago", "why"),
    [
        ([], None),
        ([4.9], "cooldown"),
        ([5], None),
        ([6.9, 5.1], "frequency_cap"),
        ([6.9, 4], "cooldown"),
        ([7, 5.1], None),  # a week ago is over
    ],
)
def test_two_a_week_and_five_days_between(days_ago: list[float], why: str | None) -> None:
    contacts = [NOW - timedelta(days=days) for days in days_ago]
    assert too_often(contacts, NOW) == why
