"""kill -9 while events come in and rules answer them: each is heard once, and makes one message.

`DUKANI_KILL_SEED` repeats a run's random moments.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.domain.domain_events import CartAbandoned
from dukani.running import open_services
from tests.factories import a_boutique, a_product, put_in_cart
from tests.integration.campaigns.automations.a_rule import a_rule, a_shopper, happened
from tests.processes import Service, free_port, separate_settings

EVENTS = 400
KILLS = 3
WITHIN_S = 120.0


@pytest.mark.slow
async def test_no_accepted_event_is_lost_or_answered_twice(
    server: EmbeddedServer, database_name: str, superuser_url: str, tmp_path: Path
) -> None:
    # given a rule about left carts, and many who left one
    chance = int(os.environ.get("DUKANI_KILL_SEED", time.time_ns() % 1_000_000))
    print(f"DUKANI_KILL_SEED={chance}")
    rng, url = random.Random(chance), server.url(database_name)
    settings = separate_settings(
        tmp_path,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": 0.5, "stalled_after_s": 1.5},
    )
    async with open_services(GivenSettings(**settings), url) as services:
        shop = await a_boutique(services.database)
        await a_rule(services, shop, "cart_abandoned")
        left = await _carts(services, shop)

        # when their events come in, each in its transaction, while the worker is killed
        service = Service(settings, url)
        service.start()
        accepted: set[str] = set()
        coming = asyncio.create_task(_come_in(services, shop, left, accepted))
        try:
            for _ in range(KILLS):
                await asyncio.sleep(rng.uniform(4.0, 7.0))
                service.kill()
                service.start()
            await coming
            done = await _until_all_are_answered(superuser_url, len(accepted))
        finally:
            service.stop()

    # then every event that was accepted made one enrolment and one message, and no other is there
    assert len(accepted) == EVENTS
    assert done == {"enrolled": EVENTS, "sent": EVENTS, "queued": EVENTS, "customers": EVENTS}


async def _carts(services: Services, shop: str) -> list[tuple[str, str]]:
    """(cart, customer) of each."""
    [variant] = await a_product(services.database, shop, stock={"blue": {"M": EVENTS}})
    left = []
    for _ in range(EVENTS):
        customer = await a_shopper(services, shop)
        left.append((await put_in_cart(services.database, shop, customer, variant), customer))
    return left


async def _come_in(
    services: Services, shop: str, left: list[tuple[str, str]], accepted: set[str]
) -> None:
    for cart, customer in left:
        event = CartAbandoned(pieces=1)
        await happened(services, shop, event, subject_id=cart, customer_id=customer)
        accepted.add(cart)
        await asyncio.sleep(0.03)


async def _until_all_are_answered(url: str, count: int) -> dict[str, int]:
    over_at = time.monotonic() + WITHIN_S
    while True:
        done = _done(url)
        if done["queued"] >= count or time.monotonic() > over_at:
            await asyncio.sleep(2.0)  # whatever else comes now is one too many
            return _done(url)
        await asyncio.sleep(0.3)


def _done(url: str) -> dict[str, int]:
    with psycopg.connect(url, row_factory=dict_row) as conn:
        [row] = conn.execute(
            """select (select count(*) from automation_enrolments)::int as enrolled,
                 (select count(*) from automation_sends)::int as sent,
                 (select count(distinct customer_id) from automation_sends)::int as customers,
                 (select count(*) from messages where direction = 'out'
                    and reference like 'automation:%')::int as queued"""
        ).fetchall()
    return dict(row)
