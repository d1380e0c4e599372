"""Puts onto every answer what tells a browser to be careful with it; a route may say otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    # Only what says that it may be kept is kept: most answers are a person's or a shop's.
    "cache-control": "no-store",
}
_HTML = "text/html"
# What is no page runs nothing, even where a browser is led to take it for one.
_POLICY_OF_DATA = "default-src 'none'; frame-ancestors 'none'"
_POLICY_OF_PAGES = "frame-ancestors 'none'"
_A_YEAR = "max-age=31536000"


def _given(*, https: bool) -> dict[str, str]:
    return _ALWAYS | ({"strict-transport-security": _A_YEAR} if https else {})


class SafeHeaders:
    """ASGI middleware. `https`: browsers are told to come by HTTPS alone from now on."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._given = _given(https=https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_to(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, careful if scope["type"] == "http" else send)

    def _add_to(self, headers: MutableHeaders) -> None:
        for name, value in self._given.items():
            headers.setdefault(name, value)
        is_page = headers.get("content-type", "").startswith(_HTML)
        policy = _POLICY_OF_PAGES if is_page else _POLICY_OF_DATA
        headers.setdefault("content-security-policy", policy)


def answering_unexpected(*, https: bool) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The handler of errors that nobody expected, which answers outside of all middleware."""
    policy = {"content-security-policy": _POLICY_OF_DATA}

    async def answer(_: Request, __: Exception) -> Response:
        text = "Internal Server Error"
        return PlainTextResponse(text, status_code=500, headers=_given(https=https) | policy)

    return answer
