"""A page that is open hears what happens in its boutique, and nothing after its reader is gone."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dukani.core.database import Database
from dukani.core.store.domain_events import Cursor
from dukani.dashboard_api.events import read_id, write_id
from dukani.serving import served
from tests.factories import a_boutique
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order
from tests.signing_in import a_member, as_person

pytestmark = pytest.mark.slow  # a real server: a stream never ends in ASGITransport


@asynccontextmanager
async def a_server(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with (
        served(api, api.state.services.settings, listener=listener),
        httpx.AsyncClient(base_url=url, timeout=20) as client,
    ):
        yield client


class Stream:
    """What a stream sends, event by event."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self, *kinds: str) -> dict[str, Any]:
        """The next event of one of these kinds, with its id."""
        sent: dict[str, str] = {}
        async for line in self._lines:
            name, _, value = line.partition(": ")
            if line and name:
                sent[name] = value
            elif sent.get("event") in kinds:
                return {"id": sent.get("id"), "event": sent["event"], **json.loads(sent["data"])}
            else:
                sent = {}
        raise EOFError

    async def until_open(self) -> None:
        async for line in self._lines:
            if line.startswith(": open"):
                return


@asynccontextmanager
async def streaming(
    client: httpx.AsyncClient, boutique: str, user: str, after: str | None = None
) -> AsyncIterator[Stream]:
    headers = as_person(user) | ({"last-event-id": after} if after else {})
    async with client.stream("GET", f"/boutiques/{boutique}/events", headers=headers) as response:
        assert response.status_code == 200
        stream = Stream(response)
        await stream.until_open()
        yield stream


async def test_a_stream_tells_of_its_boutique_alone_and_resumes_without_a_gap(
    api: FastAPI, database: Database, superuser_url: str
) -> None:
    # given the open page of one boutique, and another boutique
    boutique, other = await a_boutique(database), await a_boutique(database)
    owner = a_member(superuser_url, boutique, "owner")
    async with a_server(api) as client:
        async with streaming(client, boutique, owner) as stream:
            # when something happens in both
            await an_order(database, other)
            first = await an_order(database, boutique)

            # then the page hears of its own
            told = await asyncio.wait_for(stream.next("order_placed"), 10)
            assert told["subject_id"] == first.order.id

        # and when the connection was lost while something happened, it is told afterwards
        second = await an_order(database, boutique)
        async with streaming(client, boutique, owner, after=told["id"]) as stream:
            resumed = await asyncio.wait_for(stream.next("order_placed"), 10)
            assert resumed["subject_id"] == second.order.id


async def test_a_stream_says_that_its_reader_is_removed_and_ends(
    api: FastAPI, database: Database, superuser_url: str
) -> None:
    boutique = await a_boutique(database)
    staff = a_member(superuser_url, boutique, "staff")
    async with a_server(api) as client, streaming(client, boutique, staff) as stream:
        with psycopg.connect(superuser_url) as conn:
            conn.execute("delete from boutique_members where user_id = %s", (staff,))

        ended = await asyncio.wait_for(stream.next("membership_ended"), 5)
        assert ended == {"id": None, "event": "membership_ended", "boutique_id": boutique}
        with pytest.raises(EOFError):
            await asyncio.wait_for(stream.next("order_placed"), 5)


async def test_an_id_is_read_as_it_was_written() -> None:
    assert read_id(write_id(Cursor(700, 1, 42))) == Cursor(700, 1, 42)
    assert read_id(None) is None


@pytest.mark.parametrize("sent", ["x", "1.2", "1.2.x", "1.2.3.4", "9" * 30 + ".0.1"])
async def test_an_id_of_no_stream_is_refused(owner: Signed, sent: str) -> None:
    refused = await owner.call("GET", "/events", headers={"last-event-id": sent})

    assert refused.status_code == 422
