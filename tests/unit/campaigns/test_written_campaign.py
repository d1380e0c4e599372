"""What an owner may write into a campaign, and what she is told otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dukani.domain.campaigns import WrittenCampaign

LEAST: dict[str, Any] = {"name": "December", "message": {"template": "new_in_shop"}}


def test_the_least_that_an_owner_writes_goes_to_all_at_once_within_marketing_hours():
    campaign = WrittenCampaign.model_validate(LEAST)

    assert campaign.audience.kind == "all"
    assert campaign.schedule.kind == "now"
    assert (campaign.pace.per_minute, campaign.pace.opens.hour, campaign.pace.closes.hour) == (
        10, 9, 21,
    )  # fmt: skip
    assert WrittenCampaign.model_validate_json(campaign.model_dump_json()) == campaign


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"schedule": {"kind": "recurring", "rule": "FREQ=SECONDLY", "starts": "2026-12-01T10:00"}},
         "FREQ must be"),
        ({"schedule": {"kind": "recurring", "rule": "FREQ=WEEKLY;BYDAY=XX",
                       "starts": "2026-12-01T10:00"}}, "BYDAY=XX"),
        ({"schedule": {"kind": "recurring", "rule": "FREQ=DAILY;BYHOUR=9,10",
                       "starts": "2026-12-01T10:00"}}, "leave BYHOUR out"),
        ({"schedule": {"kind": "recurring", "rule": "FREQ=DAILY;INTERVAL=0",
                       "starts": "2026-12-01T10:00"}}, "INTERVAL"),
        ({"schedule": {"kind": "recurring", "rule": "FREQ=DAILY", "starts": "0001-12-01T10:00"}},
         "between 2020 and 2100"),
        ({"schedule": {"kind": "at", "at": "2026-12-01T10:00"}}, "timezone"),
        ({"pace": {"opens": "07:00"}}, "between 09:00 and 21:00"),
        ({"pace": {"skip_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}},
         "a day must be left"),
        ({"pace": {"per_minute": 0}}, "greater than or equal to 1"),
        ({"experiment": {"variants": [{"key": "a", "share": 1}]}}, "compared with nothing"),
        ({"experiment": {"variants": [{"key": "a", "share": 0.5}, {"key": "a", "share": 0.5}]}},
         "same key"),
        ({"experiment": {"variants": [{"key": "a", "share": 0.5}, {"key": "b", "share": 0.4}]}},
         "add up to 1"),
        ({"audience": {"kind": "everybody"}}, "kind"),
        ({"message": {"template": "Not A Name"}}, "template"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_named(written: dict[str, Any], told: str):
    with pytest.raises(ValidationError, match=told):
        WrittenCampaign.model_validate(LEAST | written)
