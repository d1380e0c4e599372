"""Begins a trace with every request, which all that comes of it belongs to."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from dukani.core.observability.following import following


class Followed:
    """ASGI middleware. No caller chooses the id: it would find its way into the database."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with following():
            await self._app(scope, receive, send)
