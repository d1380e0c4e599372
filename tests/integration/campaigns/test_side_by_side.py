"""Two boutiques send through one worker: neither waits for the other, nor stops it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dukani.campaigns import dispatch
from dukani.core.services import Services
from dukani.core.work_slots import CONCURRENCY
from dukani.running import build_senses
from dukani.worker import build_worker
from tests.fakes.providers import FakeProviders, meta_error
from tests.integration.campaigns.a_campaign import (
    Sending,
    a_fan,
    a_sending,
    a_shop,
    campaign,
    states,
)
from tests.wiring import META_NUMBER

OTHER_NUMBER = "100000000000902"
EACH = 30


class Line:
    """Meta, a little slow; notes which number each message left from."""

    def __init__(self, providers: FakeProviders) -> None:
        self._providers = providers
        self.left: list[str] = []
        self.refusals: dict[str, int] = {}

    async def answer(self, request: httpx.Request) -> httpx.Response:
        number = request.url.path.split("/")[-2]
        await asyncio.sleep(0.02)
        if code := self.refusals.get(number):
            return meta_error(code)
        self.left.append(number)
        return self._providers.answer(request)


async def two_sendings(services: Services, **pace: Any) -> tuple[Sending, Sending]:
    first = await a_shop(services)
    second = await a_shop(services, account=OTHER_NUMBER)
    fans = [await a_fan(services, second, 100 + n) for n in range(EACH)]
    one = await a_sending(services, first, customers=EACH, **pace)
    return one, await a_sending(services, second, customers=fans, **pace)


@asynccontextmanager
async def a_worker(services: Services, line: Line, *, concurrency: int) -> AsyncIterator[None]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(line.answer))
    queue = build_worker(replace(services, http=http), build_senses(), url=services.database.url)
    async with queue.open_async():
        working = asyncio.create_task(queue.run_worker_async(concurrency=concurrency))
        try:
            yield
        finally:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working


async def until_sent(services: Services, *sendings: Sending) -> None:
    async with asyncio.timeout(40):
        for sending in sendings:
            while True:
                if set(await states(services, sending)) == {"accepted"}:
                    break
                await asyncio.sleep(0.1)


@pytest.mark.parametrize("concurrency", [1, CONCURRENCY])
async def test_neither_waits_for_the_others_end(
    services: Services,
    providers: FakeProviders,
    monkeypatch: pytest.MonkeyPatch,
    concurrency: int,
) -> None:
    # given two campaigns that begin together, each of several rounds
    monkeypatch.setattr(dispatch, "LONGEST_ROUND_S", 0.2)
    line = Line(providers)
    sendings = await two_sendings(services)

    # when one worker sends both, be it with a single slot
    async with a_worker(services, line, concurrency=concurrency):
        await until_sent(services, *sendings)

    # then when one has sent all it has, the other has sent a good part
    assert len(line.left) == 2 * EACH
    ends = {number: last(line.left, number) for number in (META_NUMBER, OTHER_NUMBER)}
    first, second = sorted(ends, key=lambda number: ends[number])
    assert line.left[: ends[first]].count(second) >= EACH / 4


def last(left: list[str], number: str) -> int:
    return len(left) - left[::-1].index(number)


@pytest.mark.parametrize(("code", "reason"), [(131048, "spam"), (132015, "template")])
async def test_what_stops_one_does_not_stop_the_other(
    services: Services, providers: FakeProviders, code: int, reason: str
) -> None:
    line = Line(providers)
    stopped, other = await two_sendings(services)
    line.refusals[META_NUMBER] = code

    async with a_worker(services, line, concurrency=CONCURRENCY):
        await until_sent(services, other)

    found = await campaign(services, stopped)
    assert (found["status"], found["status_reason"]) == ("paused", reason)
    assert await states(services, stopped) == ["planned"] * EACH
    assert line.left == [OTHER_NUMBER] * EACH
