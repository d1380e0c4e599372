"""The doctor before a real database, whole and broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.queue import defer
from dukani.core.settings import GivenSettings
from dukani.core.store.diagnosis import Conn, sealed_accounts
from dukani.doctor import database as looks
from dukani.doctor.check import Verdict
from dukani.doctor.database import connect
from dukani.doctor.examination import check_database
from tests.factories import a_boutique

STALLED_AFTER_S = 30.0


@pytest.fixture
def conn(superuser_url: str) -> Iterator[Conn]:
    with connect(superuser_url) as conn:
        yield conn


def verdicts(conn: Conn) -> dict[str, Verdict]:
    checks = looks.check_schema(conn, stalled_after_s=STALLED_AFTER_S)
    return {check.what: check.verdict for check in checks}


def test_a_migrated_database_is_well(conn: Conn) -> None:
    assert verdicts(conn) == {
        "Migrations": Verdict.GOOD,
        "Extension vector": Verdict.GOOD,
        "Row level security": Verdict.GOOD,
        "Old things": Verdict.OFF,
        "Stalled jobs": Verdict.GOOD,
        "Worker": Verdict.OFF,
        "Queues": Verdict.GOOD,
    }


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (
            "delete from supabase_migrations.schema_migrations"
            " where version = (select max(version) from supabase_migrations.schema_migrations)",
            "Migrations",
        ),
        ("drop table jobs.procrastinate_jobs cascade", "Migrations"),
        ("drop extension vector cascade", "Extension vector"),
        ("alter table orders disable row level security", "Row level security"),
        ("drop schema jobs cascade", "Stalled jobs"),
    ],
)
def test_what_is_broken_is_named(conn: Conn, damage: str, what: str) -> None:
    conn.execute(damage.encode())
    checks = looks.check_schema(conn, stalled_after_s=STALLED_AFTER_S)
    (check,) = [check for check in checks if check.what == what]
    assert check.verdict is Verdict.BAD
    assert check.fix


def test_an_empty_database_needs_every_migration(server: EmbeddedServer, conn: Conn) -> None:
    with connect(server.url("template1", user="postgres")) as empty:
        check = looks.check_migrations(empty)
    assert "pending, first 2" in check.found
    assert "dukani migrate" in check.fix


def test_the_login_becomes_every_role_or_is_told_which_not(
    server: EmbeddedServer, database_name: str, conn: Conn
) -> None:
    url = server.url(database_name)
    conn.execute("create role a_stranger login")
    try:
        stranger = looks.check_roles(server.url(database_name, user="a_stranger"))
    finally:
        conn.execute("drop role a_stranger")
    assert looks.check_roles(url).verdict is Verdict.GOOD
    assert stranger.verdict is Verdict.BAD
    assert "service_role" in stranger.found


@pytest.mark.parametrize(
    ("heartbeat", "stalled", "worker"),
    [
        ("now()", Verdict.GOOD, Verdict.GOOD),
        ("now() - interval '31 seconds'", Verdict.BAD, Verdict.OFF),  # killed in a job
    ],
)
async def test_a_job_whose_worker_died_is_stalled(
    database: Database, conn: Conn, heartbeat: str, stalled: Verdict, worker: Verdict
) -> None:
    # given a job that a worker has begun
    async with database.system_connection() as system:
        await defer(system, "handle_turn", lock="a")
    conn.execute("set search_path = jobs")
    conn.execute(
        f"with w as (insert into jobs.procrastinate_workers (last_heartbeat) values ({heartbeat})"
        " returning id) update jobs.procrastinate_jobs set status = 'doing',"
        " worker_id = (select id from w)".encode()
    )

    # when it is looked at, then the worker's last sign of life decides
    found = verdicts(conn)
    assert (found["Stalled jobs"], found["Worker"]) == (stalled, worker)


async def test_jobs_that_nobody_takes_are_told(database: Database, conn: Conn) -> None:
    async with database.system_connection() as system:
        await defer(system, "handle_turn", lock="a")
    assert verdicts(conn)["Worker"] is Verdict.OFF  # just deferred: not late yet

    conn.execute("update jobs.procrastinate_events set at = now() - interval '2 minutes'")

    assert verdicts(conn)["Worker"] is Verdict.BAD


@pytest.mark.parametrize(
    ("listens_to", "age", "told"),
    [
        (None, "10 seconds", None),
        (None, "2 minutes", "turns is stuck (late): 1 jobs wait, the oldest for 120 s"),
        ("{turns,sending}", "1 second", "nobody_listens"),
    ],
)
async def test_a_stuck_queue_is_told_with_what_to_do(
    database: Database, conn: Conn, listens_to: str | None, age: str, told: str | None
) -> None:
    # given a worker of all queues or of some, and a turn that waits
    async with database.system_connection() as system:
        await defer(system, "handle_turn", lock="a")
    conn.execute("update jobs.procrastinate_events set at = now() - %s::interval", (age,))
    conn.execute(
        "with w as (insert into jobs.procrastinate_workers default values returning id)"
        " insert into private.queue_workers (worker_id, queues, host, pid)"
        " select id, %s::text[], 'here', 1 from w",
        (listens_to,),
    )

    # when
    checks = looks.check_schema(conn, stalled_after_s=STALLED_AFTER_S)

    # then
    (check,) = [check for check in checks if check.what == "Queues"]
    assert (check.verdict is Verdict.BAD) == (told is not None)
    assert (told or "none is stuck") in check.found
    assert bool(check.fix) == (told is not None)


async def test_active_accounts_are_found(database: Database, conn: Conn) -> None:
    boutique = await a_boutique(database, slug="zuri")
    for provider, active in (("twilio", True), ("daraja", False)):
        conn.execute(
            "insert into provider_credentials (boutique_id, provider, account, secrets, active)"
            " values (%s, %s, 'x', 'sealed', %s)",
            (boutique, provider, active),
        )
    assert [(a.boutique, a.provider) for a in sealed_accounts(conn)] == [("zuri", "twilio")]


def test_a_whole_look_at_a_configured_database(superuser_url: str, tmp_path: Path) -> None:
    settings = GivenSettings(data_dir=tmp_path, database={"url": superuser_url})
    checks, found = check_database(settings)
    assert {check.what for check in checks} >= {"Database", "Roles", "Migrations"}
    assert all(check.verdict is not Verdict.BAD for check in checks)
    assert found == []


@pytest.mark.parametrize(
    ("url", "verdict", "words"),
    [
        ("postgresql://nobody@127.0.0.1:1/x", Verdict.BAD, "DUKANI_DATABASE__URL"),
        (None, Verdict.OFF, "dukani demo"),  # a fresh machine: nothing is started
    ],
)
def test_a_database_that_is_not_there(
    tmp_path: Path, url: str | None, verdict: Verdict, words: str
) -> None:
    settings = GivenSettings(data_dir=tmp_path, database={"url": url})
    (check,), _ = check_database(settings)
    assert check.verdict is verdict
    assert words in check.fix
    assert not (tmp_path / "postgres").exists()


def test_the_doctor_reads_only(conn: Conn) -> None:
    conn.execute("set default_transaction_read_only = on")
    assert verdicts(conn)["Migrations"] is Verdict.GOOD
