"""`python -m tests.bench streams`: how soon an open page hears of what happened, with 500 open.

From the commit of an event to its arrival at each page of the boutique, beside a bare route that
passes the database's notification on to as many streams and reads nothing. Both are served by the
same process, in turns, so that a busy minute weighs on both; the pages are a process of their own.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import psycopg
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from psycopg import AsyncConnection
from rich.console import Console
from rich.table import Table

from dukani.core import loop, migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.dashboard_api.app import create_api
from dukani.dashboard_api.waking import CHANNEL
from dukani.serving import served
from tests.signing_in import a_member, a_token, a_verifier
from tests.wiring import some_services

STREAMS, BOUTIQUES = 500, 100
EMITS, WARM = 120, 10
PAUSE_S = 0.05  # between two events
LATEST_S = 20.0
WANTED = 8.0  # of p95, to the bare route's
BARE = "/bare-events"


@dataclass(frozen=True, slots=True)
class Page:
    """An open page of a member."""

    boutique: str
    path: str
    token: str


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds from the commit to the page."""

    name: str
    p50: float
    p95: float


def main(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            console.print(_table(loop.run(_measure(server, Path(folder)))))
        finally:
            server.stop()


async def _measure(server: EmbeddedServer, folder: Path) -> list[Cost]:
    superuser = server.url("bench", user="postgres")
    migrations.create_database(server.url("postgres", user="postgres"), "bench")
    migrations.migrate(superuser, bootstrap=True)
    members = [(b, a_member(superuser, b, "owner")) for b in _add_boutiques(superuser)]
    listener = socket.create_server(("127.0.0.1", 0), backlog=STREAMS)
    async with (
        Database(server.url("bench")) as database,
        some_services(database, folder) as services,
    ):
        api = create_api(services, a_verifier())
        async with _bare_route(api, superuser), served(api, services.settings, listener=listener):
            return await _in_turns(superuser, listener.getsockname()[1], members)


async def _in_turns(superuser: str, port: int, members: Sequence[tuple[str, str]]) -> list[Cost]:
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(2):
        for name, path in (("bare", BARE), ("ours", "")):
            pages = [
                Page(boutique, f"{path}/{boutique}" if path else f"/boutiques/{boutique}/events",
                     a_token(user))
                for boutique, user in members
                for _ in range(STREAMS // BOUTIQUES)
            ]  # fmt: skip
            times[name] += await asyncio.to_thread(_elsewhere, superuser, port, pages)
    return [
        Cost(name, *(_quantile(ms, share) for share in (0.5, 0.95))) for name, ms in times.items()
    ]


def _elsewhere(superuser: str, port: int, pages: list[Page]) -> list[float]:
    """The milliseconds, from a process that holds the pages and makes the events."""
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_hold_pages, args=(there, superuser, port, pages))
    process.start()
    there.close()
    try:
        taken: list[float] = here.recv()
    finally:
        process.join()
    return taken


def _hold_pages(pipe: Pipe, superuser: str, port: int, pages: list[Page]) -> None:
    pipe.send(loop.run(_listen(superuser, port, pages)))


async def _listen(superuser: str, port: int, pages: list[Page]) -> list[float]:
    arrived: dict[str, asyncio.Queue[float]] = defaultdict(asyncio.Queue)
    opened = asyncio.Semaphore(0)
    reading = [asyncio.create_task(_read(port, page, arrived, opened)) for page in pages]
    async with asyncio.timeout(60):
        for _ in pages:
            await opened.acquire()
    boutiques = sorted({page.boutique for page in pages})
    taken: list[float] = []
    async with await AsyncConnection.connect(superuser, autocommit=True) as conn:
        for number in range(WARM + EMITS):
            boutique = boutiques[number * 7 % len(boutiques)]
            begun = time.perf_counter()
            await conn.execute(
                "insert into domain_events (boutique_id, kind, subject_id, payload)"
                " values (%s, 'cart_changed', gen_random_uuid(), '{}')",
                (boutique,),
            )
            async with asyncio.timeout(LATEST_S):
                ended = [await arrived[boutique].get() for _ in range(len(pages) // len(boutiques))]
            if number >= WARM:
                taken += [(at - begun) * 1000 for at in ended]
            await asyncio.sleep(PAUSE_S)
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    return taken


async def _read(
    port: int, page: Page, arrived: dict[str, asyncio.Queue[float]], opened: asyncio.Semaphore
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    headers = ("host: bench", f"authorization: Bearer {page.token}")
    writer.write("\r\n".join((f"GET {page.path} HTTP/1.1", *headers, "", "")).encode())
    try:
        while line := await reader.readline():
            if line.startswith(b": open"):
                opened.release()
            elif line.startswith(b"data: "):
                arrived[page.boutique].put_nowait(time.perf_counter())
    finally:
        writer.close()


@asynccontextmanager
async def _bare_route(api: FastAPI, superuser: str) -> AsyncIterator[None]:
    """A route that tells each notification to the streams of its boutique."""
    waiting: dict[str, set[asyncio.Queue[str]]] = defaultdict(set)

    @api.get(BARE + "/{boutique_id}")
    async def bare_events(boutique_id: str) -> StreamingResponse:
        async def stream() -> AsyncIterator[str]:
            told: asyncio.Queue[str] = asyncio.Queue()
            waiting[boutique_id].add(told)
            yield ": open\n\n"
            try:
                while True:
                    yield f"data: {await told.get()}\n\n"
            finally:
                waiting[boutique_id].discard(told)

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def listen() -> None:
        async with await AsyncConnection.connect(superuser, autocommit=True) as conn:
            await conn.execute(f"listen {CHANNEL}".encode())
            async for notification in conn.notifies():
                for told in waiting[notification.payload]:
                    told.put_nowait(notification.payload)

    listening = asyncio.create_task(listen())
    try:
        yield
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


def _add_boutiques(superuser: str) -> list[str]:
    with psycopg.connect(superuser) as conn:
        rows = conn.execute(
            "insert into boutiques (slug, name) select 'shop-' || g, 'Shop ' || g"
            " from generate_series(1, %s) g returning id::text",
            (BOUTIQUES,),
        ).fetchall()
    return [str(row[0]) for row in rows]


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def _table(costs: Sequence[Cost]) -> Table:
    table = Table(title=f"From the commit to the page, {STREAMS} open in {BOUTIQUES} boutiques")
    for heading in ("", "p50 ms", "p95 ms", "p95 to bare", "wanted"):
        table.add_column(heading, no_wrap=True)
    [bare] = [cost for cost in costs if cost.name == "bare"]
    for cost in costs:
        wanted = "" if cost is bare else f"≤ {WANTED:g}"
        ratio = f"{cost.p95 / bare.p95:.1f}"
        table.add_row(cost.name, f"{cost.p50:.1f}", f"{cost.p95:.1f}", ratio, wanted)
    return table
