"""`dukani products prices`: what changed lately, who met it, and back to what it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import typer

from dukani.commands.frame import read_settings, with_services
from dukani.core.database import Connection
from dukani.core.money import format_money
from dukani.core.services import Services
from dukani.core.store import price_changes
from dukani.core.store.price_changes import PriceChange
from dukani.running import with_demo_key
from dukani.shopkeeping import which_boutique


def prices(*, boutique: str | None, hours: float, put_back: bool) -> None:
    moment = datetime.now(UTC) - timedelta(hours=hours)

    async def look(services: Services) -> None:
        shop = await which_boutique(services, boutique)
        async with services.database.tenant_connection(shop.id) as conn:
            changes = await price_changes.since(conn, moment=moment)
            for change in changes:
                await _tell(conn, change, shop.currency)
            back = [one for one in changes if put_back and await price_changes.put_back(conn, one)]
        typer.echo(
            f"Prices that differ from {hours:g} hours ago: {len(changes)}; put back: {len(back)}."
        )

    with_services(with_demo_key(read_settings(quiet=True)), look)


async def _tell(conn: Connection, change: PriceChange, currency: str) -> None:
    was, now = _money(change.was_minor, currency), _money(change.now_minor, currency)
    typer.echo(f"{change.sku} {change.name}: {was} until {change.at:%d %b %H:%M} UTC, now {now}")
    for met in await price_changes.met_by(conn, change):
        at_price = f" at {_money(met.price_minor, currency)}" if met.price_minor else ""
        order = f" {met.reference}" if met.reference else ""
        who = f"{met.customer} {met.phone}".strip()
        typer.echo(f"  {met.at:%d %b %H:%M}: {met.how}{order}{at_price}, {who}")


def _money(minor: int | None, currency: str) -> str:
    return "the piece's price" if minor is None else format_money(minor, currency)
