"""Pages of what is on sale."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from dukani.agent.wording.commerce import MOST_OPTIONS, options_text
from dukani.core.store import product_list
from dukani.dashboard_api.bodies import Answer, PlainText
from dukani.dashboard_api.commerce.access import AReader
from dukani.dashboard_api.commerce.pieces import ShopPiece, options_of, shop_piece
from dukani.dashboard_api.commerce.shoppers import the_boutique, voice_for
from dukani.dashboard_api.pages import AskedPage, write_cursor

router = APIRouter(prefix="/whatsapp-commerce/products", tags=["whatsapp commerce"])


class Catalog(Answer):
    """`whatsapp_text` names the first ten of the page."""

    items: list[ShopPiece]
    next_cursor: str | None
    whatsapp_text: str


@router.get("/catalog")
async def get_catalog(
    member: AReader,
    asked: AskedPage,
    sort: Literal["newest", "cheapest"] = "newest",
    search: Annotated[PlainText, Query(max_length=100)] = "",
) -> Catalog:
    """Sold-out pieces too: `in_stock` says so. `search`: words of the name, or of the SKU."""
    kind = product_list.KEY_OF[sort]
    rows = await product_list.page(
        member.conn,
        which="on_sale",
        sort=sort,
        search=search,
        after=asked.after(kind),
        limit=asked.limit + 1,
    )
    shown = rows[: asked.limit]
    boutique = await the_boutique(member)
    options = await options_of(member.conn, [row.id for row in shown])
    return Catalog(
        items=[shop_piece(one, member.services, boutique.currency) for one in options],
        next_cursor=write_cursor(shown[-1].key(sort)) if len(rows) > asked.limit else None,
        whatsapp_text=options_text(options[:MOST_OPTIONS], voice_for(boutique, None)),
    )
