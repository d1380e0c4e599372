"""`/l/{code}`: the link of a message that a rule sent; notes who opened it, and leads on."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from dukani.core.services import Services
from dukani.core.store import automation_links, boutiques
from dukani.core.store.automation_links import MessageLink
from dukani.core.store.boutiques import Boutique
from dukani.storefront.message_codes import PARAMETER, signed_code
from dukani.storefront.page_parts import MOST_OF_A_FORM, gone
from dukani.storefront.readers import reader_of

CODE = re.compile(r"[0-9A-Za-z]{12}")


def add_message_links(app: FastAPI, services: Services) -> None:
    """Adds the route of messages' links, which no login guards."""
    router = APIRouter(include_in_schema=False, max_body_size=MOST_OF_A_FORM)

    @router.api_route("/l/{code}", methods=["GET", "HEAD"])
    async def opened(code: str, request: Request) -> Response:
        boutique_id = await whose(services, code)
        if boutique_id is None:
            return gone()
        async with services.database.tenant_connection(boutique_id) as conn:
            link = await automation_links.get(conn, code=code)
            shop = await boutiques.get(conn, boutique_id=boutique_id)
            assert link is not None and shop is not None  # just found
            await automation_links.record_open(
                conn,
                send_id=link.send_id,
                opened_by=reader_of(request.headers),
                method=request.method,
                agent=request.headers.get("user-agent", ""),
            )
        return RedirectResponse(
            where_to(services, shop, link),
            status_code=303,
            headers={
                "cache-control": "no-store",
                "referrer-policy": "no-referrer",
                "x-robots-tag": "noindex, nofollow",
            },
        )

    app.include_router(router)


async def whose(services: Services, code: str) -> str | None:
    """The boutique whose message has the code."""
    if not CODE.fullmatch(code):
        return None
    async with services.database.system_connection() as conn:
        return await automation_links.boutique_of(conn, code=code)


def where_to(services: Services, shop: Boutique, link: MessageLink) -> str:
    """A path of our own pages, with what the order will say it came of."""
    parts = urlsplit(link.target)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/s/")
    path = parts.path if ours and "\\" not in parts.path else f"/s/{shop.slug}"
    came_by = {
        "utm_source": link.channel,
        "utm_medium": "automation",
        "utm_campaign": link.rule_id,
        PARAMETER: signed_code(services, boutique_id=shop.id, code=link.code),
    }
    asked = dict(parse_qsl(parts.query)) if ours else {}
    return f"{path}?{urlencode(asked | came_by)}"
