"""The internet as a fetcher of strangers' links sees it: names, and one server behind them all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpcore

PUBLIC = "93.184.215.14"
Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Wires(httpcore.AsyncNetworkBackend):
    """Leads public addresses to a server of the test; notes which were connected to."""

    def __init__(self, port: int) -> None:
        self.reached: list[str] = []
        self._port, self._real = port, httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, **given: Any) -> httpcore.AsyncNetworkStream:
        self.reached.append(host)
        return await self._real.connect_tcp("127.0.0.1", self._port)


def names(**known: list[str]) -> Callable[[str, int], Awaitable[list[str]]]:
    """A resolver; a name with several lists gives one after the other."""

    async def resolve(host: str, port: int) -> list[str]:
        return known[host.partition(".")[0]]

    return resolve


@asynccontextmanager
async def a_server(answer: Answer) -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await answer(head, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # the client has gone, as it should
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def saying(status: str, body: bytes = b"", **headers: str) -> Answer:
    async def answer(_head: bytes, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
        if "content_length" not in headers:
            lines.append(f"content-length: {len(body)}")
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()

    return answer
