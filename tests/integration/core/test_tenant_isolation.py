"""Two boutiques never see one another: every table, every role."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from dukani.core.database import Database
from tests.every_table import fill_every_table, views_of
from tests.factories import a_boutique


def tables(url: str) -> list[str]:
    with psycopg.connect(url) as conn:
        rows = conn.execute(
            "select relname from pg_class join pg_namespace n on n.oid = relnamespace"
            " where n.nspname = 'public' and relkind in ('r', 'p') order by 1"
        ).fetchall()
    return [name for (name,) in rows]


def test_row_level_security_is_on_for_every_table(superuser_url: str, database: Database) -> None:
    with psycopg.connect(superuser_url) as conn:
        open_tables = conn.execute(
            "select n.nspname, relname from pg_class join pg_namespace n on n.oid = relnamespace"
            " where n.nspname = 'public' and relkind in ('r', 'p')"
            " and not relrowsecurity"
        ).fetchall()
    assert open_tables == []


async def test_every_table_is_filled_by_the_test_of_the_walls(
    database: Database, superuser_url: str
) -> None:
    """The tests below would prove nothing about a table without rows."""
    boutique = await a_boutique(database)
    await fill_every_table(superuser_url, boutique)
    with psycopg.connect(superuser_url) as conn:
        for table in tables(superuser_url):
            row = conn.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table)))
            assert row.fetchone() != (0,), f"{table}: add a row to tests/every_table.py"


async def test_another_boutique_sees_changes_and_deletes_nothing(
    database: Database, superuser_url: str
) -> None:
    # given a boutique with a row in every table, and another boutique
    owner, stranger = await a_boutique(database), await a_boutique(database)
    await fill_every_table(superuser_url, owner)
    key = {"boutiques": "id"}
    before = _snapshot(superuser_url)

    for table in tables(superuser_url):
        column = sql.Identifier(key.get(table, "boutique_id"))
        name = sql.Identifier(table)
        for attempt in (
            sql.SQL("select * from {} where {} = {}"),
            sql.SQL("update {} set {} = {} returning 1"),
            sql.SQL("delete from {} where {} = {} returning 1"),
        ):
            # when the assistant of the other boutique reaches for it
            touched = await _try(database, stranger, attempt.format(name, column, owner))

            # then it finds nothing, or is refused
            assert touched == 0, f"{table}: another boutique touched {touched} rows"
    assert _snapshot(superuser_url) == before


@pytest.mark.parametrize("role", ["boutique_agent", "boutique_staff", "boutique_owner"])
async def test_a_view_past_row_level_security_shows_no_other_boutique(
    database: Database, superuser_url: str, role: str
) -> None:
    """A view of its maker's rights is asked no policy: its own condition is the wall."""
    # given two boutiques with a row in every table, and a member of one of them
    mine, other = await a_boutique(database), await a_boutique(database)
    await fill_every_table(superuser_url, other)
    person = await fill_every_table(superuser_url, mine)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update boutique_members set role = %s where user_id = %s",
            ("staff" if role == "boutique_staff" else "owner", person),
        )
    views = views_of(superuser_url, role)
    assert views

    # when somebody at work in it reads each view
    at_work = (
        database.tenant_connection(mine)
        if role == "boutique_agent"
        else database.member_connection({"sub": person}, mine)
    )
    async with at_work as conn:
        seen = {}
        for view in views:
            cursor = await conn.execute(
                sql.SQL("select distinct boutique_id::text as boutique from {}").format(
                    sql.Identifier(*view.split("."))
                )
            )
            seen[view] = {row["boutique"] for row in await cursor.fetchall()}

    # then there is that boutique and no other
    assert seen == {view: {mine} for view in views}


async def test_a_boutique_cannot_write_rows_of_another(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(stranger) as conn:
            await conn.execute(
                "insert into customers (boutique_id, phone) values (%s, '+254722000001')", (owner,)
            )


async def test_without_a_tenant_the_assistant_sees_nothing(
    database: Database, superuser_url: str
) -> None:
    await fill_every_table(superuser_url, await a_boutique(database))
    for table in tables(superuser_url):
        seen = await _try(database, "", sql.SQL("select * from {}").format(sql.Identifier(table)))
        assert seen == 0, table


async def test_people_see_only_the_boutiques_they_are_members_of(
    database: Database, superuser_url: str
) -> None:
    # given two full boutiques and a member of one of them
    mine, other = await a_boutique(database), await a_boutique(database)
    user = await fill_every_table(superuser_url, mine)
    await fill_every_table(superuser_url, other)

    # when the member reads every table she may read
    async with database.user_connection({"sub": user}) as conn:
        readable = [t for t in tables(superuser_url) if await _may_read(conn, t)]
        for table in readable:
            key = "id" if table == "boutiques" else "boutique_id"
            cursor = await conn.execute(
                sql.SQL("select distinct {} as boutique from {}").format(
                    sql.Identifier(key), sql.Identifier(table)
                )
            )
            seen = {str(row["boutique"]) for row in await cursor.fetchall()}

            # then she sees her boutique's rows and no other's
            assert seen == {mine}, table
    assert "orders" in readable
    assert "provider_credentials" not in readable


async def test_a_stranger_with_a_valid_login_sees_nothing(
    database: Database, superuser_url: str
) -> None:
    await fill_every_table(superuser_url, await a_boutique(database))
    async with database.user_connection({"sub": "00000000-0000-0000-0000-00000000dead"}) as conn:
        for table in tables(superuser_url):
            if await _may_read(conn, table):
                cursor = await conn.execute(
                    sql.SQL("select * from {}").format(sql.Identifier(table))
                )
                assert await cursor.fetchall() == [], table


@pytest.mark.parametrize(
    "table",
    ["consents", "stock_movements", "audit_log", "domain_events", "wallet_transfers",
     "wallet_entries", "wallet_top_ups", "wallet_top_up_steps"],
)  # fmt: skip
async def test_ledgers_are_only_added_to(
    database: Database, superuser_url: str, table: str
) -> None:
    boutique = await a_boutique(database)
    await fill_every_table(superuser_url, boutique)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await conn.execute(
                sql.SQL("update {} set boutique_id = boutique_id").format(sql.Identifier(table))
            )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await conn.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))


async def test_the_assistant_may_queue_jobs_but_not_read_them(database: Database) -> None:
    from dukani.core.queue import defer

    boutique = await a_boutique(database)
    async with database.tenant_connection(boutique) as conn:
        await defer(conn, "handle_turn", lock="a", boutique_id=boutique)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await conn.execute("select * from jobs.procrastinate_jobs")


async def _try(database: Database, boutique: str, statement: sql.Composed) -> int:
    try:
        async with database.tenant_connection(boutique) as conn:
            cursor = await conn.execute(statement)
            return len(await cursor.fetchall())
    except psycopg.errors.InsufficientPrivilege:
        return 0


async def _may_read(conn: psycopg.AsyncConnection[dict[str, object]], table: str) -> bool:
    cursor = await conn.execute("select has_table_privilege(%s, 'select') as may", (table,))
    row = await cursor.fetchone()
    return bool(row and row["may"])


def _snapshot(url: str) -> dict[str, list[dict[str, object]]]:
    with psycopg.connect(url, row_factory=dict_row) as conn:
        return {
            table: conn.execute(
                sql.SQL("select * from {} t order by t::text").format(sql.Identifier(table))
            ).fetchall()
            for table in tables(url)
        }
