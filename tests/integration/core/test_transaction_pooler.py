"""Behind a transaction pooler everything works: a webhook, a turn, a worker, a migration.

The pooler is a real PgBouncer with two servers for all; without one these tests are skipped.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import httpx
import psycopg
import pytest

from dukani.agent.local_reader import LocalReader
from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.errors import ConfigurationError, NotAMember
from dukani.core.services import Services
from dukani.core.store import search
from dukani.core.store.search import Criteria
from dukani.graph.context import Senses
from dukani.worker import build_worker, run_worker
from tests.factories import a_boutique
from tests.fakes.providers import FakeProviders
from tests.integration.core.test_database_roles import WHO, boutiques_seen, row
from tests.integration.core.test_members import a_member, actor
from tests.integration.store.test_catalogue_and_orders import a_pictured_product, direction
from tests.journeys.talk import ScriptedEye
from tests.pooler import PGBOUNCER, pgbouncer, through
from tests.processes import free_port, own_environment
from tests.wiring import TWILIO_NUMBER, Caller, a_line, doors_of, jobs, some_services, with_settings

pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed")


@pytest.fixture(params=["", "ignore_startup_parameters = options"])
def port(server: EmbeddedServer, request: pytest.FixtureRequest) -> Iterator[int]:
    """Strict, and one that takes startup options and forgets them.

    Each test has a pooler of its own: one that served a test before still holds connections to the
    database that was cleaned since.
    """
    folder = Path(mkdtemp(prefix="dukani-pooler-"))
    try:
        with pgbouncer(server.url("postgres"), folder, more=request.param) as port:
            yield port
    finally:
        shutil.rmtree(folder)


@pytest.fixture
async def pooled(port: int, server: EmbeddedServer, database_name: str) -> AsyncIterator[Database]:
    url = through(port, server.url(database_name))
    async with Database(url, transaction_pooler=True) as opened:
        yield opened


@pytest.fixture
def providers() -> FakeProviders:
    return FakeProviders()


@pytest.fixture
async def services(
    pooled: Database, providers: FakeProviders, tmp_path: Path
) -> AsyncIterator[Services]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(providers.answer))
    quick = {"quiet_time_s": 0.0}
    async with some_services(pooled, tmp_path, http=http, conversation=quick) as services:
        yield with_settings(services, database={"transaction_pooler": True})


async def test_a_photo_finds_its_piece_whichever_server_answers(pooled: Database) -> None:
    # given
    boutique = await a_boutique(pooled)
    near, far = [await a_pictured_product(pooled, boutique, axis) for axis in (3, 7)]

    async def find() -> list[str]:
        async with pooled.tenant_connection(boutique) as conn:
            hits = await search.find(conn, Criteria(), vector=direction(3), model="m")
            return [hit.product_id for hit in hits]

    # when
    found = await asyncio.gather(*(find() for _ in range(12)))

    # then
    assert found == [[near, far]] * 12


async def test_a_message_is_taken_answered_and_sent(
    services: Services, providers: FakeProviders, pooled: Database
) -> None:
    # given a boutique whose webhooks and worker reach the database through the pooler
    await a_line(services, "twilio", TWILIO_NUMBER)
    queue = build_worker(services, Senses(reader=LocalReader(), eye=ScriptedEye()), url=pooled.url)
    async with doors_of(services) as client, asyncio.timeout(30):
        caller = Caller(client)
        working = asyncio.create_task(run_worker(queue))

        # when two messages come: the first of a stranger, the second of a known customer
        for n in (1, 2):
            answer = await caller.twilio(MessageSid=f"IN{n}", Body="what time do you open?")
            assert answer.status_code == 200
            while len(providers.texts) < n:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

        # then each is answered, and no job is left
        while await jobs(services):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        working.cancel()
        await asyncio.wait({working})
    assert len(providers.texts) == 2


async def test_many_at_once_each_see_their_own_boutique(pooled: Database) -> None:
    # given more boutiques than the pooler has servers
    boutiques = [await a_boutique(pooled) for _ in range(8)]

    async def look(boutique: str) -> None:
        async with pooled.tenant_connection(boutique) as conn:
            assert await boutiques_seen(conn) == {boutique}
            await asyncio.sleep(0.005)
            assert await boutiques_seen(conn) == {boutique}
        at_once = await pooled.at_once(boutique).execute(b"select id::text from boutiques")
        assert await at_once.fetchall() == [{"id": boutique}]

    # when all of them look, again and again
    await asyncio.gather(*(look(boutique) for boutique in boutiques * 5))

    # then nobody inherits a role, a tenant or a setting
    async with pooled.system_connection() as conn:
        assert await row(conn, WHO) == {"role": "service_role", "tenant": "", "claims": ""}


async def test_a_long_statement_is_given_its_time_and_the_next_one_is_not(
    pooled: Database,
) -> None:
    # given a server that served a long statement
    timeout = "select current_setting('statement_timeout') as timeout"
    async with pooled.system_connection(long=True) as conn:
        assert await row(conn, timeout) == {"timeout": "10min"}

    # when others take the servers there are, then their time is short again
    for _ in range(4):
        async with pooled.system_connection() as conn:
            assert await row(conn, timeout) == {"timeout": "30s"}


async def test_many_members_at_once_each_act_in_their_own_boutique(
    pooled: Database, superuser_url: str
) -> None:
    # given boutiques with a member each
    boutiques = [await a_boutique(pooled) for _ in range(6)]
    members = {b: await a_member(superuser_url, b, "staff") for b in boutiques}

    async def look(boutique: str) -> None:
        claims = {"sub": members[boutique]}
        async with pooled.member_connection(claims, boutique) as conn:
            assert await actor(conn) == f"staff:{members[boutique]}"
            await asyncio.sleep(0.005)
            assert await boutiques_seen(conn) == {boutique}
        with pytest.raises(NotAMember):
            async with pooled.member_connection(claims, str(uuid4())):
                pass

    # when all of them look, again and again
    await asyncio.gather(*(look(boutique) for boutique in boutiques * 5))

    # then nobody inherits a role, a tenant or an actor
    async with pooled.system_connection() as conn:
        assert await row(conn, WHO) == {"role": "service_role", "tenant": "", "claims": ""}
        assert await actor(conn) == "system"


async def test_a_statement_is_stopped_after_half_a_minute(pooled: Database) -> None:
    """The setting that lives in the session of a direct connection."""
    async with pooled.system_connection() as conn:
        assert (await row(conn, "show statement_timeout"))["statement_timeout"] == "30s"


def test_migrations_leave_no_lock_behind(port: int, server: EmbeddedServer) -> None:
    # given an empty database
    name, admin = f"t_pooled_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    url = server.url(name, user="postgres")
    try:
        # when it is migrated through the pooler, twice
        applied = migrations.migrate(through(port, url), bootstrap=True)
        again = migrations.migrate(through(port, url), bootstrap=True)

        # then the pooler's connections, which live on, hold nothing another would wait for
        with psycopg.connect(url) as conn:
            held = conn.execute(
                """select count(*) from pg_locks l join pg_database d on d.oid = l.database
                   where l.locktype = 'advisory' and d.datname = current_database()"""
            ).fetchone()
        assert (len(applied) > 0, again, held) == (True, [], (0,))
    finally:
        with psycopg.connect(admin, autocommit=True) as conn:
            conn.execute(f'drop database "{name}" with (force)'.encode())


async def test_a_pooler_the_settings_do_not_name_is_found_at_the_start(
    port: int, server: EmbeddedServer, database_name: str
) -> None:
    """Whether it refuses startup options or ignores them, nothing is served and then fails."""
    with pytest.raises(ConfigurationError, match="DUKANI_DATABASE__TRANSACTION_POOLER=true"):
        await Database(through(port, server.url(database_name))).open()


@pytest.mark.slow
def test_the_commands_start_and_stop(port: int, superuser_url: str, tmp_path: Path) -> None:
    web = free_port()
    environment = own_environment(
        DUKANI_DATABASE__URL=through(port, superuser_url),
        DUKANI_DATABASE__TRANSACTION_POOLER="true",
        DUKANI_DATA_DIR=str(tmp_path),
        DUKANI_WEB__PORT=str(web),
        DUKANI_SECURITY__ENCRYPTION_KEYS=json.dumps([new_key()]),
    )
    command = [sys.executable, "-c", "from dukani.cli import app; app()"]

    def run(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*command, *words],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def stopped(process: subprocess.Popen[str]) -> str:
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=30)[0]
        assert process.returncode == 0, said
        return said

    migrating = run("migrate")
    assert "up to date" in migrating.communicate(timeout=180)[0]
    serving, working = run("serve"), run("worker")
    try:
        _until(lambda: httpx.get(f"http://127.0.0.1:{web}/healthz", timeout=5.0).is_success)
        _until(lambda: _workers(superuser_url) == 1)
        assert "Traceback" not in stopped(serving) + stopped(working)
    finally:
        for process in (serving, working):
            process.kill()
    assert _workers(superuser_url) == 0


def _until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 180
    while time.monotonic() < give_up:
        with suppress(httpx.TransportError):
            if true():
                return
        time.sleep(0.05)
    raise TimeoutError


def _workers(url: str) -> int:
    with psycopg.connect(url) as conn:
        row = conn.execute("select count(*) from jobs.procrastinate_workers").fetchone()
    return int(row[0]) if row else 0
