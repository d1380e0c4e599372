"""A sold-out size on a piece's page: she asks to hear when it is there again."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse

from dukani.core.services import Services
from dukani.core.store import consents, visitors
from dukani.storefront import window
from dukani.storefront.page_parts import MOST_OF_A_FORM, Sku, Slug, gone
from dukani.storefront.visitor import visitor_of
from dukani.tools.consent_codes import wait_for


def add_waiting(app: FastAPI, services: Services) -> None:
    """Adds the route; who may not be written yet is led to the page of offers first."""
    router = APIRouter(
        prefix="/s/{slug}/p/{sku}", include_in_schema=False, max_body_size=MOST_OF_A_FORM
    )

    @router.post("/wait")
    async def wait(
        slug: Slug, sku: Sku, request: Request, variant: Annotated[UUID, Form()]
    ) -> Response:
        async with window.open_window(services, slug) as opened:
            if opened is None:
                return gone()
            conn, shop = opened
            known = await visitors.customer_of(conn, anonymous_id=visitor_of(request).anonymous_id)
            there = f"/s/{shop.slug}/offers?waits={variant}"
            if known and await consents.may_market(conn, customer_id=known.customer_id):
                await wait_for(conn, customer_id=known.customer_id, variant_id=str(variant))
                there = f"/s/{shop.slug}/p/{quote(sku, safe='')}?waiting=1"
        return RedirectResponse(there, status_code=303, headers={"cache-control": "no-store"})

    app.include_router(router)
