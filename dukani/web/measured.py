"""Times every answer by its route's template, for the metrics."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dukani.core.observability import metrics

_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"))
NO_ROUTE = "none"  # a path of nobody's: it can hold anything, so it is no label


class Measured:
    """ASGI middleware. The time is until the answer begins: a stream may last for hours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = time.perf_counter() - began
                labels = route_of(scope), method_of(scope), f"{message['status'] // 100}xx"
                metrics.HTTP_REQUESTS.labels(*labels).observe(took)
            await send(message)

        await self._app(scope, receive, timed)


def route_of(scope: Scope) -> str:
    """The template of the route that answered, below where its application is mounted."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return NO_ROUTE
    return f"{scope.get('root_path', '')}{path}"


def method_of(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "OTHER"
