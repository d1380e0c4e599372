"""Media lie under their boutique's folder, appear whole, and nothing climbs out."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from dukani.core.clients.storage import LocalMediaStore, MediaStore, SupabaseMediaStore
from dukani.core.errors import NotFound, ProviderRefused, ProviderUnavailable

BOUTIQUE = "0f8fad5b-d9cb-469f-a165-70867728950e"
PATH = f"{BOUTIQUE}/inbound/a.jpg"


class FakeStorage:
    """Supabase Storage beyond the network."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.refuse: int | None = None

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != "Bearer key" or "apikey" not in request.headers:
            return httpx.Response(403)
        if self.refuse:
            return httpx.Response(self.refuse)
        name = request.url.path.removeprefix("/storage/v1/object/media/")
        if request.method == "POST":
            assert request.headers["x-upsert"] == "true"
            self.objects[name] = request.content
            return httpx.Response(200, json={"Key": name})
        if name not in self.objects:
            return httpx.Response(400, json={"error": "not_found"})
        return httpx.Response(200, content=self.objects[name])


def supabase(fake: FakeStorage, key: str = "key") -> SupabaseMediaStore:
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake.answer))
    return SupabaseMediaStore(http, "https://p.supabase.test/", service_key=key, bucket="media")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(params=["local", "supabase"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    return LocalMediaStore(tmp_path) if request.param == "local" else supabase(FakeStorage())


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
async def test_a_path_that_is_no_boutiques_is_refused(store: MediaStore, path: str) -> None:
    with pytest.raises(NotFound):
        await store.put(path, b"x", "image/jpeg")
    with pytest.raises(NotFound):
        await store.get(path)
    with pytest.raises(NotFound):
        await store.exists(path)


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


@pytest.mark.parametrize(("status", "error"), [(503, ProviderUnavailable), (413, ProviderRefused)])
async def test_storage_that_says_no_is_one_of_our_errors(
    status: int, error: type[Exception]
) -> None:
    fake = FakeStorage()
    fake.refuse = status

    with pytest.raises(error):
        await supabase(fake).put(PATH, b"x", "image/jpeg")


async def test_a_wrong_key_is_refused() -> None:
    with pytest.raises(ProviderRefused):
        await supabase(FakeStorage(), key="wrong").put(PATH, b"x", "image/jpeg")
