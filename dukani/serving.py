"""Serving the web application, and leaving it cleanly on Ctrl-C and SIGTERM."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dukani.core.errors import ConfigurationError
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.graph.context import Senses
from dukani.sandbox import seed as seeding

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
GRACE_S = 5


class WebServer(uvicorn.Server):
    """Says when it answers; leaves signals to whoever runs it.

    uvicorn's own handling ends in the signal being raised again, which would kill the process
    before the database has been stopped.
    """

    def __init__(self, app: FastAPI, settings: Settings, *, on_started: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=settings.web.host,
                port=settings.web.port,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=GRACE_S,
            )
        )
        self._on_started = on_started
        self._end_streams: Callable[[], None] = app.state.end_streams

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)

    def stop(self) -> None:
        """Answer what is being asked, then leave; asked twice, leave at once."""
        self.force_exit = self.should_exit
        self.should_exit = True


async def until_stopped(work: Coroutine[Any, Any, None], *, stop: Callable[[], None]) -> None:
    """Do `work`; Ctrl-C or SIGTERM meanwhile calls `stop`, which should make it end."""
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        await work
    finally:
        for number in STOP_SIGNALS:
            loop.remove_signal_handler(number)


@contextmanager
def stopping_cleanly() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does: everything in it is closed on the way out."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def check_port(settings: Settings) -> None:
    """Raises ConfigurationError when something else listens there."""
    host, port = settings.web.host, settings.web.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(_port_problem(error, host, port)) from error


def _port_problem(error: OSError, host: str, port: int) -> str:
    choose = f"choose another one with --port {port + 1} (or DUKANI_WEB__PORT)"
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: stop that one, or {choose}."
    reason = os.strerror(error.errno) if error.errno else str(error)
    return f"Cannot listen on {host}:{port} ({reason}): {choose}."


def free_port(host: str) -> int:
    """A port nobody listens on at the moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


async def seed_if_empty(services: Services, senses: Senses, console: Console) -> None:
    """Add the demo boutiques to an empty database, showing how far it is."""
    if not await seeding.is_empty(services):
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, Any] = {}

        def progress(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done)

        await seeding.seed(services, senses.eye, progress=progress)
