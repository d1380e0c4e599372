"""`dukani models pull`: whole files only, resumed where they were broken off."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import stamina

from dukani.agent.clip import download
from dukani.agent.clip.files import Installed, installed, manifest_file, models_folder
from dukani.agent.clip.pull import pull
from dukani.core.errors import ConfigurationError, ProviderRefused, ProviderUnavailable
from dukani.sandbox.model_hub import ANOTHER, ModelHub

HUB = "http://hub.test/"
Pull = Callable[[], Any]


@pytest.fixture
def told() -> list[tuple[int, int]]:
    return []


@pytest.fixture
def pulled(http: httpx.AsyncClient, tmp_path: Path, told: list[tuple[int, int]]) -> Pull:
    async def run() -> Installed:
        return await pull(
            http, tmp_path, source=HUB, revision="main", told=lambda *here: told.append(here)
        )

    return run


async def test_a_pull_brings_every_file_and_tells_how_far_it_is(
    pulled: Pull, told: list[tuple[int, int]], tmp_path: Path
) -> None:
    assert installed(tmp_path) is None

    files = await pulled()

    assert installed(tmp_path) == files
    assert sorted(files.manifest.files) == [
        "text/config.json", "text/model.onnx", "text/tokenizer.json", "text/tokenizer_config.json",
        "vision/model.onnx", "vision/preprocessor_config.json",
    ]  # fmt: skip
    assert files.model.startswith("clip-vit-b-32-")
    assert told[-1] == (files.manifest.size, files.manifest.size)


async def test_a_download_that_broke_off_goes_on_from_there(hub: ModelHub, pulled: Pull) -> None:
    hub.break_off_after = [400]

    files = await pulled()

    assert hub.ranges[:2] == [None, "bytes=400-"]
    assert files.manifest.files["vision/model.onnx"].size == 1220


async def test_a_pull_that_gave_up_is_gone_on_with_by_the_next(
    hub: ModelHub, pulled: Pull, tmp_path: Path, told: list[tuple[int, int]]
) -> None:
    hub.break_off_after = [10] * download.TRIES
    with (
        stamina.set_testing(True, attempts=download.TRIES, cap=True),  # without waiting
        pytest.raises(ProviderUnavailable, match="broke off at 50 of 1220 bytes"),
    ):
        await pulled()
    assert installed(tmp_path) is None
    hub.ranges.clear()

    files = await pulled()

    assert hub.ranges[0] == "bytes=50-"
    assert told[-1] == (files.manifest.size, files.manifest.size)


async def test_a_file_with_a_wrong_checksum_is_deleted_and_never_used(
    hub: ModelHub, pulled: Pull, tmp_path: Path
) -> None:
    hub.spoilt = 1

    with pytest.raises(download.WrongChecksum, match=r"model\.onnx has another checksum"):
        await pulled()

    assert installed(tmp_path) is None
    assert not [f for f in models_folder(tmp_path).rglob("model.onnx*") if f.is_file()]
    assert await pulled() == installed(tmp_path)


async def test_another_version_is_another_model_and_leaves_the_old_files(
    hub: ModelHub, pulled: Pull
) -> None:
    old = await pulled()
    hub.extra = ANOTHER

    new = await pulled()

    assert new.model != old.model
    assert (old.folder / "vision" / "model.onnx").stat().st_size == 1220


async def test_a_pull_of_what_is_here_downloads_nothing(hub: ModelHub, pulled: Pull) -> None:
    first = await pulled()
    hub.ranges.clear()

    assert await pulled() == first
    assert hub.ranges == []


async def test_a_file_cut_short_later_does_not_count(pulled: Pull, tmp_path: Path) -> None:
    files = await pulled()
    (files.folder / "text" / "model.onnx").write_bytes(b"short")

    assert installed(tmp_path) is None


async def test_a_broken_manifest_does_not_count(pulled: Pull, tmp_path: Path) -> None:
    await pulled()
    manifest_file(tmp_path).write_text("{")

    assert installed(tmp_path) is None


async def test_a_full_disk_is_told_before_anything_is_downloaded(
    hub: ModelHub, pulled: Pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))

    with pytest.raises(ConfigurationError, match="needs 50 MB free and has 1 MB"):
        await pulled()
    assert hub.ranges == []


async def test_a_hub_that_is_down_or_none_is_told(tmp_path: Path) -> None:
    async def down(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503)

    async def page(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text="<html>")

    for answer, error in ((down, ProviderUnavailable), (page, ProviderRefused)):
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            with pytest.raises(error):
                await pull(http, tmp_path, source=HUB, revision="main", told=lambda *_: None)


async def test_a_folder_that_cannot_be_written_is_named(pulled: Pull, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file in its place")

    with pytest.raises(ConfigurationError, match=r"models/clip cannot be written .*DATA_DIR"):
        await pulled()
