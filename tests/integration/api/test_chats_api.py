"""A person takes a chat over, answers within 24 hours, and hands it back."""

from __future__ import annotations

import asyncio

import psycopg

from dukani.core.database import Database
from dukani.core.services import Services
from tests.factories import a_conversation, an_arrival
from tests.integration.api.conftest import Signed
from tests.wiring import jobs, rows


async def a_chat(database: Database, boutique: str, *said: str) -> str:
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        for n, body in enumerate(said):
            await an_arrival(conn, conversation, provider_id=f"{conversation}.{n}", body=body)
    return conversation


async def test_what_nobody_has_read_is_counted_until_somebody_has(
    owner: Signed, staff: Signed, database: Database
) -> None:
    # given a customer who wrote twice
    chat = await a_chat(database, owner.boutique, "Hi", "Anybody there?")
    [listed] = (await owner.get("/conversations"))["items"]
    assert (listed["unread"], listed["last_body"]) == (2, "Anybody there?")
    assert "•" in listed["phone"]

    # when staff have read it, and the customer writes again
    await staff.post(f"/conversations/{chat}/read")
    assert (await owner.get(f"/conversations/{chat}"))["unread"] == 0
    async with database.tenant_connection(owner.boutique) as conn:
        await an_arrival(conn, chat, provider_id="wamid.9", body="Hello?")

    # then that is unread for everybody
    assert (await owner.get(f"/conversations/{chat}"))["unread"] == 1


async def test_a_reply_leaves_once_and_silences_the_assistant(
    staff: Signed, database: Database, services: Services
) -> None:
    # given a chat of the assistant's
    chat = await a_chat(database, staff.boutique, "Do you have it in red?")

    # when staff answer, and the call is repeated
    for _ in range(2):
        sent = await staff.call(
            "POST",
            f"/conversations/{chat}/messages",
            json={"text": "Yes, come by."},
            headers={"idempotency-key": "k1"},
        )

    # then one message is queued in their name, and people hold the chat
    [message] = sent.json()["messages"]
    assert (message["author"], message["status"]) == ("staff", "queued")
    assert [job["task_name"] for job in await jobs(services, "deliver")] == ["deliver"]
    shown = await staff.get(f"/conversations/{chat}")
    assert shown["handoff_reason"] == "staff"
    page = await staff.get(f"/conversations/{chat}/messages")
    assert [m["body"] for m in page["items"]] == ["Yes, come by.", "Do you have it in red?"]


async def test_after_24_hours_nothing_is_queued(
    staff: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    chat = await a_chat(database, staff.boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")

    path = f"/conversations/{chat}/messages"
    refused = await staff.call("POST", path, json={"text": "Still interested?"})

    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")
    assert await rows(services, "messages") == []
    assert (await staff.get(f"/conversations/{chat}"))["handed_off_at"] is None


async def test_taking_over_waits_for_a_turn_under_way(staff: Signed, database: Database) -> None:
    """Whatever the turn writes is there before the person is told that the chat is theirs."""
    chat = await a_chat(database, staff.boutique, "Hi")
    async with database.tenant_connection(staff.boutique, partition=chat):
        taking = asyncio.create_task(staff.post(f"/conversations/{chat}/taken-over"))
        done, _ = await asyncio.wait({taking}, timeout=0.3)
        assert not done

    assert (await taking)["handed_off_at"] is not None
    waiting = await staff.get("/conversations?filter=with_people")
    assert [one["id"] for one in waiting["items"]] == [chat]


async def test_a_chat_is_handed_back_by_its_next_turn(
    staff: Signed, database: Database, services: Services
) -> None:
    chat = await a_chat(database, staff.boutique, "Hi")
    await staff.post(f"/conversations/{chat}/taken-over")

    await staff.post(f"/conversations/{chat}/handed-back")

    assert [e["kind"] for e in await rows(services, "conversation_events")][-1] == "hand_back"
    assert await jobs(services, "handle_turn")


async def test_messages_are_read_page_by_page(staff: Signed, database: Database) -> None:
    chat = await a_chat(database, staff.boutique, "one", "two", "three")

    first = await staff.get(f"/conversations/{chat}/messages?limit=2")
    path = f"/conversations/{chat}/messages?limit=2&cursor={first['next_cursor']}"
    second = await staff.get(path)

    assert [m["body"] for m in first["items"] + second["items"]] == ["three", "two", "one"]
