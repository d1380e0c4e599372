"""`dukani wallet …`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import uuid4

from rich.table import Table

from dukani.commands.frame import console, read_settings, with_services
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.money import format_money
from dukani.core.phone import mask_phone, to_e164
from dukani.core.services import Services
from dukani.core.store import boutiques, wallet, wallet_statement
from dukani.core.store.boutiques import Boutique
from dukani.running import with_demo_key
from dukani.tools.payments import top_ups as buying

LAST = 15
LONGEST_NOTE = 200

_Work = Callable[[Services, Connection, Boutique], Awaitable[None]]


def show(slug: str) -> None:
    async def work(_: Services, conn: Connection, boutique: Boutique) -> None:
        now = await wallet.balance(conn)
        _say(
            f"{boutique.name}: {now.available:,} tokens available, {now.held:,} set aside for"
            f" campaigns, {now.spent:,} spent."
        )
        table = Table("When", "What", "Tokens", "Available then", "Note")
        moves = await wallet_statement.page(
            conn, which="all", campaign_id=None, after=None, limit=LAST
        )
        for move in moves:
            said = " ".join(filter(None, (move.receipt, move.note)))
            when = f"{move.at:%Y-%m-%d %H:%M}"
            table.add_row(when, move.kind, f"{move.change:+,}", f"{move.available_after:,}", said)
        if moves:
            console.print(table)

    _in(slug, work)


def top_up(slug: str, tokens: int, phone: str | None) -> None:
    async def work(services: Services, conn: Connection, boutique: Boutique) -> None:
        payer = to_e164(phone, region=boutique.country) if phone else boutique.owner_phone
        if payer is None:
            raise InvalidValue(field="phone", remedy="give --phone: the boutique's owner has none.")
        begun = await buying.begin(
            conn,
            services.settings,
            boutique_id=boutique.id,
            tokens=tokens,
            phone=payer,
            user_id=None,
        )
        price = format_money(begun.amount_minor, begun.currency)
        _say(f"A worker asks {mask_phone(payer)} to pay {price} for {tokens:,} tokens.")
        _say(f"`dukani wallet show {slug}` has them when it is paid.")

    _in(slug, work)


def grant(slug: str, tokens: int, *, note: str, key: str | None) -> None:
    if len(note) > LONGEST_NOTE:
        raise SystemExit(f"--note: at most {LONGEST_NOTE} characters.")

    async def work(_: Services, conn: Connection, boutique: Boutique) -> None:
        given = await wallet.grant(conn, key=key or str(uuid4()), tokens=tokens, note=note)
        now = await wallet.balance(conn)
        did = f"has {tokens:,} tokens more" if given else f"was given those of {key!r} before"
        _say(f"{boutique.name} {did}: {now.available:,} are available.")

    _in(slug, work)


def _in(slug: str, work: _Work) -> None:
    async def enter(services: Services) -> None:
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=slug)
        if boutique is None:
            raise NotFound(f"There is no boutique {slug!r}.")
        async with services.database.operator_connection(boutique.id) as conn:
            await work(services, conn, boutique)

    with_services(with_demo_key(read_settings(quiet=True)), enter)


def _say(text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)
