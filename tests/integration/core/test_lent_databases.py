"""What one test leaves in a database, no other test finds."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.databases import Databases
from tests.every_table import fill_every_table
from tests.factories import a_boutique

# Rows that the template has: one that any worker moves on, one changed, and all of a table gone.
_ROWS_OF_MIGRATIONS = """
update private.automation_watermark set transaction_id = pg_current_xact_id();
update private.shared_number_limits set least = 1;
delete from private.token_prices
"""
_A_JOB = """
set search_path = jobs;
insert into procrastinate_jobs (queue_name, task_name, lock) values ('q', 'deliver', 'a partition')
"""


@pytest.fixture
def databases(server: EmbeddedServer, template: str) -> Iterator[Databases]:
    """A lender of this test's own: whether a database comes again is its to say."""
    lending = Databases(server, template)
    yield lending
    lending.close()


def url(server: EmbeddedServer, name: str) -> str:
    return server.url(name, user="postgres")


def exists(server: EmbeddedServer, name: str) -> bool:
    with psycopg.connect(url(server, "postgres")) as conn:
        found = conn.execute("select from pg_database where datname = %s", (name,)).fetchone()
    return found is not None


def contents(url: str) -> dict[str, object]:
    """The rows of each table, and where each sequence stands."""
    with psycopg.connect(url) as conn:
        rows = conn.execute(
            """select format('%I.%I', schemaname, tablename) from pg_tables
               where schemaname not in ('pg_catalog', 'information_schema')"""
        ).fetchall()
        found: dict[str, object] = {}
        for (table,) in rows:
            every = f"select json_agg(one order by one::text)::text from {table} one"
            found[table] = conn.execute(every.encode()).fetchone()
        for name, last in conn.execute("select sequencename, last_value from pg_sequences"):
            found[name] = last
    return found


async def test_a_database_comes_again_as_it_was(
    databases: Databases, server: EmbeddedServer, template: str
) -> None:
    # given a database with a row in every table, a job, and changed rows of the template
    with databases.lend() as first:
        async with Database(server.url(first)) as database:
            boutique = await a_boutique(database)
        await fill_every_table(url(server, first), boutique)
        with psycopg.connect(url(server, first)) as conn:
            conn.execute(_ROWS_OF_MIGRATIONS)
            conn.execute(_A_JOB)
        filled = contents(url(server, first))

    # when it is lent again
    with databases.lend() as second:
        # then nothing of that is there
        assert second == first
        assert contents(url(server, second)) == contents(url(server, template)) != filled


@pytest.mark.parametrize(
    "change",
    [
        "alter table orders add column colour text",
        "create table extra (id int)",
        "drop table requests cascade",
        "create index on orders (created_at)",
        "alter table orders disable row level security",
        "alter table consents disable trigger all",
        "grant delete on consents to boutique_agent",
        "create policy everything on orders using (true)",
        "create or replace function private.current_boutique() returns uuid language sql"
        " as 'select null::uuid'",
        "drop schema jobs cascade",
        "drop extension vector cascade",
        "alter role dukani_app in database {} set work_mem = '1MB'",
        "alter database {} set search_path = public",
        "delete from supabase_migrations.schema_migrations where name = 'ground'",
        "drop schema supabase_migrations cascade",
    ],
)
def test_a_database_that_was_changed_is_thrown_away(
    databases: Databases, server: EmbeddedServer, change: str
) -> None:
    with databases.lend() as first, psycopg.connect(url(server, first)) as conn:
        conn.execute(sql.SQL(change).format(sql.Identifier(first)))

    assert not exists(server, first)


def test_whoever_is_still_connected_is_sent_away(
    databases: Databases, server: EmbeddedServer
) -> None:
    # given somebody in the middle of a transaction
    with databases.lend() as first:
        left = psycopg.connect(url(server, first))
        left.execute("insert into boutiques (slug, name) values ('left', 'Left')")

    # then it can write no more
    with pytest.raises(psycopg.OperationalError):
        left.commit()
    with databases.lend() as second:
        assert second == first


def test_a_database_whose_connections_were_all_closed_is_thrown_away(
    databases: Databases, server: EmbeddedServer
) -> None:
    with databases.lend() as first, psycopg.connect(url(server, first)) as conn:
        conn.execute(
            """select pg_terminate_backend(pid) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid()"""
        )

    assert not exists(server, first)
