"""Pictures and boutiques that come and go while CLIP looks at the pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray

from dukani.agent.clip.eye import ClipEye
from dukani.agent.local_eye import LocalEye
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.tools import embedding
from dukani.tools.pictures import add_picture, keep_picture, look_at_pictures
from tests.clip import a_clip_eye, a_pictured_boutique, picture
from tests.integration.tools.test_embedding import models_of, searched_by, take_away, used
from tests.wiring import jobs, some_services

pytest.importorskip("fastembed", reason="the extra `clip` is not installed")


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as opened:
        yield opened


@pytest.fixture
async def eye(tmp_path: Path) -> ClipEye:
    return await a_clip_eye(tmp_path)


def during_a_look(
    monkeypatch: pytest.MonkeyPatch, eye: ClipEye, superuser_url: str, statement: str
) -> None:
    """Let somebody do something to the database while the first picture is looked at."""
    real, left = eye.vector_of, [statement]

    def looks(image: bytes) -> NDArray[np.float32]:
        if left:
            done(superuser_url, left.pop())
        return real(image)

    monkeypatch.setattr(eye, "vector_of", looks)


def done(superuser_url: str, statement: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(statement.encode())


async def another_picture(services: Services, boutique: str, product_id: str) -> None:
    """Put in by a process without CLIP."""
    await add_picture(
        services, boutique_id=boutique, product_id=product_id, data=picture("#884422"), name="new"
    )
    await look_at_pictures(services, LocalEye(), boutique_id=boutique)


async def test_a_new_picture_is_seen_though_an_unreadable_one_was_taken_away(
    services: Services, eye: ClipEye, tmp_path: Path, superuser_url: str
) -> None:
    boutique, pieces = await a_pictured_boutique(services)
    take_away(tmp_path, "c81e28.jpg")
    await embedding.embed_pictures(services, eye, boutique_id=boutique)

    done(superuser_url, "delete from product_images where path like '%c81e28.jpg'")
    await another_picture(services, boutique, pieces[1])
    used(superuser_url, "now() - interval '25 hours'")  # the numbers alone say that all is done
    await embedding.look_after_pictures(services, eye)

    assert len(await jobs(services, "embed_pictures")) == 1
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    [model] = await models_of(services)
    assert (model["done"], model["unreadable"], model["pictures"]) == (5, 0, 5)


async def test_a_picture_taken_away_meanwhile_is_nothing_to_wait_for(
    services: Services, eye: ClipEye, monkeypatch: pytest.MonkeyPatch, superuser_url: str
) -> None:
    boutique, _ = await a_pictured_boutique(services)
    during_a_look(
        monkeypatch, eye, superuser_url,
        "delete from product_images where path like '%c81e28.jpg'",
    )  # fmt: skip

    await embedding.embed_pictures(services, eye, boutique_id=boutique)

    [model] = await models_of(services)
    assert (model["done"], model["unreadable"], model["pictures"]) == (4, 0, 4)
    assert await searched_by(services, eye, boutique) == eye.networks.model


async def test_a_picture_that_comes_at_the_end_is_seen_before_the_search_goes_over(
    services: Services, eye: ClipEye, monkeypatch: pytest.MonkeyPatch, superuser_url: str
) -> None:
    boutique, pieces = await a_pictured_boutique(services)
    path = await keep_picture(services, boutique_id=boutique, data=picture("#884422"), name="late")
    during_a_look(
        monkeypatch, eye, superuser_url,
        f"""insert into product_images (boutique_id, product_id, path)
            values ('{boutique}', '{pieces[0]}', '{path}')""",
    )  # fmt: skip

    await embedding.embed_pictures(services, eye, boutique_id=boutique)

    [model] = await models_of(services)
    assert (model["done"], model["unreadable"], model["pictures"]) == (6, 0, 6)
    assert model["ready_at"] is not None


async def test_a_boutique_removed_meanwhile_ends_the_job(
    services: Services, eye: ClipEye, monkeypatch: pytest.MonkeyPatch, superuser_url: str
) -> None:
    boutique, _ = await a_pictured_boutique(services)
    during_a_look(monkeypatch, eye, superuser_url, "delete from boutiques")

    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    await embedding.embed_pictures(services, eye, boutique_id=boutique)  # it was claimed before

    assert await models_of(services) == []
