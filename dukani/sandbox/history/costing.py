"""What the demo's pieces cost their shop: most are known, some were never written down."""

from __future__ import annotations

from datetime import datetime

from dukani.core.services import Services
from dukani.core.store import product_costs, products
from dukani.sandbox.history import past
from dukani.sandbox.history.scene import Shop

_ROUND = 5000  # cents: nobody buys in odd shillings
_NOT_KNOWN = 9  # of so many pieces, one has no cost


async def say_what_pieces_cost(services: Services, shop: Shop, *, at: datetime) -> None:
    """Between half and seven tenths of the price, for the sales of the month too."""
    async with services.database.tenant_connection(shop.boutique.id) as conn:
        await shop.somebody_works(conn)
        ids = sorted(one for several in shop.product_ids.values() for one in several)
        made = await products.variants(conn, product_ids=ids)
        prices = {one.product_id: one.price_minor for one in made}
        for number, (product_id, price) in enumerate(sorted(prices.items())):
            if number % _NOT_KNOWN == _NOT_KNOWN - 1:
                continue
            share = shop.rng.randint(50, 70)
            cost = price * share // 100 // _ROUND * _ROUND
            await product_costs.add(conn, product_id=product_id, cost_minor=cost, always=True)
        await past.happened(conn, boutique_id=shop.boutique.id, at=at)
