"""Pictures get CLIP's vectors in the background; photos are searched by them when all have one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, LiteralString

import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray

from dukani.agent.clip.eye import ClipEye
from dukani.agent.facts import Wish
from dukani.agent.local_eye import MODEL, LocalEye
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import photo_models
from dukani.sandbox.model_hub import ANOTHER, ModelHub
from dukani.tools import embedding
from dukani.tools.retention import delete_what_is_old
from dukani.tools.search import find_pieces
from tests.clip import COLOURS, a_clip_eye, a_pictured_boutique, picture
from tests.factories import a_boutique
from tests.wiring import jobs, some_services

pytest.importorskip("fastembed", reason="the extra `clip` is not installed")


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as opened:
        yield opened


@pytest.fixture
async def eye(tmp_path: Path) -> ClipEye:
    return await a_clip_eye(tmp_path)


def take_away(folder: Path, name: str) -> None:
    next(folder.rglob(name)).unlink()


def used(superuser_url: str, at: LiteralString) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(f"update photo_models set used_at = {at}".encode())


def vectors(superuser_url: str) -> dict[str, int]:
    """How many there are, by model."""
    with psycopg.connect(superuser_url) as conn:
        counted = "select model, count(*) from product_embeddings group by model"
        return dict(conn.execute(counted).fetchall())


async def models_of(services: Services) -> list[dict[str, Any]]:
    async with services.database.system_connection() as conn:
        cursor = await conn.execute("select * from photo_models")
        return list(await cursor.fetchall())


async def first_like(services: Services, eye: ClipEye, boutique: str, colour: str) -> str:
    seen = await eye.look(picture(colour))
    async with services.database.tenant_connection(boutique) as conn:
        found = await find_pieces(conn, Wish(), analysis=seen)
    return found.options[0].product_id


async def searched_by(services: Services, eye: ClipEye, boutique: str) -> str:
    seen = await eye.look(picture(COLOURS[0]))
    async with services.database.tenant_connection(boutique) as conn:
        return await embedding.searched_by(conn, seen)


async def test_photos_are_searched_by_the_old_model_until_every_picture_has_the_new(
    services: Services, eye: ClipEye, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given: a job that dies after two batches of one
    monkeypatch.setattr(embedding, "BATCH", 1)
    boutique, pieces = await a_pictured_boutique(services)
    real, looks = eye.vector_of, 0

    def dies(image: bytes) -> NDArray[np.float32]:
        nonlocal looks
        looks += 1
        if looks > 2:
            raise KeyboardInterrupt
        return real(image)

    with monkeypatch.context() as dying:
        dying.setattr(eye, "vector_of", dies)
        with pytest.raises(KeyboardInterrupt):
            await embedding.embed_pictures(services, eye, boutique_id=boutique)

    # when it is in between: what is done is kept, and the old model is searched by
    [model] = await models_of(services)
    assert (model["done"], model["pictures"], model["ready_at"]) == (2, 5, None)
    assert await searched_by(services, eye, boutique) == MODEL
    assert await first_like(services, eye, boutique, COLOURS[4]) == pieces[4]

    # then the next job only looks at the others, and the search goes over
    counted = []
    monkeypatch.setattr(eye, "vector_of", lambda image: counted.append(image) or real(image))
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    monkeypatch.undo()
    assert len(counted) == 3
    assert await searched_by(services, eye, boutique) == eye.networks.model
    assert [await first_like(services, eye, boutique, colour) for colour in COLOURS] == pieces


async def test_the_clock_gives_each_boutique_with_unseen_pictures_one_job(
    services: Services, eye: ClipEye
) -> None:
    boutique, _ = await a_pictured_boutique(services)
    await a_boutique(services.database)  # without a picture

    await embedding.look_after_pictures(services, LocalEye())
    assert await jobs(services, "embed_pictures") == []
    await embedding.look_after_pictures(services, eye)
    await embedding.look_after_pictures(services, eye)

    assert len(await jobs(services, "embed_pictures")) == 1
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    await embedding.look_after_pictures(services, eye)
    assert len(await jobs(services, "embed_pictures")) == 1


async def test_a_picture_that_is_gone_is_counted_and_keeps_nothing_waiting(
    services: Services, eye: ClipEye, tmp_path: Path
) -> None:
    boutique, _ = await a_pictured_boutique(services)
    take_away(tmp_path, "c81e28.jpg")

    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    await embedding.look_after_pictures(services, eye)

    [model] = await models_of(services)
    assert (model["done"], model["unreadable"], model["pictures"]) == (4, 1, 5)
    assert model["ready_at"] is not None
    assert await jobs(services, "embed_pictures") == []


async def test_another_boutiques_model_is_nothing_of_ours(services: Services, eye: ClipEye) -> None:
    boutique, _ = await a_pictured_boutique(services)
    other = await a_boutique(services.database)
    await embedding.embed_pictures(services, eye, boutique_id=boutique)

    async with services.database.tenant_connection(other) as conn:
        assert await photo_models.ready(conn, models=[eye.networks.model]) is None
    assert await searched_by(services, eye, other) == MODEL


async def test_vectors_of_a_model_that_is_used_no_more_go_and_then_its_row(
    services: Services, eye: ClipEye, superuser_url: str
) -> None:
    # given a model that no process has had for forty days, and a boutique that it saw
    boutique, pieces = await a_pictured_boutique(services)
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    await embedding.look_after_pictures(services, LocalEye())
    used(superuser_url, "now() - interval '40 days'")

    # when
    removed = await delete_what_is_old(services)

    # then the vectors of the eye of this machine stay, and search
    assert removed["old_vectors"] == len(pieces)
    assert vectors(superuser_url) == {MODEL: len(pieces)}
    assert await searched_by(services, eye, boutique) == MODEL
    assert await first_like(services, eye, boutique, COLOURS[1]) == pieces[1]
    assert (await delete_what_is_old(services))["old_vectors"] == 0
    assert await models_of(services) == []

    # and a process that has the model again begins anew
    await embedding.look_after_pictures(services, eye)
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    assert await searched_by(services, eye, boutique) == eye.networks.model


async def test_vectors_of_a_model_that_a_process_has_are_kept(
    services: Services, eye: ClipEye, superuser_url: str
) -> None:
    boutique, pieces = await a_pictured_boutique(services)
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    used(superuser_url, "now() - interval '40 days'")

    await embedding.look_after_pictures(services, eye)
    removed = await delete_what_is_old(services)

    assert removed["old_vectors"] == 0
    assert vectors(superuser_url) == {MODEL: len(pieces), eye.networks.model: len(pieces)}


async def test_vectors_of_two_models_are_never_compared(
    services: Services, eye: ClipEye, tmp_path: Path, superuser_url: str
) -> None:
    # given another version that has seen all, whose vectors say the opposite of what is shown
    boutique, pieces = await a_pictured_boutique(services)
    newer = await a_clip_eye(tmp_path / "newer", hub=ModelHub(extra=ANOTHER))
    for one in (eye, newer):
        one.networks.load_words()
        await embedding.embed_pictures(services, one, boutique_id=boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            """update product_embeddings
               set vector = (select array_agg(-x)::vector from unnest(vector::real[]) x)
               where model = %s""",
            (newer.networks.model,),
        )

    # then whoever has the one finds by it alone, by photos and by words
    assert eye.networks.model != newer.networks.model
    assert [await first_like(services, eye, boutique, colour) for colour in COLOURS] == pieces
    assert await first_like(services, newer, boutique, COLOURS[0]) != pieces[0]
    async with services.database.tenant_connection(boutique) as conn:
        found = await find_pieces(conn, Wish(category="dress", words="red"), eye=eye)
        turned = await find_pieces(conn, Wish(category="dress", words="red"), eye=newer)
    assert found.options[0].product_id == pieces[0]
    assert turned.options[-1].product_id == pieces[0]


async def test_a_newer_model_is_searched_by_once_it_has_seen_every_picture(
    services: Services, eye: ClipEye, tmp_path: Path
) -> None:
    boutique, pieces = await a_pictured_boutique(services)
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    newer = await a_clip_eye(tmp_path / "newer", hub=ModelHub(extra=ANOTHER))

    # in between the process with the newer files searches by the eye of this machine …
    assert await searched_by(services, newer, boutique) == MODEL
    # … and one that still has the older by that
    assert await searched_by(services, eye, boutique) == eye.networks.model

    await embedding.look_after_pictures(services, newer)
    assert len(await jobs(services, "embed_pictures")) == 1
    await embedding.embed_pictures(services, newer, boutique_id=boutique)
    assert await searched_by(services, newer, boutique) == newer.networks.model
    assert [await first_like(services, newer, boutique, colour) for colour in COLOURS] == pieces
