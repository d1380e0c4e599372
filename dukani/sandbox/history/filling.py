"""Gives a demo boutique its month, once."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dukani.core.services import Services
from dukani.core.store import boutiques, members
from dukani.sandbox.accounts import DEMO_ACCOUNTS
from dukani.sandbox.history import past
from dukani.sandbox.history.automating import let_rules_work
from dukani.sandbox.history.costing import say_what_pieces_cost
from dukani.sandbox.history.leaving import leave_carts
from dukani.sandbox.history.listing import bring_in_a_list
from dukani.sandbox.history.month import plan_month
from dukani.sandbox.history.owing import take_on_credit
from dukani.sandbox.history.people import people_of
from dukani.sandbox.history.planning import agree_on_a_plan
from dukani.sandbox.history.playing import play
from dukani.sandbox.history.scene import open_shop
from dukani.sandbox.history.stating import bring_in_a_statement, tell_the_portal
from dukani.sandbox.history.taxing import note_tax

_UNREAD = timedelta(hours=2)  # the shop's people have read all but this
_LISTED = timedelta(days=6, hours=3)
_STATED = timedelta(hours=20)
_BEFORE_THE_MONTH = timedelta(days=5)  # the pieces came in


async def add_history(
    services: Services, *, now: datetime | None = None, model: str | None = None
) -> None:
    """A month in each demo boutique to which nobody has written yet.

    Its people must be there: what they did is in their names. `now` has a zone. `model`: the one
    that has looked at the pieces; a campaign is sent by what it saw.
    """
    days = services.settings.sandbox.history_days
    if days:
        for account in DEMO_ACCOUNTS:
            await _fill(services, account.key, days=days, now=now or datetime.now(UTC), model=model)


async def _fill(
    services: Services, slug: str, *, days: int, now: datetime, model: str | None
) -> None:
    async with services.database.system_connection() as conn:
        boutique = await boutiques.by_slug(conn, slug=slug)
        people = await members.of_boutique(conn, boutique_id=boutique.id) if boutique else []
    if boutique is None or not people:
        return
    seed = zlib.crc32(slug.encode())
    async with services.database.tenant_connection(boutique.id) as conn:
        if not await past.is_new(conn):
            return
        shop = await open_shop(conn, boutique, people, seed=seed)
        earlier = timedelta(days=days) + _BEFORE_THE_MONTH
        await past.opened_before(conn, boutique_id=boutique.id, by=earlier)
    zone = ZoneInfo(boutique.timezone)
    customers = people_of(slug)
    acts = plan_month(customers, days=days, now=now, zone=zone, seed=seed)
    await agree_on_a_plan(services, boutique)
    await play(services, shop, acts, model=model)
    await say_what_pieces_cost(services, shop, at=now - _LISTED)
    await note_tax(services, shop, at=now - _LISTED)
    await take_on_credit(services, shop, customers, now=now, days=days)
    await leave_carts(services, shop, customers, acts, now=now)
    await let_rules_work(services, shop, now=now)
    await bring_in_a_list(services, shop, at=now - _LISTED)
    await bring_in_a_statement(services, shop, at=now - _STATED)
    await tell_the_portal(services, shop, since=now - _STATED)
    async with services.database.tenant_connection(boutique.id) as conn:
        await past.read_before(conn, at=now - _UNREAD)
        await past.happened(conn, boutique_id=boutique.id, at=now - _UNREAD)
