"""What every page of the window has: words, cookies, cards of pieces, the way to the chat."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from dukani.agent.facts import Option
from dukani.agent.wording.names import sizes_named
from dukani.core.languages import LANGUAGES, known
from dukani.core.media_links import own_link
from dukani.core.money import format_money
from dukani.core.picture_sizes import FOR_ROWS, sized_path, srcset
from dukani.core.services import Services
from dukani.core.store.boutiques import Boutique
from dukani.domain.acts import Language
from dukani.storefront.message_codes import keep_message
from dukani.storefront.offer_words import OFFER_WORDS
from dukani.storefront.readers import reader_of
from dukani.storefront.rendering import page_headers, render
from dukani.storefront.shop_number import shop_number
from dukani.storefront.shop_words import SHOP_WORDS
from dukani.storefront.visitor import LANGUAGE, LASTS_S, Visitor, keep, visitor_of
from dukani.storefront.wording import WORDS
from dukani.tools.pieces import size_key

MOST_OF_A_FORM = 16 * 1024  # bytes; an address and a phone are the most that is sent
# Of a page that shows nothing of a shop.
POLICY_OF_WORDS = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
NO_NUL = r"^[^\x00]*$"
Slug = Annotated[str, Path(max_length=63)]
Sku = Annotated[str, Path(max_length=60)]
# What a visitor writes; no database keeps a NUL character.
Address = Annotated[str, Form(max_length=300, pattern=NO_NUL)]
Phone = Annotated[str, Form(max_length=40, pattern=NO_NUL)]


def card(services: Services, shop: Boutique, option: Option, language: Language) -> dict[str, Any]:
    path = option.image_path
    return {
        "sku": option.sku,
        "name": option.name,
        "price": format_money(option.price_minor, shop.currency),
        "sizes": sizes_named(sorted(option.sizes, key=size_key), language),
        "picture": own_link(services, sized_path(path, FOR_ROWS[-1])) if path else None,
        "pictures": srcset(services, path, FOR_ROWS) if path else None,
    }


def about(
    services: Services,
    request: Request,
    shop: Boutique,
    language: Language,
    *,
    sku: str | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """What every page of the window has."""
    base = f"{services.settings.web.public_url.rstrip('/')}/s/{shop.slug}"
    here = f"{base}/p/{quote(sku, safe='')}" if sku else base
    return {
        "words": {**SHOP_WORDS[language], **OFFER_WORDS[language]},
        "language": language,
        "shop": shop.name,
        "slug": shop.slug,
        "home": f"/s/{shop.slug}",
        "here": here,
        "preview": f"{here}/preview.jpg",
        "title": f"{name} – {shop.name}" if name else shop.name,
        "in_cart": sum(visitor_of(request).lines.values()),
        "other_language": "sw" if language == "en" else "en",
    }


def answer(
    services: Services, request: Request, shop: Boutique, visitor: Visitor, html: str
) -> Response:
    headers = page_headers(services, forms=True) | {"x-robots-tag": "all"}
    response = Response(html, media_type="text/html", headers=headers)
    if reader_of(request.headers) != "person":
        return response
    if (chosen := request.query_params.get("lang")) in LANGUAGES:
        response.set_cookie(
            LANGUAGE,
            str(chosen),
            path="/s/",
            max_age=LASTS_S,
            httponly=True,
            samesite="lax",
            secure=is_https(services),
        )
    keep_message(services, request, response, shop)
    return keep_visitor(services, visitor, response, shop)


def keep_visitor(
    services: Services, visitor: Visitor, response: Response, shop: Boutique
) -> Response:
    return keep(visitor, response, slug=shop.slug, secure=is_https(services))


def is_https(services: Services) -> bool:
    return services.settings.web.public_url.startswith("https")


def language_of(request: Request, shop: Boutique) -> Language:
    """What the visitor chose, else what her browser speaks, else the shop's."""
    said = request.query_params.get("lang") or request.cookies.get(LANGUAGE)
    if said in LANGUAGES:
        return known(said)
    spoken = request.headers.get("accept-language", "").lower()
    return next((one for one in LANGUAGES if spoken.startswith(one)), shop.language)


async def to_chat(services: Services, shop: Boutique, text: str) -> Response:
    number = await shop_number(services, shop.id)
    if number is None:
        return gone()
    return RedirectResponse(
        f"https://wa.me/{number.removeprefix('+')}?text={quote(text)}",
        status_code=303,
        headers={"cache-control": "no-store", "referrer-policy": "no-referrer"},
    )


def gone() -> Response:
    html = render("gone.html", english=WORDS["en"], swahili=WORDS["sw"])
    headers = {"cache-control": "no-store", "content-security-policy": POLICY_OF_WORDS}
    return Response(html, 404, media_type="text/html", headers=headers)
