"""`/s/{boutique}/offers`: a visitor asks for the shop's offers, and proves that the phone is hers.

number, channels, words ──SMS──► code ──► done
             └── no SMS in this shop ──► chat, with a code that says yes to the same words
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, FastAPI, Form, Query, Request, Response

from dukani.core.database import Connection
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.services import Services
from dukani.core.store import cart_codes, sms_senders
from dukani.core.store.boutiques import Boutique
from dukani.core.store.consent_codes import Channel
from dukani.domain.acts import Language
from dukani.storefront import window
from dukani.storefront.offer_words import AGREED, OFFER_WORDS
from dukani.storefront.offers_shown import form_of, page_of
from dukani.storefront.page_parts import MOST_OF_A_FORM, Phone, Slug, gone, language_of, to_chat
from dukani.storefront.shop_words import OFFERS
from dukani.storefront.visitor import Visitor, visitor_of
from dukani.tools import consent_codes
from dukani.tools.consent_codes import Wish

Ticked = Annotated[str | None, Form(max_length=10)]
WaitsFor = Annotated[UUID | None, Form()]
Where = Literal["whatsapp", "both", "sms"]
# The better first. WhatsApp is always one of them (`tools/offers.py`).
CHANNELS: Mapping[Where, tuple[Channel, ...]] = {
    "whatsapp": ("whatsapp",),
    "both": ("whatsapp", "sms"),
    "sms": ("sms", "whatsapp"),
}


def add_offers_page(app: FastAPI, services: Services) -> None:
    """Adds the routes of the window's offers."""
    router = APIRouter(
        prefix="/s/{slug}/offers", include_in_schema=False, max_body_size=MOST_OF_A_FORM
    )

    @router.api_route("", methods=["GET", "HEAD"])
    async def offers_page(
        slug: Slug, request: Request, waits: Annotated[UUID | None, Query()] = None
    ) -> Response:
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            return await form_of(services, *opened, request, waits_for=waits)

    @router.post("")
    async def ask(
        slug: Slug,
        request: Request,
        phone: Phone = "",
        where: Annotated[Where, Form()] = "whatsapp",
        agreed: Ticked = None,
        waits: WaitsFor = None,
    ) -> Response:
        visitor = visitor_of(request)
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            if await sms_senders.in_use(conn) is None:
                return await _through_the_chat(
                    services, conn, shop, request, visitor, agreed=bool(agreed), waits_for=waits
                )
            asked = {"phone": phone.strip(), "where": where}
            problem = _problem(asked["phone"], shop, agreed=bool(agreed))
            code_id = None
            if problem is None:
                code_id = await consent_codes.ask(
                    conn,
                    services,
                    shop,
                    _wish(shop, language_of(request, shop), where, waits_for=waits),
                    phone=to_e164(phone, region=shop.country),
                    network_address=request.client.host if request.client else "",
                    anonymous_id=visitor.anonymous_id,
                )
            if code_id is None:
                problem = problem or "too_often"
                return await form_of(
                    services, conn, shop, request, waits_for=waits, asked=asked, problem=problem
                )
            return page_of(
                services, shop, request, state="code", code_id=code_id, phone=asked["phone"]
            )

    @router.post("/code")
    async def prove(
        slug: Slug,
        request: Request,
        asked: Annotated[UUID, Form()],
        phone: Phone = "",
        code: Annotated[str, Form(max_length=20)] = "",
    ) -> Response:
        visitor = visitor_of(request)
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            try:
                number = to_e164(phone, region=shop.country)
            except BadPhoneNumber:
                return await form_of(services, conn, shop, request, problem="bad_phone")
            said = await consent_codes.answer(
                conn,
                services,
                shop,
                code_id=str(asked),
                code="".join(one for one in code if one.isdecimal()),
                phone=number,
                anonymous_id=visitor.anonymous_id,
            )
            if said in ("late", "spent"):
                return await form_of(services, conn, shop, request, problem=said)
        state = {"done": "done", "stopped": "said_stop", "wrong": "code"}[said]
        return page_of(
            services,
            shop,
            request,
            state=state,
            code_id=str(asked),
            phone=phone.strip(),
            problem="wrong" if said == "wrong" else None,
        )

    app.include_router(router)


def _problem(phone: str, shop: Boutique, *, agreed: bool) -> str | None:
    try:
        to_e164(phone, region=shop.country)
    except BadPhoneNumber:
        return "bad_phone"
    return None if agreed else "not_agreed"


def _wish(shop: Boutique, language: Language, where: Where, *, waits_for: UUID | None) -> Wish:
    """In the words that were shown to her: what she ticked, and where she chose."""
    said = AGREED[language].format(shop=shop.name)
    chosen = OFFER_WORDS[language][f"where_{where}"]
    return Wish(CHANNELS[where], f"{said} [{chosen}]", language, _id(waits_for))


def _id(variant: UUID | None) -> str | None:
    return str(variant) if variant else None


async def _through_the_chat(
    services: Services,
    conn: Connection,
    shop: Boutique,
    request: Request,
    visitor: Visitor,
    *,
    agreed: bool,
    waits_for: UUID | None,
) -> Response:
    """WhatsApp itself shows whose number it is: she sends a code that has no pieces."""
    if not agreed:
        return await form_of(
            services, conn, shop, request, waits_for=waits_for, problem="not_agreed"
        )
    language = language_of(request, shop)
    code = await cart_codes.add(
        conn,
        lines=[],
        language=language,
        offers_words=OFFERS[language],
        anonymous_id=visitor.anonymous_id,
        waits_for=_id(waits_for),
    )
    return await to_chat(services, shop, OFFER_WORDS[language]["offers_code"].format(code=code))
