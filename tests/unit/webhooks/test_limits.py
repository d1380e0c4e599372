"""A flood costs one look in ten minutes, whatever its size."""

from __future__ import annotations

from dukani.webhooks.limits import Limits
from tests.clock import Clock


def test_a_flood_may_be_news_again_after_ten_minutes():
    # given
    clock = Clock()
    limits = Limits(clock=clock)

    # when / then
    assert limits.is_worth_telling("zuri")
    clock.advance(599)
    assert not limits.is_worth_telling("zuri")
    assert limits.is_worth_telling("pwani")
    clock.advance(2)
    assert limits.is_worth_telling("zuri")


def test_a_flood_that_goes_on_does_not_put_its_next_look_off():
    clock = Clock()
    limits = Limits(clock=clock)

    looks = 0
    for _ in range(30):  # half an hour, a message each minute
        looks += limits.is_worth_telling("zuri")
        clock.advance(60)

    assert looks == 3
