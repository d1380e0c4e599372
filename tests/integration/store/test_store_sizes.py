"""What is known of sizes: each boutique's charts, and what each customer said of hers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from dukani.core.database import Connection, Database
from dukani.core.store import customer_merge, size_charts, size_facts
from dukani.core.store.size_charts import StoredChart
from dukani.core.store.size_facts import SizeFact
from tests.factories import a_boutique, a_customer

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WEARS_M = SizeFact(kind="stated", said_at=NOW, size="M", category="dress", words="I wear M")
BUST = SizeFact(kind="measured", said_at=NOW, measure="bust", cm=92.5)
DRESSES = StoredChart("dress", "women", [{"size": "M", "measures": {"bust": [88, 94]}}])
ALL = StoredChart(None, "women", [{"size": "14", "also": ["L"]}])


async def said(conn: Connection, customer: str, fact: SizeFact, *, in_message: str) -> bool:
    return await size_facts.add(conn, fact, customer_id=customer, message_id=in_message, position=0)


async def test_the_same_words_of_one_message_are_kept_once(database: Database) -> None:
    # given a customer whose size was kept
    boutique = await a_boutique(database)
    customer, message = await a_customer(database, boutique), str(uuid4())
    async with database.tenant_connection(boutique) as conn:
        assert await said(conn, customer, WEARS_M, in_message=message)

        # when the turn is tried again
        again = await said(conn, customer, WEARS_M, in_message=message)

        # then it is there once, as it was said
        assert not again
        assert await size_facts.of_wearer(conn, customer_id=customer) == [WEARS_M]


async def test_what_was_said_last_comes_first(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    later = replace(BUST, said_at=NOW + timedelta(days=1))
    async with database.tenant_connection(boutique) as conn:
        await said(conn, customer, later, in_message=str(uuid4()))
        await said(conn, customer, WEARS_M, in_message=str(uuid4()))

        found = await size_facts.of_wearer(conn, customer_id=customer)

    assert found == [later, WEARS_M]


async def test_another_customer_and_another_boutique_get_nothing(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    customer, neighbour = await a_customer(database, mine), await a_customer(database, mine)
    async with database.tenant_connection(mine) as conn:
        await said(conn, customer, WEARS_M, in_message=str(uuid4()))
        assert await size_facts.of_wearer(conn, customer_id=neighbour) == []

    async with database.tenant_connection(theirs) as conn:
        assert await size_facts.of_wearer(conn, customer_id=customer) == []


async def test_what_was_said_is_never_changed(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await said(conn, customer, WEARS_M, in_message=str(uuid4()))

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await conn.execute("update size_facts set size = 'L'")


async def test_two_rows_of_one_customer_become_one_with_the_sizes_of_both(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    kept, retired = await a_customer(database, boutique), await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await said(conn, kept, WEARS_M, in_message=str(uuid4()))
        await said(
            conn, retired, replace(BUST, said_at=NOW + timedelta(1)), in_message=str(uuid4())
        )

        await customer_merge.merge(conn, kept_id=kept, retired_id=retired)

        found = await size_facts.of_wearer(conn, customer_id=kept)
        assert [fact.kind for fact in found] == ["measured", "stated"]
        assert await size_facts.of_wearer(conn, customer_id=retired) == []


async def test_a_customer_who_is_deleted_takes_her_sizes_along(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await said(conn, customer, WEARS_M, in_message=str(uuid4()))

    async with database.system_connection() as conn:
        await conn.execute("delete from customers where id = %s", (customer,))
        cursor = await conn.execute("select count(*) as left from size_facts")
        row = await cursor.fetchone()

    assert row is not None and row["left"] == 0


async def test_a_boutiques_charts_are_those_given_last_and_its_own(database: Database) -> None:
    # given two boutiques with a chart each
    mine, theirs = await a_boutique(database), await a_boutique(database)
    async with database.system_connection() as conn:
        await size_charts.replace_all(conn, [ALL], boutique_id=mine)
        await size_charts.replace_all(conn, [ALL], boutique_id=theirs)

        # when one is given others
        await size_charts.replace_all(conn, [ALL, DRESSES], boutique_id=mine)

    # then these are its charts, and the other's are as they were
    async with database.tenant_connection(mine) as conn:
        assert await size_charts.of_boutique(conn) == [DRESSES, ALL]
    async with database.tenant_connection(theirs) as conn:
        assert await size_charts.of_boutique(conn) == [ALL]


async def test_the_assistant_changes_no_chart(database: Database) -> None:
    boutique = await a_boutique(database)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await size_charts.replace_all(conn, [ALL], boutique_id=boutique)
