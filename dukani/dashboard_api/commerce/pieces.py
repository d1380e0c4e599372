"""A piece as other systems show it, with its picture and what of it is in stock."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from dukani.agent.facts import Option
from dukani.core.database import Connection
from dukani.core.media_links import own_link
from dukani.core.services import Services
from dukani.dashboard_api.bodies import Answer, Minor
from dukani.tools.options import as_options


class ShopPiece(Answer):
    """`colours` and `sizes`: those in stock. `picture_url`: a JPEG."""

    product_id: UUID
    sku: str
    name: str
    category: str
    price_minor: Minor
    currency: str
    colours: list[str]
    sizes: list[str]
    in_stock: bool
    picture_url: str | None


def shop_piece(option: Option, services: Services, currency: str) -> ShopPiece:
    return ShopPiece(**fields_of(option, services, currency))


def fields_of(option: Option, services: Services, currency: str) -> dict[str, object]:
    return {
        "product_id": UUID(option.product_id),
        "sku": option.sku,
        "name": option.name,
        "category": option.category,
        "price_minor": option.price_minor,
        "currency": currency,
        "colours": list(option.colours),
        "sizes": list(option.sizes),
        "in_stock": bool(option.sizes),
        "picture_url": own_link(services, option.image_path) if option.image_path else None,
    }


async def options_of(conn: Connection, product_ids: Sequence[str]) -> list[Option]:
    """In their order, numbered from 1."""
    return list(await as_options(conn, product_ids))
