"""Reads a NUL character in an address as one that nobody knows: no database keeps it.

So there is nothing of such a name, as of any other wrong one. Bodies are looked at where they are
read (`dashboard_api/bodies.py`, `webhooks/bodies.py`).
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

_UNKNOWN = "\ufffd"
_IN_A_QUERY = b"%EF%BF%BD"


class Readable:
    """ASGI middleware, before every door."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            scope = {
                **scope,
                "path": scope["path"].replace("\0", _UNKNOWN),
                "query_string": scope["query_string"].replace(b"%00", _IN_A_QUERY),
            }
        await self._app(scope, receive, send)
