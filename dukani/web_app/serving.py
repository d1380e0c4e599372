"""Answers every path that no route has with a page of the dashboard; API and phone need none."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.types import ASGIApp, Receive, Scope, Send

from dukani.core.settings import Settings
from dukani.web_app.bundle import unpack
from dukani.web_app.site import Site, SiteFile, build_site

_READS = ("GET", "HEAD")


class DemoLogin(BaseModel):
    """A person of the demo, whom the page signs in with one tap."""

    email: str
    password: str
    name: str
    boutique: str
    role: str


class ServedConfig(BaseModel):
    """What the page reads first, at `/config.json`. No address: the page's own origin."""

    auth_url: str | None = None
    anon_key: str | None = None
    phone_url: str | None = None
    demo_logins: tuple[DemoLogin, ...] = ()


def serve_web_app(app: FastAPI, settings: Settings, config: ServedConfig) -> None:
    """Serve the dashboard at `/`, behind every other route of `app`."""

    @app.get("/config.json", include_in_schema=False)
    async def served_config() -> Response:
        return Response(
            config.model_dump_json(exclude_none=True),
            media_type="application/json",
            headers={"cache-control": "no-store"},
        )

    # A route for every path would answer a wrong method of another route, so this is what the
    # router turns to when no route has the path.
    app.router.default = _pages(
        lru_cache(maxsize=1)(lambda: _site(settings, config)), otherwise=app.router.default
    )


def _site(settings: Settings, config: ServedConfig) -> Site:
    """Built when the first page is asked for, since most processes serve none."""
    calls = [_origin(config.auth_url)] if config.auth_url else []
    stored = [settings.web.public_url, settings.storage.supabase_url]
    pictures = [_origin(url) for url in stored if url]
    return build_site(unpack(), pictures=pictures, calls=calls)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _pages(site: Callable[[], Site], *, otherwise: ASGIApp) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _READS:
            await otherwise(scope, receive, send)
            return
        request = Request(scope)
        found = site().find(scope["path"])
        missing = site().not_found if "text/html" in request.headers.get("accept", "") else None
        if found is not None:
            await _response(request, found)(scope, receive, send)
        elif missing is not None:
            await _response(request, missing, status=404)(scope, receive, send)
        else:
            await otherwise(scope, receive, send)

    return answer


def _response(request: Request, file: SiteFile, *, status: int = 200) -> Response:
    if status == 200 and request.headers.get("if-none-match") == file.headers["etag"]:
        return Response(status_code=304, headers=dict(file.headers))
    takes_gzip = "gzip" in request.headers.get("accept-encoding", "")
    zipped = file.compressed if takes_gzip else None
    content = file.content if zipped is None else zipped
    headers = dict(file.headers)
    if zipped is not None:
        headers["content-encoding"] = "gzip"
    if request.method == "HEAD":
        headers["content-length"] = str(len(content))
        content = b""
    return Response(content, status_code=status, headers=headers)
