"""With the database gone every door says so within seconds, and keeps nothing it cannot keep."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.factories import a_boutique
from tests.wiring import META_NUMBER, PUBLIC_URL, Caller, a_change, a_meta_message, some_services

pytestmark = pytest.mark.slow
WITHIN_S = 5.5  # for all of them at once, on a busy machine
BACK_WITHIN_S = 6.0
OURS = {"authorization": "Bearer dk_" + "a" * 43}
A_CALLBACK = {"Body": {"stkCallback": {"ResultCode": 0, "CheckoutRequestID": "ws_CO_1"}}}
BROWSER = {"accept": "text/html,application/xhtml+xml"}
ID = "5f0c0a52-0000-4000-8000-000000000000"


@pytest.fixture
async def client(database: Database, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with some_services(database, tmp_path) as services:
        await a_boutique(database, slug="zuri")
        transport = httpx.ASGITransport(app=create_app(services), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
            yield client


@contextmanager
def gone(server: EmbeddedServer, database_name: str) -> Iterator[None]:
    """Nobody is let into the database any more, and who was in is sent away."""
    with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
        name = database_name.encode()
        conn.execute(b'alter database "%s" allow_connections false' % name)
        conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
            (database_name,),
        )
        try:
            yield
        finally:
            conn.execute(b'alter database "%s" allow_connections true' % name)


def every_door(client: httpx.AsyncClient) -> dict[str, Awaitable[httpx.Response]]:
    by = Caller(client)
    return {
        "a message by Twilio": by.twilio(),
        "a status by Twilio": by.twilio_status("delivered"),
        "a message by Meta": by.meta(a_change(account=META_NUMBER, messages=[a_meta_message()])),
        "a callback of M-Pesa": client.post("/webhook/daraja/abcdefabcdef", json=A_CALLBACK),
        "an SMS": client.post("/webhook/sms/africastalking/abcdefabcdef", data={"text": "Hi"}),
        "an SMS by Twilio": by.twilio("/webhook/sms/twilio"),
        "the window": client.get("/s/zuri"),
        "a cart": client.post("/s/zuri/cart/total", data={"address": "Kilimani"}),
        "a link to pay": client.get("/s/pay/abcdefabcdefabcdef"),
        "a link of a message": client.get("/l/Ab3dEf6hIj9k"),
        "a stop": client.post("/o/Ab3dEf6hIj9k"),
        "a sign-in": client.post(
            "/auth/v1/token?grant_type=password", json={"email": "a@b.ke", "password": "x" * 12}
        ),
        "a key": client.get(f"/api/v1/boutiques/{ID}/orders", headers=OURS),
        "an agent": client.post("/mcp/zuri", json={}, headers=OURS),
        "a platform": client.get("/readyz"),
    }


async def test_every_door_says_so_within_seconds(
    client: httpx.AsyncClient, server: EmbeddedServer, database_name: str
) -> None:
    with gone(server, database_name):
        doors = every_door(client)
        began = time.monotonic()
        answers = dict(zip(doors, await asyncio.gather(*doors.values()), strict=True))
        took_s = time.monotonic() - began

    # then nothing was taken that would be lost: a provider sends it again
    assert {door: a.status_code for door, a in answers.items() if a.status_code != 503} == {}
    # and nobody is told where the database was
    assert [door for door, a in answers.items() if database_name in a.text] == []
    assert [door for door, a in answers.items() if "json" not in a.headers["content-type"]] == []
    assert took_s < WITHIN_S


async def test_a_person_sees_a_page_in_both_languages(
    client: httpx.AsyncClient, server: EmbeddedServer, database_name: str
) -> None:
    with gone(server, database_name):
        page = await client.get("/s/zuri", headers=BROWSER)

    assert (page.status_code, page.headers["retry-after"]) == (503, "10")
    assert "tries again by itself" in page.text and "Utajaribu tena" in page.text
    assert "script-src" not in page.headers["content-security-policy"]


async def test_what_came_meanwhile_is_taken_soon_after(
    client: httpx.AsyncClient, server: EmbeddedServer, database_name: str
) -> None:
    # given a database that was gone for as long as tries to reach it are seconds apart
    with gone(server, database_name):
        for _ in range(2):
            assert (await client.get("/s/zuri")).status_code == 503

    # when it is back
    began = time.monotonic()
    while (await client.get("/s/zuri")).status_code != 200:
        assert time.monotonic() - began < BACK_WITHIN_S

    # then so is the service
    assert time.monotonic() - began < BACK_WITHIN_S
