"""Reads what Meta has of a boutique's pieces and tells where it is not as ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dukani.core.clients.meta_catalogue import MetaCatalogue, TheirItem
from dukani.core.services import Services
from dukani.core.store import catalogue_items, meta_catalogues
from dukani.core.store.boutiques import Boutique
from dukani.core.store.catalogue_items import OurItem, Reading
from dukani.tools.meta_catalogue.items import IN_STOCK, availability_of
from dukani.tools.meta_catalogue.still_chosen import still_chosen

# While something is in review; then once a day, for what others change there.
WAITS = tuple(timedelta(seconds=s) for s in (10, 20, 60, 300, 1800, 7200))
NIGHTLY = timedelta(hours=24)


async def read_back(
    services: Services, desk: MetaCatalogue, boutique: Boutique, *, catalog_id: str
) -> int:
    """The number of items that are not as ours. Raises ProviderError, ChosenAnew.

    What is compared is found before Meta is asked: a batch that ends meanwhile is no difference.
    """
    async with services.database.tenant_connection(boutique.id) as conn:
        ours = await catalogue_items.ours(conn)
        known = await catalogue_items.all_ids(conn)
        catalogue = await meta_catalogues.of_boutique(conn)
    theirs = {item.retailer_id: item for item in await desk.every(catalog_id)}
    found = [compare(item, theirs.get(item.retailer_id), boutique.currency) for item in ours]
    strangers = {key: shown(item) for key, item in theirs.items() if key not in known}
    async with still_chosen(services, boutique_id=boutique.id, catalog_id=catalog_id) as conn:
        await catalogue_items.note_readings(conn, found)
        await catalogue_items.keep_foreign(conn, strangers)
        await catalogue_items.forget_deleted(conn, still_there=list(theirs))
        waits = any(one.review == "pending" for one in found)
        step = catalogue.read_step if catalogue is not None else 0
        await meta_catalogues.note_read(conn, next_read=wait_after(step, waits=waits))
    return sum(bool(one.drift) for one in found)


def wait_after(step: int, *, waits: bool) -> timedelta:
    """Of the next reading, after so many since the last batch."""
    return WAITS[step] if waits and step < len(WAITS) else NIGHTLY


def compare(ours: OurItem, theirs: TheirItem | None, currency: str) -> Reading:
    """An item beside what Meta has under its id; both have been settled."""
    if ours.name is None:  # sold no more: that it is there still is no difference to decide
        return Reading(ours.retailer_id, ours.version, "none", (), None, ())
    if theirs is None:
        # What Meta refused was never there.
        lost = () if ours.review == "rejected" else ("missing",)
        return Reading(ours.retailer_id, ours.version, None, None, None, lost)
    drift = [
        name
        for name, differs in (
            ("price", _price_differs(ours, theirs, currency)),
            ("title", theirs.name != ours.name),
            ("availability", theirs.availability != availability_of(ours)),
        )
        if differs
    ]
    return Reading(
        ours.retailer_id, ours.version, theirs.review, theirs.errors, shown(theirs), drift
    )


def _price_differs(ours: OurItem, theirs: TheirItem, currency: str) -> bool:
    if theirs.price is None:
        return True
    return (theirs.price.amount_minor, theirs.price.currency) != (ours.price_minor, currency)


def shown(theirs: TheirItem) -> Mapping[str, Any]:
    price = theirs.price
    return {
        "name": theirs.name,
        "price_minor": price.amount_minor if price else None,
        "currency": price.currency if price else None,
        "availability": theirs.availability,
        "in_stock": theirs.availability == IN_STOCK,
    }
