"""How fast a campaign is sent, beside a loop of bare posts to the same sandbox.

Both post the same messages, as many at once, in turns. The campaign's job claims, takes tokens,
posts and records; the bare loop does nothing but post. The paces of campaign and number are taken
away, since the fastest that they may be, 80 a second, would be what is measured.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import httpx
from rich.console import Console
from rich.table import Table

from dukani.campaigns import claiming, number_pace
from tests.bench.campaign_shop import CampaignShop
from tests.integration.campaigns.a_campaign import Sending, a_sending, run

RECIPIENTS = 600
ROUNDS = 3
LEAST_SHARE_OF_BARE = 0.5
AFTER_S = 3600.0  # nobody takes the statuses, so none comes while it is measured


async def measure(shop: CampaignShop, console: Console) -> None:
    table = Table(
        title=f"A campaign to {RECIPIENTS}, beside bare posts of it, {claiming.BATCH} at once"
    )
    for heading in ("", "messages a second", f"share of bare (≥ {LEAST_SHARE_OF_BARE})"):
        table.add_column(heading, no_wrap=True)
    ours, bare = [], []
    await shop.delay(AFTER_S)
    with _without_pace():
        for _ in range(ROUNDS):  # in turns, so that a busy minute weighs on both
            customers = await shop.customers(RECIPIENTS)
            sending = await a_sending(shop.services, shop.boutique_id, customers=customers)
            with _noted(shop.services.http) as requests:
                ours.append(await _sent_s(shop, sending))
            assert len(requests) == RECIPIENTS, "each got one message"
            bare.append(await _posted_s(requests))
    for name, seconds in (("bare posts", min(bare)), ("send_campaign", min(ours))):
        table.add_row(name, f"{RECIPIENTS / seconds:.0f}", f"{min(bare) / seconds:.2f}")
    await shop.delay(0)
    console.print(table)


@contextmanager
def _without_pace() -> Iterator[None]:
    usual = claiming.every, number_pace.BURST_OF_A_NUMBER
    claiming.every = lambda _per_minute: timedelta(microseconds=1)
    number_pace.BURST_OF_A_NUMBER = claiming.BATCH
    try:
        yield
    finally:
        claiming.every, number_pace.BURST_OF_A_NUMBER = usual


async def _sent_s(shop: CampaignShop, sending: Sending) -> float:
    began = time.perf_counter()
    while True:
        await run(shop.services, sending)
        seconds = time.perf_counter() - began
        if not await shop.left(sending):
            return seconds


@contextmanager
def _noted(http: httpx.AsyncClient) -> Iterator[list[httpx.Request]]:
    """The requests that the client makes meanwhile."""
    requests: list[httpx.Request] = []

    async def note(request: httpx.Request) -> None:
        requests.append(request)

    usual = http.event_hooks
    http.event_hooks = {"request": [*usual["request"], note], "response": usual["response"]}
    try:
        yield requests
    finally:
        http.event_hooks = usual


async def _posted_s(requests: Sequence[httpx.Request]) -> float:
    """The same messages again, by nothing but httpx."""
    line = asyncio.Semaphore(claiming.BATCH)

    async with httpx.AsyncClient() as http:

        async def post(one: httpx.Request) -> None:
            headers = {name: one.headers[name] for name in ("authorization", "content-type")}
            async with line:
                answer = await http.post(one.url, content=one.content, headers=headers)
            answer.raise_for_status()

        began = time.perf_counter()
        await asyncio.gather(*(post(one) for one in requests))
        return time.perf_counter() - began
