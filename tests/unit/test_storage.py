"""Media lie under their boutique's folder, appear whole, and nothing climbs out."""

from __future__ import annotations

from pathlib import Path

import pytest

from dukani.core.clients.storage import LocalMediaStore, MediaStore, checked_path
from dukani.core.errors import NotFound
from tests.fakes.storage import FakeStorage

BOUTIQUE = "0f8fad5b-d9cb-469f-a165-70867728950e"
PATH = f"{BOUTIQUE}/inbound/a.jpg"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(params=["local", "supabase"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    return LocalMediaStore(tmp_path) if request.param == "local" else FakeStorage().store()


async def test_what_is_put_is_got(store: MediaStore) -> None:
    before = await store.exists(PATH)

    await store.put(PATH, b"one", "image/jpeg")
    await store.put(PATH, b"two", "image/jpeg")

    assert (before, await store.exists(PATH)) == (False, True)
    assert await store.get(PATH) == b"two"


async def test_what_is_not_there_is_not_found(store: MediaStore) -> None:
    with pytest.raises(NotFound):
        await store.get(PATH)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "a.jpg",
        "/etc/passwd",
        BOUTIQUE,
        f"{BOUTIQUE}/",
        f"{BOUTIQUE}/../x.jpg",
        f"{BOUTIQUE}/a/../../x.jpg",
        f"{BOUTIQUE}/.hidden",
        f"{BOUTIQUE}//a.jpg",
        f"{BOUTIQUE}/a\\b.jpg",
        f"{BOUTIQUE}/a\0.jpg",
        f"{BOUTIQUE}/a.jpg\n",
        f"x{BOUTIQUE}/a.jpg",
        f"{BOUTIQUE}/{'a' * 300}",
    ],
)
def test_a_path_that_is_no_boutiques_is_refused(path: str) -> None:
    with pytest.raises(NotFound):
        checked_path(path)


async def test_nothing_is_asked_of_a_store_by_a_path_that_is_refused(store: MediaStore) -> None:
    path = f"{BOUTIQUE}/../x.jpg"
    with pytest.raises(NotFound):
        await store.put(path, b"x", "image/jpeg")
    with pytest.raises(NotFound):
        await store.get(path)
    with pytest.raises(NotFound):
        await store.exists(path)
    with pytest.raises(NotFound):
        await store.link(path)


async def test_a_failed_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    store = LocalMediaStore(tmp_path)
    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(OSError, match="disk full"):
        await store.put(PATH, b"x", "image/jpeg")

    assert files_in(tmp_path) == []
