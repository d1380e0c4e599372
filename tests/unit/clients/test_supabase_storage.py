"""What Supabase Storage is asked, byte by byte, and which of our errors its refusals become."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import httpx
import pytest
import respx
import stamina
from pydantic import SecretStr

from dukani.core.clients import supabase_storage
from dukani.core.clients.supabase_storage import LINK_KEPT_S, LINK_LIFE_S, SupabaseMediaStore
from dukani.core.errors import (
    ConfigurationError,
    DukaniError,
    NotFound,
    ProviderRefused,
    ProviderUnavailable,
)
from dukani.core.services import build_media_store
from dukani.core.settings import ROOT, GivenSettings, Storage
from tests.fakes.storage import ADDRESS, BUCKET, OBJECT, FakeStorage

BOUTIQUE = "0f8fad5b-d9cb-469f-a165-70867728950e"
PATH = f"{BOUTIQUE}/inbound/a.jpg"


def store_of(http: httpx.AsyncClient) -> SupabaseMediaStore:
    return SupabaseMediaStore(http, ADDRESS, service_key="key", bucket=BUCKET)


async def outcome(store: SupabaseMediaStore, call: str) -> DukaniError | object:
    arguments = (PATH, b"x", "image/jpeg") if call == "put" else (PATH,)
    try:
        return await getattr(store, call)(*arguments)
    except DukaniError as error:
        return error


async def test_a_picture_is_put_with_its_type_and_may_be_kept_by_whoever_fetches_it() -> None:
    fake = FakeStorage()

    await fake.store().put(PATH, b"\xff\xd8", "image/jpeg")

    assert fake.kept == {PATH: (b"\xff\xd8", "image/jpeg", "31536000")}
    assert fake.asked == [("POST", f"{OBJECT}/{BUCKET}/{PATH}")]


async def test_whether_it_is_there_is_asked_without_its_bytes() -> None:
    fake = FakeStorage()
    store = fake.store()

    before = await store.exists(PATH)
    await store.put(PATH, b"x", "image/jpeg")

    assert (before, await store.exists(PATH)) == (False, True)
    assert ("GET", f"{OBJECT}/{BUCKET}/{PATH}") not in fake.asked


async def test_a_link_is_storages_own_and_the_same_for_a_day() -> None:
    # given
    now = [0.0]
    store = FakeStorage().store(clock=lambda: now[0])
    await store.put(PATH, b"x", "image/jpeg")

    # when
    first = await store.link(PATH)
    now[0] = LINK_KEPT_S - 1
    same = await store.link(PATH)
    now[0] = LINK_KEPT_S + 1
    later = await store.link(PATH)

    # then
    address, _, token = first.partition("?token=")
    assert address == f"{ADDRESS}{OBJECT}/sign/{BUCKET}/{PATH}"
    assert token.startswith(f"ey.{LINK_LIFE_S}.")
    assert same == first != later


async def test_a_file_that_is_not_there_gets_no_link() -> None:
    with pytest.raises(NotFound):
        await FakeStorage().store().link(PATH)


CALLS = ("put", "get", "exists", "link")


@pytest.mark.parametrize("call", CALLS)
async def test_a_wrong_key_or_bucket_is_refused_and_is_no_missing_file(call: str) -> None:
    fake = FakeStorage()

    wrong_key = await outcome(fake.store(key="wrong"), call)
    no_bucket = await outcome(fake.store(bucket="medai"), call)

    assert isinstance(wrong_key, ProviderRefused)
    assert isinstance(no_bucket, ProviderRefused)
    assert (wrong_key.code, no_bucket.code) == ("403", "404")


ANSWERS = {
    # Storage's own words
    "newer Storage names it so": (400, "404", "NoSuchKey", NotFound),
    "too large": (400, "413", "Payload too large", ProviderRefused),
    "its database is away": (544, "544", "DatabaseTimeout", ProviderUnavailable),
    "slow down": (400, "503", "SlowDown", ProviderUnavailable),
    "out of order": (500, "500", "Internal", ProviderUnavailable),
    # what stands before it
    "no such key at the gate": (401, None, "", ProviderRefused),
    "too large for the gate": (413, None, "", ProviderRefused),
    "too many at the gate": (429, None, "", ProviderUnavailable),
    "nobody behind the gate": (502, None, "", ProviderUnavailable),
    "a page of somebody else's": (200, None, "", ProviderUnavailable),
}


@pytest.mark.parametrize(("status", "real", "error", "ours"), ANSWERS.values(), ids=ANSWERS)
async def test_what_storage_refuses_is_one_of_our_errors(
    status: int, real: str | None, error: str, ours: type[DukaniError]
) -> None:
    body = {"statusCode": real, "error": error, "message": error} if real else None
    with respx.mock() as storage:
        storage.route().respond(status, json=body, html=None if body else "<html>Sorry</html>")
        async with httpx.AsyncClient() as http:
            put = await outcome(store_of(http), "put")
            link = await outcome(store_of(http), "link")
        asked = storage.calls.call_count

    assert isinstance(link, ours)
    assert isinstance(put, ProviderRefused if ours is NotFound else ours)
    assert asked == 2  # an answer is an answer: it is not asked for again


async def test_reads_are_tried_again_and_writes_are_left_to_the_job() -> None:
    times = {}
    for call in CALLS:
        # as often as ever, without waiting
        with stamina.set_testing(True, attempts=100, cap=True), respx.mock() as storage:
            storage.route().mock(side_effect=httpx.ReadError("reset"))
            async with httpx.AsyncClient() as http:
                assert isinstance(await outcome(store_of(http), call), ProviderUnavailable)
            times[call] = storage.calls.call_count

    assert times == {"put": 1, "get": 3, "exists": 3, "link": 3}


async def test_storage_that_never_answers_is_given_up_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def never(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError("nobody waited")

    monkeypatch.setattr(supabase_storage, "LINK_DEADLINE_S", 0.05)
    async with httpx.AsyncClient(transport=httpx.MockTransport(never)) as http:
        given_up = await asyncio.wait_for(outcome(store_of(http), "link"), 10)

    assert isinstance(given_up, ProviderUnavailable)
    assert given_up.said == "TimeoutError"


def test_a_project_in_the_settings_is_where_media_are_kept() -> None:
    storage = Storage(supabase_url=ADDRESS, service_key=SecretStr("key"))
    no_key = Storage(supabase_url=ADDRESS)
    http = httpx.AsyncClient()

    store = build_media_store(GivenSettings(storage=storage), http)

    assert isinstance(store, SupabaseMediaStore)
    with pytest.raises(ConfigurationError, match="DUKANI_STORAGE__SERVICE_KEY"):
        build_media_store(GivenSettings(storage=no_key), http)


def test_a_process_whose_media_are_a_folder_does_not_load_the_package() -> None:
    look = "import sys, dukani.core.services; print('storage3' in sys.modules)"

    asked = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert asked.stdout.strip() == "False"
