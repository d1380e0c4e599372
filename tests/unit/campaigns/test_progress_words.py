"""What the command says of a campaign that is being sent."""

from __future__ import annotations

from dukani.commands.campaign_progress import said


def test_it_says_how_many_are_in_each_state() -> None:
    assert said("sending", None, {"planned": 3, "delivered": 12}) == (
        "sending: 12 delivered, 3 planned"
    )
    assert said("paused", "spam", {}) == "paused (spam): nobody yet"
