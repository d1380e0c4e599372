"""Two APIs behind a balancer, three workers, and the database they share: all to be killed.

The APIs reach the database by PgBouncer in transaction mode, where one is installed, and each
worker by a line of its own, so that its host can be cut off.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psutil

from dukani.core.embedded import EmbeddedServer
from tests.integration.killing.faults.line import Line, a_line
from tests.pooler import PGBOUNCER, pgbouncer, through
from tests.processes import Service, free_port

APIS = 2
WORKERS = 3
UP_WITHIN_S = 60.0


@dataclass
class Fleet:
    """`lines[n]` is the way of worker n to the database."""

    server: EmbeddedServer
    folder: Path
    apis: list[Service]
    workers: list[Service]
    lines: list[Line]
    ended_alone: int = 0

    def start(self) -> None:
        for service in (*self.apis, *self.workers):
            service.start()

    def stop(self) -> None:
        for service in (*self.apis, *self.workers):
            service.stop()

    def kill(self, service: Service) -> None:
        """And it is started again at once, as whatever runs containers does."""
        service.kill()
        service.start()

    async def kill_database(self) -> None:
        """It stops in the middle of everything, and recovers."""
        first_line = (self.folder / "postgres" / "postmaster.pid").read_text().split("\n")[0]
        postmaster = psutil.Process(int(first_line))
        os.kill(postmaster.pid, signal.SIGQUIT)  # an immediate stop
        await asyncio.to_thread(postmaster.wait, 30)
        await asyncio.to_thread(self.server.start_again)

    async def watch(self) -> None:
        """Start again what ended by itself, while the database was away for example."""
        while True:
            await asyncio.sleep(0.5)
            for service in (*self.apis, *self.workers):
                if not service.is_alive:
                    self.ended_alone += 1
                    service.start()


@asynccontextmanager
async def a_fleet(
    server: EmbeddedServer,
    folder: Path,
    url: str,
    settings: dict[str, Any],
    *,
    apis: int = APIS,
    workers: int = WORKERS,
) -> AsyncIterator[Fleet]:
    """All are started; the balancer listens at the port of `settings`' public address."""
    socket = _socket(url)
    async with AsyncExitStack() as stack:
        api_url, pooled = url, False
        if PGBOUNCER is not None:
            more = "default_pool_size = 10\nserver_login_retry = 1"
            port = stack.enter_context(pgbouncer(url, folder / "pooler", more=more))
            api_url, pooled = through(port, url), True
        ports = [free_port() for _ in range(apis)]
        public = urlsplit(settings["web"]["public_url"]).port
        assert public is not None
        await stack.enter_async_context(a_line(public, ports))
        lines = [
            await stack.enter_async_context(a_line(free_port(), [socket])) for _ in range(workers)
        ]
        fleet = Fleet(
            server,
            folder / "database",
            [Service(_at(settings, port, pooled), api_url, part="api") for port in ports],
            [Service(settings, _by(line, url), part="worker") for line in lines],
            lines,
        )
        stack.callback(fleet.stop)
        fleet.start()
        async with asyncio.timeout(UP_WITHIN_S):
            await fleet.apis[0].until_it_serves()
        yield fleet


def _at(settings: dict[str, Any], port: int, pooled: bool) -> dict[str, Any]:
    own = {"web": settings["web"] | {"port": port}}
    return settings | own | {"database": {"transaction_pooler": pooled}}


def _socket(url: str) -> str:
    where = urlsplit(url)
    return f"{parse_qs(where.query)['host'][0]}/.s.PGSQL.{where.port or 5432}"


def _by(line: Line, url: str) -> str:
    where = urlsplit(url)
    return f"postgresql://{where.username}@127.0.0.1:{line.port}{where.path}"
