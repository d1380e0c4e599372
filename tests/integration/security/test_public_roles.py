"""Straight SQL with the rights that anybody can have: the publishable key's, or a login's.

Supabase answers whoever holds these as its API would, with claims that we did not write: so what
counts is what the database allows, not what our routes ask.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from dukani.core import migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.integration.core.test_members import a_member, nothing_changes
from tests.integration.core.test_reaching_out import one_like_supabase
from tests.integration.core.test_tenant_isolation import tables

READS, WRITES = "select", ("insert", "update", "delete", "truncate", "references", "trigger")
VERBS = (READS, *WRITES)


@pytest.fixture(scope="module")
def on_supabase(server: EmbeddedServer) -> Iterator[str]:
    """Our schema where `public` is open by default; only looked at."""
    with one_like_supabase(server) as url:
        migrations.migrate(url)
        yield url


def allowed(url: str, role: str) -> dict[str, set[str]]:
    """Verb → each table, view and the like on which, or on a column of which, a role has it."""
    found: dict[str, set[str]] = {verb: set() for verb in VERBS}
    with psycopg.connect(url) as conn:
        for verb in VERBS:
            whole = "has_table_privilege(%(role)s, c.oid, %(verb)s)"
            of_columns = verb in ("select", "insert", "update", "references")
            either = f"{whole} or has_any_column_privilege(%(role)s, c.oid, %(verb)s)"
            rows = conn.execute(
                f"""select n.nspname || '.' || c.relname from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind in ('r', 'p', 'v', 'm', 'f')
                      and n.nspname not in ('pg_catalog', 'information_schema')
                      and n.nspname not like 'pg_toast%%'
                      and has_schema_privilege(%(role)s, n.oid, 'usage')
                      and ({either if of_columns else whole})""".encode(),
                {"role": role, "verb": verb},
            ).fetchall()
            found[verb] = {name for (name,) in rows}
    return found


def test_the_publishable_key_opens_nothing(on_supabase: str) -> None:
    assert allowed(on_supabase, "anon") == {verb: set() for verb in VERBS}


def test_a_login_reads_the_shops_tables_and_writes_none(on_supabase: str) -> None:
    may = allowed(on_supabase, "authenticated")

    assert {verb: may[verb] for verb in WRITES} == {verb: set() for verb in WRITES}
    assert {name.partition(".")[0] for name in may[READS]} == {"public"}
    assert not may[READS] & {
        "public.webhook_events", "public.idempotency_keys", "public.consent_codes"
    }  # fmt: skip


@pytest.mark.parametrize("role", ["anon", "authenticated"])
def test_no_sequence_tells_how_much_there_is(on_supabase: str, role: str) -> None:
    with psycopg.connect(on_supabase) as conn:
        opened = conn.execute(
            """select c.oid::regclass::text from pg_class c
               join pg_namespace n on n.oid = c.relnamespace
               where c.relkind = 'S' and has_schema_privilege(%(role)s, n.oid, 'usage')
                 and (has_sequence_privilege(%(role)s, c.oid, 'usage')
                      or has_sequence_privilege(%(role)s, c.oid, 'select')
                      or has_sequence_privilege(%(role)s, c.oid, 'update'))""",
            {"role": role},
        ).fetchall()
    assert opened == []


def forged(victim: str, owner: str) -> list[dict[str, Any]]:
    """Claims that a token may have beside the person's id, or instead of it."""
    stranger = str(uuid4())
    admin = {"role": "service_role", "boutique_id": victim, "platform_admin": True}
    return [
        {},
        {"sub": stranger, **admin},
        {"sub": stranger, "app_metadata": admin, "user_metadata": admin | {"sub": owner}},
        {"sub": None, "user_id": owner, "email": "owner@zuri.demo"},
        {"sub": f"{owner}' or '1'='1"},
        {"sub": [owner]},
        {"sub": {"id": owner}},
        {"sub": owner.upper() + "0"},
        {"user": {"sub": owner}, "sub": ""},
    ]


@pytest.mark.parametrize("role", ["anon", "authenticated"])
async def test_claims_that_nobody_gave_open_no_row(
    database: Database, superuser_url: str, role: str
) -> None:
    # given a boutique with a row in every table, and its owner
    victim = await a_boutique(database)
    await fill_every_table(superuser_url, victim)
    owner = await a_member(superuser_url, victim, "owner")

    with psycopg.connect(superuser_url) as conn, nothing_changes(superuser_url):
        for claims in forged(victim, owner):
            # when somebody comes with claims of their own, and names the tenant too
            for table in tables(superuser_url):
                for statement in (
                    "select count(*) from {0}",
                    "with gone as (delete from {0} returning 1) select count(*) from gone",
                    "truncate {0} cascade",
                    "insert into {0} default values returning 1",
                ):
                    reached = _as(conn, role, claims, victim, statement, table)

                    # then there is nothing to see and nothing to change
                    assert not reached, (claims, statement, table)


async def test_what_is_tried_here_reaches_rows_for_whom_they_are(
    database: Database, superuser_url: str
) -> None:
    """Else the test above would prove nothing."""
    boutique = await a_boutique(database)
    await fill_every_table(superuser_url, boutique)
    owner = await a_member(superuser_url, boutique, "owner")

    with psycopg.connect(superuser_url) as conn:
        asked = ("authenticated", {"sub": owner}, boutique, "select count(*) from {0}")
        assert _as(conn, *asked, "orders")
        assert not _as(conn, *asked, "webhook_events")


def _as(
    conn: psycopg.Connection[Any],
    role: str,
    claims: dict[str, Any],
    tenant: str,
    statement: str,
    table: str,
) -> bool:
    """Whether the statement reached a row."""
    try:
        with conn.transaction(force_rollback=True):
            conn.execute(
                "select set_config('request.jwt.claims', %s, true),"
                " set_config('app.boutique_id', %s, true), set_config('role', %s, true)",
                (json.dumps(claims), tenant, role),
            )
            query = sql.SQL(statement).format(sql.Identifier(table))  # type: ignore[arg-type]
            found = conn.execute(query)
            row = found.fetchone() if found.description else (1,)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidTextRepresentation):
        return False
    return bool(row and row[0])


async def test_no_function_believes_claims_that_name_no_person(
    database: Database, superuser_url: str
) -> None:
    victim = await a_boutique(database)
    owner = await a_member(superuser_url, victim, "owner")
    asked = (
        "select private.am_i_platform_admin(), (select count(*) from private.my_boutiques()),"
        " private.member_role()"
    )

    for claims in forged(victim, owner):
        with psycopg.connect(superuser_url) as conn:
            try:
                conn.execute(
                    "select set_config('request.jwt.claims', %s, true),"
                    " set_config('app.boutique_id', %s, true),"
                    " set_config('role', 'authenticated', true)",
                    (json.dumps(claims), victim),
                )
                row = conn.execute(asked).fetchone()
            except psycopg.errors.InvalidTextRepresentation:
                continue  # what is no id is nobody's
        assert row is not None and not row[0] and row[1] == 0 and row[2] is None, claims
