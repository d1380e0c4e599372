"""Renders a page from its template; all that comes from data is escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import HTTPException, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dukani.core.services import Services

_PAGES = Path(__file__).parent / "pages"
# The empty page is what others are measured beside: `scripts/lighthouse`.
_ASSETS = {"page.css": "text/css", "page.js": "text/javascript", "empty.html": "text/html"}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(values)


def page_headers(services: Services, *, forms: bool = False) -> dict[str, str]:
    """Ours alone may run on a page; pictures may come from where media is stored.

    `forms`: the page sends forms to us, and one of them leads on to WhatsApp.
    """
    stored = (services.settings.web.public_url, services.settings.storage.supabase_url)
    target = "'self' https://wa.me" if forms else "'none'"
    parts = [urlsplit(url) for url in stored if url]
    pictures = " ".join(sorted({f"{part.scheme}://{part.netloc}" for part in parts}))
    return {
        "cache-control": "private, no-cache",
        "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self';"
        f" connect-src 'self'; img-src 'self' {pictures}; base-uri 'none';"
        f" form-action {target};"
        " frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex, nofollow",
    }


def asset(name: str) -> Response:
    if name not in _ASSETS:
        raise HTTPException(404)
    return Response(
        _read(name),
        media_type=_ASSETS[name],
        headers={"cache-control": "public, max-age=3600", "x-content-type-options": "nosniff"},
    )


@lru_cache
def _read(name: str) -> bytes:
    return (_PAGES / name).read_bytes()
