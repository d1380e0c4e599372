"""Shared by all commands: settings, database, and errors as one line."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, NoReturn

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console

from dukani.core import loop
from dukani.core.errors import DukaniError
from dukani.core.observability.logs import set_up_logging
from dukani.core.services import Services
from dukani.core.setting_names import misnamed_here, problems_of
from dukani.core.settings import Settings
from dukani.graph.context import Senses
from dukani.running import DatabaseServer, build_senses, open_services, running_database
from dukani.serving import stopping_cleanly

console = Console()
errors = Console(stderr=True, soft_wrap=True)


def read_settings(*, quiet: bool = False) -> Settings:
    """The settings, with logging set up; `quiet` shows warnings only unless a level is set."""
    settings = _settings()
    chosen = not quiet or "log_level" in settings.model_fields_set
    set_up_logging(level=settings.log_level if chosen else "WARNING", as_json=settings.log_json)
    return settings


def _settings() -> Settings:
    """The settings; on invalid ones prints a line for each and exits."""
    try:
        settings = Settings()
    except (ValidationError, SettingsError) as error:
        for problem in problems_of(error):
            errors.print(
                f"{problem.variable}: {problem.what}. {problem.remedy}", style="red", markup=False
            )
        raise typer.Exit(1) from None
    for wrong in misnamed_here():
        errors.print(f"Warning: {wrong}", style="yellow", markup=False)
    return settings


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run `work`; prints a DukaniError as one line and exits."""
    try:
        loop.run(work)
    except DukaniError as error:
        fail(error)


def fail(error: DukaniError) -> NoReturn:
    console.print(str(error), style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1) from error


@contextmanager
def database_of(settings: Settings) -> Iterator[DatabaseServer]:
    """The database, until Ctrl-C or SIGTERM."""
    embedded = settings.database.url is None
    where = f"Starting the database in {settings.data_dir}" if embedded else "Reaching the database"
    _wait(settings, f"{where} …")
    with suppress(KeyboardInterrupt), opened(settings) as database:
        yield database


@contextmanager
def opened(settings: Settings) -> Iterator[DatabaseServer]:
    """The database for the block; prints one line and exits when it cannot be used."""
    with stopping_cleanly(), ExitStack() as stack:
        try:
            database = stack.enter_context(running_database(settings))
        except DukaniError as error:
            fail(error)
        yield database


def with_services(
    settings: Settings, work: Callable[[Services], Coroutine[Any, Any, None]]
) -> None:
    """Open the database and run `work`."""
    with opened(settings) as database:
        run(_with_services(settings, database.url, work))


async def _with_services(
    settings: Settings, url: str, work: Callable[[Services], Coroutine[Any, Any, None]]
) -> None:
    async with open_services(settings, url, via="command") as services:
        await work(services)


def senses_for(settings: Settings) -> Senses:
    _wait(settings, "Loading the reader and the eye …")
    return build_senses(settings)


def _wait(settings: Settings, what: str) -> None:
    """Print what the command waits for, unless the log is JSON lines."""
    if not settings.log_json:
        errors.print(what, style="dim", markup=False, highlight=False)
