"""The schema is brought up to date once, whoever does it and however often."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dukani.core import migrations
from dukani.core.embedded import EmbeddedServer
from dukani.core.errors import ConfigurationError
from tests.copies import copy_of

FILES = [path.name for path in sorted(migrations.FOLDER.glob("*.sql"))]


@pytest.fixture
def empty_url(server: EmbeddedServer) -> Iterator[str]:
    """A database nothing was ever applied to."""
    name, admin = f"t_empty_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    yield server.url(name, user="postgres")
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database "{name}" with (force)'.encode())


@pytest.fixture
def migrated_url(server: EmbeddedServer, template: str) -> Iterator[str]:
    """A database to which each file was applied."""
    with copy_of(server, template) as name:
        yield server.url(name, user="postgres")


def schema(url: str) -> list[tuple[object, ...]]:
    """Every column, right and policy."""
    with psycopg.connect(url) as conn:
        return conn.execute(
            """select table_schema, table_name, column_name, data_type
               from information_schema.columns where table_schema in ('public', 'jobs')
               union all
               select schemaname, tablename, policyname, roles::text from pg_policies
               union all
               select table_schema, table_name, grantee, privilege_type
               from information_schema.role_table_grants where grantee <> 'postgres'
               order by 1, 2, 3, 4"""
        ).fetchall()


def history(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(
            "select version, name from supabase_migrations.schema_migrations order by 1"
        ).fetchall()


def test_every_file_is_applied_once_and_again_changes_nothing(empty_url: str) -> None:
    first = migrations.migrate(empty_url, bootstrap=True)
    before = schema(empty_url)
    again = migrations.migrate(empty_url, bootstrap=True)

    assert first == FILES
    assert again == []
    assert schema(empty_url) == before


def test_the_history_is_the_one_supabase_keeps(migrated_url: str) -> None:
    wanted = [tuple(name.removesuffix(".sql").split("_", 1)) for name in FILES]
    assert history(migrated_url) == wanted
    assert all(len(version) == 14 and version.isdigit() for version, _ in wanted)


def test_what_supabase_has_pushed_is_not_applied_again(empty_url: str) -> None:
    # given a database whose first file came by `supabase db push`, with its statements kept
    first = migrations.FOLDER / FILES[0]
    with psycopg.connect(empty_url, autocommit=True) as conn:
        conn.execute(migrations.BOOTSTRAP.read_bytes())
        conn.execute(first.read_bytes())
        conn.execute("create schema supabase_migrations")
        conn.execute(
            "create table supabase_migrations.schema_migrations"
            " (version text primary key, statements text[], name text)"
        )
        conn.execute(
            "insert into supabase_migrations.schema_migrations values (%s, array['…'], 'ground')",
            (FILES[0].partition("_")[0],),
        )

    # when ours run, then they go on where it stopped
    assert migrations.migrate(empty_url) == FILES[1:]


def test_two_at_once_take_turns_and_apply_each_file_once(empty_url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(migrations.migrate, empty_url, bootstrap=True) for _ in range(2)]
        applied = [run.result() for run in runs]
    assert sorted(applied[0] + applied[1]) == FILES


def test_a_file_that_fails_leaves_nothing_of_itself(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a good file and one that breaks half way
    (tmp_path / "20300101000000_good.sql").write_text("create table good (id int);")
    bad = tmp_path / "20300101000001_bad.sql"
    bad.write_text("create table half (id int); select 1 / 0;")
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)

    # when they are applied
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrations.migrate(empty_url, bootstrap=True)

    # then the good one stands, and the other is as if it had never been
    assert history(empty_url) == [("20300101000000", "good")]
    with psycopg.connect(empty_url) as conn:
        assert conn.execute("select to_regclass('half')").fetchone() == (None,)


@pytest.mark.parametrize("held_for_ever", [False, True])
def test_a_migration_waits_for_a_table_in_short_tries(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, held_for_ever: bool
) -> None:
    # given a table that a transaction of the running service holds
    with psycopg.connect(migrated_url, autocommit=True) as conn:
        conn.execute("create table public.busy (id int)")
    (tmp_path / "20270101000000_a.sql").write_text("alter table public.busy add column n int")
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT_MS", 50)
    monkeypatch.setattr(migrations, "PATIENCE_S", (0.0, 0.0))
    with psycopg.connect(migrated_url) as holder:
        holder.execute("lock table public.busy")
        if not held_for_ever:
            # it is let go between two tries
            monkeypatch.setattr(migrations.time, "sleep", lambda _: holder.rollback())

            # when, then
            assert migrations.migrate(migrated_url, bootstrap=True) == ["20270101000000_a.sql"]
            return

        # when, then it gives up, and says what to do
        with pytest.raises(ConfigurationError, match=r"20270101000000_a.sql waits for a table"):
            migrations.migrate(migrated_url, bootstrap=True)
    assert ("20270101000000", "a") not in history(migrated_url)


def test_a_database_is_made_once_even_by_two(server: EmbeddedServer) -> None:
    name, admin = f"t_twice_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(lambda _: migrations.create_database(admin, name), range(2)))
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database "{name}" with (force)'.encode())
    assert sorted(made) == [False, True]


def test_a_conversation_of_the_version_before_keeps_the_order_it_awaits_money_for(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # given a database without memories, one order waiting for M-Pesa and one paid
    memories = next(name for name in FILES if name.endswith("_memories.sql"))
    for path in migrations.FOLDER.glob("*.sql"):
        if path.name < memories:
            shutil.copy(path, tmp_path)
    folder = migrations.FOLDER
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)
    migrations.migrate(empty_url, bootstrap=True)
    with psycopg.connect(empty_url) as conn:
        waiting, paid = (_an_order(conn, n, status) for n, status in ((1, "pending"), (2, "paid")))

    # when it is brought up to date
    monkeypatch.setattr(migrations, "FOLDER", folder)
    migrations.migrate(empty_url)

    # then
    with psycopg.connect(empty_url) as conn:
        rows = conn.execute("select conversation_id::text, state from conversation_memories")
        assert dict(rows.fetchall()) == {
            waiting: {"introduced": True, "order_id": waiting, "step": "payment_initiated"},
            paid: {"introduced": True},
        }


def _an_order(conn: psycopg.Connection, n: int, payment_status: str) -> str:
    """In a boutique of its own; everything has the id that is returned."""
    own = str(uuid4())
    values = {"id": own, "n": str(n), "payment_status": payment_status}
    for statement in (
        "insert into boutiques (id, slug, name, owner_name, channel, payment_provider)"
        " values (%(id)s, 'shop-' || %(n)s, 'Shop', 'Amina', 'twilio', 'daraja')",
        "insert into customers (boutique_id, id, phone)"
        " values (%(id)s, %(id)s, '+25472200000' || %(n)s)",
        "insert into conversations (boutique_id, id, customer_id, channel)"
        " values (%(id)s, %(id)s, %(id)s, 'twilio')",
        "insert into orders (boutique_id, id, number, customer_id, conversation_id, currency,"
        " items_minor, address, payment_status) values (%(id)s, %(id)s, 'DK-' || %(n)s, %(id)s,"
        " %(id)s, 'KES', 450000, 'Kilimani', %(payment_status)s)",
    ):
        conn.execute(statement.encode(), values)
    return own
