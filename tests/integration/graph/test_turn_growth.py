"""A turn reads as many rows among sixty boutiques and in a long talk as in a small shop alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.bench.explaining import explaining
from tests.bench.growth import Rounds, grown_tables, played
from tests.bench.growth_shop import (
    KINDS,
    POOL_SIZE,
    Shop,
    Size,
    analyze,
    grow,
    open_shop,
    seed,
)
from tests.wiring import some_services

SMALL, LARGE = Size(), Size(boutiques=60, messages=500)
ROUNDS = Rounds(warm=1, timed=1, counted=1)
# Many pages: what is small may well be read whole.
MANY = 1_000

pytestmark = pytest.mark.slow  # sixty turns, and sixty boutiques


@asynccontextmanager
async def shops(server: EmbeddedServer, template: str, folder: Path) -> AsyncIterator[list[Shop]]:
    admin, key = server.url("postgres", user="postgres"), new_key()
    sealed = {"encryption_keys": [key]}
    names = {"t_turn_growth_small": SMALL, "t_turn_growth_large": LARGE}
    async with AsyncExitStack() as stack:
        opened = []
        for name, size in names.items():
            with psycopg.connect(admin, autocommit=True) as conn:
                conn.execute(f'create database "{name}" template "{template}"'.encode())
            superuser_url = server.url(name, user="postgres")
            database = Database(server.url(name), pool_size=POOL_SIZE)
            await stack.enter_async_context(database)
            async with some_services(database, folder, security=sealed) as services:
                boutique_id = await seed(services)
            await asyncio.to_thread(
                grow, superuser_url, boutique_id, size, speakers=ROUNDS.speakers
            )
            analyze(superuser_url)
            shop = open_shop(database, superuser_url, folder, key)
            opened.append(await stack.enter_async_context(shop))
        yield opened
    with psycopg.connect(admin, autocommit=True) as conn:
        for name in names:
            conn.execute(f'drop database "{name}" with (force)'.encode())


async def test_a_turn_reads_as_many_rows_when_all_has_grown(
    server: EmbeddedServer, template: str, tmp_path: Path
) -> None:
    # given a small shop alone, and the same among sixty, whose talks are long
    with explaining():
        async with shops(server, template, tmp_path) as both:
            # when the same is said in both
            small, large = await played(both, ROUNDS)

    # then the large one reads no more, and each table that grew by an index
    for kind in KINDS:
        assert large.rows(kind) <= 1.25 * small.rows(kind), kind
    grown = [name for name in grown_tables(small, large) if large.rows_there[name] > MANY]
    assert {"messages", "products", "customers"} <= set(grown)
    accesses = {access for plan in large.plans.values() for access in plan}
    assert [access for access in accesses if access.is_whole and access.table in grown] == []
