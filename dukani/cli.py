"""The `dukani` command."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Annotated, Any

import typer
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dukani.app import create_app
from dukani.core.crypto import new_key
from dukani.core.errors import DukaniError
from dukani.core.observability import set_up_logging
from dukani.core.services import Services
from dukani.core.settings import Settings, get_settings
from dukani.graph.context import Senses
from dukani.running import Server, build_senses, demo_settings, open_services
from dukani.sandbox import seed as seeding
from dukani.worker import build_worker, run_worker

app = typer.Typer(
    help="A sales assistant on WhatsApp for every boutique.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
console = Console()


def _settings() -> Settings:
    settings = get_settings()
    set_up_logging(level=settings.log_level, as_json=settings.log_json)
    return settings


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        console.print("Stopped.")
    except DukaniError as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(1) from error


@app.command()
def demo(
    port: Annotated[int | None, typer.Option(help="Port to serve on.")] = None,
) -> None:
    """Everything on this machine: two boutiques, their phones, and the money."""
    settings = _settings()
    if port is not None:
        settings.web.port = port
    settings = demo_settings(settings)
    _serve(settings, with_worker=True, with_seed=True)


@app.command()
def serve(
    worker: Annotated[bool, typer.Option(help="Run the jobs in this process too.")] = False,
    sandbox: Annotated[bool, typer.Option(help="Providers played by the sandbox.")] = False,
) -> None:
    """The API: the doors providers knock on."""
    settings = _settings()
    _serve(demo_settings(settings) if sandbox else settings, with_worker=worker, with_seed=False)


def _serve(settings: Settings, *, with_worker: bool, with_seed: bool) -> None:
    server = Server(settings)
    console.print("Starting the database …")
    server.start()
    try:
        _run(_serving(settings, server.url, with_worker=with_worker, with_seed=with_seed))
    finally:
        server.stop()


async def _serving(settings: Settings, url: str, *, with_worker: bool, with_seed: bool) -> None:
    async with open_services(settings, url) as services:
        senses = build_senses() if with_worker or with_seed else None
        if with_seed and senses is not None:
            await _seed_if_empty(services, senses)
        queue = build_worker(services, senses, url=url) if with_worker and senses else None
        web = uvicorn.Server(
            uvicorn.Config(
                create_app(services, worker=queue),
                host=settings.web.host,
                port=settings.web.port,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=5,
            )
        )
        _say_where_to_go(settings)
        await web.serve()


def _say_where_to_go(settings: Settings) -> None:
    base = f"http://{settings.web.host}:{settings.web.port}"
    if settings.sandbox.enabled:
        console.print(f"\n  Open [bold]{base}/phone[/bold] and write to a boutique.\n")
    else:
        console.print(f"\n  Serving on [bold]{base}[/bold]\n")


@app.command()
def worker() -> None:
    """The jobs: turns, deliveries, payments."""
    settings = _settings()
    server = Server(settings)
    server.start()
    try:
        _run(_working(settings, server.url))
    finally:
        server.stop()


async def _working(settings: Settings, url: str) -> None:
    async with open_services(settings, url) as services:
        task = asyncio.create_task(run_worker(build_worker(services, build_senses(), url=url)))
        for stop in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
        with suppress(asyncio.CancelledError):
            await task


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    server = Server(_settings())
    applied = server.start()
    server.stop()
    for name in applied:
        console.print(f"applied {name}")
    console.print("The database is up to date.")


@app.command()
def seed() -> None:
    """Add the two demo boutiques, if the database is empty."""
    settings = demo_settings(_settings())
    server = Server(settings)
    server.start()
    try:
        _run(_seeding(settings, server.url))
    finally:
        server.stop()


async def _seeding(settings: Settings, url: str) -> None:
    async with open_services(settings, url) as services:
        await _seed_if_empty(services, build_senses())


async def _seed_if_empty(services: Services, senses: Senses) -> None:
    if not await seeding.is_empty(services):
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console
    ) as bars:
        tasks: dict[str, Any] = {}

        def progress(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done)

        await seeding.seed(services, senses.eye, progress=progress)


@app.command("new-key")
def print_new_key() -> None:
    """A key for DUKANI_SECURITY__ENCRYPTION_KEYS."""
    console.print(new_key())
