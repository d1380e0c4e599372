"""`/s/pay/{token}`: a cart's pieces, its total with delivery, and an M-Pesa prompt for it.

    cart ──address, number──► total ──yes──► order, prompt ──► paid
                                                  └──► not paid ──► asked again

It works without scripts: a page that waits loads itself anew.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from dukani.core.database import Connection
from dukani.core.media_links import own_link
from dukani.core.money import format_money
from dukani.core.phone import BadPhoneNumber, mask_phone, to_e164
from dukani.core.picture_sizes import FOR_ROWS, sized_path
from dukani.core.services import Services
from dukani.core.store import cart_links, orders
from dukani.storefront.message_codes import keep_message
from dukani.storefront.page_parts import MOST_OF_A_FORM, Address, Phone, gone
from dukani.storefront.pay_orders import language_of, order_by_link
from dukani.storefront.pay_words import PAY_WORDS
from dukani.storefront.rendering import page_headers, render
from dukani.tools import cart, link_orders
from dukani.tools.lines import as_lines
from dukani.tools.link_orders import LinkedCart, Quote, Refusal
from dukani.tools.options import as_options
from dukani.tools.window_orders import WindowRefusal

Token = Annotated[str, Path(min_length=8, max_length=64)]
WAIT_S = 4  # between two looks of a page that waits


def add_pay_page(app: FastAPI, services: Services) -> None:
    """Adds the page's routes, which no login guards."""
    router = APIRouter(prefix="/s/pay", include_in_schema=False, max_body_size=MOST_OF_A_FORM)

    @router.api_route("/{token}", methods=["GET", "HEAD"])
    async def pay_page(token: Token, request: Request) -> Response:
        async with _linked(services, token) as (conn, linked):
            response = await _shown(services, conn, linked, token)
            if linked is not None:
                keep_message(services, request, response, linked.boutique)
            return response

    @router.post("/{token}/total")
    async def show_total(token: Token, address: Address = "", phone: Phone = "") -> Response:
        async with _linked(services, token) as (conn, linked):
            return await _with_total(services, conn, linked, token, address=address, phone=phone)

    @router.post("/{token}/order")
    async def order(
        token: Token,
        request: Request,
        agreed_minor: Annotated[int, Form(ge=1)],
        address: Address = "",
        phone: Phone = "",
    ) -> Response:
        async with _linked(services, token, lock=True) as (conn, linked):
            if linked is None:
                return gone()
            if linked.order is not None:  # a second tap
                return _back_to(token)
            payer = _e164(phone, linked)
            if payer is None or not address.strip():
                return await _with_total(
                    services, conn, linked, token, address=address, phone=phone
                )
            refused = await order_by_link(
                services, conn, linked, token, request, (address.strip(), payer, agreed_minor)
            )
            if refused in (None, "by_hand"):
                return _back_to(token)
            return await _with_total(
                services, conn, linked, token, address=address, phone=phone, refused=refused
            )

    @router.post("/{token}/again")
    async def ask_again(token: Token, phone: Phone = "") -> Response:
        async with _linked(services, token, lock=True) as (conn, linked):
            if linked is None:
                return gone()
            if linked.order is None:
                return _back_to(token)
            payer = _e164(phone, linked)
            refused: Refusal | None = "number"
            if payer is not None:
                refused = await link_orders.ask_again(conn, linked, phone=payer)
            if refused in (None, "by_hand"):
                return _back_to(token)
            return await _shown(services, conn, linked, token, refused=refused)

    app.include_router(router)


@asynccontextmanager
async def _linked(
    services: Services, token: str, *, lock: bool = False
) -> AsyncIterator[tuple[Connection, LinkedCart | None]]:
    """The link's cart or order, read as the boutique itself; None: there is no such link."""
    async with services.database.system_connection() as conn:
        link = await cart_links.find(conn, token=token)
        if link is None:
            yield conn, None
            return
    async with services.database.tenant_connection(link.boutique_id) as conn:
        yield conn, await link_orders.look(conn, token=token, lock=lock)


async def _shown(
    services: Services,
    conn: Connection,
    linked: LinkedCart | None,
    token: str,
    *,
    refused: WindowRefusal | None = None,
) -> Response:
    if linked is None:
        return gone()
    return await _page(services, conn, linked, token, refused=refused)


async def _with_total(
    services: Services,
    conn: Connection,
    linked: LinkedCart | None,
    token: str,
    *,
    address: str,
    phone: str,
    refused: WindowRefusal | None = None,
) -> Response:
    """The total for an address, to be said yes to; or what is missing for it."""
    if linked is None:
        return gone()
    if linked.order is not None or linked.link.is_over or not linked.items:
        return await _page(services, conn, linked, token, refused=refused)
    asked = {"address": address.strip(), "phone": phone.strip()}
    if not asked["address"]:
        return await _page(services, conn, linked, token, asked=asked, missing="no_address")
    if _e164(phone, linked) is None:
        return await _page(services, conn, linked, token, asked=asked, missing="number")
    quote = await link_orders.quote(conn, linked, address=asked["address"])
    return await _page(services, conn, linked, token, asked=asked, quote=quote, refused=refused)


async def _page(
    services: Services,
    conn: Connection,
    linked: LinkedCart,
    token: str,
    *,
    asked: dict[str, str] | None = None,
    quote: Quote | None = None,
    refused: WindowRefusal | None = None,
    missing: str | None = None,
) -> Response:
    language = await language_of(conn, linked)
    words, currency = PAY_WORDS[language], linked.boutique.currency
    state = _state_of(linked)
    order = linked.order
    lines = (
        as_lines(await orders.items(conn, order_id=order.id)) if order else as_lines(linked.items)
    )
    pictures = await _pictures(services, conn, [line.product_id for line in lines])
    total = order.total_minor if order else quote.total_minor if quote else None
    html = render(
        "pay.html",
        token=token,
        language=language,
        words=words,
        shop=linked.boutique.name,
        state=state,
        waits_s=WAIT_S if state == "waiting" else None,
        lines=[
            {
                "name": line.name,
                "detail": f"{line.colour}, {line.size}",
                "quantity": line.quantity,
                "total": format_money(line.total_minor, currency),
                "picture": pictures.get(line.product_id),
            }
            for line in lines
        ],
        items=format_money(cart.total_minor(lines), currency),
        delivery=_fee(linked, quote, currency, words["delivery_later"]),
        total=format_money(total, currency) if total is not None else None,
        total_minor=total,
        asked=asked or {"address": "", "phone": ""},
        problem=words[problem] if (problem := refused or missing) else None,
        order=order.number if order else None,
        payer=mask_phone(linked.payment.phone) if linked.payment else "",
    )
    status = 200 if refused is None and missing is None else 422
    headers = page_headers(services, forms=True)
    return Response(html, status, media_type="text/html", headers=headers)


def _state_of(linked: LinkedCart) -> str:
    order, payment = linked.order, linked.payment
    if order is None:
        return "over" if linked.link.is_over else "cart" if linked.items else "empty"
    if order.payment_status == "paid":
        return "paid"
    if order.payment_status == "needs_review":
        return "review"
    if order.status == "cancelled":
        return "over"
    if payment is not None and payment.provider == "manual":
        return "by_hand"
    return "waiting" if payment is not None and payment.in_flight else "unpaid"


def _fee(linked: LinkedCart, quote: Quote | None, currency: str, later: str) -> str | None:
    if linked.order is not None:
        if linked.order.fee_to_confirm:
            return later
        return format_money(linked.order.delivery_minor, currency)
    if quote is None:
        return None
    fee = quote.delivery.fee_minor
    return later if fee is None else format_money(fee, currency)


async def _pictures(services: Services, conn: Connection, product_ids: list[str]) -> dict[str, str]:
    known = [one for one in product_ids if one]
    options = await as_options(conn, known)
    return {
        option.product_id: own_link(services, sized_path(option.image_path, FOR_ROWS[0]))
        for option in options
        if option.image_path
    }


def _e164(phone: str, linked: LinkedCart) -> str | None:
    try:
        return to_e164(phone, region=linked.boutique.country)
    except BadPhoneNumber:
        return None


def _back_to(token: str) -> Response:
    headers = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
    return RedirectResponse(f"/s/pay/{token}", status_code=303, headers=headers)
