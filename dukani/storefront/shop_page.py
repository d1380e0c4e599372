"""`/s/{boutique}`: the shop's window, a page for each piece, and the way to its chat.

Served with all that it shows; without scripts it can do all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request, Response

from dukani.agent.wording.names import category_name, colour_name, sizes_named
from dukani.core.errors import NotFound
from dukani.core.media_links import own_link
from dukani.core.money import format_money, to_minor
from dukani.core.picture_sizes import FOR_ROWS, sized_path, srcset
from dukani.core.services import Services
from dukani.core.store import domain_events
from dukani.core.store.boutiques import Boutique
from dukani.core.store.product_list import ShownVariant
from dukani.domain.acts import Language
from dukani.domain.domain_events import SupportMessage, ViewProduct
from dukani.storefront import window
from dukani.storefront.page_parts import (
    MOST_OF_A_FORM,
    Sku,
    Slug,
    about,
    answer,
    card,
    gone,
    language_of,
    to_chat,
)
from dukani.storefront.preview_picture import preview_picture
from dukani.storefront.readers import reader_of
from dukani.storefront.rendering import render
from dukani.storefront.shop_words import SHOP_WORDS
from dukani.storefront.visitor import Visitor, visitor_of
from dukani.storefront.window import Filters, WindowPiece
from dukani.tools.pieces import size_key

SIZES = ("XS", "S", "M", "L", "XL", "XXL")
PICTURE_LASTS_S = 3600


def add_shop_pages(app: FastAPI, services: Services) -> None:
    """Adds the window's routes but the first, which `personal_page` shares."""
    router = APIRouter(prefix="/s/{slug}", include_in_schema=False, max_body_size=MOST_OF_A_FORM)

    @router.api_route("/p/{sku}", methods=["GET", "HEAD"])
    async def piece_page(slug: Slug, sku: Sku, request: Request) -> Response:
        async with window.open_window(services, slug) as opened:
            found = await window.piece(opened[0], sku=sku) if opened else None
            if opened is None or found is None:
                return gone()
            conn, shop = opened
            visitor = visitor_of(request)
            if _looks(request):
                await domain_events.append(
                    conn,
                    ViewProduct(sku=found.piece.sku),
                    subject_id=found.piece.id,
                    anonymous_id=visitor.anonymous_id,
                )
        return _piece_page(services, request, shop, found, visitor, language_of(request, shop))

    @router.get("/preview.jpg")
    async def shop_preview(slug: Slug) -> Response:
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            shown = await window.shelf(opened[0], Filters(), page=1)
        paths = [option.image_path for option in shown.options if option.image_path]
        return await _preview(services, paths[:3])

    @router.get("/p/{sku}/preview.jpg")
    async def piece_preview(slug: Slug, sku: Sku) -> Response:
        async with window.open_window(services, slug) as opened:
            found = await window.piece(opened[0], sku=sku) if opened else None
        if found is None:
            return gone()
        return await _preview(services, [picture.path for picture in found.pictures[:1]])

    @router.get("/ask")
    async def ask(slug: Slug, request: Request, sku: str | None = None) -> Response:
        """To the shop's chat, with words about the piece already typed."""
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            found = await window.piece(conn, sku=sku) if sku else None
            words = SHOP_WORDS[language_of(request, shop)]
            if reader_of(request.headers) == "person":
                await domain_events.append(
                    conn,
                    SupportMessage(sku=found.piece.sku if found else None),
                    subject_id=found.piece.id if found else shop.id,
                    anonymous_id=visitor_of(request).anonymous_id,
                )
        text = words["wants"].format(piece=found.piece.name) if found else words["hello"]
        return await to_chat(services, shop, text)

    app.include_router(router)


def _looks(request: Request) -> bool:
    """Whether a person opened the page, and not one of its own buttons led back to it."""
    led_back = "added" in request.query_params or "waiting" in request.query_params
    is_person = request.method == "GET" and reader_of(request.headers) == "person"
    return is_person and not led_back


async def show_shop(services: Services, slug: str, request: Request) -> Response:
    """The shelf: the newest pieces, or those that fit what is asked for."""
    asked = request.query_params
    async with window.open_window(services, slug) as opened:
        if opened is None:
            return gone()
        conn, shop = opened
        filters = _filters(asked, shop)
        page = _number(asked.get("page")) or 1
        shelf = await window.shelf(conn, filters, page=min(page, 1000))
    language = language_of(request, shop)
    html = render(
        "shop.html",
        **about(services, request, shop, language),
        filters=filters,
        asked=dict(asked),
        kinds=[(kind, category_name(kind, language)) for kind in shelf.kinds],
        sizes=SIZES,
        pieces=[card(services, shop, one, language) for one in shelf.options],
        more=_more(asked, shelf.next_page),
    )
    return answer(services, request, shop, visitor_of(request), html)


def _filters(asked: Any, shop: Boutique) -> Filters:
    most = _number(asked.get("most"))
    return Filters(
        words=(asked.get("q") or "").strip()[:100].lower(),
        kind=(asked.get("kind") or None),
        colour=(asked.get("colour") or None),
        size=(asked.get("size") or None),
        most_minor=to_minor(most, shop.currency) if most else None,
    )


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 9 else None


def _more(asked: Any, next_page: int | None) -> str | None:
    if next_page is None:
        return None
    return "?" + urlencode({**dict(asked), "page": next_page})


def _piece_page(
    services: Services,
    request: Request,
    shop: Boutique,
    found: WindowPiece,
    visitor: Visitor,
    language: Language,
) -> Response:
    piece = found.piece
    made = sorted(found.variants, key=lambda v: (v.colour, size_key(v.size)))
    html = render(
        "piece.html",
        **about(services, request, shop, language, sku=piece.sku, name=piece.name),
        piece=piece,
        price=format_money(piece.price_minor, shop.currency),
        pictures=[
            {
                "url": own_link(services, sized_path(one.path, FOR_ROWS[-1])),
                "srcset": srcset(services, one.path),
                "colour": one.colour,
            }
            for one in found.pictures[:8]
        ],
        variants=[
            {
                "id": one.id,
                "name": _variant_name(one, language),
                "price": format_money(one.price_minor or piece.price_minor, shop.currency),
                "left": one.available if one.available <= 3 else None,
            }
            for one in made
            if one.available > 0
        ],
        sold_out=[
            {"id": one.id, "name": _variant_name(one, language)}
            for one in made
            if one.available < 1
        ],
        waiting="waiting" in request.query_params,
        similar=[card(services, shop, one, language) for one in found.similar],
        added="added" in request.query_params,
    )
    return answer(services, request, shop, visitor, html)


def _variant_name(variant: ShownVariant, language: Language) -> str:
    colour = colour_name(variant.colour, language)
    return f"{colour}, {sizes_named([variant.size], language)[0]}"


async def _preview(services: Services, paths: Sequence[str | None]) -> Response:
    photos = []
    for path in paths:
        try:
            photos.append(await services.media.get(path or ""))
        except NotFound:
            continue
    picture = await preview_picture(photos)
    headers = {"cache-control": f"public, max-age={PICTURE_LASTS_S}"}
    return Response(picture, media_type="image/jpeg", headers=headers)
