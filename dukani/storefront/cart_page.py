"""`/s/{boutique}/cart`: what a visitor chose; paid by M-Pesa, or carried into the chat.

cart ──address, number──► total ──yes──► /s/pay/{token}
  └──► chat, with a code for the same pieces
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse

from dukani.core.database import Connection
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.services import Services
from dukani.core.store import automation_links, cart_codes, domain_events, products, window_carts
from dukani.core.store.boutiques import Boutique
from dukani.domain.domain_events import AddToCart, CheckoutStarted
from dukani.storefront import window
from dukani.storefront.cart_shown import cart_shown
from dukani.storefront.message_codes import PARAMETER, keep_message, message_of
from dukani.storefront.page_parts import (
    MOST_OF_A_FORM,
    Address,
    Phone,
    Slug,
    gone,
    keep_visitor,
    language_of,
    to_chat,
)
from dukani.storefront.readers import reader_of
from dukani.storefront.shop_words import OFFERS, SHOP_WORDS
from dukani.storefront.visitor import Visitor, visitor_of
from dukani.tools import cart, chosen, window_orders


def add_cart_pages(app: FastAPI, services: Services) -> None:
    """Adds the routes of the window's cart."""
    router = APIRouter(
        prefix="/s/{slug}/cart", include_in_schema=False, max_body_size=MOST_OF_A_FORM
    )

    @router.api_route("", methods=["GET", "HEAD"])
    async def cart_page(slug: Slug, request: Request) -> Response:
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            visitor = visitor_of(request)
            filled = await _fill_from_message(services, *opened, request, visitor)
            response = await cart_shown(services, *opened, request, visitor)
            keep_message(services, request, response, opened[1])
        return keep_visitor(services, visitor, response, opened[1]) if filled else response

    @router.post("/add")
    async def add(
        slug: Slug,
        request: Request,
        variant: Annotated[UUID, Form()],
        sku: Annotated[str, Form(max_length=60)],
        quantity: Annotated[int, Form(ge=1, le=20)] = 1,
    ) -> Response:
        visitor = visitor_of(request)
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            found = await products.variant(conn, variant_id=str(variant))
            if found is not None and found.available > 0:
                visitor.put(found.id, quantity)
                await _note(services, conn, shop, request, visitor)
                await domain_events.append(
                    conn,
                    AddToCart(sku=found.product_sku, variant_id=found.id, quantity=quantity),
                    subject_id=found.product_id,
                    anonymous_id=visitor.anonymous_id,
                )
        there = f"/s/{shop.slug}/p/{quote(sku, safe='')}?added=1"
        return keep_visitor(services, visitor, _to(there), shop)

    @router.post("/remove")
    async def remove(slug: Slug, request: Request, variant: Annotated[UUID, Form()]) -> Response:
        visitor = visitor_of(request)
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            visitor.take_out(str(variant))
            await _note(services, conn, shop, request, visitor)
        return keep_visitor(services, visitor, _to(f"/s/{shop.slug}/cart"), shop)

    @router.post("/total")
    async def total(
        slug: Slug, request: Request, address: Address = "", phone: Phone = ""
    ) -> Response:
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            asked = {"address": address.strip(), "phone": phone.strip()}
            missing = _missing(asked, opened[1])
            visitor = visitor_of(request)
            return await cart_shown(
                services, *opened, request, visitor, asked=asked, problem=missing, total=not missing
            )

    @router.post("/order")
    async def order(
        slug: Slug,
        request: Request,
        agreed_minor: Annotated[int, Form(ge=1)],
        address: Address = "",
        phone: Phone = "",
    ) -> Response:
        visitor = visitor_of(request)
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            asked = {"address": address.strip(), "phone": phone.strip()}
            missing = _missing(asked, shop)
            items = await chosen.as_items(conn, visitor.lines)
            if missing or not items:
                return await cart_shown(
                    services, conn, shop, request, visitor, asked=asked, problem=missing
                )
            placed = await window_orders.order(
                conn,
                services,
                shop,
                items,
                phone=to_e164(asked["phone"], region=shop.country),
                address=asked["address"],
                agreed_minor=agreed_minor,
                network_address=request.client.host if request.client else "",
                anonymous_id=visitor.anonymous_id,
                utm_message_id=message_of(services, request, shop),
            )
            if placed.token is None:
                return await cart_shown(
                    services,
                    conn,
                    shop,
                    request,
                    visitor,
                    asked=asked,
                    problem=placed.refused,
                    total=True,
                )
        visitor.lines.clear()
        return keep_visitor(services, visitor, _to(f"/s/pay/{placed.token}"), shop)

    @router.post("/chat")
    async def chat(
        slug: Slug, request: Request, offers: Annotated[str | None, Form(max_length=10)] = None
    ) -> Response:
        """To the chat, with the code of the cart already typed."""
        visitor = visitor_of(request)
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            language = language_of(request, shop)
            items = await chosen.as_items(conn, visitor.lines)
            if not items:
                return await cart_shown(services, conn, shop, request, visitor)
            cart_id = await _note(services, conn, shop, request, visitor)
            code = await cart_codes.add(
                conn,
                lines=[(one.variant_id, one.quantity) for one in items],
                language=language,
                offers_words=OFFERS[language] if offers else None,
                anonymous_id=visitor.anonymous_id,
            )
            await domain_events.append(
                conn,
                CheckoutStarted(
                    by="whatsapp",
                    pieces=cart.pieces(items),
                    total_minor=cart.total_minor(items),
                    currency=shop.currency,
                ),
                subject_id=cart_id or shop.id,
                anonymous_id=visitor.anonymous_id,
            )
        return await to_chat(services, shop, SHOP_WORDS[language]["code"].format(code=code))

    app.include_router(router)


async def _fill_from_message(
    services: Services, conn: Connection, shop: Boutique, request: Request, visitor: Visitor
) -> bool:
    """Puts the left cart of the message that led here into an empty one."""
    if visitor.lines or PARAMETER not in request.query_params:
        return False
    code = message_of(services, request, shop)
    if code is None or reader_of(request.headers) != "person":
        return False
    for variant_id, quantity in await automation_links.cart_lines(conn, code=code):
        visitor.put(variant_id, quantity)
    return bool(visitor.lines)


async def _note(
    services: Services, conn: Connection, shop: Boutique, request: Request, visitor: Visitor
) -> str | None:
    """Keeps the cart as it is now, so that a left one is seen; its id."""
    return await window_carts.note(
        conn,
        anonymous_id=visitor.anonymous_id,
        lines=visitor.lines,
        utm_message_id=message_of(services, request, shop),
    )


def _missing(asked: dict[str, str], shop: Boutique) -> str | None:
    if not asked["address"]:
        return "no_address"
    try:
        to_e164(asked["phone"], region=shop.country)
    except BadPhoneNumber:
        return "number"
    return None


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})
