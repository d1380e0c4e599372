"""Serves the web application, with a graceful shutdown on Ctrl-C and SIGTERM."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from dukani.core.errors import ConfigurationError
from dukani.core.idle_connections import IDLE_CONNECTION_S
from dukani.core.settings import Settings

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
GRACE_S = 5


class WebServer(uvicorn.Server):
    """A uvicorn server that calls `on_started` and leaves signals to its caller.

    uvicorn's own handling raises the signal again, which would kill the process before the
    database is stopped.
    """

    def __init__(self, app: FastAPI, settings: Settings, *, on_started: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=settings.web.host,
                port=settings.web.port,
                log_config=None,
                access_log=False,
                # By default uvicorn trusts the proxy headers of any client on this machine.
                proxy_headers=bool(settings.web.trusted_proxies),
                forwarded_allow_ips=settings.web.trusted_proxies,
                timeout_graceful_shutdown=GRACE_S,
                timeout_keep_alive=IDLE_CONNECTION_S,
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
        """Finish the open requests, then stop; a second call stops at once."""
        self.force_exit = self.should_exit
        self.should_exit = True


@asynccontextmanager
async def served(
    app: FastAPI, settings: Settings, *, listener: socket.socket | None = None
) -> AsyncIterator[None]:
    """Serve the application during the block, on `listener` if given."""
    started = asyncio.Event()
    web = WebServer(app, settings, on_started=started.set)
    sockets = None if listener is None else [listener]
    serving = asyncio.create_task(web.serve(sockets), name="serving")
    try:
        await _first_of(started, serving)
        yield
    finally:
        web.stop()
        await serving


async def _first_of(started: asyncio.Event, serving: asyncio.Task[None]) -> None:
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait({waiting, serving}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not started.is_set():
        raise ConfigurationError("The server could not be started: see the lines above.")


async def until_stopped(work: Coroutine[Any, Any, None], *, stop: Callable[[], None]) -> None:
    """Run `work`; Ctrl-C or SIGTERM calls `stop`, which must make `work` end."""
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
    """Let SIGTERM end the block as Ctrl-C does, so that everything in it is closed."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
