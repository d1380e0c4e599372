"""A person takes a chat: of the assistant's talk nothing leaves any more, of money's news all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from dukani.agent.facts import Reply
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import outbox
from dukani.core.store.conversations import Conversation
from dukani.tools import chats, messaging, sending_rules
from tests.fakes.providers import FakeProviders
from tests.integration.messaging.test_delivery import a_chat, deliver, say, status_of
from tests.integration.messaging.test_purposes import queue
from tests.signing_in import a_member
from tests.wiring import jobs, rows, some_services

NOT_SENT = ("failed", "taken_over")
AN_HOUR = timedelta(hours=1)


async def take_over(services: Services, chat: Conversation, superuser_url: str) -> str:
    """A new person of the shop takes the chat; the person's id."""
    staff = await asyncio.to_thread(a_member, superuser_url, chat.boutique_id, "staff")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await chats.take_over(conn, conversation_id=chat.id, by=staff, silent_for=AN_HOUR)
    return staff


async def test_what_waits_in_the_outbox_does_not_leave(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    # given replies of the assistant that wait
    chat = await a_chat(services)
    await say(services, chat, "Here are three dresses", "Which one do you like?")

    # when a person takes the chat and writes
    staff = await take_over(services, chat, superuser_url)
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await chats.reply(
            conn, conversation_id=chat.id, text="Fatma here.", by=staff, silent_for=AN_HOUR
        )
    await deliver(services, chat)

    # then the person's words alone leave, and the others are shown as not sent
    assert providers.texts == ["Fatma here."]
    assert await status_of(services) == [NOT_SENT, NOT_SENT, ("sent", None)]
    # and the assistant comes back by itself when nobody writes for an hour
    assert [job["task_name"] for job in await jobs(services, "ring_timer")] == ["ring_timer"]


async def test_news_of_money_and_orders_still_leave(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    chat = await a_chat(services)
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        paid = Reply(text="We got your KES 4,500.")
        await messaging.queue_reply(conn, chat, paid, language="en", despite_stop=True)
    await queue(services, chat, purpose="utility")
    await say(services, chat, "Would you like a hat too?")

    await take_over(services, chat, superuser_url)
    await deliver(services, chat)

    assert [status for status, _ in await status_of(services)] == ["sent", "sent", "failed"]


async def test_a_message_refused_for_now_is_not_tried_again(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "Here are three dresses")
    providers.next = [httpx.Response(503)]
    await deliver(services, chat)

    await take_over(services, chat, superuser_url)

    assert await status_of(services) == [NOT_SENT]


async def test_what_a_dead_worker_may_have_sent_is_not_sent_again(
    services: Services,
    providers: FakeProviders,
    superuser_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given a message that a worker was handing over when it died
    chat = await a_chat(services)
    await say(services, chat, "Here are three dresses")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        waiting = await outbox.next_to_send(conn, conversation_id=chat.id)
        assert waiting is not None
        await outbox.mark_sending(conn, message=waiting.message)
    await take_over(services, chat, superuser_url)

    # when its time to be sent again has come
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(0))
    await deliver(services, chat)

    # then it is not, and the shop sees that nobody knows
    assert providers.texts == []
    assert await status_of(services) == [("failed", "unclear")]


@pytest.fixture
async def taken_while_sending(
    database: Database, tmp_path: Path, providers: FakeProviders, superuser_url: str
) -> AsyncIterator[tuple[Services, list[Conversation]]]:
    """Providers during whose first answer a person takes the chat that is put in the list."""
    chosen: list[Conversation] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        if not providers.sent:
            await take_over(services, chosen[0], superuser_url)
        return providers.answer(request)

    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    async with some_services(database, tmp_path, http=http) as services:
        yield services, chosen


async def test_a_delivery_under_way_stops_after_the_message_in_its_hands(
    taken_while_sending: tuple[Services, list[Conversation]], providers: FakeProviders
) -> None:
    services, chosen = taken_while_sending
    chat = await a_chat(services)
    chosen.append(chat)
    await say(services, chat, "one", "two", "three")

    await deliver(services, chat)

    assert providers.texts == ["one"]
    assert await status_of(services) == [("sent", None), NOT_SENT, NOT_SENT]
    [held] = await rows(services, "conversations")
    assert (held["handoff_reason"], held["assigned_to"] is not None) == ("staff", True)
