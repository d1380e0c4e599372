"""What can be sold over the counter now: pieces of which something is left, favourites first."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.media_links import own_link
from dukani.core.picture_sizes import FOR_ROWS, srcset
from dukani.core.store import counter_pieces, products
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Minor, PlainText

router = APIRouter(prefix="/boutiques/{boutique_id}/counter-pieces", tags=["counter sales"])

MOST = 60  # the rest is found by a search


class LeftVariant(Answer):
    id: UUID
    colour: str
    size: str
    sku: str
    price_minor: Minor
    available: int


class PieceOfColour(Answer):
    colour: str | None  # none: it shows any
    url: str
    srcset: str


class CounterPiece(Answer):
    id: UUID
    sku: str
    name: str
    category: str
    price_minor: Minor
    pictures: list[PieceOfColour]
    variants: list[LeftVariant]


class CounterPieces(Answer):
    items: list[CounterPiece]


@router.get("")
async def list_counter_pieces(
    member: AMember, search: Annotated[PlainText, Query(max_length=80)] = ""
) -> CounterPieces:
    """At most 60: those sold last, or those found by words or digits of an SKU."""
    conn, services = member.conn, member.services
    rows = (
        await counter_pieces.found(conn, search=search, limit=MOST)
        if search.strip()
        else await counter_pieces.favourites(conn, limit=MOST)
    )
    ids = [row.id for row in rows]
    variants: dict[str, list[LeftVariant]] = defaultdict(list)
    for one in await counter_pieces.left(conn, product_ids=ids):
        variants[one.product_id].append(LeftVariant.model_validate(one))
    pictures: dict[str, list[PieceOfColour]] = defaultdict(list)
    for picture in await products.pictures(conn, product_ids=ids):
        shown = PieceOfColour(
            colour=picture.colour,
            url=own_link(services, picture.path),
            srcset=srcset(services, picture.path, FOR_ROWS),
        )
        pictures[picture.product_id].append(shown)
    return CounterPieces(
        items=[
            CounterPiece(
                id=UUID(row.id),
                sku=row.sku,
                name=row.name,
                category=row.category,
                price_minor=row.price_minor,
                pictures=pictures[row.id],
                variants=variants[row.id],
            )
            for row in rows
        ]
    )
