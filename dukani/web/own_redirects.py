"""Makes a redirect within this service a plain path, whichever host the caller said that we are.

The framework leads an address with a slash too many to the right one, and takes the host for it
from the request: behind a proxy that is another one, and anybody may say any.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BY_THE_FRAMEWORK = 307  # no handler of ours answers with it


class OwnRedirects:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def led(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == BY_THE_FRAMEWORK:
                headers = MutableHeaders(scope=message)
                host = Headers(scope=scope).get("host", "")
                headers["location"] = as_path(headers.get("location", ""), host=host)
            await send(message)

        await self._app(scope, receive, led if scope["type"] == "http" else send)


def as_path(location: str, *, host: str) -> str:
    """The location without `host`; one of another host stays as it is."""
    parts = urlsplit(location)
    if not parts.netloc or parts.netloc != host:
        return location
    # Two slashes at its beginning would name a host again.
    path = "/" + parts.path.lstrip("/\\")
    return path + (f"?{parts.query}" if parts.query else "")
