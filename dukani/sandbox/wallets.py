"""Gives the demo's boutiques message tokens to begin with."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.core.store import boutiques, wallet
from dukani.sandbox.accounts import DEMO_ACCOUNTS

DEMO_TOKENS = 2000


async def give_tokens(services: Services) -> None:
    """Once for each demo boutique that there is."""
    for account in DEMO_ACCOUNTS:
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=account.key)
        if boutique is None:
            continue
        async with services.database.operator_connection(boutique.id) as conn:
            await wallet.grant(conn, key="demo", tokens=DEMO_TOKENS, note="Karibu!")
