"""Words after the commit: a reply of talk may be worded anew before it is sent, and only such."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler
from tests.fakes.providers import FakeProviders
from tests.journeys.talk import Talk
from tests.journeys.test_worker import give_a_number

HELLO = "hello"


class Wordsmith:
    """Words replies as `says` has it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self.tones: list[str | None] = []
        self.says: Callable[[str], Awaitable[str]] = self.warmly

    async def reword(
        self, template: str, facts: Sequence[Mapping[str, Any]], voice: Mapping[str, Any]
    ) -> str:
        self.tones.append(voice.get("tone"))
        self.asked.append((template, [fact["kind"] for fact in facts]))
        return await self.says(template)

    @staticmethod
    async def warmly(template: str) -> str:
        return f"{template} Karibu sana!"


@pytest.fixture
def wordsmith(talk: Talk) -> Wordsmith:
    return Wordsmith()


@pytest.fixture
async def providers(talk: Talk, wordsmith: Wordsmith) -> FakeProviders:
    fake = FakeProviders()
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake.answer))
    talk.services = replace(talk.services, http=http, reworder=wordsmith)
    senses = talk.handler._senses
    talk.handler = TurnHandler(talk.services, Senses(reader=senses.reader, eye=talk.eye))
    await give_a_number(talk)
    return fake


async def test_talk_is_worded_anew_and_the_chat_keeps_what_was_sent(
    talk: Talk, wordsmith: Wordsmith, providers: FakeProviders
) -> None:
    said = await talk.say(HELLO)
    assert providers.texts == [said]
    assert said.endswith("Karibu sana!")
    assert [kinds for _, kinds in wordsmith.asked] == [["introduced", "greeted"]]


async def test_prices_orders_and_money_are_worded_by_templates(
    talk: Talk, wordsmith: Wordsmith, providers: FakeProviders
) -> None:
    for text in ("do you have a blue dress?", "1", "M", "checkout"):
        await talk.say(text)
    assert wordsmith.asked == []
    assert len(providers.texts) >= 4


async def test_the_boutiques_tone_is_told_with_the_reply(
    talk: Talk, wordsmith: Wordsmith, providers: FakeProviders
) -> None:
    await talk.say(HELLO)
    await talk.set_shop_info({"tone": "Warm.\nCall the customer dear."})
    await talk.say("thanks")
    assert wordsmith.tones == [None, "Warm. Call the customer dear."]


async def test_words_that_say_something_else_are_not_sent(
    talk: Talk, wordsmith: Wordsmith, providers: FakeProviders
) -> None:
    async def lie(template: str) -> str:
        return f"{template} Delivery is free tomorrow."

    wordsmith.says = lie
    said = await talk.say(HELLO)
    assert "free" not in said and providers.texts == [said]


async def test_a_wordsmith_that_fails_or_is_late_holds_nothing_up(
    talk: Talk,
    wordsmith: Wordsmith,
    providers: FakeProviders,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(talk.services.settings.mind, "wording_s", 0.05)

    async def fail(template: str) -> str:
        raise ConnectionError

    async def be_late(template: str) -> str:
        await asyncio.sleep(60)
        return template

    wordsmith.says = fail
    assert await talk.say(HELLO)
    wordsmith.says = be_late
    assert await talk.say("thanks")
    assert len(providers.texts) == 2


async def test_without_one_nothing_is_kept_and_nothing_waits(talk: Talk) -> None:
    await talk.say(HELLO)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select count(*) as n from messages where wording is not null")
        row = await cursor.fetchone()
    assert row is not None and row["n"] == 0
