"""Lets no caller wait long for a connection to the database: with none it is told to come again."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from dukani.core.database import waiting_at_most

MOST_S = 4.0  # providers give up after 10 to 15 seconds, and then know of no reason


class InTime:
    """ASGI middleware. `seconds`: how long each transaction of a request may wait to begin."""

    def __init__(self, app: ASGIApp, *, seconds: float = MOST_S) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with waiting_at_most(self._seconds):
            await self._app(scope, receive, send)
