"""The code of the message that led a visitor here, kept in her browser until she buys.

A code is believed with our signature alone, and only in the shop that sent the message.
"""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response

from dukani.core.services import Services
from dukani.core.store.boutiques import Boutique

PARAMETER = "utm_message_id"
COOKIE = "dukani_message_"
COUNTS_FOR = timedelta(days=5)


def signed_code(services: Services, *, boutique_id: str, code: str) -> str:
    return f"{code}.{services.secrets.sign(_signed(boutique_id, code))}"


def read_code(services: Services, said: str, *, boutique_id: str) -> str | None:
    """The code, if we signed it for this boutique."""
    code, _, signature = said.partition(".")
    if not said.isascii() or not services.secrets.signed(_signed(boutique_id, code), signature):
        return None
    return code


def message_of(services: Services, request: Request, shop: Boutique) -> str | None:
    """The code in the page's address, else the one that the browser kept."""
    for said in (request.query_params.get(PARAMETER), request.cookies.get(COOKIE + shop.slug)):
        code = read_code(services, said, boutique_id=shop.id) if said else None
        if code is not None:
            return code
    return None


def keep_message(services: Services, request: Request, response: Response, shop: Boutique) -> None:
    """Keep the code that came with this address; pages of payment see it too."""
    said = request.query_params.get(PARAMETER)
    if said is None or read_code(services, said, boutique_id=shop.id) is None:
        return
    response.set_cookie(
        COOKIE + shop.slug,
        said,
        path="/s/",
        max_age=int(COUNTS_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=services.settings.web.public_url.startswith("https"),
    )


def _signed(boutique_id: str, code: str) -> str:
    return f"message {boutique_id} {code}"
