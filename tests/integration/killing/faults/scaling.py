"""How many turns a second one, two or three workers handle, each a process, over one database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import psycopg

from dukani.core import migrations
from dukani.core.audit.check import Report
from dukani.core.audit.running import audit
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import GivenSettings
from dukani.running import open_services
from dukani.sandbox.accounts import ZURI
from tests.integration.killing.faults.fleet import Fleet, a_fleet
from tests.integration.killing.faults.whole import open_zuri, settings_of_a_fleet
from tests.processes import outside_world

WORDS = "what are your opening hours?"  # a picture holds the next message back for a second
# The first tenth is left out, since a process has just begun, and the last, when little is left.
FROM, TO = 0.1, 0.9
WITHIN_S = 180.0
_HANDLED = (
    "select count(*) filter (where handled_at is not null), count(*) from conversation_events"
)
_TO_SEND = "select count(*) from messages where status in ('queued', 'sending')"
_CONNECTIONS = """
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Step:
    """With so many workers: turns a second, processor time of a turn, and connections held."""

    workers: int
    turns: int
    per_second: float
    cpu_ms: float
    connections: int


async def steps(folder: Path, *, turns: int, up_to: Sequence[int]) -> tuple[list[Step], Report]:
    """A step for each number of workers, and what the audit finds after the last."""
    (folder / "database").mkdir()
    server = EmbeddedServer(folder / "database")
    server.start()
    try:
        migrations.create_database(server.url("postgres", user="postgres"), "scale")
        migrations.migrate(server.url("scale", user="postgres"), bootstrap=True)
        settings = settings_of_a_fleet(folder)
        url = server.url("scale")
        with outside_world(settings) as outside:
            async with open_services(GivenSettings(**settings), url) as services:
                await open_zuri(services)
            found = []
            for workers in up_to:
                own = folder / str(workers)
                own.mkdir()
                async with (
                    httpx.AsyncClient(base_url=outside, timeout=60.0) as http,
                    a_fleet(server, own, url, settings, workers=workers) as fleet,
                ):
                    superuser = server.url("scale", user="postgres")
                    found.append(await _step(fleet, http, superuser, turns))
        async with Database(url) as database:
            return found, await audit(database, still=timedelta(0))
    finally:
        server.stop()


async def _step(fleet: Fleet, http: httpx.AsyncClient, url: str, turns: int) -> Step:
    """What waits is written first, so that the workers never wait for it."""
    for worker in fleet.workers:
        worker.stop()
    before, _ = _counted(url)
    for n in range(turns):
        phone = f"+2547{len(fleet.workers)}2{n:06d}"
        message = {"account": ZURI.key, "contact": phone, "text": WORDS}
        (await http.post("/phone/api/messages", json=message)).raise_for_status()
    await _until_written(url, before + turns)
    for worker in fleet.workers:
        worker.start()
    times: dict[int, float] = {}
    connections = 0
    async with asyncio.timeout(WITHIN_S):
        while max(times, default=0) < turns:
            times[_counted(url)[0] - before] = time.monotonic()
            connections = max(connections, _rows(url, _CONNECTIONS)[0])
            await asyncio.sleep(0.05)
    await _until_sent(url)
    cpu_s = sum(worker.cpu_s() for worker in fleet.workers)
    first = min(n for n in times if n >= FROM * turns)
    last = min(n for n in times if n >= TO * turns)
    return Step(
        workers=len(fleet.workers),
        turns=turns,
        per_second=(last - first) / (times[last] - times[first]),
        cpu_ms=1000 * cpu_s / turns,
        connections=connections,
    )


async def _until_written(url: str, events: int) -> None:
    for _ in range(int(10 * WITHIN_S)):
        if _counted(url)[1] >= events:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(f"fewer than {events} messages came in")


async def _until_sent(url: str) -> None:
    """The last replies leave after the last turn."""
    for _ in range(int(10 * WITHIN_S)):
        if _rows(url, _TO_SEND) == (0,):
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("replies are still waiting")


def _counted(url: str) -> tuple[int, int]:
    handled, there = _rows(url, _HANDLED)
    return handled, there


def _rows(url: str, statement: str) -> tuple[int, ...]:
    with psycopg.connect(url) as conn:
        row = conn.execute(statement.encode()).fetchone()
    assert row is not None  # an aggregate has one row
    return tuple(int(value) for value in row)
