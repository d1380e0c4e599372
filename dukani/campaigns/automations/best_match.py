"""The piece that suits a customer best: by the taste that campaigns know her by."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from dukani.campaigns import score_rules
from dukani.campaigns.audience import as_scored
from dukani.campaigns.automations.message_values import Piece
from dukani.campaigns.offer import WIDTH, Offer
from dukani.campaigns.packed_profiles import PackedProfiles
from dukani.campaigns.profiles import PriceBands
from dukani.core.database import Connection
from dukani.core.store import automation_values, customer_profiles, offers, purchases

TRENDS = timedelta(days=30)


async def best_match(
    conn: Connection, *, customer_id: str, without: Collection[str] = ()
) -> Piece | None:
    """A match of her taste that is in stock in her size; None where nothing is known of her.

    Nothing of `without` (ids of products), which the message would be about anyway.
    """
    stored = await customer_profiles.get(conn, customer_id=customer_id)
    if stored is None:
        return None
    model = await customer_profiles.usual_model(conn)
    since = datetime.now(UTC) - TRENDS
    on_sale = await offers.on_sale(conn, model=model, sold_since=since)
    pieces = [one for one in on_sale if one.product_id not in without]
    if not pieces:
        return None
    bands = PriceBands.of(await customer_profiles.prices(conn))
    offer = Offer(pieces, pool=(), bands=bands, rules=await score_rules.current(conn))
    profiles = PackedProfiles.of([as_scored(stored, bands, model)], width=WIDTH)
    tastes = await asyncio.to_thread(lambda: dict(offer.tastes(profiles)))
    if not tastes:
        return None
    sizes = await purchases.last_sizes(conn, customer_ids=[customer_id])
    slots = offer.slots(tastes[0], sizes=sizes.get(customer_id, {}))
    matches = [slot.product_id for slot in slots if slot.kind == "match"]
    if not matches:
        return None
    sold = (await automation_values.of_product(conn, product_id=matches[0]))[0]
    return Piece(sold.product_id, sold.name, sold.price_minor, sold.picture, sold.sku)
