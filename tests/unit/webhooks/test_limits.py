"""Of strangers' calls sixty a minute are kept; a flood costs one look in ten minutes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fakeredis import TcpFakeServer
from limits.aio.storage import memory

from dukani.webhooks.limits import STRANGERS_PER_MINUTE, Limits
from tests.clock import Clock


def test_a_flood_may_be_news_again_after_ten_minutes():
    # given
    clock = Clock()
    limits = Limits(clock=clock)

    # when / then
    assert limits.may_be_news("zuri")
    clock.advance(599)
    assert not limits.may_be_news("zuri")
    assert limits.may_be_news("pwani")
    clock.advance(2)
    assert limits.may_be_news("zuri")


def test_a_flood_that_goes_on_does_not_put_its_next_look_off():
    clock = Clock()
    limits = Limits(clock=clock)

    looks = 0
    for _ in range(30):  # half an hour, a message each minute
        looks += limits.may_be_news("zuri")
        clock.advance(60)

    assert looks == 3


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that `limits` counts strangers by, half a minute after a full one."""
    clock = Clock()
    clock.now = 6030.0
    monkeypatch.setattr(memory, "time", SimpleNamespace(time=clock))
    return clock


async def _allowed(limits: Limits, provider: str, calls: int) -> int:
    return sum([await limits.allow_stranger(provider) for _ in range(calls)])


async def test_a_flood_of_strangers_costs_sixty_a_minute_and_no_other_provider_any(
    wall: Clock,
) -> None:
    limits = Limits()

    flood = await _allowed(limits, "daraja", 70)
    others = await _allowed(limits, "meta", 1)
    wall.advance(120)
    later = await _allowed(limits, "daraja", 70)

    assert (flood, others, later) == (60, 1, 60)


async def test_a_minutes_border_does_not_let_twice_as_much_through(wall: Clock) -> None:
    limits = Limits()

    before = await _allowed(limits, "daraja", 70)
    wall.advance(32)  # two seconds into the next minute
    after = await _allowed(limits, "daraja", 70)

    assert (before, after) == (60, 2)


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A server that speaks Redis's protocol, on a port of its own."""
    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"redis://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


async def test_with_a_redis_processes_count_strangers_together(redis_url: str) -> None:
    first, second = Limits(redis_url=redis_url), Limits(redis_url=redis_url)

    allowed = [await first.allow_stranger("meta") for _ in range(STRANGERS_PER_MINUTE)]

    assert all(allowed)
    assert not await second.allow_stranger("meta")
    assert await second.allow_stranger("twilio")


async def test_a_redis_that_is_away_leaves_each_process_to_itself() -> None:
    limits = Limits(redis_url="redis://127.0.0.1:1")

    allowed = [await limits.allow_stranger("meta") for _ in range(STRANGERS_PER_MINUTE + 1)]

    assert allowed == [True] * STRANGERS_PER_MINUTE + [False]
