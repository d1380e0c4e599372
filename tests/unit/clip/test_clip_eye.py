"""The eye with CLIP beside it: fastembed runs the stand-in's networks, of CLIP's shapes."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from dukani.agent.clip.eye import ClipEye
from dukani.agent.clip.files import Installed
from dukani.agent.clip.networks import Networks
from dukani.agent.clip.pull import pull
from dukani.agent.local_eye import MODEL, LocalEye
from dukani.core.errors import UnreadableImage
from dukani.core.settings import GivenSettings
from dukani.graph.looking import photo_memory
from dukani.running import build_senses

pytest.importorskip("fastembed", reason="the extra `clip` is not installed")


@pytest.fixture
async def files(http: httpx.AsyncClient, tmp_path: Path) -> Installed:
    return await pull(
        http, tmp_path, source="http://hub.test", revision="main", told=lambda *_: None
    )


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(data, "JPEG")
    return data.getvalue()


async def test_a_look_has_both_models_vectors_and_the_local_eyes_names(files: Installed) -> None:
    local, eye = LocalEye(), ClipEye(LocalEye(), Networks(files))

    plain, seen = await local.look(picture("red")), await eye.look(picture("red"))

    assert seen.category == plain.category
    assert set(seen.vectors) == {MODEL, files.model}
    assert np.array_equal(seen.vectors[MODEL], plain.vector)
    clip = seen.vectors[files.model]
    assert clip.shape == (512,)
    assert clip.dtype == np.float32
    assert np.linalg.norm(clip) == pytest.approx(1, abs=1e-5)


async def test_words_are_near_the_pictures_they_tell_of(files: Installed) -> None:
    networks = Networks(files)
    eye = ClipEye(LocalEye(), networks)
    red, blue = eye.vector_of(picture("#c81e28")), eye.vector_of(picture("#1e3cbe"))

    words = networks.of_words("a red dress")

    assert words @ red > 0.99
    assert words @ red > words @ blue + 0.2


async def test_broken_networks_leave_the_local_eyes_analysis(files: Installed) -> None:
    (files.folder / "vision" / "model.onnx").write_bytes(b"not a network")
    eye = ClipEye(LocalEye(), Networks(files))

    seen = await eye.look(picture("red"))

    assert set(seen.vectors) == {MODEL}


async def test_bytes_that_are_no_picture_are_refused(files: Installed) -> None:
    with pytest.raises(UnreadableImage):
        await ClipEye(LocalEye(), Networks(files)).look(b"no picture")


async def test_the_process_looks_with_clip_only_where_its_files_are(
    files: Installed, tmp_path: Path
) -> None:
    here = build_senses(GivenSettings(data_dir=tmp_path)).eye
    nowhere = build_senses(GivenSettings(data_dir=tmp_path / "other")).eye

    assert isinstance(here, ClipEye)
    assert here.networks.model == files.model
    assert isinstance(nowhere, LocalEye)


async def test_a_photo_is_remembered_with_every_vector(files: Installed) -> None:
    seen = await ClipEye(LocalEye(), Networks(files)).look(picture("red"))

    again = photo_memory.unpack(photo_memory.pack(seen))

    assert again is not None
    assert set(again.vectors) == set(seen.vectors)
    assert all(np.array_equal(again.vectors[m], v) for m, v in seen.vectors.items())
