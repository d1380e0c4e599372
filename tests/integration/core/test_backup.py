"""A backup holds the whole installation, and comes back into an empty server as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dukani.core import migrations
from dukani.core.audit.running import audit
from dukani.core.backup import manifest as manifests
from dukani.core.backup.restoring import restore
from dukani.core.backup.taking import ON_SUPABASE, TABLES, take
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.errors import ConfigurationError
from dukani.core.queue import defer
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.integration.core.audit.whole_shop import open_whole_shop

# What was under way is put to rest (`in_flight.py`), and its triggers tell of it.
RESTED = {
    "jobs.procrastinate_jobs", "jobs.procrastinate_events", "private.automation_watermark",
    *(f"public.{table}" for table in (
        "audit_log", "automation_cursors", "automation_decisions", "automation_enrolments",
        "automation_fallbacks_due", "automation_sends", "boutique_exports", "boutiques",
        "campaign_occurrences", "campaigns", "carts", "domain_events", "messages",
        "mpesa_test_steps", "orders", "owner_inbox", "payments", "platform_pauses",
        "stock_reservations", "wallet_top_up_steps", "window_carts",
    )),
}  # fmt: skip
# Of tables to which putting to rest adds rows.
WRITTEN_ON = [f"{table}_id_seq" for table in (
    "procrastinate_events", "automation_decisions", "domain_events", "audit_log",
)]  # fmt: skip


@pytest.fixture
def other_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """Another machine: without our roles."""
    server = EmbeddedServer(tmp_path / "other")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def empty_url(other_server: EmbeddedServer) -> str:
    migrations.create_database(other_server.url("postgres", user="postgres"), "restored")
    return other_server.url("restored", user="postgres")


def contents(url: str) -> dict[str, str | None]:
    """A digest of the rows of each table."""
    told = {}
    with psycopg.connect(url) as conn:
        for schema, table in conn.execute(TABLES).fetchall():
            query = sql.SQL("select md5(string_agg(md5(t::text), '' order by t::text)) from {} t")
            row = conn.execute(query.format(sql.Identifier(schema, table))).fetchone()
            told[f"{schema}.{table}"] = row[0] if row else None
    return told


def rights(url: str) -> list[tuple[str, ...]]:
    """Who may do what, by which policies, and which sequence goes on from where."""
    with psycopg.connect(url) as conn:
        # In an order of its own: who was granted something first is of no account.
        conn.execute(
            """create function pg_temp.acl(granted aclitem[]) returns text language sql as $$
                 select coalesce(string_agg(one::text, ',' order by one::text), '')
                 from unnest(granted) one $$"""
        )
        return conn.execute(
            """select 'table', c.oid::regclass::text, pg_temp.acl(c.relacl),
                 c.relrowsecurity::text from pg_class c
               where c.relnamespace in ('public'::regnamespace, 'jobs'::regnamespace)
                 and c.relkind in ('r', 'p', 'v', 'S')
               union all select 'policy', tablename || ' ' || policyname, roles::text,
                 coalesce(qual, '') from pg_policies
               union all select 'function', p.oid::regprocedure::text, pg_temp.acl(p.proacl),
                 coalesce(p.proconfig::text, '') from pg_proc p
               where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace,
                 'jobs'::regnamespace)
               union all select 'sequence', schemaname || '.' || sequencename, last_value::text, ''
                 from pg_sequences where sequencename <> all (%s)
               union all select 'published', schemaname || '.' || tablename, pubname, ''
                 from pg_publication_tables
               order by 1, 2, 3, 4""",
            (WRITTEN_ON,),
        ).fetchall()


@pytest.mark.slow
async def test_everything_comes_back(
    database: Database, superuser_url: str, empty_url: str, tmp_path: Path
) -> None:
    # given an installation with a whole shop, a job, and its media
    shop = await a_boutique(database)
    open_whole_shop(superuser_url, shop)
    await fill_every_table(superuser_url, await a_boutique(database))
    async with database.system_connection() as conn:
        await defer(conn, "handle_turn", lock="x", args={"boutique_id": shop})
    media = tmp_path / "media"
    (media / shop).mkdir(parents=True)
    (media / shop / "dress.jpg").write_bytes(b"a picture")

    # when it is backed up, and restored on another machine
    backup = tmp_path / "backup"
    take(superuser_url, backup, media=media, bucket=None)
    restored = tmp_path / "restored-media"
    manifest, rested = restore(backup, empty_url, media=restored)

    # then rows, rights, sequences and files are as they were, but for what was under way
    before, after = contents(superuser_url), contents(empty_url)
    changed = {name for name in before if before[name] != after.get(name)}
    assert before.keys() == after.keys()
    assert changed <= RESTED
    assert rights(empty_url) == rights(superuser_url)
    assert (restored / shop / "dress.jpg").read_bytes() == b"a picture"
    assert manifest.rows["public.boutiques"] == 2
    assert rested.jobs >= 1
    assert rested.boutiques == 2
    # and it is migrated, and nothing in it contradicts the rest
    assert migrations.migrate(empty_url) == []
    async with Database(empty_url.replace("//postgres:", "//dukani_app:", 1)) as again:
        report = await audit(again)
    assert [one for one in report.findings if one.boutique == ""] == []
    assert report.boutiques == 2
    # and a second time it is refused
    with pytest.raises(ConfigurationError, match="not empty"):
        restore(backup, empty_url, media=None)


@pytest.mark.slow
async def test_it_comes_back_beside_the_lost_one(
    database: Database, superuser_url: str, server: EmbeddedServer, tmp_path: Path
) -> None:
    # given a backup, and a new database on the same server, which has our roles already
    await a_boutique(database)
    take(superuser_url, tmp_path / "backup", media=None, bucket=None)
    migrations.create_database(server.url("postgres", user="postgres"), "beside")
    beside = server.url("beside", user="postgres")

    # when
    try:
        restore(tmp_path / "backup", beside, media=None)

        # then
        assert rights(beside) == rights(superuser_url)
    finally:
        with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
            conn.execute("drop database beside with (force)")


@pytest.mark.slow
def test_a_project_with_people_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    # given a new project in which somebody has signed up
    with psycopg.connect(empty_url) as conn:
        conn.execute("create schema auth")
        conn.execute("create table auth.users as select 1 as id")

    with pytest.raises(ConfigurationError, match=r"it has auth\.users"):
        restore(a_backup(tmp_path / "backup"), empty_url, media=None)


@pytest.mark.slow
def test_supabase_makes_the_backups_of_its_own_projects(empty_url: str, tmp_path: Path) -> None:
    with psycopg.connect(empty_url, autocommit=True) as conn:
        conn.execute("create role supabase_admin")

    with pytest.raises(ConfigurationError) as refused:
        take(empty_url, tmp_path / "backup", media=None, bucket=None)
    assert str(refused.value) == ON_SUPABASE


@pytest.mark.slow
async def test_what_was_under_way_does_not_happen_again(
    database: Database, superuser_url: str, empty_url: str, tmp_path: Path
) -> None:
    # given a message to be sent, a prompt to be pushed and a campaign that runs
    shop = await a_boutique(database)
    named = open_whole_shop(superuser_url, shop)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute(
            """insert into messages (boutique_id, conversation_id, direction, author, body, channel,
                 provider, status)
               select boutique_id, id, 'out', 'assistant', 'Hi', 'whatsapp', 'twilio', 'queued'
               from conversations where boutique_id = %s limit 1""",
            (shop,),
        )
        conn.execute("update orders set payment_status = 'pending' where id = %s",
                     (named["order"],))  # fmt: skip
        conn.execute(
            """insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor,
                 status, callback_token)
               values (%(b)s, %(order)s, 7, 'daraja', '+254722000001', 500, 'requested', 't7')""",
            named,
        )
    take(superuser_url, tmp_path / "backup", media=None, bucket=None)

    # when it is restored
    _, rested = restore(tmp_path / "backup", empty_url, media=None)

    # then neither leaves the house: a person looks at the prompt
    assert (rested.messages, rested.prompts) == (1, 1)
    with psycopg.connect(empty_url) as conn:
        jobs = conn.execute(
            "select count(*) from jobs.procrastinate_jobs where status in ('todo', 'doing')"
        ).fetchone()
        queued = conn.execute(
            "select error_code from public.messages where status in ('queued', 'sending')"
            " or error_code = 'restored'"
        ).fetchall()
        prompt = conn.execute(
            """select p.status, p.review_reason, o.payment_status from public.payments p
               join public.orders o on o.boutique_id = p.boutique_id and o.id = p.order_id
               where p.callback_token = 't7'"""
        ).fetchone()
    assert jobs == (0,)
    assert queued == [("restored",)]
    assert prompt == ("needs_review", "unknown_result", "needs_review")


def a_backup(folder: Path, **values: object) -> Path:
    folder.mkdir()
    (folder / manifests.DUMP).write_bytes(b"dump")
    given = {
        "version": "9.9.9", "made_at": "2026-11-28T00:00:00+00:00", "server_major": 18,
        "migrations": [], "roles": [], "rows": {},
        "sums": {manifests.DUMP: manifests.sum_of(folder / manifests.DUMP)},
    } | values  # fmt: skip
    manifest = manifests.Manifest.model_validate(given)
    (folder / manifests.FILE).write_text(manifest.model_dump_json())
    return folder


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sums": {manifests.DUMP: "0"}}, "not as it was written"),
        ({"sums": {"media/a.jpg": "0"}}, "is missing"),
        ({"migrations": ["99991231235959"]}, "restore it with Dukani 9.9.9"),
        ({"format": 2}, "is of form 2"),
    ],
    ids=["damaged", "incomplete", "newer", "another form"],
)
def test_a_backup_that_is_not_whole_is_refused(
    tmp_path: Path, values: dict[str, object], said: str
) -> None:
    folder = a_backup(tmp_path / "backup", **values)

    with pytest.raises(ConfigurationError, match=said):
        restore(folder, "postgresql://nowhere.invalid/x", media=None)


def test_a_folder_without_a_manifest_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no backup"):
        restore(tmp_path, "postgresql://nowhere.invalid/x", media=None)


def test_a_backup_is_written_over_nothing(tmp_path: Path, superuser_url: str) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(ConfigurationError, match="not empty"):
        take(superuser_url, tmp_path, media=None, bucket=None)


def test_a_database_that_has_something_is_left_alone(tmp_path: Path, superuser_url: str) -> None:
    folder = a_backup(tmp_path / "backup")

    with pytest.raises(ConfigurationError, match="not empty"):
        restore(folder, superuser_url, media=None)


def test_media_that_lie_there_are_not_overwritten(tmp_path: Path) -> None:
    folder = a_backup(tmp_path / "backup")
    (media := tmp_path / "media").mkdir()
    (media / "a.jpg").write_bytes(b"mine")

    with pytest.raises(ConfigurationError, match="has files already"):
        restore(folder, "postgresql://nowhere.invalid/x", media=media)
