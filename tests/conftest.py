"""One embedded PostgreSQL for the run; each test gets its own clone of a migrated template."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dukani.core import migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import ROOT

TEMPLATE = "dukani_template"


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    # Each worker of a parallel run has its own server: they never share a lock.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(os.environ.get("DUKANI_TEST_DATA", ROOT / ".data" / "test")) / worker
    folder.mkdir(parents=True, exist_ok=True)
    embedded = EmbeddedServer(folder)
    embedded.start()
    with psycopg.connect(embedded.url("postgres", user="postgres"), autocommit=True) as conn:
        # Nothing here is to outlive the run; durability has its own test.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            conn.execute(f"alter system set {setting} = off".encode())
        conn.execute("select pg_reload_conf()")
        for (leftover,) in conn.execute(
            "select datname from pg_database where datname ~ '^(t_|dukani_template)'"
        ).fetchall():
            conn.execute(f'drop database "{leftover}" with (force)'.encode())
    yield embedded
    embedded.stop()


@pytest.fixture(scope="session")
def template(server: EmbeddedServer) -> str:
    migrations.create_database(server.url("postgres", user="postgres"), TEMPLATE)
    migrations.migrate(server.url(TEMPLATE, user="postgres"), bootstrap=True)
    return TEMPLATE


@pytest.fixture
def database_name(
    server: EmbeddedServer, template: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    name = f"t_{re.sub(r'[^a-z0-9]', '_', request.node.name.lower())[:30]}_{uuid4().hex[:8]}"
    admin = server.url("postgres", user="postgres")
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'create database "{name}" template "{template}" strategy wal_log'.encode())
    yield name
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database "{name}" with (force)'.encode())


@pytest.fixture
async def database(server: EmbeddedServer, database_name: str) -> AsyncIterator[Database]:
    """A migrated, empty database; connections have no rights until they take a role."""
    async with Database(server.url(database_name)) as opened:
        yield opened


@pytest.fixture
def superuser_url(server: EmbeddedServer, database_name: str) -> str:
    """For looking at what is really there, past every wall."""
    return server.url(database_name, user="postgres")
