"""The `dukani` command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console

from dukani.app import create_app
from dukani.boutique_file import read_boutique
from dukani.chat.session import chat as chatting
from dukani.core import loop
from dukani.core.addresses import links
from dukani.core.crypto import new_key
from dukani.core.errors import DukaniError
from dukani.core.observability import set_up_logging
from dukani.core.queues import QUEUES
from dukani.core.services import Services
from dukani.core.setting_names import misnamed_here, problems_of
from dukani.core.settings import Settings
from dukani.doctor.doors import log_closed_doors
from dukani.doctor.report import print_examination
from dukani.evals.cli import app as eval_app
from dukani.graph.context import Senses
from dukani.pieces_file import BadPiecesFile
from dukani.ports import check_port
from dukani.running import (
    DatabaseServer,
    build_senses,
    demo_settings,
    open_services,
    running_database,
    with_demo_key,
)
from dukani.sandbox.seed import seed_if_empty
from dukani.serving import (
    WebServer,
    stopping_cleanly,
    until_stopped,
)
from dukani.settings_example import settings_example
from dukani.shopkeeping import PiecesFile, close_shop, fill_shop, open_shop
from dukani.worker import build_worker, run_worker

app = typer.Typer(
    help="A sales assistant on WhatsApp for every boutique.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(eval_app, name="eval")
console = Console()
errors = Console(stderr=True, soft_wrap=True)
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to serve on.")]


def _settings(*, quiet: bool = False) -> Settings:
    """The settings, with logging set up; `quiet` shows warnings only unless a level is set."""
    settings = _read_settings()
    chosen = not quiet or "log_level" in settings.model_fields_set
    set_up_logging(level=settings.log_level if chosen else "WARNING", as_json=settings.log_json)
    return settings


def _read_settings() -> Settings:
    """From the environment and `.env`; what is wrong with them ends the command, a line each."""
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


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        loop.run(work)
    except DukaniError as error:
        _fail(error)


def _fail(error: DukaniError) -> NoReturn:
    console.print(str(error), style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1) from error


@contextmanager
def _database(settings: Settings) -> Iterator[DatabaseServer]:
    """The database, until Ctrl-C or SIGTERM."""
    embedded = settings.database.url is None
    where = f"Starting the database in {settings.data_dir}" if embedded else "Reaching the database"
    _wait(settings, f"{where} …")
    with suppress(KeyboardInterrupt), _opened(settings) as database:
        yield database


@contextmanager
def _opened(settings: Settings) -> Iterator[DatabaseServer]:
    """The database for the length of the block; one that cannot be used is told in one line."""
    with stopping_cleanly(), ExitStack() as stack:
        try:
            database = stack.enter_context(running_database(settings))
        except DukaniError as error:
            _fail(error)
        yield database


def _senses(settings: Settings) -> Senses:
    _wait(settings, "Loading the reader and the eye …")
    return build_senses()


def _wait(settings: Settings, what: str) -> None:
    """What is being waited for; never among JSON lines."""
    if not settings.log_json:
        errors.print(what, style="dim", markup=False, highlight=False)


@app.command()
def demo(
    port: Port = None,
) -> None:
    """Everything on this machine: two boutiques, their phones, and the money."""
    settings = _settings(quiet=True)
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
    try:
        check_port(settings)
    except DukaniError as error:
        _fail(error)
    log_closed_doors(settings)
    with _database(settings) as database:
        _run(_serving(settings, database.url, with_worker=with_worker, with_seed=with_seed))


async def _serving(
    settings: Settings, database_url: str, *, with_worker: bool, with_seed: bool
) -> None:
    async with open_services(settings, database_url) as services:
        senses = _senses(settings) if with_worker or with_seed else None
        if with_seed and senses is not None:
            await seed_if_empty(services, senses.eye, console)
        queue = build_worker(services, senses, url=database_url) if with_worker and senses else None
        web = WebServer(
            create_app(services, worker=queue),
            settings,
            on_started=lambda: _say_where_to_go(settings),
        )
        await until_stopped(web.serve(), stop=web.stop)


def _say_where_to_go(settings: Settings) -> None:
    first, *others = links(settings.web.host, settings.web.port)
    page = "/phone" if settings.sandbox.enabled else ""
    if settings.sandbox.enabled:
        console.print(f"\n  Open [bold]{first}{page}[/bold] and write to a boutique.")
    else:
        console.print(f"\n  Serving on [bold]{first}[/bold]")
    for other in others:
        console.print(f"  From other devices: [bold]{other}{page}[/bold]")
    console.print("  Ctrl-C stops it.\n" if settings.sandbox.enabled else "")


def _that_is_there(queues: list[str] | None) -> list[str] | None:
    if unknown := [name for name in queues or () if name not in QUEUES]:
        names = ", ".join(QUEUES)
        raise typer.BadParameter(f"{', '.join(unknown)}: no such queue; there are {names}")
    return queues


@app.command()
def worker(
    queue: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Work on this queue ({', '.join(QUEUES)}); several times for several. None: all.",
            callback=_that_is_there,
        ),
    ] = None,
) -> None:
    """The jobs: turns, deliveries, payments."""
    settings = _settings()
    with _database(settings) as database:
        _run(_working(settings, database.url, queue or None))


async def _working(settings: Settings, database_url: str, queues: Sequence[str] | None) -> None:
    async with open_services(settings, database_url) as services:
        jobs = build_worker(services, _senses(settings), url=database_url)
        task = asyncio.create_task(run_worker(jobs, queues=queues))
        with suppress(asyncio.CancelledError):
            await until_stopped(_finished(task), stop=lambda: _cancel(task))


async def _finished(task: asyncio.Task[None]) -> None:
    await task


def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    with _opened(_settings()) as database:
        applied = database.applied
    for name in applied:
        console.print(f"applied {name}")
    console.print("The database is up to date.")


@app.command()
def seed() -> None:
    """Add the two demo boutiques, if the database is empty."""
    settings = demo_settings(_settings())
    with _opened(settings) as database:
        _run(_seeding(settings, database.url))


async def _seeding(settings: Settings, database_url: str) -> None:
    async with open_services(settings, database_url) as services:
        await seed_if_empty(services, build_senses().eye, console)


@app.command("add-boutique")
def add_boutique(
    file: Annotated[typer.FileText, typer.Argument(help="Its TOML file; - reads it from stdin.")],
) -> None:
    """Add a boutique, or bring the one with the same number up to date."""
    try:
        boutique = read_boutique(file.read())
    except DukaniError as error:
        _fail(error)
    settings = with_demo_key(_settings(quiet=True))
    with _opened(settings) as database:
        _run(_with_services(settings, database, lambda s: open_shop(s, boutique, typer.echo)))


@app.command("remove-boutique")
def remove_boutique(
    slug: Annotated[str, typer.Argument(help="Its slug.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a boutique; one with paid orders is closed, and its records are kept."""
    if not yes:
        typer.confirm(f"Take away {slug}, its pieces and its customers' chats?", abort=True)
    settings = with_demo_key(_settings(quiet=True))
    with _opened(settings) as database:
        _run(_with_services(settings, database, lambda s: close_shop(s, slug, typer.echo)))


@app.command("add-pieces")
def add_pieces(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV or TOML, as docs/pieces.csv.")
    ],
    boutique: Annotated[
        str | None, typer.Option(help="Its slug; not needed where there is only one.")
    ] = None,
) -> None:
    """Put the pieces of a file and their pictures into a boutique; again, what is new in it."""
    try:
        listed = PiecesFile(file, file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        _fail(BadPiecesFile(f"{file} is not UTF-8 text: save it as “CSV UTF-8”"))
    settings = with_demo_key(_settings(quiet=True))
    whole: list[bool] = []

    async def put_in(services: Services) -> None:
        eye = build_senses().eye
        whole.append(await fill_shop(services, eye, listed, typer.echo, slug=boutique))

    with _opened(settings) as database:
        _run(_with_services(settings, database, put_in))
    raise typer.Exit(0 if all(whole) else 1)


async def _with_services(
    settings: Settings,
    database: DatabaseServer,
    work: Callable[[Services], Coroutine[Any, Any, None]],
) -> None:
    async with open_services(settings, database.url) as services:
        await work(services)


@app.command()
def chat(
    boutique: Annotated[str, typer.Option(help="zuri (by Twilio) or pwani (by Meta).")] = "zuri",
    phone: Annotated[str, typer.Option(help="Whose phone it is.")] = "+254712345678",
    port: Port = None,
) -> None:
    """Talk to the assistant in the terminal; the path of a picture sends it."""
    settings = _settings(quiet=True)
    if port is not None:
        settings.web.port = port
    with suppress(KeyboardInterrupt), stopping_cleanly():
        _run(chatting(settings, console, boutique=boutique, phone=phone))


@app.command()
def doctor(
    sandbox: Annotated[bool | None, typer.Option(help="Look at the demo, or at the rest.")] = None,
) -> None:
    """Check every setting and connection, and say how to fix what is missing."""
    healthy = print_examination(console, as_demo=sandbox)
    raise typer.Exit(0 if healthy else 1)


@app.command("settings-example")
def print_settings_example(
    file: Annotated[Path | None, typer.Argument(help="Write to this file.")] = None,
) -> None:
    """Every setting with its meaning and its default, as a `.env` file."""
    if file is None:
        typer.echo(settings_example(), nl=False)
        return
    file.write_text(settings_example(), encoding="utf-8")


@app.command("new-key")
def print_new_key() -> None:
    """A key for DUKANI_SECURITY__ENCRYPTION_KEYS."""
    console.print(new_key())
