"""The whole path with the sandbox's Gemini: words are read and a voice note is heard by it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.core.embedded import EmbeddedServer
from dukani.evals.catalogue_file import Catalogue
from dukani.evals.harness import Harness, open_harness
from dukani.evals.money_events import PAYS, answer_prompt
from dukani.evals.scripted_eye import ScriptedEye
from dukani.evals.shop import open_shop
from dukani.evals.shopper import Shopper, words_of
from dukani.graph.context import Senses
from dukani.sandbox.voice_note import voice_note


@pytest.fixture
async def harness(
    server: EmbeddedServer, database_name: str, tmp_path: Path, eye: ScriptedEye
) -> AsyncIterator[Harness]:
    senses = Senses(LocalReader(), eye)
    url = server.url(database_name)
    async with open_harness(url, tmp_path, senses, sandbox={"gemini": True}) as opened:
        yield opened


async def says(shopper: Shopper, words: str) -> str:
    """A voice note in which this is said; what the shop answers."""
    upload = await shopper.harness.http.post(
        "/sandbox/phone/api/media", content=voice_note(), headers={"content-type": "audio/ogg"}
    )
    await shopper.write("", kind="audio", media=upload.json()["id"], spoken=words)
    return "\n".join(words_of(await shopper.answered()))


async def test_a_dress_is_bought_by_voice_through_the_stand_in(
    harness: Harness, catalogue: Catalogue
) -> None:
    shop = await open_shop(harness, [one.as_new_product("KES") for one in catalogue.products])
    shopper = Shopper(harness, shop)

    assert "Tembo Wrap Dress" in await says(shopper, "nataka gauni la kijani")
    await says(shopper, "ya kwanza, size M")
    await says(shopper, "nalipa")
    total = await says(shopper, "Nyali, Mombasa, nyumba namba 12")
    assert "KES 3,900" in total
    await says(shopper, "ndiyo")
    await answer_prompt(shopper, PAYS)

    assert "DK-" in "\n".join(words_of(await shopper.news()))
