"""The accounts are read by the auth service alone, and it reads nothing else."""

from __future__ import annotations

import psycopg
import pytest

from dukani.core import migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.every_table import fill_every_table
from tests.factories import a_boutique

TABLES = ("users", "sessions", "one_time_tokens", "signing_keys")


@pytest.mark.parametrize(
    "role",
    [
        "dukani_app", "anon", "authenticated", "service_role", "boutique_agent", "boutique_staff",
        "boutique_owner",
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", TABLES)
async def test_no_other_role_reads_an_account(
    database: Database, superuser_url: str, role: str, table: str
) -> None:
    with psycopg.connect(superuser_url) as admin:
        cursor = admin.execute(
            "select bool_or(has_any_column_privilege(%(role)s, %(table)s, p)"
            "  or has_table_privilege(%(role)s, %(table)s, p || ''))"
            " from unnest(array['select', 'insert', 'update', 'references']) p",
            {"role": role, "table": f"auth.{table}"},
        )
        row = cursor.fetchone()
    assert row == (False,)


async def test_the_auth_service_reads_nothing_of_a_boutique(
    database: Database, superuser_url: str
) -> None:
    # given a boutique with a row in every table
    await fill_every_table(superuser_url, await a_boutique(database))
    with psycopg.connect(superuser_url) as admin:
        names = [
            row[0]
            for row in admin.execute(
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                " where schemaname in ('public', 'jobs', 'private')"
            )
        ]
    assert len(names) > 20

    # when the auth service reaches for each
    for name in names:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with database.identity_connection() as conn:
                await conn.execute(f"select from {name} limit 1".encode())


@pytest.mark.slow
def test_a_database_of_an_earlier_version_gets_the_tables(server: EmbeddedServer) -> None:
    # given a database whose auth schema is as it once was, with a person
    name = "earlier_auth"
    migrations.create_database(server.url("postgres", user="postgres"), name)
    url = server.url(name, user="postgres")
    with psycopg.connect(url) as admin:
        admin.execute("create schema auth")
        admin.execute(
            "create table auth.users (id uuid primary key default gen_random_uuid(),"
            " email text unique, encrypted_password text,"
            " raw_app_meta_data jsonb not null default '{}',"
            " raw_user_meta_data jsonb not null default '{}',"
            " created_at timestamptz not null default now())"
        )
        admin.execute("insert into auth.users (email) values ('amina@example.com')")

    # when it is brought up to date, twice
    migrations.migrate(url, bootstrap=True)
    migrations.migrate(url, bootstrap=True)

    # then everything is there, and the person still
    with psycopg.connect(url) as admin:
        row = admin.execute(
            "select aud, updated_at is not null, to_regclass('auth.sessions') is not null"
            " from auth.users"
        ).fetchone()
    assert row == ("authenticated", True, True)
