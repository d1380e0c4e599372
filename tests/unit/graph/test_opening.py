"""A boutique's opening follows its own hours in its own time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from dukani.core.store.boutiques import Boutique
from dukani.domain.next_opening import Opening
from dukani.graph.opening import opening_of

AT = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)  # a Monday, 9:30 in Nairobi
BOUTIQUE = Boutique(
    id="b", slug="zuri", name="Zuri", country="KE", currency="KES", timezone="Africa/Nairobi",
    language="en", owner_name=None, owner_phone=None, whatsapp_provider="twilio",
    payment_provider="manual", delivery_fee_minor=0, shop_info={}, active=True,
)  # fmt: skip
NINE = Opening(weekday=0, opens=time(9))


@pytest.mark.parametrize(
    ("zone", "hours", "opening"),
    [
        ("Africa/Nairobi", {"mon-sat": "9:00-18:00"}, Opening(now=True)),
        ("Africa/Kigali", {"mon-sat": "9:00-18:00"}, NINE),  # an hour behind
        ("Africa/Nairobi", "Mon–Sat 9 to 6", Opening(now=True)),
        (
            "Africa/Nairobi",
            {"en": "Mon-Sat 10 to 6", "sw": "…"},
            Opening(weekday=0, opens=time(10)),
        ),
        # where hours or zone are not known, no time is promised
        ("Africa/Nairobi", "call first", None),
        ("Africa/Nairobi", None, None),
        ("Nowhere/Land", {"mon-sat": "9:00-18:00"}, None),
    ],
)
def test_the_opening_of_a_boutique(zone: str, hours: Any, opening: Opening | None) -> None:
    boutique = replace(BOUTIQUE, timezone=zone, shop_info={"hours": hours})
    assert opening_of(boutique, AT) == opening
