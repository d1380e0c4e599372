"""A storm from an empty database to its outcome."""

from __future__ import annotations

import random
import time
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from dukani.core.audit.running import audit
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.running import build_senses, catalogue_eye, open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import ZURI
from dukani.tools.catalogue import add_product
from tests.integration.killing.faults.fleet import WORKERS, a_fleet
from tests.integration.killing.faults.ground import a_server, settings_of_a_fleet, to_the_outside
from tests.integration.killing.faults.hosts import Network, a_network
from tests.integration.killing.faults.outcome import Outcome
from tests.integration.killing.faults.sales import Sales
from tests.integration.killing.faults.shops import open_one
from tests.integration.killing.faults.storm import ORDERS, Storm
from tests.integration.killing.tour_shop import TourShop, open_shop
from tests.integration.killing.town import DRESS
from tests.processes import outside_world


@dataclass(frozen=True, slots=True)
class Size:
    """So many sales, `at_once` of them at the same time, and recipients of a campaign.

    With `namespaces` each worker is a host of its own, in a network namespace.
    """

    sales: int
    recipients: int
    minutes: float
    at_once: int = 6
    namespaces: bool = False


async def storm(folder: Path, size: Size, *, seed_of: int, console: Console) -> Outcome:
    """On a database server of its own, since it is killed as well."""
    with (
        a_server(folder, "storm") as server,
        a_network(WORKERS) if size.namespaces else nullcontext() as network,
    ):
        return await _on(server, folder, size, network, seed_of=seed_of, console=console)


async def _on(
    server: EmbeddedServer,
    folder: Path,
    size: Size,
    network: Network | None,
    *,
    seed_of: int,
    console: Console,
) -> Outcome:
    began = time.monotonic()
    url, superuser_url = server.url("storm"), server.url("storm", user="postgres")
    settings, rng = settings_of_a_fleet(folder), random.Random(seed_of)
    with outside_world(settings) as outside:
        async with (
            open_services(GivenSettings(**settings), url) as services,
            to_the_outside(outside) as http,
        ):
            shop = await _open_shops(services, size.recipients)
            over_s = 60 * size.minutes
            sales = Sales(http, rng, size.sales, over_s, size.at_once)
            async with a_fleet(server, folder, url, settings, network=network) as fleet:
                raging = Storm(fleet, services, http, superuser_url, rng, console, shop, sales)
                await raging.rage(over_s=over_s)
                under_way = await raging.until_rest()
                return await _outcome(raging, url, under_way, seed_of, began)


async def _open_shops(services: Services, recipients: int) -> TourShop:
    await open_one(services, ZURI)
    shop = await open_shop(services, catalogue_eye(build_senses()), customers=recipients)
    await _open(services, shop.boutique_id)
    return shop


async def _open(services: Services, boutique_id: str) -> None:
    async with services.database.tenant_connection(boutique_id) as conn:
        await add_product(conn, DRESS, boutique_id=boutique_id)
    await seed.open_boutique(services, boutique_id)


async def _outcome(
    storm: Storm, url: str, under_way: dict[str, int], seed_of: int, began: float
) -> Outcome:
    async with Database(url) as database:
        report = await audit(database, still=timedelta(0))
    return Outcome(
        seed=seed_of,
        injected=storm.injected,
        ended_alone=storm.fleet.ended_alone,
        wanted=storm.sales.number,
        buyers=len(storm.sales.buyers),
        served=storm.sales.served,
        orders={row["state"]: row["n"] for row in storm.rows(ORDERS)},
        customers=len(storm.shop.phones),
        recipients=await storm.recipients(),
        copies=await storm.copies(),
        paid_twice=await storm.sales.paid_twice(),
        under_way=under_way,
        seconds=time.monotonic() - began,
        report=report,
    )
