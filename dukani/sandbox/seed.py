"""Seeds a database with the demo's two boutiques: pieces, pictures, numbers, credentials."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from dukani.agent.eye import Eye
from dukani.core.money import to_minor
from dukani.core.services import Services
from dukani.core.store import boutiques as boutique_store
from dukani.core.store.boutiques import NewBoutique
from dukani.core.store.credentials import Credentials
from dukani.sandbox.accounts import DEMO_ACCOUNTS, SandboxAccount, SmsLine
from dukani.sandbox.catalogue import DemoBoutique, PictureSpec, demo_boutiques
from dukani.sandbox.shown_catalogue import connect_catalogues
from dukani.sandbox.templates import register_templates
from dukani.sandbox.views import keep_views
from dukani.sandbox.wallets import give_tokens
from dukani.tools import boutiques
from dukani.tools.catalogue import NewProduct, add_product
from dukani.tools.pictures import add_picture, look_at_pictures

PICTURE_SIZE = 640
DRAWING_PROCESSES = 2

Progress = Callable[[str, int, int], None]  # what, done, of

_SLUGS = [account.key for account in DEMO_ACCOUNTS]


@dataclass(frozen=True, slots=True)
class _Drawing:
    product_id: str
    name: str
    colour: str
    position: int
    spec: PictureSpec


async def is_empty(services: Services) -> bool:
    """Whether no boutique is open; a boutique opens at the end of its seeding."""
    async with services.database.system_connection() as conn:
        return not await boutique_store.open_slugs(conn)


async def is_half_filled(services: Services) -> bool:
    """Whether a seeding was interrupted; some boutique may be open all the same."""
    async with services.database.system_connection() as conn:
        return await boutique_store.are_half_filled(conn, slugs=_SLUGS)


async def seed_if_needed(services: Services, eye: Eye, console: Console) -> None:
    """Add the demo boutiques that are not seeded yet, with progress bars."""
    if not await is_empty(services) and not await is_half_filled(services):
        await register_templates(services)  # a template may be newer than the boutiques
        await give_tokens(services)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done)

        await seed(services, eye, progress=progress)
    await register_templates(services)
    await give_tokens(services)
    await keep_views(services)
    await connect_catalogues(services)


async def seed(services: Services, eye: Eye, *, progress: Progress) -> None:
    """Add the demo boutiques; one that is open already is left unchanged.

    A boutique opens when all its pieces are in; a half-filled one is removed and seeded anew. All
    are added before the first is filled, so that an interruption shows in boutiques not open.
    """
    await remove_half_filled(services)
    accounts = {account.key: account for account in DEMO_ACCOUNTS}
    boutiques_to_fill = [
        (boutique, await add_boutique(services, boutique, accounts[boutique.slug], opened=False))
        for boutique in _boutiques(services.settings.sandbox.products)
    ]
    for boutique, boutique_id in boutiques_to_fill:
        if boutique_id is None:
            continue
        await fill_boutique(services, eye, boutique_id, boutique, progress=progress)


async def fill_boutique(
    services: Services, eye: Eye, boutique_id: str, boutique: DemoBoutique, *, progress: Progress
) -> None:
    """Its pieces, drawn and looked at; then it opens."""
    drawings = await add_products(services, boutique_id, boutique)
    await _draw(services, boutique_id, boutique, drawings, progress)
    await _look(services, eye, boutique_id, boutique, len(drawings), progress)
    await open_boutique(services, boutique_id)


async def remove_half_filled(services: Services) -> None:
    async with services.database.system_connection() as conn:
        await boutique_store.remove_half_filled(conn, slugs=_SLUGS)


async def open_boutique(services: Services, boutique_id: str) -> None:
    async with services.database.system_connection() as conn:
        await boutique_store.open_for_business(conn, boutique_id=boutique_id)


def _boutiques(products: int | None) -> list[DemoBoutique]:
    """The demo's boutiques, each with its first `products` products."""
    return [
        boutique.model_copy(update={"products": boutique.products[:products]})
        for boutique in demo_boutiques()
    ]


async def add_boutique(
    services: Services, boutique: DemoBoutique, account: SandboxAccount, *, opened: bool = True
) -> str | None:
    """The new boutique's id with its providers' keys; None when its slug is taken."""
    new = NewBoutique(
        slug=boutique.slug,
        name=boutique.name,
        currency=boutique.currency,
        owner_name=boutique.owner_name,
        owner_phone=account.owner_phone,
        whatsapp_provider=account.provider,
        payment_provider="paylink" if account.paylink else "daraja",
        shop_info=_shop_info(boutique, account),
        active=opened,
    )
    zones = [zone.as_zone(boutique.currency) for zone in boutique.zones]
    return await boutiques.add_boutique(services, new, list(_keys(account)), zones)


_INFO_FIELDS = (
    *("hours", "delivery", "returns", "returns_days", "location", "welcome"),
    *("pay_on_delivery", "gift_wrap", "holds_days"),
)


def _shop_info(boutique: DemoBoutique, account: SandboxAccount) -> dict[str, Any]:
    info = boutique.model_dump(include=set(_INFO_FIELDS), exclude_none=True)
    if account.mpesa and account.mpesa.till:
        info["till"] = account.mpesa.till
    elif account.mpesa:
        info["paybill"] = account.mpesa.shortcode
    return info


def _keys(account: SandboxAccount) -> Iterator[Credentials]:
    """The account's credentials, as an owner would enter them."""
    if account.provider == "twilio":
        twilio = {"account_sid": account.account_sid, "auth_token": account.auth_token}
        yield Credentials("twilio", account.number, twilio)
    else:
        meta = {"access_token": account.access_token, "waba_id": account.waba_id}
        yield Credentials("meta", account.phone_number_id, meta)
    if account.sms is not None:
        yield sms_keys(account.sms)
    if account.mpesa is None:
        return
    mpesa = account.mpesa.model_dump(exclude={"shortcode"}, exclude_none=True)
    yield Credentials("daraja", account.mpesa.shortcode, mpesa)
    if account.paylink:
        project = account.paylink.model_dump()
        yield Credentials("paylink", account.mpesa.shortcode, {**project, **mpesa})


def sms_keys(line: SmsLine) -> Credentials:
    """The credentials of a sender of SMS."""
    names = ("account_sid", "auth_token", "username", "api_key", "callback_token")
    secrets = {name: str(getattr(line, name)) for name in names if getattr(line, name)}
    return Credentials(line.provider, line.sender, secrets)


async def add_products(
    services: Services, boutique_id: str, boutique: DemoBoutique
) -> list[_Drawing]:
    """The pieces with their stock, and the pictures that are still to be drawn."""
    drawings: list[_Drawing] = []
    async with services.database.tenant_connection(boutique_id) as conn:
        for product in boutique.products:
            new = NewProduct(
                sku=product.sku,
                name=product.name,
                category=product.category,
                price_minor=to_minor(product.price, boutique.currency),
                stock=product.stock,
                description=product.description,
                pattern=product.pattern,
                embroidery=product.embroidery,
                occasions=product.occasions,
            )
            product_id = await add_product(conn, new, boutique_id=boutique_id)
            for position, (colour, spec) in enumerate(product.pictures.items()):
                name = f"{product.sku}-{colour}".lower().replace(" ", "-")
                drawings.append(_Drawing(product_id, name, colour, position, spec))
    return drawings


async def _draw(
    services: Services,
    boutique_id: str,
    boutique: DemoBoutique,
    drawings: list[_Drawing],
    progress: Progress,
) -> None:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(DRAWING_PROCESSES, initializer=_ignore_stop_signals) as processes:
        pending = [loop.run_in_executor(processes, _drawn, d.spec) for d in drawings]
        for done, (drawing, picture) in enumerate(zip(drawings, pending, strict=True), start=1):
            await add_picture(
                services,
                boutique_id=boutique_id,
                product_id=drawing.product_id,
                data=await picture,
                name=drawing.name,
                colour=drawing.colour,
                position=drawing.position,
            )
            progress(f"Drawing the pieces of {boutique.name}", done, len(drawings))


def _ignore_stop_signals() -> None:
    """Let a drawing process finish its picture after Ctrl-C; its parent then ends it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _drawn(spec: PictureSpec) -> bytes:
    return spec.draw(size=PICTURE_SIZE)


async def _look(
    services: Services,
    eye: Eye,
    boutique_id: str,
    boutique: DemoBoutique,
    pictures: int,
    progress: Progress,
) -> None:
    done = 0

    def seen(more: int) -> None:
        nonlocal done
        done += more
        progress(f"Looking at the pieces of {boutique.name}", done, pictures)

    await look_at_pictures(services, eye, boutique_id=boutique_id, seen=seen)
