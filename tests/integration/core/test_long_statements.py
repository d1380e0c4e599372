"""What takes minutes has connections of its own: no other waits for it, nor is it cut short."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests import kept_connections
from tests.factories import a_boutique
from tests.integration.core.test_database_roles import WHO, boutiques_seen, row

PLANNING = """select current_setting('enable_seqscan') as seqscan,
  current_setting('statement_timeout') as timeout, current_setting('search_path') as path"""


@pytest.fixture
async def narrow(server: EmbeddedServer, database_name: str):  # type: ignore[no-untyped-def]
    """A pool of one connection."""
    async with Database(server.url(database_name), pool_size=1) as opened:
        yield opened


async def test_a_long_statement_is_planned_as_the_server_plans_and_has_ten_minutes(
    narrow: Database, superuser_url: str
) -> None:
    # given how the server plans by itself
    with psycopg.connect(superuser_url) as plain:
        usual = plain.execute("show enable_seqscan").fetchone()
    assert usual is not None

    # when a short and a long one are begun
    async with narrow.system_connection() as conn:
        short = await row(conn, PLANNING)
    async with narrow.system_connection(long=True) as conn:
        long = await row(conn, PLANNING)

    # then
    assert short["timeout"] == "30s"
    assert long == {"seqscan": usual[0], "timeout": "10min", "path": "public,jobs"}


async def test_nobody_waits_for_a_long_statement(narrow: Database) -> None:
    # given a pool with one connection, and a long statement under way
    boutique = await a_boutique(narrow)

    # when somebody else comes
    async with narrow.tenant_connection(boutique, long=True), narrow.system_connection() as conn:
        # then there is a connection
        assert (await row(conn, WHO))["role"] == "service_role"


async def test_a_long_statement_sees_its_boutique_only(narrow: Database) -> None:
    # given two boutiques
    mine, _other = await a_boutique(narrow), await a_boutique(narrow)

    # when a long statement of one of them reads
    async with narrow.tenant_connection(mine, long=True) as conn:
        role = (await row(conn, WHO))["role"]
        seen = await boutiques_seen(conn)

    # then
    assert (role, seen) == ("boutique_agent", {mine})


async def test_a_long_transaction_that_fails_leaves_nothing_and_no_connection(
    narrow: Database, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a boutique, and connections of which the next test gets none
    monkeypatch.setattr(kept_connections, "MOST_ALIKE", 0)
    boutique = await a_boutique(narrow)

    # when its long transaction fails after it wrote
    with pytest.raises(ValueError, match="mine"):
        async with narrow.tenant_connection(boutique, long=True) as conn:
            pid = (await row(conn, "select pg_backend_pid() as pid"))["pid"]
            await conn.execute(
                "insert into customers (boutique_id, phone) values (%s, '+254722000001')",
                (boutique,),
            )
            raise ValueError("mine")

    # then
    async with narrow.tenant_connection(boutique) as conn:
        assert await row(conn, "select count(*) as n from customers") == {"n": 0}
    with psycopg.connect(superuser_url, autocommit=True) as admin:
        async with asyncio.timeout(10):
            while _lives(admin, pid):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


def _lives(admin: psycopg.Connection, pid: object) -> bool:
    found = admin.execute("select from pg_stat_activity where pid = %s", (pid,))
    return found.fetchone() is not None
