"""Sends what has changed to Meta's catalogue, in as few calls as Meta takes it.

A call is made between two transactions. What died in between is sent again, which is harmless: an
item is written whole, by its id. What changed meanwhile has another version and stays to be sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import structlog

from dukani.core.clients.meta_catalogue import MOST_ITEMS, Batch, MetaCatalogue
from dukani.core.services import Services
from dukani.core.store import catalogue_items, catalogue_pushes, meta_catalogues
from dukani.core.store.boutiques import Boutique
from dukani.tools.meta_catalogue.items import Wanted, wanted
from dukani.tools.meta_catalogue.still_chosen import still_chosen

MOST_CALLS = 10  # of one run; the rest is the next run's
FIRST_POLL = timedelta(seconds=5)

log = structlog.get_logger()


async def push_changes(
    services: Services,
    desk: MetaCatalogue,
    boutique: Boutique,
    *,
    catalog_id: str,
    most_calls: int = MOST_CALLS,
) -> int:
    """The number of items sent. Raises ProviderError, ChosenAnew; what was taken before is kept."""
    sent = 0
    for _ in range(most_calls):
        async with services.database.tenant_connection(boutique.id) as conn:
            found = await catalogue_items.to_push(conn, limit=MOST_ITEMS)
        if not found:
            return sent
        news = await _settle_known(services, boutique, found, catalog_id=catalog_id)
        if not news:
            continue
        batch = await desk.push(catalog_id, [one.request for one in news])
        await _keep(services, boutique.id, news, batch, catalog_id=catalog_id)
        sent += len(news)
        log.info("catalogue_pushed", boutique=boutique.id, items=len(news))
    return sent


async def _settle_known(
    services: Services,
    boutique: Boutique,
    found: Sequence[catalogue_items.OurItem],
    *,
    catalog_id: str,
) -> list[Wanted]:
    """Those to send; what Meta has already, or never had and shall not have, needs no call."""
    every = [wanted(services, boutique, item) for item in found]
    news = [one for one in every if one.is_news]
    known = [one for one in every if not one.is_news]
    if known:
        never = [one.item.retailer_id for one in known if one.data is None]
        async with still_chosen(services, boutique_id=boutique.id, catalog_id=catalog_id) as conn:
            await catalogue_items.settle(
                conn,
                done=[(one.item.retailer_id, one.item.version, one.digest) for one in known],
                push_id=None,
                errors={},
            )
            await catalogue_items.forget(conn, retailer_ids=never)
    return news


async def _keep(
    services: Services, boutique_id: str, news: Sequence[Wanted], batch: Batch, *, catalog_id: str
) -> None:
    """Meta may answer several handles for one call: all must end before it counts as taken in."""
    async with still_chosen(services, boutique_id=boutique_id, catalog_id=catalog_id) as conn:
        push_id = await catalogue_pushes.add(conn, handle="\n".join(batch.handles), items=len(news))
        await catalogue_items.settle(
            conn,
            done=[(one.item.retailer_id, one.item.version, one.digest) for one in news],
            push_id=push_id,
            errors=batch.errors,
        )
        await meta_catalogues.note_push(conn, poll_after=FIRST_POLL)
