"""What a conversation remembers, and for how long it stays quick."""

from __future__ import annotations

import numpy as np
import psycopg
import pytest

from dukani.agent.eye import PhotoAnalysis
from dukani.core.services import Services
from dukani.core.store import memories
from dukani.graph.context import Senses
from dukani.graph.turn import TurnFailed, TurnHandler
from tests.journeys.conftest import Newcomer, open_boutique
from tests.journeys.talk import Talk


def analysis(category: str, *, confidence: float = 0.95, **seen: object) -> PhotoAnalysis:
    vector = np.zeros(512, dtype=np.float32)
    vector[0] = 1
    return PhotoAnalysis(
        category=category, confidence=confidence, vector=vector, model="scripted-1", **seen
    )  # type: ignore[arg-type]


UNREAD = b"the bytes the scripted eye does not read"


async def send_photo(
    talk: Talk, seen: PhotoAnalysis, caption: str = "", *, photo: bytes = UNREAD
) -> str:
    path = f"{talk.boutique_id}/inbound/photo.jpg"
    await talk.services.media.put(path, photo, "image/jpeg")
    talk.eye.analyses.append(seen)
    await talk.write(caption, kind="image")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "update messages set media_path = %s where kind = 'image' and media_path is null",
            (path,),
        )
    return await talk.turn()


async def test_a_conversation_goes_on_days_later_in_another_process(
    talk: Talk, services: Services
) -> None:
    # given a choice half made
    await talk.say("show me dresses under 6000")
    await talk.age("conversations", "last_inbound_at", "3 days")

    # when another worker handles her next message
    talk.handler = TurnHandler(services, Senses(reader=talk.handler._senses.reader, eye=talk.eye))
    await talk.say("the second one, yellow, size L")

    # then it knows what was shown
    assert await talk.cart() == [("Malkia Ankara Maxi Dress", "yellow", "L", 1)]


async def test_a_photo_shows_pieces_like_it(talk: Talk) -> None:
    said = await send_photo(
        talk, analysis("dress", colour="red", pattern="lace", embroidery=True), "Mna kama hii?"
    )
    assert "Malaika Lace Gown" in said
    await talk.say("nataka ya kwanza, saizi M")
    assert await talk.cart() == [("Malaika Lace Gown", "red", "M", 1)]


async def test_what_is_said_of_a_photo_narrows_it(talk: Talk) -> None:
    said = await send_photo(talk, analysis("dress", colour="red"), "do you have this in blue?")
    assert "Amani Wrap Dress" in said
    assert "Malaika" not in said


async def test_an_unsure_eye_asks_and_her_answer_goes_on_from_the_photo(talk: Talk) -> None:
    asked = await send_photo(
        talk, analysis("t-shirt", confidence=0.4, alternatives=("dress",), colour="red")
    )
    assert "?" in asked
    said = await talk.say("it's a dress")
    assert "Malaika Lace Gown" in said


async def test_a_photo_without_anything_worn_is_told_so_and_nothing_is_shown(talk: Talk) -> None:
    landscape = analysis("dress", confidence=0.0, nothing_worn=True)
    said = await send_photo(talk, landscape)
    assert "can't see any clothes" in said
    assert "KES" not in said
    assert "Savannah Straw Hat" in await talk.say("show me hats")


async def test_the_other_pieces_in_a_photo_are_a_word_away(talk: Talk) -> None:
    said = await send_photo(talk, analysis("dress", colour="red", beside=("hat",)))
    assert "Malaika Lace Gown" in said
    assert "write *hat* for those" in said
    assert "Savannah Straw Hat" in await talk.say("hat")


async def test_messages_of_one_breath_are_answered_as_one_turn(talk: Talk) -> None:
    await talk.write("hi")
    await talk.write("do you have hats?")
    await talk.write("under 2000")
    said = await talk.turn()
    assert said.count("Savannah Straw Hat") == 1
    assert await talk.turn() == ""


async def test_a_message_handled_twice_is_answered_once(talk: Talk) -> None:
    await talk.say("show me hats")
    assert await talk.turn() == ""


async def test_what_is_remembered_does_not_pile_up(talk: Talk, superuser_url: str) -> None:
    def remembered() -> tuple[int, int]:
        with psycopg.connect(superuser_url) as conn:
            row = conn.execute(
                "select count(*)::int, sum(length((state - '_checkpoint')::text))::int"
                " from conversation_memories"
            ).fetchone()
        assert row is not None
        return row

    for _ in range(8):  # the last lists are kept for "go back"
        await talk.say("show me hats")
    after_some = remembered()
    for _ in range(10):
        await talk.say("show me hats")
    assert remembered() == after_some
    assert after_some[0] == 1


async def test_only_what_the_next_turn_needs_is_remembered(talk: Talk) -> None:
    await talk.say("show me hats")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        state = await memories.recall(conn, conversation_id=talk.conversation_id)
    assert state["lists"]
    assert state.keys().isdisjoint({"acts", "facts", "understanding"})


async def test_what_an_older_version_remembered_does_no_harm(talk: Talk) -> None:
    # given a memory with something no version knows any more
    await talk.say("show me dresses under 6000")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        state = await memories.recall(conn, conversation_id=talk.conversation_id)
        older = state | {"turns": 7, "facts": [{"kind": "of old"}]}
        await memories.remember(conn, conversation_id=talk.conversation_id, state=older)

    # then the conversation goes on, and it is gone
    await talk.say("the second one, yellow, size L")
    assert await talk.cart() == [("Malkia Ankara Maxi Dress", "yellow", "L", 1)]
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        state = await memories.recall(conn, conversation_id=talk.conversation_id)
    assert state.keys().isdisjoint({"turns", "facts"})


async def test_another_boutiques_memory_cannot_be_read_or_written(
    talk: Talk, services: Services
) -> None:
    await talk.say("show me hats")
    stranger = await open_boutique(services)
    async with services.database.tenant_connection(stranger) as conn:
        assert await memories.recall(conn, conversation_id=talk.conversation_id) == {}
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        async with services.database.tenant_connection(stranger) as conn:
            await memories.remember(conn, conversation_id=talk.conversation_id, state={})
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with services.database.tenant_connection(stranger) as conn:
            await conn.execute(
                "insert into conversation_memories (boutique_id, conversation_id, state)"
                " values (%s, %s, '{}')",
                (talk.boutique_id, talk.conversation_id),
            )


async def test_a_turn_that_fails_leaves_nothing_behind(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, newcomer: Newcomer
) -> None:
    # given a turn that breaks after it wrote
    await talk.say("show me hats")

    async def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("dukani.core.store.turns.close", breaks)
    with pytest.raises(TurnFailed):
        await talk.say("1")
    monkeypatch.undo()

    # when it is run again
    assert await talk.cart() == []
    said = await talk.turn()

    # then it is done once, whole
    assert "Savannah Straw Hat" in said
    assert [line[3] for line in await talk.cart()] == [1]
