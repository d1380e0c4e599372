"""A search reads by its indexes, behind the walls as the assistant is, in a shop of 5,000."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import numpy as np
import psycopg
import pytest

from dukani.core.database import Connection, Database
from dukani.core.store import products, search
from dukani.core.store.search import Criteria
from tests.bench.boutiques import MODEL, add_boutiques, add_shop
from tests.factories import a_boutique, a_product

PIECES = 5_000
VECTOR = np.ones(512, dtype=np.float32)
SEEN: dict[str, Any] = {"vector": VECTOR, "model": MODEL}
SAID: dict[str, Any] = {"words": ["linen", "wrap"], "must_match_words": True}


class Explaining:
    """A connection that answers how it would read."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.plans: list[str] = []

    def cursor(self, **_: object) -> Explaining:
        return self

    async def __aenter__(self) -> Explaining:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def execute(self, statement: str | bytes, values: dict[str, Any]) -> None:
        asked = statement.encode() if isinstance(statement, str) else statement
        cursor = await self.conn.execute(b"explain (costs off) " + asked, values)
        self.plans.append("\n".join(row["QUERY PLAN"] for row in await cursor.fetchall()))

    async def fetchall(self) -> list[Any]:
        return []


async def plan_of(database: Database, boutique: str, criteria: Criteria, **how: Any) -> str:
    """The plans of all a search asks, with reading whole tables open to it."""
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("set local enable_seqscan = on")
        explaining = Explaining(conn)
        await search.find(explaining, criteria, **how)  # type: ignore[arg-type]
    return "\n".join(explaining.plans)


async def test_a_search_reads_by_its_indexes(database: Database, superuser_url: str) -> None:
    # given a large shop beside small ones
    boutique = add_shop(superuser_url, PIECES)
    add_boutiques(superuser_url, 20)
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute("vacuum analyze")
    ways: list[tuple[str, Criteria, dict[str, Any]]] = [
        ("products_own_words", Criteria(), SAID),
        ("products_own_words", Criteria(), SAID | {"every_word": True}),
        ("products_own_words", Criteria(colours=["blue"], size="M"), {"words": ["linen"]}),
        ("products_by_price", Criteria(), {}),
        ("products_by_price", Criteria(colours=["blue"]), {"cheapest": True}),
        ("products_of_a_kind", Criteria(categories=["dress"], price_max_minor=300_000), {}),
        ("products_of_a_kind", Criteria(categories=["dress"]), {"sold_out": True}),
        ("products_of_a_kind", Criteria(categories=["dress"], colours=["blue"]), SEEN),
    ]
    for index, criteria, how in ways:
        # when it is asked how it would search
        plan = await plan_of(database, boutique, criteria, **how)

        # then that index is read, and the shop is not
        assert index in plan, plan
        assert "Seq Scan on products" not in plan, plan

    # when the reader asks for the names, then the newest are read in their order
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("set local enable_seqscan = on")
        explaining = Explaining(conn)
        await products.sold(explaining)  # type: ignore[arg-type]
    # Either index has the pieces in this order.
    plan = explaining.plans[0]
    assert "products_newest" in plan or "products_in_order" in plan, plan


async def test_the_view_of_a_search_shows_the_boutiques_own_pieces_only(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    await a_product(database, mine, name="Amani")
    await a_product(database, theirs, name="Zuri")

    async def names(boutique: str) -> list[str]:
        async with database.tenant_connection(boutique) as conn:
            cursor = await conn.execute("select name from private.own_products")
            return [row["name"] for row in await cursor.fetchall()]

    assert await names(mine) == ["Amani"]
    assert await names("") == []


@pytest.mark.parametrize("change", ["update {} set name = 'x'", "delete from {}"])
async def test_nothing_is_written_through_the_view(database: Database, change: str) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await conn.execute(change.format("private.own_products").encode())


async def test_nobody_else_reads_the_view(database: Database) -> None:
    await a_product(database, await a_boutique(database))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.user_connection({"sub": str(uuid4())}) as conn:
            await conn.execute("select from private.own_products")
