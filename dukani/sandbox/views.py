"""Gives the demo's boutiques views of their lists to begin with, as an owner would save them."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.core.store import boutiques, saved_views
from dukani.core.store.saved_views import Screen, ViewFields
from dukani.sandbox.accounts import DEMO_ACCOUNTS

_VIEWS: tuple[tuple[Screen, str, dict[str, str]], ...] = (
    ("orders", "To chase", {"filter": "unpaid"}),
    ("customers", "Best customers", {"sort": "spent"}),
    ("pieces", "Nearly gone", {"filter": "low_stock"}),
)


async def keep_views(services: Services) -> None:
    """For each demo boutique that has none."""
    for account in DEMO_ACCOUNTS:
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=account.key)
        if boutique is None:
            continue
        async with services.database.operator_connection(boutique.id) as conn:
            if await saved_views.seen_by_member(conn):
                continue
            for screen, name, params in _VIEWS:
                fields = ViewFields(name=name, params=params, shared=True, opens_first=False)
                await saved_views.add(conn, screen=screen, fields=fields)
