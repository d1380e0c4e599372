"""Refuses bodies larger than a call needs, before they are in memory, and as a problem.

FastAPI's own limit answers in plain text where Content-Length tells the size.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dukani.core.images import MAX_BYTES

MOST = 256 * 1024
MOST_OF_AN_UPLOAD = MAX_BYTES + 64 * 1024  # with the form around the picture


class LimitBodies:
    """ASGI middleware: reading past the limit raises an HTTP 413, also without Content-Length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        is_upload = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
        most = MOST_OF_AN_UPLOAD if is_upload else MOST
        announced = headers.get(b"content-length", b"")
        is_too_large = announced.isdigit() and int(announced) > most
        left = most

        async def counted() -> Message:
            nonlocal left
            message = {"type": "http.request"} if is_too_large else await receive()
            left -= len(message.get("body", b""))
            if is_too_large or left < 0:
                raise HTTPException(413, f"It is larger than {most / 2**20:.2g} MB: send less.")
            return message

        await self._app(scope, counted, send)
