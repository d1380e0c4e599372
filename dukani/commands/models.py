"""The commands about the models this machine sees with."""

from __future__ import annotations

import httpx
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from dukani.agent.clip.files import NAME, Installed, installed
from dukani.agent.clip.networks import can_run
from dukani.agent.clip.pull import pull as pull_clip
from dukani.agent.local_eye import MODEL
from dukani.commands.frame import console, read_settings, run, with_services
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.core.store import photo_models
from dukani.running import with_demo_key

HOW_TO_INSTALL = "pip install -r requirements-clip.txt"


def pull(source: str | None) -> None:
    run(_pull(read_settings(quiet=True), source))


async def _pull(settings: Settings, source: str | None) -> None:
    columns = (TextColumn(NAME), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(NAME, total=None)
        # Large files are redirected to another host.
        async with httpx.AsyncClient(follow_redirects=True) as http:
            files = await pull_clip(
                http,
                settings.data_dir,
                source=source or settings.models.source,
                revision=settings.models.revision,
                told=lambda here, total: progress.update(bar, completed=here, total=total),
            )
    _say(f"{files.model} is here: {_size_of(files)} in {files.folder}.")
    _say(_how_used())


def list_models() -> None:
    settings = read_settings(quiet=True)
    _say(f"{MODEL}: comes with Dukani, always used.")
    files = installed(settings.data_dir)
    if files is None:
        _say(f"{NAME}: not here, or not whole: dukani models pull")
        return
    _say(f"{files.model}: {_size_of(files)} from {files.manifest.source}. {_how_used()}")


def status() -> None:
    with_services(with_demo_key(read_settings(quiet=True)), _status)


async def _status(services: Services) -> None:
    async with services.database.system_connection() as conn:
        known = await photo_models.of_all(conn)
    if not known:
        _say(f"Every boutique is searched by {MODEL}; no other model looks at its pictures.")
    for one in known:
        searched = "searched by it" if one.ready_at else f"searched by {MODEL} until all are done"
        spoilt = f", {one.unreadable} cannot be opened" if one.unreadable else ""
        _say(f"{one.boutique}: {one.model}: {one.done} of {one.pictures}{spoilt}; {searched}")


def _how_used() -> str:
    if not can_run():
        return f"It is not used: what runs it is missing ({HOW_TO_INSTALL})."
    return "Used from the next start."


def _size_of(files: Installed) -> str:
    return f"{files.manifest.size / 1000:,.0f} kB"


def _say(line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
