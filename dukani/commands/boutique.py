"""`dukani boutique …`: the set-up of one boutique, by whoever runs this installation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import typer

from dukani.commands.frame import console, with_services
from dukani.commands.people import settings_as_served
from dukani.core.database import Connection
from dukani.core.errors import NotFound, ProviderUnavailable
from dukani.core.languages import LANGUAGES
from dukani.core.money import format_money, to_minor
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.core.store import (
    boutique_edits,
    boutiques,
    provider_accounts,
    shared_numbers,
    shop_set_up,
    zone_edits,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.credentials import Credentials
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.domain.opening_hours import read_week, written
from dukani.running import KEY_FILE, demo_settings
from dukani.tools import boutique_profile, channel_setup, zone_editing
from dukani.tools.go_live import ALERT_TEMPLATES, LEAST_PIECES, GoLive, go_live
from dukani.tools.payments import set_up

# Where each step is done, by command.
_REMEDIES = {
    "profile": "dukani boutique set {slug} --name NAME",
    "owner_phone": "dukani boutique set {slug} --owner-phone 0712345678",
    "hours": "dukani boutique hours {slug} mon-fri=9:00-18:00 sat=9:00-14:00",
    "delivery": "dukani boutique zones {slug} --add PLACE --fee 250",
    "returns": "dukani boutique set {slug} --returns-days 7",
    "pieces": f"dukani products add FILE --boutique {{slug}}  ({LEAST_PIECES} with picture)",
    "channel": "dukani boutique channel {slug} --twilio NUMBER --account-sid AC…",
    "webhook": "write to its number once, from any phone",
    "payments": "dukani boutique mpesa {slug} --shortcode 600000; then try it in Settings",
    "staff": "dukani members invite EMAIL --boutique {slug}",
    "alert_templates": "dukani templates show --boutique {slug}",
}


@dataclass(frozen=True, slots=True)
class _Shop:
    services: Services
    boutique: Boutique

    def connecting(self) -> AbstractAsyncContextManager[Connection]:
        return self.services.database.operator_connection(self.boutique.id)


def list_all() -> None:
    async def show_each(services: Services) -> None:
        async with services.database.system_connection() as conn:
            found = await boutiques.every(conn)
        for one in found:
            state = "closed" if not one.active else "paused" if one.paused_at else "open"
            lines = f"{one.whatsapp_provider:<7} {one.payment_provider:<8}"
            _say(f"{one.slug:<20} {state:<7} {lines} {one.name}")
        if not found:
            _say("No boutique yet: `dukani add-boutique FILE` adds one, as docs/boutique.toml.")

    with_services(_settings(), show_each)


def show(slug: str) -> None:
    async def tell(shop: _Shop) -> None:
        async with shop.connecting() as conn:
            accounts = await provider_accounts.of_boutique(conn)
            zones = await zone_edits.of_boutique(conn)
        one = shop.boutique
        _say(f"{one.name} ({one.slug}), {one.country}, {one.currency}, {one.timezone}")
        phone = "has a phone" if one.owner_phone else "no phone"
        _say(f"owner      {one.owner_name or '-'}, {phone}")
        for name, fact in one.shop_info.items():
            _say(f"{name:<10} {_told(fact)}")
        for zone in zones:
            _say(f"zone       {zone.name}: {format_money(zone.fee_minor, one.currency)}")
        for account in accounts:
            ends = ", ".join(f"{name} {end}" for name, end in account.hints.items())
            problem = account.problem or ""
            _say(f"{account.provider:<10} {account.account}  {ends}  {problem}".rstrip())

    _with(slug, tell)


def check(slug: str) -> None:
    async def look(shop: _Shop) -> None:
        try:
            await channel_setup.check(shop.services, shop.connecting, boutique_id=shop.boutique.id)
        except ProviderUnavailable as error:
            _say(f"{shop.boutique.whatsapp_provider} does not answer now ({error.said}).")
        except NotFound:
            _say(f"{shop.boutique.name} has no number that customers can write to.")
        found = await _go_live(shop)
        for step in found.steps:
            mark = "ok  " if step.done else "    " if step.optional else "MISS"
            remedy = "" if step.done else f"  → {_REMEDIES[step.step].format(slug=slug)}"
            why = f" ({step.why.replace('_', ' ')})" if step.why else ""
            _say(f"{mark} {step.step.replace('_', ' ')}{why}{remedy}")
        if not found.is_complete:
            raise typer.Exit(1)
        _say(f"{shop.boutique.name} has all it needs to sell.")

    _with(slug, look)


async def _go_live(shop: _Shop) -> GoLive:
    async with shop.connecting() as conn:
        facts = await shop_set_up.of_boutique(
            conn,
            boutique_id=shop.boutique.id,
            least_pieces=LEAST_PIECES,
            alert_templates=ALERT_TEMPLATES,
        )
    assert facts is not None  # the boutique was just found
    return go_live(facts)


def change(slug: str, fields: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    given = {name: value for name, value in fields.items() if value is not None}
    told = {name: value for name, value in facts.items() if value is not None}
    if given.get("language", "en") not in LANGUAGES:
        raise typer.BadParameter(f"--language is one of {', '.join(LANGUAGES)}")
    if not given and not told:
        raise typer.BadParameter("say what to change: see `dukani boutique set --help`")
    _change(slug, given | ({"shop": told} if told else {}))


def set_hours(slug: str, days: Sequence[str]) -> None:
    table = dict(day.split("=", 1) for day in days if "=" in day)
    if len(table) != len(days):
        raise typer.BadParameter("write each as mon-fri=9:00-18:00")
    try:
        week = written(read_week(table))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    _change(slug, {"shop": {"hours": week}})


def _change(slug: str, changes: Mapping[str, Any]) -> None:
    async def write(shop: _Shop) -> None:
        async with shop.connecting() as conn:
            before = await boutique_edits.get(conn, lock=True)
            changed = await boutique_profile.change(conn, before, changes)
        _say(f"{changed.name} is changed; the assistant tells it from the next message on.")

    _with(slug, write)


def zones(
    slug: str, *, add: str | None, fee: int | None, also: Sequence[str], pickup: bool,
    remove: str | None,
) -> None:  # fmt: skip
    if add is not None and fee is None and not pickup:
        raise typer.BadParameter("--add needs --fee; 0 is free")

    async def edit(shop: _Shop) -> None:
        currency = shop.boutique.currency
        async with shop.connecting() as conn:
            if remove is not None:
                await _remove_zone(conn, remove)
            if add is not None:
                minor = to_minor(fee or 0, currency)
                zone = DeliveryZone(name=add, fee_minor=minor, aliases=tuple(also), pickup=pickup)
                await zone_editing.add(conn, zone)
            for zone_now in await zone_edits.of_boutique(conn):
                names = f" (also {', '.join(zone_now.aliases)})" if zone_now.aliases else ""
                _say(f"{zone_now.name}{names}: {format_money(zone_now.fee_minor, currency)}")

    _with(slug, edit)


async def _remove_zone(conn: Connection, name: str) -> None:
    there = {zone.name: zone.id for zone in await zone_edits.of_boutique(conn)}
    if name not in there:
        raise NotFound(f"There is no zone {name!r}; there are: {', '.join(there) or 'none'}.")
    await zone_edits.remove(conn, zone_id=there[name])


def channel(
    slug: str, *, twilio: str | None, account_sid: str | None, meta: str | None,
    waba_id: str | None, secret: str,
) -> None:  # fmt: skip
    if twilio is not None:
        keys = Credentials(
            "twilio", twilio, {"account_sid": account_sid or "", "auth_token": secret}
        )
    else:
        own = {"waba_id": waba_id} if waba_id else {}
        keys = Credentials("meta", meta or "", {"access_token": secret} | own)

    async def give(shop: _Shop) -> None:
        state = await channel_setup.change(shop.services, shop.connecting, keys)
        _say(f"{keys.provider} takes them; {keys.account} is the number of {shop.boutique.name}.")
        if state.problem:
            _say(f"But: {state.problem.replace('_', ' ')}.")
        webhook = channel_setup.webhook_of(
            shop.services, "twilio" if keys.provider == "twilio" else "meta"
        )
        _say(f"Have its messages sent to {webhook.url}")

    _with(slug, give)


def let_go(slug: str) -> None:
    async def release(shop: _Shop) -> None:
        async with shop.services.database.system_connection() as conn:
            was_held = await shared_numbers.let_go(conn, boutique_id=shop.boutique.id)
        _say(f"{shop.boutique.name} {'sends again' if was_held else 'was not held'}.")

    _with(slug, release)


def mpesa(
    slug: str, *, shortcode: str, till: str | None, secrets: Sequence[str],
    paylink_project: str | None,
) -> None:  # fmt: skip
    key, secret, passkey, *paylink = secrets
    line = set_up.MpesaLine(
        shortcode, key, secret, passkey, till, paylink[0] if paylink else None, paylink_project
    )

    async def give(shop: _Shop) -> None:
        await set_up.change(shop.services, shop.connecting, line)
        _say(f"Daraja takes them; {shop.boutique.name} is paid by {line.provider}.")
        _say("Have the owner try it with one shilling: in Settings, M-Pesa.")

    _with(slug, give)


def by_hand(slug: str, *, till: str | None, paybill: str | None) -> None:
    async def give(shop: _Shop) -> None:
        await set_up.pay_by_hand(shop.connecting, till=till, paybill=paybill)
        _say(f"Customers of {shop.boutique.name} are told to pay {till or paybill} by hand.")

    _with(slug, give)


def _settings() -> Settings:
    """Beside a demo's data its sandbox plays the providers, so that nothing leaves this machine."""
    settings = settings_as_served()
    is_demo = settings.database.url is None and (settings.data_dir / KEY_FILE).exists()
    return demo_settings(settings) if is_demo else settings


def _with(slug: str, work: Callable[[_Shop], Awaitable[None]]) -> None:
    async def working(services: Services) -> None:
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=slug)
        if boutique is None:
            raise NotFound(f"There is no boutique {slug!r}: see `dukani boutique list`.")
        await work(_Shop(services, boutique))

    with_services(_settings(), working)


def _told(fact: object) -> str:
    if isinstance(fact, Mapping):
        return " · ".join(f"{name} {value}" for name, value in fact.items())
    return str(fact)


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
