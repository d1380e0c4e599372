"""kill -9 at any moment of a campaign: nobody gets it twice, and everybody is accounted for.

The sandbox lives on as the outside world does; its own chats say who got what. Some statuses are
lost on the way. `DUKANI_KILL_SEED` repeats a run's random choices.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import GivenSettings
from dukani.core.store import message_templates, wallet
from dukani.domain.template_forms import PURCHASE_NOTIFICATION, purchase_notification
from dukani.running import open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue import demo_boutiques
from tests.integration.campaigns.a_campaign import Sending, a_fan, a_sending
from tests.processes import Service, free_port, outside_world, separate_settings

CUSTOMERS = 120
PER_MINUTE = 600  # twelve seconds, if nobody were killed
KILLS = 3
LOST_STATUSES = 5
TOKENS = 1000
SETTLED_WITHIN_S = 120.0

# A lease of a minute and the clock's patience are over.
_TIME_PASSES = """
update campaign_recipients set lease_until = lease_until - interval '2 minutes'
where state = 'posting'
"""


@pytest.mark.slow
async def test_a_campaign_survives_three_kills_and_five_lost_statuses(
    server: EmbeddedServer, database_name: str, superuser_url: str, tmp_path: Path
) -> None:
    # given a campaign to many, and an outside world that lives on
    chance = int(os.environ.get("DUKANI_KILL_SEED", time.time_ns() % 1_000_000))
    print(f"DUKANI_KILL_SEED={chance}")
    url, rng = server.url(database_name), random.Random(chance)
    settings = separate_settings(
        tmp_path,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": 0.5, "stalled_after_s": 1.5},
        campaigns={"settle_s": 5.0},
    )
    sending = await _begin(settings, url)
    service = Service(settings, url)
    with outside_world(settings) as outside:
        async with httpx.AsyncClient(base_url=outside, timeout=10.0) as http:
            service.start()
            try:
                # when the service is killed while it sends, and statuses are lost
                await service.until_it_serves()
                await http.post("/faults", json={"meta": {"lose_next": LOST_STATUSES}})
                await _kill(service, superuser_url, rng)
                recipients = await _until_settled(superuser_url)
                got = [await _copies(http, phone) for phone in sending.phones]
            finally:
                service.stop()

    # then at most one reached each, and what we know of each is so
    states = Counter(row["state"] for row in recipients)
    print(dict(states), "copies:", dict(Counter(got)))
    assert len(recipients) == CUSTOMERS
    assert set(states) <= {"accepted", "sent", "delivered", "read", "unknown"}
    assert max(got) == 1
    copies = dict(zip(sending.phones, got, strict=True))
    for row in recipients:
        assert row["state"] == "unknown" or copies[row["identity"]] == 1, row
    _check_wallet(superuser_url, recipients)


async def _begin(settings: dict[str, Any], url: str) -> Sending:
    async with open_services(GivenSettings(**settings), url) as services:
        boutique = await seed.add_boutique(services, demo_boutiques()[1], PWANI)
        assert boutique is not None
        await seed.open_boutique(services, boutique)
        picture = f"{boutique}/templates/example.jpg"
        await services.media.put(picture, b"\xff\xd8\xff\xe0 picture", "image/jpeg")
        form = purchase_notification(
            "en", base_url=services.settings.web.public_url, picture=picture
        )
        async with services.database.operator_connection(boutique) as conn:
            await message_templates.put(
                conn,
                boutique_id=boutique,
                provider="meta",
                name=PURCHASE_NOTIFICATION,
                language="en",
                status="approved",
                category="marketing",
                form=form.model_dump(mode="json"),
            )
            await wallet.grant(conn, key=str(uuid4()), tokens=TOKENS, note="")
        fans = [await a_fan(services, boutique, n) for n in range(CUSTOMERS)]
        return await a_sending(services, boutique, customers=fans, per_minute=PER_MINUTE)


async def _kill(service: Service, superuser_url: str, rng: random.Random) -> None:
    for n in range(1, KILLS + 1):
        await asyncio.sleep(rng.uniform(0.8, 2.5))
        service.kill()
        found = Counter(row["state"] for row in _rows(superuser_url, _STATES))
        print(f"kill {n}: {dict(found)}")
        service.start()
        await service.until_it_serves()


_STATES = "select identity, state, tokens from campaign_recipients order by identity"


async def _until_settled(superuser_url: str) -> list[dict[str, Any]]:
    """Everybody sent to or in doubt, and nobody only on the way."""
    over = time.monotonic() + SETTLED_WITHIN_S
    while time.monotonic() < over:
        await asyncio.sleep(1.0)
        _execute(superuser_url, _TIME_PASSES)
        (campaign,) = _rows(superuser_url, "select status, status_reason from campaigns")
        if campaign["status"] == "completed":
            return _rows(superuser_url, _STATES)
    raise AssertionError(_rows(superuser_url, "select state, reason from campaign_recipients"))


async def _copies(http: httpx.AsyncClient, phone: str) -> int:
    where = {"account": PWANI.key, "contact": phone}
    chat = (await http.get("/phone/api/chat", params=where)).json()
    return sum(one["author"] == "boutique" for one in chat["messages"])


def _check_wallet(superuser_url: str, recipients: list[dict[str, Any]]) -> None:
    """Spent for those who have it, held for those of whom nobody knows, the rest available."""
    (purse,) = _rows(superuser_url, "select * from wallets where available + held + spent > 0")
    arrived = sum(row["tokens"] for row in recipients if row["state"] in ("delivered", "read"))
    others = sum(row["tokens"] for row in recipients if row["state"] not in ("delivered", "read"))
    assert (purse["spent"], purse["held"]) == (arrived, others)
    assert purse["available"] == TOKENS - arrived - others


def _rows(url: str, statement: str) -> list[dict[str, Any]]:
    with psycopg.connect(url, row_factory=dict_row) as conn:
        return conn.execute(statement.encode()).fetchall()


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, options="-c search_path=public,jobs") as conn:
        conn.execute(statement.encode())
