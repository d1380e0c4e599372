"""Shows the window's cart: its lines at today's prices, and the total once it is asked for."""

from __future__ import annotations

from fastapi import Request, Response

from dukani.agent.wording.names import colour_name, sizes_named
from dukani.core.database import Connection
from dukani.core.media_links import own_link
from dukani.core.money import format_money
from dukani.core.picture_sizes import FOR_ROWS, sized_path
from dukani.core.services import Services
from dukani.core.store.boutiques import Boutique
from dukani.core.store.carts import CartItem
from dukani.domain.acts import Language
from dukani.storefront.page_parts import about, language_of
from dukani.storefront.pay_words import PAY_WORDS
from dukani.storefront.rendering import page_headers, render
from dukani.storefront.shop_words import OFFERS
from dukani.storefront.visitor import Visitor
from dukani.tools import cart, chosen
from dukani.tools.delivery_zones import Delivered, delivery_of
from dukani.tools.options import as_options
from dukani.tools.payments.request import payable_minor


async def cart_shown(
    services: Services,
    conn: Connection,
    shop: Boutique,
    request: Request,
    visitor: Visitor,
    *,
    asked: dict[str, str] | None = None,
    problem: str | None = None,
    total: bool = False,
) -> Response:
    language = language_of(request, shop)
    items = await chosen.as_items(conn, visitor.lines)
    delivery = None
    if total and asked and items:
        delivery = await delivery_of(conn, shop, address=asked["address"])
    shown = about(services, request, shop, language)
    words = {**PAY_WORDS[language], **shown["words"]}
    due = _due(items, delivery, shop)
    html = render(
        "cart.html",
        **shown | {"words": words},
        lines=[await _line(services, conn, one, shop, language) for one in items],
        sold_meanwhile=len(items) < len(visitor.lines),
        items_sum=format_money(cart.total_minor(items), shop.currency),
        delivery=_fee(delivery, shop, words),
        total=format_money(due, shop.currency) if due else None,
        total_minor=due,
        asked=asked or {"address": "", "phone": ""},
        problem=words[problem] if problem else None,
        offers=OFFERS[language],
    )
    headers = page_headers(services, forms=True)
    return Response(html, 422 if problem else 200, media_type="text/html", headers=headers)


def _due(items: list[CartItem], delivery: Delivered | None, shop: Boutique) -> int | None:
    if delivery is None:
        return None
    return payable_minor(cart.total_minor(items) + (delivery.fee_minor or 0), shop.currency)


def _fee(delivery: Delivered | None, shop: Boutique, words: dict[str, str]) -> str | None:
    if delivery is None:
        return None
    if delivery.fee_minor is None:
        return words["delivery_later"]
    return format_money(delivery.fee_minor, shop.currency)


async def _line(
    services: Services, conn: Connection, one: CartItem, shop: Boutique, language: Language
) -> dict[str, object]:
    options = await as_options(conn, [one.product_id], colour=one.colour)
    path = options[0].image_path if options else None
    return {
        "variant": one.variant_id,
        "name": one.name,
        "detail": f"{colour_name(one.colour, language)}, {sizes_named([one.size], language)[0]}",
        "quantity": one.quantity,
        "total": format_money(one.total_minor, shop.currency),
        "picture": own_link(services, sized_path(path, FOR_ROWS[0])) if path else None,
    }
