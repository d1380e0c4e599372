"""Whether campaigns keep their pace: what arrives at the sandbox a minute, by its own clock.

Both campaigns are sent at once, by two workers that share them as they come, while the API is told
the statuses of what was sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from rich.console import Console
from rich.table import Table

from tests.bench.campaign_shop import CampaignShop
from tests.integration.campaigns.a_campaign import Sending, a_sending
from tests.processes import Service

PACES = (60, 300)  # messages a minute
MINUTES = 1.5
WORKERS = 2
MOST_OFF = 0.02
PATIENCE_S = 60.0


async def measure(shop: CampaignShop, console: Console) -> None:
    table = Table(title=f"The pace that {WORKERS} workers keep for {60 * MINUTES:g} s")
    for heading in ("messages", "wanted a minute", "got", f"off (≤ {MOST_OFF:.0%})"):
        table.add_column(heading, no_wrap=True)
    async with _service(shop):
        await _until_sent(shop, [await _sending(shop, count=4, per_minute=4800)])  # they are up
        sendings = [
            await _sending(shop, count=round(pace * MINUTES) + 1, per_minute=pace) for pace in PACES
        ]
        await _until_sent(shop, sendings)
    for pace, sending in zip(PACES, sendings, strict=True):
        arrivals = await _arrivals(shop, sending)
        got = 60 * (len(arrivals) - 1) / (arrivals[-1] - arrivals[0])
        table.add_row(str(len(arrivals)), str(pace), f"{got:.1f}", f"{got / pace - 1:+.1%}")
    console.print(table)


@asynccontextmanager
async def _service(shop: CampaignShop) -> AsyncIterator[None]:
    """The workers, and the API that is told the statuses."""
    api = Service(shop.settings, shop.url, part="api")
    services = [api, *(Service(shop.settings, shop.url, part="worker") for _ in range(WORKERS))]
    try:
        for service in services:
            service.start()
        await api.until_it_serves()
        yield
    finally:
        for service in services:
            service.stop()


async def _sending(shop: CampaignShop, *, count: int, per_minute: int) -> Sending:
    customers = await shop.customers(count)
    return await a_sending(
        shop.services, shop.boutique_id, customers=customers, per_minute=per_minute
    )


async def _until_sent(shop: CampaignShop, sendings: Sequence[Sending]) -> None:
    async with asyncio.timeout(60 * MINUTES + PATIENCE_S):
        while True:
            if not sum([await shop.left(one) for one in sendings]):
                return
            await asyncio.sleep(0.5)


async def _arrivals(shop: CampaignShop, sending: Sending) -> list[float]:
    """Of all: what was just taken is a moment on its way."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            arrivals = await shop.arrivals(sending.phones)
            if len(arrivals) == len(sending.phones):
                return arrivals
            await asyncio.sleep(0.5)
