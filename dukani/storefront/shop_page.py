"""`/s/{boutique}`: the shop's window, a page for each piece, and the way to its chat.

Served with all that it shows; without scripts it can do all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, FastAPI, Path, Request, Response
from fastapi.responses import RedirectResponse

from dukani.agent.facts import Option
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
from dukani.storefront.message_codes import keep_message
from dukani.storefront.offer_words import OFFER_WORDS
from dukani.storefront.preview_picture import preview_picture
from dukani.storefront.readers import reader_of
from dukani.storefront.rendering import page_headers, render
from dukani.storefront.shop_number import shop_number
from dukani.storefront.shop_words import SHOP_WORDS
from dukani.storefront.visitor import LANGUAGE, LASTS_S, Visitor, keep, visitor_of
from dukani.storefront.window import Filters, WindowPiece
from dukani.storefront.wording import WORDS
from dukani.tools.pieces import size_key

Slug = Annotated[str, Path(max_length=63)]
Sku = Annotated[str, Path(max_length=60)]
SIZES = ("XS", "S", "M", "L", "XL", "XXL")
PICTURE_LASTS_S = 3600


def add_shop_pages(app: FastAPI, services: Services) -> None:
    """Adds the window's routes but the first, which `personal_page` shares."""
    router = APIRouter(prefix="/s/{slug}", include_in_schema=False)

    @router.api_route("/p/{sku}", methods=["GET", "HEAD"])
    async def piece_page(slug: Slug, sku: Sku, request: Request) -> Response:
        async with window.open_window(services, slug) as opened:
            found = await window.piece(opened[0], sku=sku) if opened else None
            if opened is None or found is None:
                return gone()
            conn, shop = opened
            visitor = visitor_of(request)
            if request.method == "GET" and reader_of(request.headers) == "person":
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
    return _answer(services, request, shop, visitor_of(request), html)


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
    return _answer(services, request, shop, visitor, html)


def _variant_name(variant: ShownVariant, language: Language) -> str:
    colour = colour_name(variant.colour, language)
    return f"{colour}, {sizes_named([variant.size], language)[0]}"


def card(services: Services, shop: Boutique, option: Option, language: Language) -> dict[str, Any]:
    path = option.image_path
    return {
        "sku": option.sku,
        "name": option.name,
        "price": format_money(option.price_minor, shop.currency),
        "sizes": sizes_named(sorted(option.sizes, key=size_key), language),
        "picture": own_link(services, sized_path(path, FOR_ROWS[-1])) if path else None,
        "pictures": srcset(services, path, FOR_ROWS) if path else None,
    }


def about(
    services: Services,
    request: Request,
    shop: Boutique,
    language: Language,
    *,
    sku: str | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """What every page of the window has."""
    base = f"{services.settings.web.public_url.rstrip('/')}/s/{shop.slug}"
    here = f"{base}/p/{quote(sku, safe='')}" if sku else base
    return {
        "words": {**SHOP_WORDS[language], **OFFER_WORDS[language]},
        "language": language,
        "shop": shop.name,
        "slug": shop.slug,
        "home": f"/s/{shop.slug}",
        "here": here,
        "preview": f"{here}/preview.jpg",
        "title": f"{name} – {shop.name}" if name else shop.name,
        "in_cart": sum(visitor_of(request).lines.values()),
        "other_language": "sw" if language == "en" else "en",
    }


def _answer(
    services: Services, request: Request, shop: Boutique, visitor: Visitor, html: str
) -> Response:
    headers = page_headers(services, forms=True) | {"x-robots-tag": "all"}
    response = Response(html, media_type="text/html", headers=headers)
    if reader_of(request.headers) != "person":
        return response
    if (chosen := request.query_params.get("lang")) in ("en", "sw"):
        response.set_cookie(LANGUAGE, str(chosen), path="/s/", max_age=LASTS_S, samesite="lax")
    keep_message(services, request, response, shop)
    return keep_visitor(services, visitor, response, shop)


def keep_visitor(
    services: Services, visitor: Visitor, response: Response, shop: Boutique
) -> Response:
    secure = services.settings.web.public_url.startswith("https")
    return keep(visitor, response, slug=shop.slug, secure=secure)


def language_of(request: Request, shop: Boutique) -> Language:
    """What the visitor chose, else what her browser speaks, else the shop's."""
    said = request.query_params.get("lang") or request.cookies.get(LANGUAGE)
    if said in ("en", "sw"):
        return "sw" if said == "sw" else "en"
    spoken = request.headers.get("accept-language", "").lower()
    if spoken.startswith("sw"):
        return "sw"
    return "en" if spoken.startswith("en") else shop.language


async def to_chat(services: Services, shop: Boutique, text: str) -> Response:
    number = await shop_number(services, shop.id)
    if number is None:
        return gone()
    return RedirectResponse(
        f"https://wa.me/{number.removeprefix('+')}?text={quote(text)}",
        status_code=303,
        headers={"cache-control": "no-store", "referrer-policy": "no-referrer"},
    )


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


def gone() -> Response:
    html = render("gone.html", english=WORDS["en"], swahili=WORDS["sw"])
    return Response(html, 404, media_type="text/html", headers={"cache-control": "no-store"})
