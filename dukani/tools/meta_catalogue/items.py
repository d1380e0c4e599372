"""What Meta is told of a piece's colour and size."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dukani.core.clients.meta_prices import sent_price
from dukani.core.media_links import own_link
from dukani.core.services import Services
from dukani.core.store.boutiques import Boutique
from dukani.core.store.catalogue_items import OurItem

IN_STOCK, OUT_OF_STOCK = "in stock", "out of stock"
MAX_DESCRIPTION = 9999  # Meta's


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item's data as Meta takes it, or None: it is to be deleted there."""

    item: OurItem
    data: Mapping[str, Any] | None

    @property
    def digest(self) -> str | None:
        """Of the data; None for a deletion, as what was deleted is kept."""
        return digest_of(self.data) if self.data is not None else None

    @property
    def is_news(self) -> bool:
        """Whether Meta has it otherwise, as far as we know."""
        return self.item.again or self.digest != self.item.pushed_hash

    @property
    def request(self) -> dict[str, Any]:
        if self.data is None:
            return {"method": "DELETE", "data": {"id": self.item.retailer_id}}
        return {"method": "UPDATE", "data": dict(self.data)}


def wanted(services: Services, boutique: Boutique, item: OurItem) -> Wanted:
    return Wanted(item, data_of(services, boutique, item))


def data_of(services: Services, boutique: Boutique, item: OurItem) -> dict[str, Any] | None:
    """None: it is not sold, so Meta is to have no such item."""
    if item.name is None or item.price_minor is None or item.sku is None:
        return None
    base = services.settings.web.public_url.rstrip("/")
    data = {
        "id": item.retailer_id,
        "title": item.name,
        "description": (item.description or f"{item.name}, {item.category}")[:MAX_DESCRIPTION],
        "availability": availability_of(item),
        "condition": "new",
        "price": sent_price(item.price_minor, boutique.currency),
        "link": f"{base}/s/{boutique.slug}/p/{quote(item.sku, safe='')}",
        "brand": boutique.name[:100],
        "color": item.colour,
        "size": item.size,
        "item_group_id": item.product_id,
    }
    if item.picture_path is not None:
        data["image_link"] = own_link(services, item.picture_path)
    return data


def availability_of(item: OurItem) -> str:
    return IN_STOCK if (item.available or 0) > 0 else OUT_OF_STOCK


def digest_of(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
