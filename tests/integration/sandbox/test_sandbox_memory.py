"""The sandbox remembers, reports live and takes new accounts."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from dukani.sandbox.accounts import ZURI, Accounts
from dukani.sandbox.app import create_sandbox
from dukani.sandbox.hub import Hub
from dukani.sandbox.models import ChatMessage
from dukani.sandbox.world import MESSAGES_PER_CHAT, World
from tests.integration.sandbox.outside import SHOPPER, Phone, Target, served


async def test_chats_pictures_and_prompts_outlive_a_restart(tmp_path: Path):
    # given
    state = tmp_path / "sandbox.sqlite"
    async with served(state) as target, httpx.AsyncClient(base_url=f"{target.url}/sandbox") as http:
        phone = Phone(http)
        await phone.write(text="Habari", profile_name="Amina")
        picture = await phone.picture()
        await phone.write(kind="image", media=picture)
        await http.post("/accounts", json=ZURI.model_dump() | {"key": "duka", "name": "Duka"})

    # when
    async with served(state) as target, httpx.AsyncClient(base_url=f"{target.url}/sandbox") as http:
        chat = await Phone(http).chat()
        boutiques = (await http.get("/phone/api/boutiques")).json()

        # then
        assert [message["kind"] for message in chat["messages"]] == ["text", "image"]
        assert chat["profile_name"] == "Amina"
        assert (await http.get(f"/phone/api/media/{picture}")).status_code == 200
        assert "duka" in {boutique["key"] for boutique in boutiques}


async def test_a_page_hears_of_messages_as_they_happen(http: httpx.AsyncClient, phone: Phone):
    query = {"account": "zuri", "contact": SHOPPER}
    async with http.stream("GET", "/phone/api/events", params=query) as stream:
        lines = stream.aiter_lines()
        await anext(lines)

        await phone.write(text="Habari")

        async with asyncio.timeout(3):
            data = [line async for line in _data(lines, 2)]
    events = [json.loads(line) for line in data]
    assert [event["type"] for event in events] == ["message", "status"]
    assert events[0]["message"]["text"] == "Habari"


async def _data(lines, count: int):
    async for line in lines:
        if line.startswith("data: "):
            yield line.removeprefix("data: ")
            count -= 1
        if not count:
            return


async def test_another_shopper_hears_nothing():
    hub = Hub()
    listening = hub.stream(frozenset({"chat:zuri:+254799999999"}))
    await anext(listening)

    hub.publish({f"chat:zuri:{SHOPPER}"}, {"type": "message"})

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(listening), 0.05)


async def test_closing_ends_every_stream():
    hub = Hub()
    listening = hub.stream(frozenset({"x"}))
    await anext(listening)
    waiting = asyncio.ensure_future(anext(listening))
    await asyncio.sleep(0)

    hub.close()

    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(waiting, 1)


async def test_a_load_test_does_not_fill_the_memory():
    world = World(Accounts())

    for number in range(MESSAGES_PER_CHAT + 50):
        world.add(ChatMessage(id=f"SM{number}", account="zuri", contact=SHOPPER, author="boutique"))

    messages = world.chat("zuri", SHOPPER).messages
    assert len(messages) == MESSAGES_PER_CHAT
    assert next(iter(messages)) == "SM50"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/phone/api/messages", {"account": "nobody", "contact": SHOPPER, "text": "x"}, 404),
        ("/phone/api/messages", {"account": "zuri", "contact": "0712", "text": "x"}, 422),
        ("/phone/api/messages", {"account": "zuri", "contact": SHOPPER, "kind": "image"}, 400),
        ("/phone/api/echoes", {"account": "zuri", "contact": SHOPPER, "text": "x"}, 400),
        ("/faults", {"twilio": {"unheard_of": 1}}, 422),
        (
            "/accounts",
            {"key": "x", "name": "X", "number": "+254700000103", "provider": "meta"},
            422,
        ),
    ],
)
async def test_what_makes_no_sense_is_told_why(
    http: httpx.AsyncClient, target: Target, path: str, body: dict, status: int
):
    response = await http.post(path, json=body)

    assert response.status_code == status
    assert response.json()["detail"]


async def test_numbers_of_one_twilio_account_are_told_apart(http: httpx.AsyncClient, phone: Phone):
    # given
    other = ZURI.model_dump() | {"key": "duka", "name": "Duka", "number": "+254700000109"}
    await http.post("/accounts", json=other)
    await phone.write("duka", text="Habari")

    # when
    await http.post(
        f"/2010-04-01/Accounts/{ZURI.account_sid}/Messages.json",
        data={
            "From": "whatsapp:+254700000109",
            "To": f"whatsapp:{SHOPPER}",
            "Body": "Karibu Duka",
        },
        auth=(ZURI.account_sid, ZURI.auth_token),
    )

    # then
    assert [message["text"] for message in (await phone.chat("duka"))["messages"]] == [
        "Habari",
        "Karibu Duka",
    ]
    assert (await phone.chat("zuri"))["messages"] == []


async def test_the_sandbox_runs_alone_too():
    sandbox = create_sandbox(base_url="http://127.0.0.1:9000", target_url="http://127.0.0.1:9")
    line = httpx.ASGITransport(sandbox)

    async with httpx.AsyncClient(transport=line, base_url="http://127.0.0.1:9000") as http:
        page = await http.get("/phone")

    assert 'name="api-base" content=""' in page.text


async def test_a_file_never_runs_in_a_browser(http: httpx.AsyncClient):
    posted = await http.post(
        "/phone/api/media", content=b"<svg/>", headers={"content-type": "image/svg+xml"}
    )

    served_file = await http.get(f"/phone/api/media/{posted.json()['id']}")

    assert served_file.headers["content-type"] == "application/octet-stream"
    assert served_file.headers["x-content-type-options"] == "nosniff"
