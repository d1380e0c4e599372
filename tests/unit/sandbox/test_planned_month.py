"""A demo's month leaves its owner something to do, at whatever hour it begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dukani.sandbox.history.month import plan_month
from dukani.sandbox.history.people import people_of

SUNDAY = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize("hours", range(0, 7 * 24, 3))
def test_an_order_is_paid_and_not_sent_whenever_the_demo_begins(hours: int) -> None:
    now = SUNDAY + timedelta(hours=hours)

    acts = plan_month(people_of("zuri"), days=30, now=now, zone=ZoneInfo("Africa/Nairobi"), seed=1)

    paid = {act.visit for act in acts if act.what == "pays"}
    sent = {act.visit for act in acts if act.what == "is_sent"}
    assert paid - sent
