"""What is measured: API and worker as processes of their own over an embedded PostgreSQL."""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psutil
import psycopg
from psycopg.rows import dict_row

from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import DATABASE, EmbeddedServer
from dukani.core.settings import GivenSettings
from dukani.running import build_senses, open_services
from dukani.sandbox import seed
from tests.bench.floor import use_trivial_nodes
from tests.bench.outside import Outside
from tests.bench.unmeasured import count_nothing
from tests.processes import Service, free_port, separate_settings

PRODUCTS = 10
SLOW_MIND_S = 2.0
Say = Callable[[str], None]


class Process(Protocol):
    """A process of the service."""

    @property
    def pid(self) -> int: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class Stage:
    api: Process
    worker: Process  # the one that works now
    outside: Outside
    superuser_url: str

    def let_work(self, worker: Process) -> None:
        """Change the worker; the one before finishes what it has begun."""
        if self.worker is not worker:
            self.worker.stop()
            worker.start()
            self.worker = worker

    def rows(self, statement: str, **given: Any) -> list[dict[str, Any]]:
        # Nobody is to find our own looking among what was read of a table.
        options = "-c search_path=public,jobs -c enable_seqscan=off"
        with psycopg.connect(self.superuser_url, row_factory=dict_row, options=options) as conn:
            return conn.execute(statement.encode(), given or None).fetchall()

    def analyze(self) -> None:
        """As the database does by itself once a minute: plans for empty tables are thrown away."""
        with psycopg.connect(self.superuser_url, autocommit=True) as conn:
            conn.execute("analyze")

    def cpu_s(self) -> dict[str, float]:
        """Processor seconds used so far, by process."""
        postmaster = next(
            process
            for process in psutil.process_iter(["name", "cmdline"])
            if self._data in (process.info["cmdline"] or ())
        )
        return {
            "API": _used_s([psutil.Process(self.api.pid)]),
            "worker": _used_s([psutil.Process(self.worker.pid)]),
            "PostgreSQL": _used_s([postmaster, *postmaster.children()]),
            "load": _used_s([psutil.Process()]),
        }

    @property
    def _data(self) -> str:
        return self.superuser_url.rpartition("host=")[2]

    def worker_rss_mb(self) -> float:
        return float(psutil.Process(self.worker.pid).memory_info().rss) / 1e6


@dataclass
class Workers(Stage):
    """A stage whose worker can be changed for another one."""

    own_worker: Process  # as it runs in production
    floor_worker: Process  # one whose nodes are trivial
    slow_worker: Process  # one with a mind of two seconds
    unmeasured_worker: Process  # one that counts nothing for the metrics


def _used_s(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    # What a backend that is gone has used is its postmaster's `children` time.
    ended = sum(t.children_user + t.children_system for t in times)
    return float(sum(t.user + t.system for t in times) + ended)


@asynccontextmanager
async def open_stage(say: Say) -> AsyncIterator[Workers]:
    """A seeded boutique with the API, the worker and the outside world running."""
    with tempfile.TemporaryDirectory(prefix="dukani-bench-") as name:
        folder = Path(name)
        server = EmbeddedServer(folder)
        server.start()
        try:
            prepare(server)
            async with _running(folder, server, say) as stage:
                yield stage
        finally:
            server.stop()


def prepare(server: EmbeddedServer) -> None:
    """The database as the demo has it; commits are dated, so that turns can be timed exactly."""
    with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
        conn.execute("alter system set track_commit_timestamp = on")
    server.stop()
    server.start()
    migrations.create_database(server.url("postgres", user="postgres"), DATABASE)
    migrations.migrate(server.url(user="postgres"), bootstrap=True)


@asynccontextmanager
async def _running(folder: Path, server: EmbeddedServer, say: Say) -> AsyncIterator[Workers]:
    port, outside_port = free_port(), free_port()
    settings = separate_settings(folder, port=port, sandbox_port=outside_port, key=new_key())
    settings["sandbox"]["products"] = PRODUCTS
    begun = time.monotonic()
    await seed_demo(settings, server.url())
    say(f"seeded {PRODUCTS} products in {time.monotonic() - begun:.0f} s")
    api = Service(settings, server.url(), part="api")
    own = Service(settings, server.url(), part="worker")
    floor = Service(settings, server.url(), part="worker", change=use_trivial_nodes)
    slow = Service(settings, server.url(), part="worker", mind_s=SLOW_MIND_S)
    unmeasured = Service(settings, server.url(), part="worker", change=count_nothing)
    outside = Outside(api.base_url, outside_port)
    await outside.open()
    try:
        own.start()
        api.start()
        await api.until_it_serves()
        yield Workers(api, own, outside, server.url(user="postgres"), own, floor, slow, unmeasured)
    finally:
        for service in (api, own, floor, slow, unmeasured):
            service.stop()


async def seed_demo(settings: dict[str, Any], url: str) -> None:
    async with open_services(GivenSettings(**settings), url) as services:
        await seed.seed(services, build_senses().eye, progress=lambda *_: None)
