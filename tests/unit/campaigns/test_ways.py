"""By which channels a message may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dukani.campaigns.automations.ways import ways_to
from tests.unit.campaigns.a_case import NOON, SITUATION, a_rule


@pytest.mark.parametrize(
    ("values", "channels", "opened"),
    [
        ({}, "whatsapp_then_sms", ("whatsapp", "sms")),
        ({}, "whatsapp", ("whatsapp",)),
        ({}, "sms", ("sms",)),
        ({"preferred_channel": "sms"}, "whatsapp_then_sms", ("sms", "whatsapp")),
        ({"paused_channels": ("whatsapp",)}, "whatsapp_then_sms", ("sms",)),
        ({"unreachable": True}, "whatsapp_then_sms", ("sms",)),
        ({"last_inbound_at": NOON - timedelta(hours=25)}, "whatsapp_then_sms", ("sms",)),
        ({"last_inbound_at": None}, "whatsapp_then_sms", ("sms",)),
        ({"may_sms": False}, "whatsapp_then_sms", ("whatsapp",)),
        ({"phone": None}, "whatsapp_then_sms", ("whatsapp",)),
        ({"sms_provider": None}, "whatsapp_then_sms", ("whatsapp",)),
        ({"may_sms": False, "unreachable": True}, "whatsapp_then_sms", ()),
    ],
)
def test_whatsapp_first_and_sms_only_with_consent(
    values: dict[str, Any], channels: str, opened: tuple[str, ...]
) -> None:
    stands = replace(SITUATION, **values)
    found = ways_to(stands, a_rule(channels=channels), has_template=False, now=NOON)
    assert found.open == opened


def test_an_approved_template_goes_outside_of_24_hours() -> None:
    late = replace(SITUATION, last_inbound_at=NOON - timedelta(days=3))
    assert ways_to(late, a_rule(), has_template=True, now=NOON).open[0] == "whatsapp"


def test_it_waits_for_consent_when_nothing_else_is_missing() -> None:
    late = replace(SITUATION, last_inbound_at=None, may_sms=False)
    assert ways_to(late, a_rule(), has_template=False, now=NOON).waits_for_consent
    without = replace(late, sms_provider=None)
    assert not ways_to(without, a_rule(), has_template=False, now=NOON).waits_for_consent
