"""A storm from an empty database to its outcome."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from dukani.core import migrations
from dukani.core.audit.running import audit
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.running import build_senses, catalogue_eye, open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import ZURI
from dukani.sandbox.catalogue import demo_boutiques
from dukani.tools.catalogue import add_product
from tests.integration.killing.faults.fleet import a_fleet
from tests.integration.killing.faults.outcome import Outcome
from tests.integration.killing.faults.storm import SALES, Storm
from tests.integration.killing.tour_shop import TourShop, open_shop
from tests.integration.killing.town import DRESS
from tests.processes import free_port, outside_world, separate_settings


async def storm(
    folder: Path, *, sales: int, recipients: int, minutes: float, seed_of: int, console: Console
) -> Outcome:
    """On a database server of its own, since it is killed as well."""
    began = time.monotonic()
    (folder / "database").mkdir()
    server = EmbeddedServer(folder / "database")
    server.start()
    try:
        migrations.create_database(server.url("postgres", user="postgres"), "storm")
        migrations.migrate(server.url("storm", user="postgres"), bootstrap=True)
        return await _on(
            server, folder, sales=sales, recipients=recipients, minutes=minutes, seed_of=seed_of,
            console=console, began=began,
        )  # fmt: skip
    finally:
        server.stop()


async def _on(
    server: EmbeddedServer,
    folder: Path,
    *,
    sales: int,
    recipients: int,
    minutes: float,
    seed_of: int,
    console: Console,
    began: float,
) -> Outcome:
    url, superuser_url = server.url("storm"), server.url("storm", user="postgres")
    settings = settings_of_a_fleet(folder)
    with outside_world(settings) as outside:
        async with (
            open_services(GivenSettings(**settings), url) as services,
            httpx.AsyncClient(base_url=outside, timeout=30.0) as http,
        ):
            shop = await _open_shops(services, recipients)
            async with a_fleet(server, folder, url, settings) as fleet:
                raging = Storm(
                    fleet, services, http, superuser_url, random.Random(seed_of), console, shop
                )
                await raging.rage(sales=sales, until=time.monotonic() + 60 * minutes)
                under_way = await raging.until_rest()
                return await _outcome(raging, url, under_way, seed_of, began)


def settings_of_a_fleet(folder: Path) -> dict[str, Any]:
    """A dead worker's jobs are given to another within two seconds there."""
    return separate_settings(
        folder,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": 0.5, "stalled_after_s": 1.5},
        campaigns={"settle_s": 5.0, "users_per_day": 1_000_000},
    )


async def _open_shops(services: Services, recipients: int) -> TourShop:
    await open_zuri(services)
    shop = await open_shop(services, catalogue_eye(build_senses()), customers=recipients)
    await _open(services, shop.boutique_id)
    return shop


async def open_zuri(services: Services) -> None:
    """A shop with one dress, and no delivery zones: a sale comes to the price of the dress."""
    zuri = demo_boutiques()[0].model_copy(update={"zones": ()})
    boutique_id = await seed.add_boutique(services, zuri, ZURI)
    assert boutique_id is not None, "the database is new"
    await _open(services, boutique_id)


async def _open(services: Services, boutique_id: str) -> None:
    async with services.database.tenant_connection(boutique_id) as conn:
        await add_product(conn, DRESS, boutique_id=boutique_id)
    await seed.open_boutique(services, boutique_id)


async def _outcome(
    storm: Storm, url: str, under_way: dict[str, int], seed_of: int, began: float
) -> Outcome:
    states = "select state, count(*) as n from campaign_recipients group by 1 order by 1"
    async with Database(url) as database:
        report = await audit(database, still=timedelta(0))
    return Outcome(
        seed=seed_of,
        injected=storm.injected,
        ended_alone=storm.fleet.ended_alone,
        buyers=len(storm.buyers),
        served=sum(buyer.served for buyer in storm.buyers),
        orders={row["state"]: row["n"] for row in storm.rows(SALES)},
        recipients={row["state"]: row["n"] for row in storm.rows(states)},
        most_copies=await storm.copies(),
        paid_twice=await storm.paid_twice(),
        under_way=under_way,
        seconds=time.monotonic() - began,
        report=report,
    )
