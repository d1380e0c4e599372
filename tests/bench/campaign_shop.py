"""A boutique whose campaigns are measured, with the sandbox as a process of its own beside it."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import DATABASE, EmbeddedServer
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.core.store import campaign_recipients, message_templates, wallet
from dukani.domain.template_forms import PURCHASE_NOTIFICATION, purchase_notification
from dukani.running import open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue import demo_boutiques
from tests.integration.campaigns.a_campaign import Sending, by_day
from tests.processes import free_port, outside_world, separate_settings

NO_LIMIT = 1_000_000

_CUSTOMERS = """
with made as (
  insert into customers (boutique_id, phone, name)
  select private.current_boutique(), phone, 'Asha' from unnest(%(phones)s::text[]) phone
  returning id
), agreed as (
  insert into consents (boutique_id, customer_id, purpose, granted, source)
  select private.current_boutique(), id, 'marketing', true, 'bench' from made
)
select id::text as id from made
"""


@dataclass
class CampaignShop:
    """`settings` and `url`: of workers that send its campaigns; `outside`: the sandbox."""

    services: Services
    outside: httpx.AsyncClient
    settings: dict[str, Any]
    url: str
    boutique_id: str
    _numbers: int = field(default=0, init=False)

    async def customers(self, count: int) -> list[str]:
        """The ids of so many new customers, who may be sent marketing."""
        phones = [by_day(self._numbers + n) for n in range(count)]
        self._numbers += count
        async with self.services.database.tenant_connection(self.boutique_id) as conn:
            cursor = await conn.execute(_CUSTOMERS.encode(), {"phones": phones})
            return [row["id"] for row in await cursor.fetchall()]

    async def left(self, sending: Sending) -> int:
        """How many of its recipients are still to be sent to."""
        async with self.services.database.tenant_connection(self.boutique_id) as conn:
            counts = await campaign_recipients.counts(conn, campaign_id=sending.campaign_id)
        return sum(counts.get(state, 0) for state in ("planned", "claimed", "posting"))

    async def delay(self, seconds: float) -> None:
        """Let messages arrive and their statuses be told so long after they were taken."""
        faults = {"meta": {"delay_s": seconds}}
        (await self.outside.post("/faults", json=faults)).raise_for_status()

    async def arrivals(self, phones: Sequence[str]) -> list[float]:
        """When the message of each arrived, by the sandbox's own clock; the first comes first."""
        answer = await self.outside.get("/phone/api/inbox", params={"account": PWANI.key})
        ours = set(phones)
        return sorted(one["last"]["at"] for one in answer.json() if one["contact"] in ours)


@asynccontextmanager
async def open_shop() -> AsyncIterator[CampaignShop]:
    """On a database of its own, with an approved template and no limit but a campaign's pace."""
    with tempfile.TemporaryDirectory(prefix="dukani-campaigns-") as name:
        folder = Path(name)
        server = EmbeddedServer(folder)
        server.start()
        try:
            migrations.create_database(server.url("postgres", user="postgres"), DATABASE)
            migrations.migrate(server.url(user="postgres"), bootstrap=True)
            settings = _settings(folder)
            with outside_world(settings) as outside:
                async with (
                    open_services(GivenSettings(**settings), server.url()) as services,
                    httpx.AsyncClient(base_url=outside, timeout=30.0) as http,
                ):
                    boutique_id = await _boutique(services)
                    yield CampaignShop(services, http, settings, server.url(), boutique_id)
        finally:
            server.stop()


def _settings(folder: Path) -> dict[str, Any]:
    settings = separate_settings(
        folder,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        campaigns={"users_per_day": NO_LIMIT},
    )
    settings["meta"]["marketing_per_second"] = NO_LIMIT
    return settings


async def _boutique(services: Services) -> str:
    boutique = await seed.add_boutique(services, demo_boutiques()[1], PWANI)
    assert boutique is not None, "the database is new"
    await seed.open_boutique(services, boutique)
    picture = f"{boutique}/templates/example.jpg"
    await services.media.put(picture, b"\xff\xd8\xff\xe0 picture", "image/jpeg")
    form = purchase_notification("en", base_url=services.settings.web.public_url, picture=picture)
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
        await wallet.grant(conn, key=str(uuid4()), tokens=NO_LIMIT, note="")
    return boutique
