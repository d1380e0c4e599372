"""Two APIs behind a balancer, three workers, and the database they share: all to be killed.

The APIs reach the database by PgBouncer in transaction mode, where one is installed, and each
worker by a line of its own, so that its host can be cut off; or each worker is a host in a network.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import SubprocessError
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

import psutil
import structlog
from psycopg import Error as PsycopgError

from dukani.core.embedded import EmbeddedServer
from tests.integration.killing.faults.doors import doors_to
from tests.integration.killing.faults.hosts import Network
from tests.integration.killing.faults.line import Line, a_line
from tests.pooler import PGBOUNCER, pgbouncer, through
from tests.processes import Service, free_port

log = structlog.get_logger()

APIS = 2
WORKERS = 3
UP_WITHIN_S = 180.0  # on a machine that does other work too
RECOVERED_WITHIN_S = 600.0  # the server's package gives up after ten seconds, again and again


class Cable(Protocol):
    async def cut(self, seconds: float, *, reset: bool) -> None: ...


@dataclass
class Fleet:
    """`cables[n]` is the way of worker n to the database, and of a host to everything."""

    server: EmbeddedServer
    folder: Path
    apis: list[Service]
    workers: list[Service]
    cables: Sequence[Cable]
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
        async with asyncio.timeout(RECOVERED_WITHIN_S):
            while not await self._starts_again():
                log.warning("database_not_up_yet")

    async def _starts_again(self) -> bool:
        """On a busy machine the server's own time limit may be over before it has recovered."""
        with contextlib.suppress(OSError, SubprocessError, PsycopgError):
            await asyncio.to_thread(self.server.start_again)
            return True
        return False

    async def until_it_serves(self) -> None:
        """On a busy machine a process may find no database in time, end, and be started again."""
        watching = asyncio.create_task(self.watch())
        try:
            async with asyncio.timeout(UP_WITHIN_S):
                while True:
                    if await self._serves():
                        break
                    await asyncio.sleep(0.5)
        finally:
            watching.cancel()
        self.ended_alone = 0

    async def _serves(self) -> bool:
        with contextlib.suppress(RuntimeError):  # it ended
            await self.apis[0].until_it_serves()
            return True
        return False

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
    network: Network | None = None,
) -> AsyncIterator[Fleet]:
    """All are started; the balancer listens at the port of `settings`' public address.

    With a `network` each worker is in one of its hosts, and reaches the sandbox over its cable.
    """
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
        at = network.gateway if network else "127.0.0.1"
        if network:
            sandbox = urlsplit(settings["sandbox"]["url"]).port
            assert sandbox is not None
            await stack.enter_async_context(a_line(sandbox, [sandbox], at=at))
            stack.enter_context(doors_to(sandbox, network))
        lines = [
            await stack.enter_async_context(a_line(free_port(), [socket], at=at))
            for _ in range(workers)
        ]
        hosts = network.hosts if network else [None] * workers
        fleet = Fleet(
            server,
            folder / "database",
            [Service(_at(settings, port, pooled), api_url, part="api") for port in ports],
            [
                Service(
                    settings,
                    _by(at, line, url),
                    part="worker",
                    change=host.move_in if host else None,
                )
                for host, line in zip(hosts, lines, strict=True)
            ],
            network.hosts if network else lines,
        )
        stack.callback(fleet.stop)
        fleet.start()
        await fleet.until_it_serves()
        yield fleet


def _at(settings: dict[str, Any], port: int, pooled: bool) -> dict[str, Any]:
    own = {"web": settings["web"] | {"port": port}}
    return settings | own | {"database": {"transaction_pooler": pooled}}


def _socket(url: str) -> str:
    where = urlsplit(url)
    return f"{parse_qs(where.query)['host'][0]}/.s.PGSQL.{where.port or 5432}"


def _by(at: str, line: Line, url: str) -> str:
    where = urlsplit(url)
    return f"postgresql://{where.username}@{at}:{line.port}{where.path}"
