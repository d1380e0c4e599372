"""`/s/{slug}`: the pieces a campaign chose for one customer; any other name is a shop's window."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from dukani.agent.wording.names import sizes_named
from dukani.core.media_links import own_link
from dukani.core.money import format_money
from dukani.core.picture_sizes import FOR_ROWS, sized_path, srcset
from dukani.core.services import Services
from dukani.core.store import personal_pages
from dukani.core.store.personal_pages import PagePiece, PersonalPage
from dukani.storefront.page_parts import MOST_OF_A_FORM, gone
from dukani.storefront.readers import reader_of
from dukani.storefront.rendering import asset, page_headers, render
from dukani.storefront.shop_number import shop_number
from dukani.storefront.shop_page import show_shop
from dukani.storefront.wording import WORDS
from dukani.tools.pieces import size_key

Slug = Annotated[str, Path(max_length=63)]


def add_personal_pages(app: FastAPI, services: Services) -> None:
    """Adds the routes of personal pages, which no boutique's login guards."""
    router = APIRouter(include_in_schema=False, max_body_size=MOST_OF_A_FORM)

    @router.api_route("/s/{slug}", methods=["GET", "HEAD"])
    async def personal_page(slug: Slug, request: Request) -> Response:
        """The page; previews and bots are noted here, a person by what the page does.

        A name that is no link's is that of a shop's window.
        """
        found = await _found(services, slug)
        if found is None:
            return await show_shop(services, slug, request)
        page, pieces = found
        reader = reader_of(request.headers)
        if reader != "person":
            await _record(services, page, request)
        shown = [_shown(services, page, piece) for piece in pieces]
        html = render("personal.html", page=page, pieces=shown, words=WORDS[page.language])
        return Response(html, media_type="text/html", headers=page_headers(services))

    @router.post("/s/{slug}/opened", status_code=204)
    async def opened(slug: Slug, request: Request) -> Response:
        """The page is on a screen: its script says so."""
        found = await _page(services, slug)
        if found is not None:
            await _record(services, found, request)
        return Response(status_code=204)

    @router.get("/s/{slug}/chat")
    async def chat(
        slug: Slug, request: Request, piece: Annotated[int | None, Query(ge=1, le=6)] = None
    ) -> Response:
        """To the shop's chat, with words about the piece already typed."""
        found = await _found(services, slug)
        number = await shop_number(services, found[0].boutique_id) if found else None
        if found is None or number is None:
            return gone()
        page, pieces = found
        await _record(services, page, request)
        words = WORDS[page.language]
        wanted = next((one.name for one in pieces if one.number == piece), None)
        text = words.wants.format(piece=wanted) if wanted else words.hello
        return RedirectResponse(
            f"https://wa.me/{number.removeprefix('+')}?text={quote(text)}",
            status_code=303,
            headers={"cache-control": "no-store", "referrer-policy": "no-referrer"},
        )

    @router.get("/storefront/{name}")
    async def part_of_a_page(name: str) -> Response:
        """The style sheet and the script of these pages."""
        return asset(name)

    app.include_router(router)


async def _page(services: Services, slug: str) -> PersonalPage | None:
    found = await _found(services, slug)
    return found[0] if found else None


async def _found(services: Services, slug: str) -> tuple[PersonalPage, list[PagePiece]] | None:
    """Read as the boutique itself, once it is known whose page it is."""
    async with services.database.system_connection() as conn:
        boutique_id = await personal_pages.boutique_of(conn, slug=slug)
    if boutique_id is None:
        return None
    async with services.database.tenant_connection(boutique_id) as conn:
        page = await personal_pages.get(conn, slug=slug)
        return (page, await personal_pages.pieces(conn, slug=slug)) if page else None


async def _record(services: Services, page: PersonalPage, request: Request) -> None:
    async with services.database.tenant_connection(page.boutique_id) as conn:
        await personal_pages.record_open(
            conn,
            slug=page.slug,
            opened_by=reader_of(request.headers),
            agent=request.headers.get("user-agent", ""),
        )


def _shown(services: Services, page: PersonalPage, piece: PagePiece) -> dict[str, object]:
    path = piece.picture_path
    return {
        "number": piece.number,
        "name": piece.name,
        "price": format_money(piece.price_minor, page.currency),
        "sizes": sizes_named(sorted(piece.sizes, key=size_key), page.language),
        "picture": own_link(services, sized_path(path, FOR_ROWS[-1])) if path else None,
        "pictures": srcset(services, path) if path else None,
    }
