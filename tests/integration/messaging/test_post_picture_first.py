"""What speaks of a picture leaves when the picture is on its way, or about a second later."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.facts import Reply
from dukani.core.services import Services
from dukani.core.store.conversations import Conversation
from dukani.core.store.outbox import PICTURE_LEAD_S
from dukani.tools import messaging
from tests.fakes.providers import FakeProviders
from tests.integration.messaging.test_delivery import a_chat, deliver, say
from tests.integration.messaging.test_post_pictures import OPTIONS
from tests.wiring import Caller, a_change, doors_of, jobs, rows


async def offer(services: Services, provider: str = "meta", text: str = "1. Amani") -> Conversation:
    chat = await a_chat(services, provider)
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await messaging.queue_reply(conn, chat, Reply(text=text, options=OPTIONS), language="en")
    await deliver(services, chat)
    return chat


async def test_the_list_waits_for_its_picture_without_a_worker(
    services: Services, providers: FakeProviders
) -> None:
    await offer(services)

    # then only the picture has left, and a job will look again within about a second
    assert [message["type"] for message in providers.sent] == ["image"]
    (later,) = await jobs(services, "deliver")
    assert later["scheduled_at"] is not None


@pytest.mark.parametrize("status", ["sent", "delivered", "read", "failed"])
async def test_the_pictures_first_status_lets_the_list_go(
    services: Services, providers: FakeProviders, status: str
) -> None:
    chat = await offer(services)
    async with doors_of(services) as client:
        told = {"id": "wamid.1", "status": status, "errors": [{"code": 131053}]}
        assert (await Caller(client).meta(a_change(statuses=[told]))).status_code == 200

    # then a job that does not wait behind the held one sends it
    soon = [job for job in await jobs(services, "deliver") if job["scheduled_at"] is None]
    assert soon
    await deliver(services, chat)
    assert [message["type"] for message in providers.sent][:2] == (["image", "interactive"])


async def test_without_any_status_it_leaves_after_a_second(
    services: Services, providers: FakeProviders
) -> None:
    chat = await offer(services)
    await asyncio.sleep(PICTURE_LEAD_S)

    await deliver(services, chat)

    assert [message["type"] for message in providers.sent] == ["image", "interactive"]


async def test_what_is_said_meanwhile_does_not_overtake_the_list(
    services: Services, providers: FakeProviders
) -> None:
    # given a list that waits, and words said after it
    chat = await offer(services)
    await say(services, chat, "and one more thing")
    await deliver(services, chat)
    assert len(providers.sent) == 1

    # when the picture shows
    async with doors_of(services) as client:
        told = {"id": "wamid.1", "status": "delivered"}
        await Caller(client).meta(a_change(statuses=[told]))
    await deliver(services, chat)

    # then all leaves in its order
    assert [message["type"] for message in providers.sent] == ["image", "interactive", "text"]


async def test_twilios_words_behind_a_picture_wait_too(
    services: Services, providers: FakeProviders
) -> None:
    # given words too long for the picture's own caption
    chat = await offer(services, "twilio", "x" * 1000 + " " + "y" * 1000)
    assert len(providers.sent) == 1

    async with doors_of(services) as client:
        await Caller(client).twilio_status("sent", sid="SM1")
    await deliver(services, chat)

    assert len(providers.sent) == 2


async def test_the_status_of_words_wakes_nobody(services: Services) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one", "two")
    await deliver(services, chat)
    async with doors_of(services) as client:
        await Caller(client).meta(a_change(statuses=[{"id": "wamid.1", "status": "sent"}]))

    assert await jobs(services, "deliver") == []


async def test_another_boutiques_status_wakes_nobody(
    services: Services, providers: FakeProviders
) -> None:
    await offer(services)
    other = await a_chat(services, "twilio")
    async with doors_of(services) as client:
        await Caller(client).twilio_status("sent", sid="wamid.1")

    assert other.id
    assert all(row["told_at"] is None for row in await rows(services, "messages"))
