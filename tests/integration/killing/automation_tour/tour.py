"""The tour: the demo's shops, the service and the outside world, and each chapter in its turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
from psycopg.conninfo import make_conninfo
from rich.console import Console

from dukani.core.crypto import new_key
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.core.store import boutiques, credentials
from dukani.demo_people import add_demo_people
from dukani.running import build_senses, catalogue_eye, open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import DEMO_ACCOUNTS
from dukani.sandbox.templates import register_templates
from dukani.sandbox.wallets import give_tokens
from tests.integration.killing.automation_tour import bought
from tests.integration.killing.automation_tour.people import People
from tests.integration.killing.automation_tour.rules import from_recipe
from tests.integration.killing.automation_tour.stream import Stream
from tests.integration.killing.automation_tour.town import Shop
from tests.integration.killing.tour_lines import Line
from tests.processes import Service, free_port, outside_world, separate_settings

PIECES = 6  # of each shop


async def chapters(zuri: Shop, people: People, console: Console) -> AsyncIterator[list[Line]]:
    """The table's lines, chapter by chapter."""
    console.print("Zuri has a rule for left carts. Amina opens the window.")
    left_carts = await from_recipe(zuri, "cart_abandoned")
    amina = await people.come(zuri, "Amina")
    yield await bought.look_and_put_in(zuri, amina)
    await amina.write("Hello")  # within 24 hours of it she is written in free words
    yield await bought.agree(zuri, amina)
    shown = await bought.preview(zuri, amina, left_carts)
    yield await bought.leave(zuri, amina, left_carts)
    yield await bought.as_previewed(amina, shown)
    yield await bought.read_and_click(zuri, amina)
    yield await bought.buy(zuri, amina, left_carts)
    yield await bought.timeline(zuri, amina)


async def tour(folder: Path, url: str, *, console: Console) -> list[Line]:
    """The table's lines. `url` is of an empty, migrated database."""
    settings = separate_settings(
        folder,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": 0.5, "stalled_after_s": 1.5},
    )
    outside_url = settings["sandbox"]["url"]
    settings["sandbox"] |= {"products": PIECES}
    settings["africastalking"] = {"base_url": outside_url}
    service = Service(settings, url)
    with outside_world(settings):
        async with (
            open_services(GivenSettings(**settings), url) as services,
            AsyncExitStack() as stack,
        ):
            console.print("The demo's shops are made.")
            await _seed(services)
            service.start()
            try:
                await service.until_it_serves()
                zuri = await stack.enter_async_context(
                    _opened(services, "zuri", service.base_url, outside_url, url)
                )
                lines: list[Line] = []
                async for chapter in chapters(zuri, People(stack), console):
                    lines += chapter
                return lines
            finally:
                service.stop()


async def _seed(services: Services) -> None:
    def quietly(what: str, done: int, of: int) -> None:
        """Nobody watches how the pictures are drawn."""

    await seed.seed(services, catalogue_eye(build_senses()), progress=quietly)
    await register_templates(services)
    await give_tokens(services)
    await add_demo_people(services)
    await _sms_senders(services)


async def _sms_senders(services: Services) -> None:
    for account in DEMO_ACCOUNTS:
        line = account.sms
        assert line is not None
        names = ("account_sid", "auth_token", "username", "api_key", "callback_token")
        secrets = {name: str(getattr(line, name)) for name in names if getattr(line, name)}
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=account.key)
            assert boutique is not None
            await credentials.put(
                conn,
                boutique_id=boutique.id,
                provider=line.provider,
                account=line.sender,
                secrets=secrets,
                box=services.secrets,
            )


@asynccontextmanager
async def _opened(
    services: Services, key: str, base_url: str, outside: str, url: str
) -> AsyncIterator[Shop]:
    """The shop, its owner signed in and listening to what happens."""
    async with services.database.system_connection() as conn:
        boutique = await boutiques.by_slug(conn, slug=key)
    assert boutique is not None, "it was just made"
    async with (
        httpx.AsyncClient(base_url=base_url, timeout=30.0) as http,
        httpx.AsyncClient(base_url=outside, timeout=30.0) as sandbox,
    ):
        database = make_conninfo(url, user="postgres")
        shop = Shop(key, boutique.id, http, sandbox, database, Stream())
        await shop.sign_in()
        await shop.stream.open(base_url, boutique_id=shop.id, token=shop.token)
        try:
            yield shop
        finally:
            await shop.stream.close()
