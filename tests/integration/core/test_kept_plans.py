"""The application's connections keep plans; no turn reads a table whole because it was small once.

A pool is opened on a shop of six pieces, and turns are played until the server keeps one plan for
all values of most statements. Then the tables grow under the same connections.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from dukani.core.crypto import new_key
from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer
from tests.bench.explaining import Access, accesses_of
from tests.bench.growth_shop import KINDS, POOL_SIZE, Shop, Size, analyze, grow, open_shop, seed
from tests.pooler import PGBOUNCER, pgbouncer, through
from tests.wiring import some_services

# A statement is prepared at its fourth execution on a connection, and the server may keep one plan
# for all values from the sixth of these on; connections take their turns.
FAMILIAR = (4 + 6) * POOL_SIZE
LATER = range(FAMILIAR + 1, FAMILIAR + 4)
LARGE = Size(boutiques=200, products=30, customers=30)
GROWN = (
    "products", "product_variants", "product_images", "product_embeddings", "customers",
    "conversations", "conversation_memories", "messages", "conversation_events", "webhook_events",
    "chat_sessions", "orders", "order_items", "payments", "carts", "stock_reservations",
    "stock_movements", "domain_events", "customer_totals", "consents", "boutiques",
)  # fmt: skip
# Connections to it take their turns, and each would have its own plans and counters.
ONE_SERVER = "default_pool_size = 1"

pytestmark = pytest.mark.slow  # a hundred turns each


@pytest.fixture
def new_database(server: EmbeddedServer, template: str) -> Iterator[str]:
    """One that nobody wrote to: the pages of deleted rows would make other plans."""
    name, admin = "t_kept_plans", server.url("postgres", user="postgres")
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'create database "{name}" template "{template}"'.encode())
        yield name
        conn.execute(f'drop database "{name}" with (force)'.encode())


@asynccontextmanager
async def familiar_shop(
    database: Database, superuser_url: str, folder: Path
) -> AsyncIterator[Shop]:
    """A shop of six pieces, which was analyzed so, after all kinds of turns on its connections."""
    key = new_key()
    sealed = {"encryption_keys": [key]}
    async with some_services(database, folder, security=sealed) as services:
        boutique_id = await seed(services)
    few = Size(products=0, customers=0, messages=4)
    grow(superuser_url, boutique_id, few, speakers=LATER.stop - 1)
    analyze(superuser_url)
    async with open_shop(database, superuser_url, folder, key) as shop:
        for speaker in range(1, FAMILIAR + 1):
            await speak(shop, speaker)
        yield shop


async def speak(shop: Shop, speaker: int) -> None:
    for kind in KINDS:
        await shop.play(kind, speaker)


async def read_whole(shop: Shop, *, speakers: range) -> dict[str, float]:
    """Rows of a grown table that were read by reading all of it, for each message."""
    before = await shop.touched()
    for speaker in speakers:
        await speak(shop, speaker)
    read = (await shop.touched() - before).whole
    messages = len(speakers) * sum(len(words) for words in KINDS.values())
    return {name: read[f"public.{name}"] / messages for name in GROWN if read[f"public.{name}"]}


async def kept_plans(shop: Shop) -> dict[str, set[Access]]:
    """The plans that the pool's connections keep for all values, by statement."""
    found: dict[str, set[Access]] = {}
    async with AsyncExitStack() as stack:
        for _ in range(POOL_SIZE):
            entered = shop.services.database.tenant_connection(shop.boutique_id)
            found |= await _kept_by(await stack.enter_async_context(entered))
    return found


async def _kept_by(conn: Connection) -> dict[str, set[Access]]:
    cursor = await conn.execute(
        "select name, statement, cardinality(parameter_types) as values"
        " from pg_prepared_statements where generic_plans > 0",
        prepare=False,
    )
    kept = await cursor.fetchall()
    # The one that is kept is told, not one that is made for these values.
    await conn.execute("set local plan_cache_mode = force_generic_plan", prepare=False)
    return {one["statement"]: accesses_of(await _explained(conn, one)) for one in kept}


async def _explained(conn: Connection, kept: dict[str, Any]) -> dict[str, Any]:
    nothing = ", ".join(["null"] * kept["values"])
    values = f"({nothing})" if nothing else ""
    explain = SQL("explain (format json) execute {}").format(Identifier(kept["name"])).as_string()
    cursor = await conn.execute((explain + values).encode(), prepare=False)
    row = await cursor.fetchone()
    assert row is not None
    return dict(row["QUERY PLAN"][0]["Plan"])


async def test_plans_kept_from_an_empty_shop_read_a_large_one_by_its_indexes(
    server: EmbeddedServer, new_database: str, tmp_path: Path
) -> None:
    superuser_url = server.url(new_database, user="postgres")
    async with (
        Database(server.url(new_database), pool_size=POOL_SIZE) as database,
        familiar_shop(database, superuser_url, tmp_path) as shop,
    ):
        # given plans that are kept, made over tables of next to nothing
        assert len(await kept_plans(shop)) > 20

        # when the tables grow
        grow(superuser_url, shop.boutique_id, LARGE, speakers=0)

        # then until something analyzes it, the one page that boutiques were on is read, and no more
        assert whole_tables(await kept_plans(shop)) <= {"boutiques"}

        # and when the server has analyzed them, plans that are kept are made anew
        analyze(superuser_url)
        kept = await kept_plans(shop)
        assert len(kept) > 20
        assert whole_tables(kept) == set()
        assert await read_whole(shop, speakers=LATER) == {}


@pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed")
async def test_the_servers_behind_a_pooler_read_a_large_shop_by_its_indexes(
    server: EmbeddedServer, new_database: str, tmp_path: Path
) -> None:
    """No statement is prepared there, but functions and foreign keys keep their plans."""
    superuser_url = server.url(new_database, user="postgres")
    with pgbouncer(server.url("postgres"), tmp_path / "pooler", more=ONE_SERVER) as port:
        pooled = through(port, server.url(new_database))
        async with (
            Database(pooled, pool_size=POOL_SIZE, transaction_pooler=True) as database,
            familiar_shop(database, superuser_url, tmp_path) as shop,
        ):
            # given servers that know a shop of six pieces
            # when the tables grow
            grow(superuser_url, shop.boutique_id, LARGE, speakers=0)
            analyze(superuser_url)

            # then no turn reads a table whole
            assert await read_whole(shop, speakers=LATER) == {}


def whole_tables(plans: dict[str, set[Access]]) -> set[str]:
    accesses = {access for plan in plans.values() for access in plan}
    return {access.table for access in accesses if access.is_whole} & set(GROWN)
