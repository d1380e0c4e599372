"""As little HTTP as two keep-alive connections need: a load must not be its own bottleneck."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CONNECTIONS = 32
REUSED_WITHIN_S = 2.0  # the server closes what was idle for five, and may be doing so just now

Answer = tuple[int, str, bytes]  # status, content type, body
Handler = Callable[[str, str, bytes], Answer]  # method, target, body


class Poster:
    """Posts to one address over a few connections; each carries one request at a time."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = str(parts.hostname), int(parts.port or 80)
        self._idle: asyncio.LifoQueue[_Line | None] = asyncio.LifoQueue()
        for _ in range(CONNECTIONS):
            self._idle.put_nowait(None)

    async def post(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        """The status of the answer."""
        line = await self._idle.get()
        try:
            if line is not None and line.is_stale:
                line.writer.close()
                line = None
            if line is None:
                line = _Line(*await asyncio.open_connection(self._host, self._port))
            return await line.exchange(self._head(path, body, headers) + body)
        except (OSError, asyncio.IncompleteReadError):
            line = None
            raise
        finally:
            self._idle.put_nowait(line)

    def _head(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        given = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        first = f"POST {path} HTTP/1.1\r\nhost: {self._host}:{self._port}\r\n"
        return f"{first}{given}content-length: {len(body)}\r\n\r\n".encode()


@dataclass(slots=True)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used_at: float = field(default_factory=time.monotonic)

    @property
    def is_stale(self) -> bool:
        return self.reader.at_eof() or time.monotonic() - self.used_at > REUSED_WITHIN_S

    async def exchange(self, request: bytes) -> int:
        """The status of the answer."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        await self.reader.readexactly(_length(head))
        self.used_at = time.monotonic()
        return int(head.split(b" ", 2)[1])


async def serve(port: int, handler: Handler) -> asyncio.Server:
    """A server that answers every request with what `handler` says at once."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(_length(head))
                method, target, _ = head.decode("latin-1").split(" ", 2)
                writer.write(_answer(*handler(method, target, body)))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.close()  # the other side has gone, or the run is over

    return await asyncio.start_server(talk, "127.0.0.1", port)


def _answer(status: int, content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
