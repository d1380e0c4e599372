"""`dukani demo` and `dukani serve`: the API, alone or with worker and sandbox."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.app import create_app
from dukani.commands.frame import (
    console,
    database_of,
    fail,
    read_settings,
    run,
    senses_for,
)
from dukani.core.addresses import links
from dukani.core.errors import DukaniError
from dukani.core.observability import observed
from dukani.core.settings import Settings
from dukani.demo_people import add_demo_people
from dukani.doctor.webhooks import log_closed_webhooks
from dukani.identity.app import serves_identity
from dukani.ports import check_port
from dukani.running import catalogue_eye, demo_settings, open_services
from dukani.sandbox.accounts import ZURI
from dukani.sandbox.history.filling import add_history
from dukani.sandbox.mishaps import let_happen_once
from dukani.sandbox.seed import seed_if_needed
from dukani.serving import WebServer, until_stopped
from dukani.tools.retention import delete_what_is_old
from dukani.watching import watched
from dukani.web_app.serving import DemoLogin
from dukani.worker import build_worker


def demo(*, port: int | None) -> None:
    settings = _settings(port, quiet=True)
    _serve(demo_settings(settings), with_worker=True, with_seed=True)


def serve(*, port: int | None, worker: bool, sandbox: bool) -> None:
    settings = _settings(port)
    _serve(demo_settings(settings) if sandbox else settings, with_worker=worker, with_seed=False)


def _settings(port: int | None, *, quiet: bool = False) -> Settings:
    settings = read_settings(quiet=quiet)
    if port is not None:
        settings.web.port = port
    return settings


def _serve(settings: Settings, *, with_worker: bool, with_seed: bool) -> None:
    try:
        check_port(settings)
    except DukaniError as error:
        fail(error)
    log_closed_webhooks(settings)
    with observed(settings), database_of(settings) as database:
        run(_serving(settings, database.url, with_worker=with_worker, with_seed=with_seed))


async def _serving(
    settings: Settings, database_url: str, *, with_worker: bool, with_seed: bool
) -> None:
    async with open_services(settings, database_url) as services:
        senses = senses_for(settings) if with_worker or with_seed else None
        if with_seed and senses is not None:
            await seed_if_needed(services, catalogue_eye(senses), console)
        own = settings.sandbox.enabled and serves_identity(settings)
        people = await add_demo_people(services) if own else ()
        if own and with_seed:
            await add_history(services, model=senses.eye.model if senses else None)
            await let_happen_once(services)
            await delete_what_is_old(services)  # as the night before would have
        queue = build_worker(services, senses, url=database_url) if with_worker and senses else None
        web = WebServer(
            create_app(services, worker=queue, demo_logins=people),
            settings,
            on_started=lambda: _say_where_to_go(settings, people),
        )
        async with watched(services, worker=queue):
            await until_stopped(web.serve(), stop=web.stop)


def _say_where_to_go(settings: Settings, people: Sequence[DemoLogin]) -> None:
    first, *others = links(settings.web.host, settings.web.port)
    page = "/phone" if settings.sandbox.enabled else ""
    if settings.sandbox.enabled:
        console.print(f"\n  Open [bold]{first}{page}[/bold] and write to a boutique.")
        if people:  # or there is no shop yet
            console.print(f"  Its window is at [bold]{first}/s/{ZURI.key}[/bold]")
        console.print(f"  Its owner's side is at [bold]{first}/[/bold]")
    else:
        console.print(f"\n  Serving on [bold]{first}[/bold]")
    for person in people:
        role = person.role.replace("_", " ")
        console.print(f"    {role} of {person.boutique}: {person.email}, {person.password}")
    for other in others:
        console.print(f"  From other devices: [bold]{other}{page}[/bold]")
    console.print("  Ctrl-C stops it.\n" if settings.sandbox.enabled else "")
