"""A talk's statements are planned once a connection; those over much data, for their values."""

from __future__ import annotations

from uuid import uuid4

import pytest

from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer

# A turn's connection prepares at the fourth time, and the server tries five plans for the values.
OFTEN = 12
STATEMENT = b"select id from products where boutique_id = %(id)s::uuid or name = any(%(names)s)"


pytestmark = pytest.mark.usefixtures("nothing_prepared")


async def often(conn: Connection) -> dict[str, int]:
    """Executes one statement again and again; how often it was planned in which way."""
    for _ in range(OFTEN):
        await conn.execute(STATEMENT, {"id": str(uuid4()), "names": ["a", "b", "c"]})
    cursor = await conn.execute(
        "select generic_plans, custom_plans from pg_prepared_statements"
        " where statement like 'select id from products%'",
        prepare=False,
    )
    row = await cursor.fetchone()
    assert row is not None
    return {"kept": row["generic_plans"], "for values": row["custom_plans"]}


async def test_a_turn_keeps_its_plans(server: EmbeddedServer, database_name: str) -> None:
    # when a turn executes the same statement again and again
    async with (
        Database(server.url(database_name), pool_size=1) as database,
        database.tenant_connection(str(uuid4()), partition="a talk") as conn,
    ):
        planned = await often(conn)

    # then it was never planned for the values of one time
    assert planned["kept"] > 0
    assert planned["for values"] == 0


async def test_a_connection_keeps_all_statements_of_a_process(
    server: EmbeddedServer, database_name: str
) -> None:
    # when more statements come in turn than psycopg would keep, each often enough to be prepared
    async with (
        Database(server.url(database_name), pool_size=1) as database,
        database.tenant_connection(str(uuid4()), partition="a talk") as conn,
    ):
        for _ in range(5):
            for n in range(150):
                await conn.execute(f"select %(value)s::int + {n}".encode(), {"value": 1})
        cursor = await conn.execute(
            "select count(*) from pg_prepared_statements where statement like 'select $1::int + %'",
            prepare=False,
        )
        row = await cursor.fetchone()

    # then each of them stays prepared
    assert row == {"count": 150}


@pytest.mark.parametrize("partition", [None, "a year's figures"])
async def test_statements_over_much_data_are_planned_for_their_values(
    server: EmbeddedServer, database_name: str, partition: str | None
) -> None:
    long = partition is not None
    async with (
        Database(server.url(database_name), pool_size=1) as database,
        database.tenant_connection(str(uuid4()), partition=partition, long=long) as conn,
    ):
        planned = await often(conn)

    assert planned["for values"] >= 5
