"""The tour: the demo's shops, the service and the outside world, and each chapter in its turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
from psycopg.conninfo import make_conninfo
from rich.console import Console

from dukani.core.crypto import new_key
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.core.store import boutiques
from dukani.demo_people import add_demo_people
from dukani.running import build_senses, catalogue_eye, open_services
from dukani.sandbox import seed
from dukani.sandbox.templates import register_templates
from dukani.sandbox.wallets import give_tokens
from tests.integration.killing.automation_tour import (
    bought,
    forgotten,
    other_channel,
    recovered_in_chat,
    restraint,
    stops,
)
from tests.integration.killing.automation_tour.people import People
from tests.integration.killing.automation_tour.rules import from_recipe
from tests.integration.killing.automation_tour.stream import Stream
from tests.integration.killing.automation_tour.town import Shop
from tests.integration.killing.tour_lines import Line
from tests.processes import Service, free_port, outside_world, separate_settings

PIECES = 6  # of each shop
WAITING = ("Achieng", "Wanjiku", "Zainab", "Mwikali", "Njeri")


async def chapters(
    zuri: Shop, pwani: Shop, people: People, say: Callable[[str], None]
) -> AsyncIterator[list[Line]]:
    """The table's lines, chapter by chapter. What waits for the clock waits together."""
    left_carts = await from_recipe(zuri, "cart_abandoned")
    await from_recipe(pwani, "cart_abandoned")
    say("Both shops have a rule for left carts. Amina opens the window.")
    amina = await people.come(zuri, "Amina")
    nyambura = await people.come(zuri, "Nyambura Wanyoike")
    fatuma = await people.come(pwani, "Fatuma")
    yield await bought.look_and_put_in(zuri, amina)
    await amina.write("Hello")  # within 24 hours of it she is written in free words
    yield await bought.agree(zuri, amina)
    shown = await bought.preview(zuri, amina, left_carts)
    await other_channel.leave_a_cart(nyambura)
    await other_channel.leave_a_cart(fatuma)
    await other_channel.unreachable(pwani, fatuma, "131026")
    await pwani.pass_time(1.02)
    yield await bought.leave(zuri, amina, left_carts)
    yield await bought.as_previewed(amina, shown)
    yield await bought.read_and_click(zuri, amina)
    yield await bought.buy(zuri, amina, left_carts)
    yield await bought.timeline(zuri, amina)
    yield await other_channel.replaced(pwani, fatuma)
    known = await forgotten.be_known(zuri, nyambura)
    yield await forgotten.be_forgotten(zuri, nyambura, known)

    say("An hour later Neema, Chebet and Asha leave theirs.")
    neema, chebet = await people.come(zuri, "Neema"), await people.come(zuri, "Chebet")
    asha = await people.come(pwani, "Asha")
    in_her_cart = await recovered_in_chat.leave_a_cart(zuri, neema)
    await neema.ask_for_offers()
    await other_channel.leave_a_cart(chebet, by_sms=True)
    await other_channel.leave_a_cart(asha)
    await other_channel.unreachable(pwani, asha, "131049")
    await stops.hold_sms_back(zuri)
    await zuri.pass_time(1.02)
    await pwani.pass_time(1.02)
    yield [in_her_cart, *await recovered_in_chat.take_up(zuri, neema)]
    yield await stops.by_sms(zuri, chebet)
    yield await other_channel.not_replaced(pwani, asha)

    say("Another hour later Halima and Juma do, and WhatsApp is paused at Pwani.")
    halima, juma = await people.come(zuri, "Halima"), await people.come(pwani, "Juma")
    await other_channel.leave_a_cart(halima)
    await other_channel.leave_a_cart(juma)
    await pwani.call("PUT", "/automations/channels/whatsapp", json={"reason": "Quality is low"})
    await zuri.pass_time(1.02)
    await pwani.pass_time(1.02)
    yield await stops.in_the_chat(zuri, halima)
    yield await other_channel.paused(pwani, juma)
    yield await stops.by_link(pwani, juma)
    await pwani.call("DELETE", "/automations/channels/whatsapp")
    yield await stops.nothing_more(zuri, chebet, halima)
    yield await stops.nothing_more(pwani, juma, asha)

    say("Prices go up and down, and a sold-out piece comes in again.")
    await from_recipe(zuri, "price_dropped")
    await from_recipe(zuri, "back_in_stock")
    yield await restraint.flap(zuri, await people.come(zuri, "Wambui"))
    waiting = [await people.come(zuri, name) for name in WAITING]
    piece = await restraint.wait(zuri, waiting)
    yield await restraint.come_back(zuri, waiting, piece)


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
                zuri, pwani = [
                    await stack.enter_async_context(
                        _opened(services, key, service.base_url, outside_url, url)
                    )
                    for key in ("zuri", "pwani")
                ]
                lines: list[Line] = []
                async for chapter in chapters(zuri, pwani, People(stack), console.print):
                    lines += chapter
                    for one in chapter:
                        if not one.holds:
                            console.print(f"{one.what.strip()}: {one.wanted} / {one.found}")
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
