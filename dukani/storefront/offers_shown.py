"""Shows the page of offers: the form, the code that is asked for, and how it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from dukani.core.database import Connection
from dukani.core.phone import BadPhoneNumber, mask_phone, to_e164
from dukani.core.services import Services
from dukani.core.store import consents, products, sms_senders, visitors
from dukani.core.store.boutiques import Boutique
from dukani.domain.acts import Language
from dukani.storefront.offer_words import AGREED, OFFER_WORDS
from dukani.storefront.page_parts import about, keep_visitor, language_of
from dukani.storefront.readers import reader_of
from dukani.storefront.rendering import page_headers, render
from dukani.storefront.shop_words import OFFERS
from dukani.storefront.visitor import visitor_of


async def form_of(
    services: Services,
    conn: Connection,
    shop: Boutique,
    request: Request,
    *,
    waits_for: UUID | None = None,
    asked: dict[str, Any] | None = None,
    problem: str | None = None,
) -> Response:
    known = await visitors.customer_of(conn, anonymous_id=visitor_of(request).anonymous_id)
    has = known is not None and await consents.may_market(conn, customer_id=known.customer_id)
    return page_of(
        services,
        shop,
        request,
        state="ask",
        by_sms=await sms_senders.in_use(conn) is not None,
        has=mask_phone(known.phone) if known and has and known.phone else None,
        waits_for=waits_for,
        piece=await _piece_of(conn, waits_for),
        asked=asked,
        problem=problem,
    )


async def _piece_of(conn: Connection, variant_id: UUID | None) -> str | None:
    if variant_id is None:
        return None
    variant = await products.variant(conn, variant_id=str(variant_id))
    return variant.name if variant else None


def page_of(
    services: Services,
    shop: Boutique,
    request: Request,
    *,
    state: str,
    by_sms: bool = True,
    has: str | None = None,
    waits_for: UUID | None = None,
    piece: str | None = None,
    asked: dict[str, Any] | None = None,
    problem: str | None = None,
    code_id: str | None = None,
    phone: str = "",
) -> Response:
    language: Language = language_of(request, shop)
    words = OFFER_WORDS[language]
    html = render(
        "offers.html",
        **about(services, request, shop, language),
        state=state,
        by_sms=by_sms,
        has=has,
        waits_for=waits_for,
        piece=piece,
        asked=asked or {"phone": "", "where": "whatsapp"},
        problem=words[problem] if problem else None,
        agreed=AGREED[language].format(shop=shop.name) if by_sms else OFFERS[language],
        code_id=code_id,
        phone=phone,
        shown_phone=mask_phone(_read(phone, shop)),
    )
    headers = page_headers(services, forms=True)
    response = Response(html, 422 if problem else 200, media_type="text/html", headers=headers)
    if request.method != "POST" and reader_of(request.headers) != "person":
        return response
    return keep_visitor(services, visitor_of(request), response, shop)


def _read(phone: str, shop: Boutique) -> str:
    try:
        return to_e164(phone, region=shop.country)
    except BadPhoneNumber:
        return ""
