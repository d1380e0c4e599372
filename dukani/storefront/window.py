"""What the window shows of a shop: its shelf, one piece, and a visitor's cart at today's prices."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from dukani.agent.facts import Option
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import boutiques, product_list, products, search
from dukani.core.store.boutiques import Boutique
from dukani.core.store.carts import CartItem
from dukani.core.store.product_list import ShownPicture, ShownProduct, ShownVariant
from dukani.core.store.search import Criteria
from dukani.tools.options import as_options

SHELF = 24  # pieces of a page
FOUND = 60  # pieces of a search


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor asks for; prices in minor units."""

    words: str = ""
    kind: str | None = None
    colour: str | None = None
    size: str | None = None
    most_minor: int | None = None

    @property
    def any(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Shelf:
    """`kinds`: all that the shop has. `next_page`: number of the page behind, if there is one."""

    options: Sequence[Option]
    kinds: Sequence[str]
    next_page: int | None


@dataclass(frozen=True, slots=True)
class WindowPiece:
    piece: ShownProduct
    variants: Sequence[ShownVariant]
    pictures: Sequence[ShownPicture]
    similar: Sequence[Option]


@asynccontextmanager
async def open_window(
    services: Services, slug: str
) -> AsyncIterator[tuple[Connection, Boutique] | None]:
    """A transaction as the boutique itself; None: there is no open shop of that name."""
    async with services.database.system_connection() as conn:
        shop = await boutiques.by_slug(conn, slug=slug)
    if shop is None or not shop.active:
        yield None
        return
    async with services.database.tenant_connection(shop.id) as conn:
        yield conn, shop


async def shelf(conn: Connection, filters: Filters, *, page: int) -> Shelf:
    """A page of the newest; what is asked for comes on one page, the best first."""
    kinds = await products.categories(conn)
    if filters.any:
        hits = await search.find(
            conn,
            Criteria(
                categories=(filters.kind,) if filters.kind else (),
                colours=(filters.colour,) if filters.colour else (),
                size=filters.size,
                price_max_minor=filters.most_minor,
            ),
            words=filters.words.split(),
            must_match_words=bool(filters.words),
            limit=FOUND,
        )
        return Shelf(await as_options(conn, [hit.product_id for hit in hits]), kinds, None)
    rows = await product_list.newest(conn, skip=(page - 1) * SHELF, limit=SHELF + 1)
    options = await as_options(conn, rows[:SHELF])
    return Shelf(options, kinds, page + 1 if len(rows) > SHELF else None)


async def piece(conn: Connection, *, sku: str) -> WindowPiece | None:
    """A piece on sale by its SKU, in any letters."""
    listed = await products.by_retailer_ids(conn, retailer_ids=[sku])
    found = await product_list.get(conn, product_id=listed[0].product_id) if listed else None
    if found is None or not found.active:
        return None
    made = await product_list.variants(conn, product_id=found.id)
    others = await search.find(
        conn,
        Criteria(categories=(found.category,), exclude_products=(found.id,)),
        limit=4,
    )
    return WindowPiece(
        piece=found,
        variants=[one for one in made if not one.retired],
        pictures=await product_list.pictures(conn, product_id=found.id),
        similar=await as_options(conn, [hit.product_id for hit in others]),
    )


def in_cart(items: Sequence[CartItem], cart_id: str) -> list[CartItem]:
    return [replace(item, cart_id=cart_id) for item in items]
