"""kill -9 while pictures get a new model's vectors: photos find the right piece all along.

`DUKANI_KILL_SEED` repeats a run's random moments.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from dukani.agent.clip.eye import ClipEye
from dukani.agent.facts import Wish
from dukani.agent.local_eye import MODEL
from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.core.store import products
from dukani.running import open_services
from dukani.tools import embedding
from dukani.tools.search import find_pieces
from tests.clip import COLOURS, a_clip_eye, a_pictured_boutique, picture
from tests.factories import a_product
from tests.processes import Service, free_port, separate_settings

pytest.importorskip("fastembed", reason="the extra `clip` is not installed")

FURTHER = 395  # pictures beside those of the colours
KILLS = 3
WITHIN_S = 120.0


@pytest.mark.slow
async def test_re_embedding_survives_three_kills_and_photos_are_searched_meanwhile(
    server: EmbeddedServer, database_name: str, superuser_url: str, tmp_path: Path
) -> None:
    # given a boutique that the eye of this machine has seen, and CLIP's files on disk
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
        eye = await a_clip_eye(tmp_path)
        boutique, pieces = await a_pictured_boutique(services)
        await _further_pictures(services, boutique)
        assert await _finds(services, eye, boutique) == (MODEL, pieces)

        # when the worker is killed while it looks at the pictures
        await embedding.look_after_pictures(services, eye)
        service = Service(settings, url)
        service.start()
        try:
            await service.until_it_serves()
            at: list[int] = []
            for _ in range(KILLS):
                await _until(superuser_url, lambda one: one["done"] > (at[-1] if at else 0))
                await asyncio.sleep(rng.uniform(0.0, 0.2))
                service.kill()
                at.append(_the_model(superuser_url)["done"])
                # then each time photos find the piece, by the old model until all is seen
                searched, found = await _finds(services, eye, boutique)
                assert found == pieces
                assert (searched == MODEL) == (at[-1] < FURTHER + len(COLOURS))
                service.start()
            done = await _until(superuser_url, lambda one: one["ready_at"] is not None)
        finally:
            service.stop()

        # and by the new one from then on
        print("killed at picture", at)
        assert at[0] < FURTHER  # in the middle of it
        assert await _finds(services, eye, boutique) == (eye.networks.model, pieces)
    assert (done["done"], done["unreadable"]) == (FURTHER + len(COLOURS), 0)
    with psycopg.connect(superuser_url) as conn:
        [(vectors,)] = conn.execute(
            "select count(*) from product_embeddings where model <> %s", (MODEL,)
        ).fetchall()
    assert vectors == FURTHER + len(COLOURS)


async def _further_pictures(services: Services, boutique: str) -> None:
    """Of a grey piece, which no photo of a colour is nearest to."""
    [variant] = await a_product(services.database, boutique)
    data = picture("#808080")
    for n in range(FURTHER):
        await services.media.put(f"{boutique}/products/grey-{n}.jpg", data, "image/jpeg")
    async with services.database.tenant_connection(boutique) as conn:
        for n in range(FURTHER):
            await products.add_picture(
                conn,
                boutique_id=boutique,
                product_id=variant.product_id,
                path=f"{boutique}/products/grey-{n}.jpg",
                position=n,
            )


async def _finds(services: Services, eye: ClipEye, boutique: str) -> tuple[str, list[str]]:
    """The model that photos are searched by, and the piece that each colour's photo finds."""
    found = []
    for colour in COLOURS:
        seen = await eye.look(picture(colour))
        async with services.database.tenant_connection(boutique) as conn:
            model = await embedding.searched_by(conn, seen)
            options = (await find_pieces(conn, Wish(), analysis=seen)).options
        found.append(options[0].product_id)
    return model, found


def _the_model(superuser_url: str) -> dict[str, Any]:
    with psycopg.connect(superuser_url, row_factory=dict_row) as conn:
        [one] = conn.execute("select * from photo_models").fetchall()
    return one


async def _until(superuser_url: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    async with asyncio.timeout(WITHIN_S):
        while True:
            one = _the_model(superuser_url)
            if holds(one) or one["ready_at"] is not None:
                return one
            await asyncio.sleep(0.02)
