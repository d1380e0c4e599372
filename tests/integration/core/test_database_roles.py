"""A connection has the rights of its role, for its transaction and no longer."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer
from tests.every_table import fill_every_table
from tests.factories import a_boutique

WHO = """select current_user as role, coalesce(current_setting('app.boutique_id', true), '')
  as tenant, coalesce(current_setting('request.jwt.claims', true), '') as claims"""

A_CUSTOMER = b"""insert into customers (boutique_id, phone, name)
  values (%(boutique)s, '+254722000001', %(name)s)"""


async def row(conn: Connection, statement: str) -> dict[str, object]:
    found = await (await conn.execute(statement.encode())).fetchone()
    assert found is not None
    return dict(found)


async def boutiques_seen(conn: Connection) -> set[str]:
    rows = await (await conn.execute("select id::text from boutiques")).fetchall()
    return {row["id"] for row in rows}


@pytest.fixture
async def narrow(server: EmbeddedServer, database_name: str):  # type: ignore[no-untyped-def]
    """One connection only: whatever one user leaves behind, the next one gets."""
    async with Database(server.url(database_name), pool_size=1) as opened:
        yield opened


async def test_the_assistant_sees_its_boutique_a_person_hers_and_the_system_all(
    database: Database, superuser_url: str
) -> None:
    mine, other = await a_boutique(database), await a_boutique(database)
    user = await fill_every_table(superuser_url, mine)

    async with database.tenant_connection(other) as conn:
        assert await boutiques_seen(conn) == {other}
        assert (await row(conn, WHO))["role"] == "boutique_agent"
    async with database.user_connection({"sub": user}) as conn:
        assert await boutiques_seen(conn) == {mine}
        assert (await row(conn, WHO))["role"] == "authenticated"
    async with database.system_connection() as conn:
        assert await boutiques_seen(conn) == {mine, other}
        assert (await row(conn, WHO))["role"] == "service_role"


async def test_role_tenant_and_claims_are_gone_for_the_next_user(narrow: Database) -> None:
    boutique = await a_boutique(narrow)
    async with narrow.tenant_connection(boutique) as conn:
        pid = (await row(conn, "select pg_backend_pid() as pid"))["pid"]
    async with narrow.user_connection({"sub": boutique}):
        pass

    async with narrow.system_connection() as conn:
        assert await row(conn, WHO) == {"role": "service_role", "tenant": "", "claims": ""}
        assert (await row(conn, "select pg_backend_pid() as pid"))["pid"] == pid


async def test_a_tenant_is_forgotten_after_an_error_too(narrow: Database) -> None:
    boutique = await a_boutique(narrow)
    with pytest.raises(psycopg.errors.DivisionByZero):
        async with narrow.tenant_connection(boutique) as conn:
            await conn.execute("select 1 / 0")
    async with narrow.system_connection() as conn:
        assert (await row(conn, WHO))["tenant"] == ""


async def test_a_connection_the_server_closed_is_replaced_before_it_is_used(
    narrow: Database, superuser_url: str
) -> None:
    # given a connection in the pool, as a restart of the server leaves it
    async with narrow.system_connection() as conn:
        dead = (await row(conn, "select pg_backend_pid() as pid"))["pid"]
    with psycopg.connect(superuser_url, autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s, 5000)", (dead,))

    # when it is asked for again
    async with narrow.system_connection() as conn:
        alive = (await row(conn, "select pg_backend_pid() as pid"))["pid"]

    # then nobody noticed
    assert alive != dead


async def test_an_error_in_a_transaction_is_raised_even_when_its_connection_is_gone(
    narrow: Database, superuser_url: str
) -> None:
    with pytest.raises(ValueError, match="mine"):
        async with narrow.system_connection() as conn:
            pid = (await row(conn, "select pg_backend_pid() as pid"))["pid"]
            with psycopg.connect(superuser_url, autocommit=True) as admin:
                admin.execute("select pg_terminate_backend(%s, 5000)", (pid,))
            raise ValueError("mine")


async def test_one_statement_at_once_is_committed_in_its_boutique(narrow: Database) -> None:
    boutique, other = await a_boutique(narrow), await a_boutique(narrow)
    who = await narrow.at_once(boutique).execute(WHO.encode())
    assert await who.fetchone() == {"role": "boutique_agent", "tenant": boutique, "claims": ""}

    insert = (
        b"insert into customers (boutique_id, phone, name) values (%(b)s, '+254722000001', %(n)s)"
    )
    kept = await narrow.at_once(boutique).execute(insert, {"b": boutique, "n": "O'Neil; 5 %"})
    assert kept.rowcount == 1

    named = b"select name from customers where name = %(n)s"
    for tenant, found in ((boutique, 1), (other, 0)):
        seen = await narrow.at_once(tenant).execute(named, {"n": "O'Neil; 5 %"})
        assert len(await seen.fetchall()) == found
    async with narrow.system_connection() as conn:
        assert await row(conn, WHO) == {"role": "service_role", "tenant": "", "claims": ""}


async def test_a_statement_at_once_that_fails_leaves_a_clean_connection(narrow: Database) -> None:
    boutique, other = await a_boutique(narrow), await a_boutique(narrow)
    with pytest.raises(psycopg.errors.DivisionByZero):
        await narrow.at_once(boutique).execute(b"select 1 / 0")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await narrow.at_once(boutique).execute(
            b"insert into customers (boutique_id, phone) values (%(b)s, '+254722000001')",
            {"b": other},
        )
    async with narrow.tenant_connection(other) as conn:
        assert await boutiques_seen(conn) == {other}
        assert (await row(conn, "select count(*) as n from customers"))["n"] == 0


async def test_a_statement_at_once_may_fail_often_and_then_succeed(narrow: Database) -> None:
    at_once = narrow.at_once(await a_boutique(narrow))
    share = b"select 6 / %(parts)s::int as share"

    for parts in (0, 0, 2, 0, 3, 0, 0, 0, 0, 6):  # prepared on the way, by a failure or not
        if parts:
            shared = await at_once.execute(share, {"parts": parts})
            assert await shared.fetchone() == {"share": 6 // parts}
        else:
            with pytest.raises(psycopg.errors.DivisionByZero):
                await at_once.execute(share, {"parts": parts})


@pytest.mark.parametrize("ends", ["by the server", "by us"])
async def test_a_statement_at_once_that_waited_in_vain_succeeds_the_next_time(
    narrow: Database, superuser_url: str, ends: str
) -> None:
    # given a statement that is prepared the next time it is said
    at_once = narrow.at_once(await a_boutique(narrow))
    count = b"select count(*) as n from customers"
    for _ in range(3):
        await at_once.execute(count)

    # when that time its table is locked, so that it is never prepared
    with psycopg.connect(superuser_url) as admin:
        admin.execute("lock table customers in access exclusive mode")
        waiting = asyncio.create_task(at_once.execute(count))
        await asyncio.sleep(0.1)
        if ends == "by us":
            waiting.cancel()
        else:
            admin.execute(
                "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'relation'"
                " and datname = current_database()"
            )
        with pytest.raises((psycopg.errors.QueryCanceled, asyncio.CancelledError)):
            await waiting

    # then the next is as good as any
    for _ in range(3):
        assert await (await at_once.execute(count)).fetchone() == {"n": 0}


async def test_leaving_commits_and_an_error_takes_everything_back(database: Database) -> None:
    kept = await a_boutique(database)
    with pytest.raises(RuntimeError):
        async with database.system_connection() as conn:
            await conn.execute("update boutiques set name = 'Changed'")
            raise RuntimeError
    async with database.system_connection() as conn:
        assert (await row(conn, "select name from boutiques"))["name"] != "Changed"
        assert await boutiques_seen(conn) == {kept}


@pytest.mark.parametrize(
    "statement",
    [
        "select * from boutiques",
        "select * from customers",
        "select * from jobs.procrastinate_jobs",
        "select * from conversation_memories",
        "create table public.mine (id int)",
    ],
)
def test_without_a_role_the_login_has_no_rights(
    server: EmbeddedServer, database_name: str, statement: str
) -> None:
    with (
        psycopg.connect(server.url(database_name)) as conn,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        conn.execute(statement.encode())


async def test_the_assistant_cannot_become_the_system_for_good(narrow: Database) -> None:
    """`set role` inside a turn would end with it: the pool hands out a clean connection."""
    boutique, other = await a_boutique(narrow), await a_boutique(narrow)
    async with narrow.tenant_connection(boutique) as conn:
        await conn.execute("select set_config('app.boutique_id', %s, true)", (other,))
    async with narrow.tenant_connection(boutique) as conn:
        assert await boutiques_seen(conn) == {boutique}


async def test_a_user_waits_for_a_connection_instead_of_failing(narrow: Database) -> None:
    async def ask() -> object:
        async with narrow.system_connection() as conn:
            return (await row(conn, "select pg_sleep(0.02), 1 as one"))["one"]

    assert await asyncio.gather(*(ask() for _ in range(5))) == [1] * 5
