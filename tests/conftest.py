"""One embedded PostgreSQL for the run; each test gets a database as migrations leave it."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx._transports.default
import psutil
import psycopg
import pytest
import structlog

from dukani.core import migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.databases import Databases
from tests.examples import add_properties_to_the_slow_suite, follow_the_suite
from tests.hurried_servers import hurried_servers
from tests.kept_apis import KEPT_APIS, keeping_apis
from tests.kept_connections import KEPT, keeping_connections
from tests.long_ones_first import put_long_ones_first
from tests.rows_together import pytest_pycollect_makeitem  # noqa: F401  the hook is found here
from tests.server_folder import server_folder

if TYPE_CHECKING:
    from tests.filled_demos import FilledDemos

TEMPLATE = "dukani_template"
GARBAGE = (20_000, 20, 20)  # objects of a new generation, and rounds of a younger one


def pytest_configure(config: pytest.Config) -> None:
    follow_the_suite(config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    add_properties_to_the_slow_suite(config, items)
    yield
    put_long_ones_first(config, items)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end: nobody need look for garbage in it.

    Of what is not, most goes without the collector, which took a fifteenth of a run to find little.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    try:
        return (yield)
    finally:
        KEPT_APIS.take_back()


@pytest.fixture(scope="session", autouse=True)
def _apis_built_once() -> Iterator[None]:
    with keeping_apis():
        yield


@pytest.fixture(scope="session", autouse=True)
def _servers_hurried() -> Iterator[None]:
    with hurried_servers():
        yield


@pytest.fixture(scope="session", autouse=True)
def _plain_tracebacks() -> None:
    """The library's own setting draws boxes around every variable, for seconds."""
    rendered = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], rendered])


@pytest.fixture(scope="session", autouse=True)
def _certificates_read_once() -> Iterator[None]:
    """A process has one HTTP client, but each test has several, and each reads all of them."""
    module = httpx._transports.default
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "create_ssl_context", lru_cache(module.create_ssl_context))
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A server of this process's own: runs beside one another never share a database."""
    home = server_folder()
    _remove_what_dead_runs_left(home)
    folder = home / str(os.getpid())
    folder.mkdir(parents=True, exist_ok=True)
    embedded = EmbeddedServer(folder)
    embedded.start()
    with psycopg.connect(embedded.url("postgres", user="postgres"), autocommit=True) as conn:
        # Nothing here is to outlive the run; durability has its own test.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            conn.execute(f"alter system set {setting} = off".encode())
        conn.execute("alter system set max_wal_size = '256MB'")
        conn.execute("select pg_reload_conf()")
    yield embedded
    embedded.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _remove_what_dead_runs_left(home: Path) -> None:
    for folder in home.glob("*") if home.exists() else ():
        if not (folder.name.isdigit() and psutil.pid_exists(int(folder.name))):
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(server: EmbeddedServer) -> str:
    migrations.create_database(server.url("postgres", user="postgres"), TEMPLATE)
    migrations.migrate(server.url(TEMPLATE, user="postgres"), bootstrap=True)
    return TEMPLATE


@pytest.fixture(scope="session")
def databases(server: EmbeddedServer, template: str) -> Iterator[Databases]:
    lending = Databases(server, template)
    with keeping_connections():
        yield lending
        lending.close()


@pytest.fixture
def database_name(databases: Databases) -> Iterator[str]:
    with databases.lend() as name:
        yield name


@pytest.fixture
def nothing_prepared(database_name: str) -> None:
    """Connections are new: no statement is planned yet, as if there were next to no rows.

    To be used by a mark where a test fills tables by the thousand, so as to come first.
    """
    KEPT.let_go(database_name)


@pytest.fixture
async def database(server: EmbeddedServer, database_name: str) -> AsyncIterator[Database]:
    """A migrated, empty database; connections have no rights until they take a role."""
    async with Database(server.url(database_name)) as opened:
        yield opened


@pytest.fixture
def superuser_url(server: EmbeddedServer, database_name: str) -> str:
    """For looking at what is really there, past row level security."""
    return server.url(database_name, user="postgres")


@pytest.fixture(scope="session")
def filled_demos(tmp_path_factory: pytest.TempPathFactory) -> FilledDemos:
    from tests.filled_demos import FilledDemos  # with the whole program, for the few who need it

    return FilledDemos(tmp_path_factory.mktemp("filled"))
