"""What a message costs its sender, and how much anybody may write at any time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dukani.core.store.pace import Pace


@pytest.mark.parametrize(
    ("per_minute", "costs_s", "share_s"),
    [
        (30, 2, 12),  # six messages
        (6, 10, 60),
        (3, 20, 60),  # never more than the minute after which anybody waits
    ],
)
def test_a_fair_share_is_six_messages_and_a_minute_at_most(
    per_minute: int, costs_s: int, share_s: int
) -> None:
    values = Pace(sender_per_minute=per_minute, boutique_per_minute=100).values()

    told = values["pace"], values["share"]
    assert told == (timedelta(seconds=costs_s), timedelta(seconds=share_s))
