"""kill -9 while a list of pieces is imported: each line is done once, and told as it was done.

`DUKANI_KILL_SEED` repeats a run's random moments.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.core.store import piece_imports
from dukani.running import open_services
from dukani.tools.piece_lists import importing, uploading
from tests.factories import a_boutique
from tests.processes import Service, free_port, separate_settings

LINES = 6000
KILLS = 3
WITHIN_S = 90.0


@pytest.mark.slow
async def test_a_list_survives_three_kills(
    server: EmbeddedServer, database_name: str, superuser_url: str, tmp_path: Path
) -> None:
    # given a list that was tried, of which one line in ten is wrong
    chance = int(os.environ.get("DUKANI_KILL_SEED", time.time_ns() % 1_000_000))
    print(f"DUKANI_KILL_SEED={chance}")
    rng, url = random.Random(chance), server.url(database_name)
    settings = separate_settings(
        tmp_path,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": 0.5, "stalled_after_s": 1.5},
    )
    async with open_services(GivenSettings(**settings), url) as services:
        await _begin(services, await a_boutique(services.database))

    # when the worker is killed while it imports
    service = Service(settings, url)
    service.start()
    try:
        await service.until_it_serves()
        at: list[int] = []
        for _ in range(KILLS):
            await _until(superuser_url, lambda one: one["done"] > (at[-1] if at else 0))
            await asyncio.sleep(rng.uniform(0.0, 0.3))
            service.kill()
            at.append(_the_import(superuser_url)["done"])
            service.start()
        done = await _until(superuser_url, lambda one: one["status"] == "imported")
    finally:
        service.stop()

    # then each good line is one colour and size with its opening stock once, and no bad one is
    print("killed at line", at)
    assert (done["new"], done["refused"], done["done"]) == (LINES * 9 // 10, LINES // 10, LINES)
    with psycopg.connect(superuser_url, row_factory=dict_row) as conn:
        [stock] = conn.execute(
            "select count(*) as moved, sum(delta) as units from stock_movements"
        ).fetchall()
        [variants] = conn.execute(
            "select count(*) as made, sum(quantity) as units from product_variants"
        ).fetchall()
    assert (stock["moved"], stock["units"]) == (done["new"], done["new"] * 3)
    assert (variants["made"], variants["units"]) == (done["new"], done["new"] * 3)


async def _begin(services: Services, boutique_id: str) -> None:
    lines = [f"P-{n},Piece {n},dress,{'3.500' if n % 10 == 0 else '3500'},red,M,3"
             for n in range(LINES)]  # fmt: skip
    text = "sku,name,category,price,colour,size,units\n" + "\n".join(lines)
    read = uploading.read_list(text.encode())
    async with services.database.tenant_connection(boutique_id) as conn:
        import_id = await uploading.take_in(conn, read, file_name="list.csv", started_by=None)
        one = await piece_imports.get(conn, import_id=import_id, lock=True)
        assert one is not None
        run = await importing.begin(conn, one, "checking")
    importer = importing.PieceImporter(services)
    await importer.run(boutique_id=boutique_id, import_id=import_id, run=run)
    async with services.database.tenant_connection(boutique_id) as conn:
        one = await piece_imports.get(conn, import_id=import_id, lock=True)
        assert one is not None
        await importing.start(conn, one, "importing", boutique_id=boutique_id)


def _the_import(superuser_url: str) -> dict[str, Any]:
    with psycopg.connect(superuser_url, row_factory=dict_row) as conn:
        [one] = conn.execute("select * from piece_imports").fetchall()
    return one


async def _until(superuser_url: str, holds: Any) -> dict[str, Any]:
    async with asyncio.timeout(WITHIN_S):
        while True:
            one = _the_import(superuser_url)
            if holds(one) or one["status"] == "imported":
                return one
            await asyncio.sleep(0.02)
