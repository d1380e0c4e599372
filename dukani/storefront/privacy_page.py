"""`/s/{boutique}/privacy`: what is kept of a visitor, and two buttons to end it."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from dukani.core.database import Connection
from dukani.core.phone import mask_phone
from dukani.core.services import Services
from dukani.core.store import consents, visitors
from dukani.core.store.boutiques import Boutique
from dukani.storefront import window
from dukani.storefront.message_codes import COOKIE
from dukani.storefront.page_parts import (
    MOST_OF_A_FORM,
    Slug,
    about,
    gone,
    keep_visitor,
    language_of,
)
from dukani.storefront.readers import reader_of
from dukani.storefront.rendering import page_headers, render
from dukani.storefront.visitor import forget, visitor_of
from dukani.tools import offers

SOURCE = "window"


def add_privacy_page(app: FastAPI, services: Services) -> None:
    """Adds the routes of what is kept of a visitor."""
    router = APIRouter(
        prefix="/s/{slug}/privacy", include_in_schema=False, max_body_size=MOST_OF_A_FORM
    )

    @router.api_route("", methods=["GET", "HEAD"])
    async def privacy_page(slug: Slug, request: Request) -> Response:
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            html = await _page(services, *opened, request)
        response = Response(
            html, media_type="text/html", headers=page_headers(services, forms=True)
        )
        if reader_of(request.headers) != "person" or "forgotten" in request.query_params:
            return response
        return keep_visitor(services, visitor_of(request), response, opened[1])

    @router.post("/stop")
    async def stop_offers(slug: Slug, request: Request) -> Response:
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            known = await visitors.customer_of(conn, anonymous_id=visitor_of(request).anonymous_id)
            if known is not None:
                await offers.stop(conn, customer_id=known.customer_id, source=SOURCE)
        return _back(f"/s/{shop.slug}/privacy?stopped=1" if known else f"/s/{shop.slug}/privacy")

    @router.post("/forget")
    async def forget_browser(slug: Slug, request: Request) -> Response:
        """What offers she gets is her phone's, and goes on until she stops it."""
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            await visitors.forget(conn, anonymous_id=visitor_of(request).anonymous_id)
        response = _back(f"/s/{shop.slug}/privacy?forgotten=1")
        response.delete_cookie(COOKIE + shop.slug, path="/s/", httponly=True, samesite="lax")
        return forget(response, slug=shop.slug)

    app.include_router(router)


async def _page(services: Services, conn: Connection, shop: Boutique, request: Request) -> str:
    language = language_of(request, shop)
    known = await visitors.customer_of(conn, anonymous_id=visitor_of(request).anonymous_id)
    return render(
        "privacy.html",
        **about(services, request, shop, language),
        phone=mask_phone(known.phone) if known and known.phone else None,
        gets=known is not None and await consents.may_market(conn, customer_id=known.customer_id),
        stopped="stopped" in request.query_params and known is not None,
        forgotten="forgotten" in request.query_params,
    )


def _back(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})
