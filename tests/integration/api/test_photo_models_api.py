"""An owner reads by which model photos are searched; the platform, which boutiques wait for one."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from dukani.agent.clip.eye import ClipEye
from dukani.agent.eye import Eye
from dukani.agent.local_eye import MODEL
from dukani.core.services import Services
from dukani.core.store import photo_models
from dukani.tools import embedding
from tests.clip import a_clip_eye, a_pictured_boutique
from tests.integration.api.conftest import Signed
from tests.integration.api.platform_room import Admin

pytest.importorskip("fastembed", reason="the extra `clip` is not installed")


@pytest.fixture
async def eye(tmp_path: Path) -> Eye | None:
    return await a_clip_eye(tmp_path)


@pytest.fixture
async def boutique(services: Services) -> str:
    boutique, _ = await a_pictured_boutique(services)
    return boutique


@pytest.fixture
async def clip(eye: Eye | None) -> ClipEye:
    assert isinstance(eye, ClipEye)
    return eye


async def test_the_owner_reads_how_far_the_next_model_is_and_then_that_it_sees(
    owner: Signed, services: Services, clip: ClipEye, boutique: str
) -> None:
    # given none has begun
    before = await owner.get("/models")
    assert before["model"] == MODEL
    assert before["coming"]["begun_at"] is None

    # when two of five are noted
    async with services.database.tenant_connection(boutique) as conn:
        await photo_models.note(conn, boutique_id=boutique, model=clip.networks.model, unreadable=2)
    during = await owner.get("/models")

    # then, and after the last
    coming = during["coming"]
    assert (during["kind"], during["since"]) == ("local", None)
    assert (coming["done"], coming["unreadable"], coming["pictures"]) == (0, 2, 5)
    assert coming["begun_at"] is not None
    await embedding.embed_pictures(services, clip, boutique_id=boutique)
    after = await owner.get("/models")
    assert (after["model"], after["kind"], after["coming"]) == (clip.networks.model, "clip", None)
    assert after["since"] is not None


async def test_staff_are_not_told_and_another_boutiques_models_are_its_own(
    staff: Signed, stranger: Signed, services: Services, clip: ClipEye, boutique: str
) -> None:
    await embedding.embed_pictures(services, clip, boutique_id=boutique)

    assert (await staff.call("GET", "/models")).status_code == 403
    others = await stranger.get("/models")
    assert (others["model"], others["pictures"], others["coming"]) == (MODEL, 0, None)


async def test_the_platform_reads_which_boutiques_wait_for_their_newest_model(
    client: httpx.AsyncClient, superuser_url: str, services: Services, clip: ClipEye, boutique: str
) -> None:
    # given one that is done with its only model, and one whose newest has begun
    admin = Admin(client, superuser_url)
    other, _ = await a_pictured_boutique(services)
    await embedding.embed_pictures(services, clip, boutique_id=other)
    for model in ("an older one", clip.networks.model):
        async with services.database.tenant_connection(boutique) as conn:
            await photo_models.note(conn, boutique_id=boutique, model=model, unreadable=0)

    # when
    [waiting] = (await admin.get("/photo-models"))["items"]

    # then
    assert (waiting["model"], waiting["done"], waiting["pictures"]) == (clip.networks.model, 0, 5)
    await embedding.embed_pictures(services, clip, boutique_id=boutique)
    assert (await admin.get("/photo-models"))["items"] == []
