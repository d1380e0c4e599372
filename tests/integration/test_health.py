"""What a platform is told before it sends anybody here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from dukani.app import create_app
from dukani.core import migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.migrations import FOLDER
from tests.wiring import some_services

LATEST = max(path.stem.partition("_")[0] for path in FOLDER.glob("*.sql"))


@asynccontextmanager
async def asking(database: Database, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with some_services(database, folder) as services:
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            yield client


async def test_a_migrated_database_is_ready(database: Database, tmp_path: Path) -> None:
    async with asking(database, tmp_path) as client:
        answer = await client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.usefixtures("template")  # it brings the server our login, whichever test is first
async def test_a_database_nothing_was_applied_to_is_not_ready(
    server: EmbeddedServer, tmp_path: Path
) -> None:
    # given a database as `create database` leaves it
    name, admin = f"t_empty_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    try:
        async with Database(server.url(name)) as empty, asking(empty, tmp_path) as client:
            # when a platform asks
            answer, alive = await client.get("/readyz"), await client.get("/healthz")
    finally:
        with psycopg.connect(admin, autocommit=True) as conn:
            conn.execute(f'drop database "{name}" with (force)'.encode())

    # then it is told what to run; the process itself lives
    assert answer.status_code == 503
    assert "dukani migrate" in answer.json()["reason"]
    assert alive.status_code == 200


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            "delete from supabase_migrations.schema_migrations where version = "
            "(select max(version) from supabase_migrations.schema_migrations)",
            f"Migrations are missing (1, first {LATEST}",
        ),
        # The migration was broken off before its last step.
        ("drop function jobs.defer", "run `dukani migrate`"),
        # A database from before anybody could read its history.
        ("revoke usage on schema supabase_migrations from service_role", "run `dukani migrate`"),
    ],
)
async def test_a_database_of_an_older_version_is_not_ready(
    database: Database, superuser_url: str, tmp_path: Path, change: str, reason: str
) -> None:
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute(change.encode())

    async with asking(database, tmp_path) as client:
        answer = await client.get("/readyz")

    assert answer.status_code == 503
    assert reason in answer.json()["reason"]


async def test_a_database_of_the_next_version_still_serves_this_one(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute(
            "insert into supabase_migrations.schema_migrations (version, name)"
            " values ('20991231000000', 'of_a_later_version')"
        )

    async with asking(database, tmp_path) as client:
        assert (await client.get("/readyz")).status_code == 200


@pytest.mark.slow
async def test_a_database_that_is_gone_is_told_without_a_word_of_where_it_was(
    server: EmbeddedServer, database: Database, database_name: str, tmp_path: Path
) -> None:
    # given a service whose database lets nobody in any more
    with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
        conn.execute(f'alter database "{database_name}" allow_connections false'.encode())
        conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
            (database_name,),
        )
        async with asking(database, tmp_path) as client:
            # when a platform asks
            answer, alive = await client.get("/readyz"), await client.get("/healthz")
        conn.execute(f'alter database "{database_name}" allow_connections true'.encode())

    # then it is told that, and no more; the process itself lives
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reason": "The database does not answer."}
    assert alive.status_code == 200
