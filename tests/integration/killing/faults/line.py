"""A line between two hosts, which can be cut: TCP in front of one or several servers.

What is sent while the line is cut is held, as a network that loses packets does; connections made
meanwhile are not answered. With `reset` they all break instead.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CHUNK = 65536
Where = str | int | tuple[str, int]  # a Unix socket's path, a port of this machine, or of another


@dataclass
class Line:
    """Forwards to the first of `servers` that answers, each connection to the next of them."""

    servers: Sequence[Where]
    port: int
    _whole: asyncio.Event = field(default_factory=asyncio.Event)  # set while nothing is cut
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _turn: int = 0

    async def cut(self, seconds: float, *, reset: bool) -> None:
        """Nothing passes for so long; then all goes on, or every connection is gone."""
        self._whole.clear()
        await asyncio.sleep(seconds)
        if reset:
            for writer in list(self._open):
                writer.transport.abort()
        self._whole.set()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self.servers:
            where = self.servers[self._turn % len(self.servers)]
            self._turn += 1
            with contextlib.suppress(OSError):
                if isinstance(where, str):
                    return await asyncio.open_unix_connection(where)
                host, port = ("127.0.0.1", where) if isinstance(where, int) else where
                return await asyncio.open_connection(host, port)
        return None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.CancelledError):  # the line is taken down
            await self._serve(reader, writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._whole.wait()
        server = await self._connected()
        if server is None:
            writer.transport.abort()
            return
        self._open |= {writer, server[1]}
        ways = [
            asyncio.create_task(self._pass_on(reader, server[1])),
            asyncio.create_task(self._pass_on(server[0], writer)),
        ]
        await asyncio.wait(ways)
        self._open -= {writer, server[1]}

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await source.read(CHUNK):
                await self._whole.wait()
                target.write(chunk)
                await target.drain()
        target.close()


@asynccontextmanager
async def a_line(
    port: int, servers: Sequence[Where], *, at: str = "127.0.0.1"
) -> AsyncIterator[Line]:
    line = Line(servers, port)
    await line.cut(0, reset=False)
    listening = await asyncio.start_server(line.serve, at, port)
    try:
        yield line
    finally:
        listening.close()
        await line.cut(0, reset=True)
