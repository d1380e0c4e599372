"""The demo's shop at Meta keeps its pieces in its catalogue there, as if connected by its owner.

The clock fills the catalogue as soon as the demo runs.
"""

from __future__ import annotations

from dukani.core.services import Services
from dukani.core.store import boutiques, meta_catalogues
from dukani.sandbox.accounts import DEMO_ACCOUNTS
from dukani.sandbox.catalogue_book import main_catalogue


async def connect_catalogues(services: Services) -> None:
    """Connect each of the demo's shops at Meta that has no catalogue yet."""
    for account in DEMO_ACCOUNTS:
        if account.provider != "meta":
            continue
        async with services.database.system_connection() as conn:
            shop = await boutiques.by_slug(conn, slug=account.key)
        if shop is None:
            continue
        async with services.database.tenant_connection(shop.id) as conn:
            if await meta_catalogues.of_boutique(conn) is None:
                await meta_catalogues.connect(
                    conn, catalog_id=main_catalogue(account), name=f"{account.name} catalogue"
                )
