"""`/o/{code}`: the link of an SMS by which its recipient stops offers.

Scanners fetch every link of a message, so that looking changes nothing: the button does.
"""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request, Response

from dukani.core.languages import LANGUAGES
from dukani.core.phone import mask_phone
from dukani.core.services import Services
from dukani.core.store import automation_links, boutiques
from dukani.core.store.automation_links import MessageLink
from dukani.core.store.boutiques import Boutique
from dukani.domain.acts import Language
from dukani.storefront.message_links import whose
from dukani.storefront.offer_words import OFFER_WORDS
from dukani.storefront.page_parts import MOST_OF_A_FORM, gone
from dukani.storefront.rendering import page_headers, render
from dukani.tools import offers

SOURCE = "opt_out_link"


def add_opt_out_page(app: FastAPI, services: Services) -> None:
    """Adds the routes of the opt-out link, which no login guards."""
    router = APIRouter(include_in_schema=False, max_body_size=MOST_OF_A_FORM)

    @router.api_route("/o/{code}", methods=["GET", "HEAD"])
    async def opt_out_page(code: str, request: Request) -> Response:
        return await _answer(services, code, request, stop=False)

    @router.post("/o/{code}")
    async def opt_out(code: str, request: Request) -> Response:
        return await _answer(services, code, request, stop=True)

    app.include_router(router)


async def _answer(services: Services, code: str, request: Request, *, stop: bool) -> Response:
    boutique_id = await whose(services, code)
    if boutique_id is None:
        return gone()
    async with services.database.tenant_connection(boutique_id) as conn:
        link = await automation_links.get(conn, code=code)
        shop = await boutiques.get(conn, boutique_id=boutique_id)
        assert link is not None and shop is not None  # just found
        changed = stop and await offers.stop(conn, customer_id=link.customer_id, source=SOURCE)
    state = "ask" if not stop else "stopped" if changed else "stopped_before"
    html = _page(shop, link, _language(request, link), code=code, state=state)
    return Response(html, media_type="text/html", headers=page_headers(services, forms=True))


def _language(request: Request, link: MessageLink) -> Language:
    said = request.query_params.get("lang")
    return said if said in LANGUAGES else link.language


def _page(shop: Boutique, link: MessageLink, language: Language, *, code: str, state: str) -> str:
    return render(
        "opt_out.html",
        words=OFFER_WORDS[language],
        language=language,
        shop=shop.name,
        home=f"/s/{shop.slug}",
        code=code,
        phone=mask_phone(link.phone) if link.phone else None,
        state=state,
    )
