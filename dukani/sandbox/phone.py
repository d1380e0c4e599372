"""Serves the phone page: a WhatsApp-like chat in a browser, with M-Pesa prompts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

PAGE = Path(__file__).parent / "static" / "phone.html"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def phone_page(api_base: str) -> HTMLResponse:
    """The page for a sandbox at `api_base` (`/sandbox`, or empty when it runs alone)."""
    page = _page().replace("__API_BASE__", api_base.rstrip("/"))
    return HTMLResponse(page, headers={"content-security-policy": POLICY})


@lru_cache(maxsize=1)
def _page() -> str:
    return PAGE.read_text(encoding="utf-8")


def page_router(api_base: str) -> APIRouter:
    """`GET /phone`, for an app that mounts the sandbox at another path."""
    router = APIRouter(include_in_schema=False)

    @router.get("/phone")
    async def page() -> HTMLResponse:
        return phone_page(api_base)

    return router
