"""Runs all checks, in the order of the table."""

from __future__ import annotations

import asyncio
import subprocess

import psycopg
import structlog

from dukani.core.database_url import diagnosis
from dukani.core.errors import ConfigurationError
from dukani.core.services import build_http, build_media_store
from dukani.core.settings import Settings
from dukani.core.store.diagnosis import SealedAccount, sealed_accounts
from dukani.doctor import database, machine, providers, senses, webhooks
from dukani.doctor.check import Check, bad, good, off, reason
from dukani.graph.context import Senses

log = structlog.get_logger()

DATABASE = "Database"
REMEDY = "See postgres/log in DUKANI_DATA_DIR; or set DUKANI_DATABASE__URL to another server."


async def examine(settings: Settings, local: Senses) -> list[Check]:
    """Run every check; nothing is changed but a probe file in the media store."""
    schema, found = await asyncio.to_thread(check_database, settings)
    async with build_http() as http:
        outside = await providers.check_hosts(http, settings, found)
        try:
            media = await senses.check_media(build_media_store(settings, http))
        except ConfigurationError as error:
            media = bad("Media store", reason(error), "Set both, or neither.")
    return [
        *check_settings(settings),
        *schema,
        providers.check_accounts(settings, found),
        *providers.check_needs(settings, found),
        *outside,
        media,
        await senses.check_eye(local.eye),
        await senses.check_reader(local.reader),
    ]


def check_settings(settings: Settings) -> list[Check]:
    """The checks that need no connection."""
    return [
        machine.check_python(),
        machine.check_data_folder(settings.data_dir),
        machine.check_encryption_keys(settings),
        machine.check_public_url(settings),
        machine.check_sign_in(settings),
        *webhooks.check_webhooks(settings),
        machine.check_paylink_address(settings),
    ]


def check_database(settings: Settings) -> tuple[list[Check], list[SealedAccount]]:
    """The checks of the database, and the boutiques' accounts in it."""
    try:
        with database.database_urls(settings) as urls:
            if urls is None:
                return [_no_database_yet(settings)], []
            with database.connect(urls.owner) as conn:
                schema = database.check_schema(conn, stalled_after_s=settings.queue.stalled_after_s)
                checks = [_reached(settings), *schema, database.check_roles(urls.runtime)]
                return checks, sealed_accounts(conn)
    except psycopg.Error as error:
        return [_not_reached(settings, error)], []
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        log.debug("embedded_postgres_not_started", exc_info=True)
        return [bad(DATABASE, f"the embedded server does not start: {reason(error)}", REMEDY)], []


def _no_database_yet(settings: Settings) -> Check:
    fix = "`dukani demo`, or set DUKANI_DATABASE__URL."
    return off(DATABASE, f"embedded, none in {settings.data_dir} yet", fix)


def _reached(settings: Settings) -> Check:
    where = "embedded" if settings.database.url is None else "DUKANI_DATABASE__URL"
    return good(DATABASE, f"{where}, reached")


def _not_reached(settings: Settings, error: psycopg.Error) -> Check:
    url = settings.database.url
    if url is None:
        return bad(DATABASE, reason(error), database.MIGRATE)
    found = diagnosis(url.get_secret_value(), error)
    return bad(DATABASE, found.reason, found.remedy)
