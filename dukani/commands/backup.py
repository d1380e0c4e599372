"""`dukani backup` and `dukani restore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import typer

from dukani.commands.frame import console, fail, read_settings
from dukani.core import loop, migrations
from dukani.core.audit.check import Report
from dukani.core.audit.running import audit
from dukani.core.backup.in_flight import Rested, put_to_rest
from dukani.core.backup.restoring import restore as restore_folder
from dukani.core.backup.taking import take
from dukani.core.database import Database
from dukani.core.database_url import explaining
from dukani.core.embedded import DATABASE, EmbeddedServer
from dukani.core.errors import ConfigurationError
from dukani.core.settings import Settings
from dukani.running import NO_DATABASE


def backup(folder: Path) -> None:
    settings = read_settings(quiet=True)
    elsewhere = settings.storage.supabase_url is not None
    try:
        with _owners_url(settings) as url:
            manifest = take(
                url,
                folder,
                media=None if elsewhere else settings.data_dir / "media",
                bucket=settings.storage.bucket if elsewhere else None,
            )
    except ConfigurationError as error:
        fail(error)
    files = len(manifest.sums) - 1
    console.print(f"{sum(manifest.rows.values())} rows and {files} files are in {folder}.")
    if elsewhere:
        console.print(f"The media stay in the bucket {settings.storage.bucket!r}: copy it too.")
    console.print(
        "Keep DUKANI_SECURITY__ENCRYPTION_KEYS apart: without it sealed secrets are lost."
    )


def restore(folder: Path) -> None:
    settings = read_settings(quiet=True)
    local = settings.storage.supabase_url is None
    try:
        with _owners_url(settings, make=True) as url:
            manifest, rested = restore_folder(
                folder, url, media=settings.data_dir / "media" if local else None
            )
            report = loop.run(_audited(url))
    except ConfigurationError as error:
        fail(error)
    console.print(f"Restored, as it was at {manifest.made_at} (Dukani {manifest.version}).")
    _say(rested)
    if not report.findings and not report.unanswered:
        console.print(f"{report.checks} checks of {report.boutiques} boutiques: all of it agrees.")
        return
    console.print("It contradicts itself, as before: `dukani audit` says where.", style="red")
    raise typer.Exit(1)


def recovered(made_at: datetime) -> None:
    """The host of the database brought it back to how it was at `made_at` (UTC if it says none)."""
    settings = read_settings(quiet=True)
    at = made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)
    try:
        with _owners_url(settings) as url:
            migrations.migrate(url)
            with explaining(url), psycopg.connect(url) as conn:
                rested = put_to_rest(conn, made_at=at, same_server=True)
    except ConfigurationError as error:
        fail(error)
    _say(rested)


def _say(rested: Rested) -> None:
    console.print(
        f"Put to rest: {rested.jobs} jobs, {rested.messages} messages not sent,"
        f" {rested.prompts} M-Pesa prompts to be looked at, {rested.top_ups} top-ups unanswered,"
        f" {rested.campaigns} campaigns paused, {rested.enrolments} customers out of their rules."
    )
    console.print(
        f"{rested.boutiques} boutiques are paused: `dukani platform resume` lets them go on."
    )


async def _audited(url: str) -> Report:
    async with Database(url) as database:
        return await audit(database)


@contextmanager
def _owners_url(settings: Settings, *, make: bool = False) -> Iterator[str]:
    """The database of the settings, as it is: nothing is migrated. `make`: the embedded one."""
    if settings.database.url is not None:
        yield settings.database.url.get_secret_value()
        return
    if settings.environment == "production":
        raise ConfigurationError(NO_DATABASE)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    server = EmbeddedServer(settings.data_dir)
    server.start()
    try:
        if make:
            migrations.create_database(server.url("postgres", user="postgres"), DATABASE)
        yield server.url(user="postgres")
    finally:
        server.stop()
