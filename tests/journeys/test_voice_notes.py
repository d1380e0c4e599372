"""A voice note is heard, read like text, and kept as words; without an ear the customer is asked
to write."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dukani.agent.ear import Transcript
from dukani.agent.local_reader import LocalReader
from dukani.core.settings import Mind
from dukani.domain.acts import Language
from dukani.graph.context import Senses
from dukani.graph.turn import TurnFailed, TurnHandler
from tests.journeys.talk import Talk
from tests.wiring import rows

NOTE = {"media": {"reference": "https://api.twilio.com/voice", "content_type": "audio/ogg"}}


class ScriptedEar:
    """Hears what it is told to; each recording once."""

    def __init__(self, *said: str | Exception, language: Language = "sw") -> None:
        self.said = list(said)
        self.language = language
        self.heard: list[tuple[bytes, str]] = []

    async def hear(self, audio: bytes, mime_type: str) -> Transcript:
        self.heard.append((audio, mime_type))
        words = self.said.pop(0)
        if isinstance(words, Exception):
            raise words
        return Transcript(text=words, language=self.language)


@pytest.fixture
def listening(talk: Talk) -> Any:
    def with_ear(ear: ScriptedEar) -> ScriptedEar:
        senses = Senses(reader=LocalReader(), eye=talk.eye, ear=ear)
        talk.handler = TurnHandler(talk.services, senses)
        return ear

    return with_ear


async def send_voice_note(talk: Talk, *, recording: bytes = b"OggS") -> str:
    """A voice note that is in the boutique's folder already; what the boutique says to it."""
    path = f"{talk.boutique_id}/inbound/voice.ogg"
    await talk.services.media.put(path, recording, "audio/ogg")
    await talk.write("", kind="audio", payload=NOTE)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "update messages set media_path = %s where kind = 'audio' and media_path is null",
            (path,),
        )
    return await talk.turn()


async def test_a_gown_is_bought_by_voice(talk: Talk, listening: Any) -> None:
    ear = listening(ScriptedEar("Habari, nataka gauni jekundu la harusi", "ya kwanza", "M"))

    assert "Malaika Lace Gown" in await send_voice_note(talk)
    assert "*S* na *M*" in await send_voice_note(talk)
    assert "Nimekuwekea" in await send_voice_note(talk)

    assert await talk.cart() == [("Malaika Lace Gown", "red", "M", 1)]
    assert ear.heard == [(b"OggS", "audio/ogg")] * 3


async def test_what_was_said_is_kept_as_the_messages_words(talk: Talk, listening: Any) -> None:
    listening(ScriptedEar("what time do you open?"))

    await send_voice_note(talk)

    (note, _) = await rows(talk.services, "messages")
    assert (note["kind"], note["body"]) == ("audio", "what time do you open?")
    assert note["media_path"].endswith("/voice.ogg")  # people of the shop can listen to it


async def test_a_voice_note_among_texts_is_read_with_them(talk: Talk, listening: Any) -> None:
    listening(ScriptedEar("in size M please"))
    await talk.say("show me the Amani wrap dress in blue")
    await talk.write("I will take it")

    await send_voice_note(talk)

    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


@pytest.mark.parametrize("words", ["", TimeoutError(), RuntimeError("no ear today")], ids=repr)
async def test_what_cannot_be_heard_gets_a_kind_request_to_write_and_is_asked_of_once(
    talk: Talk, listening: Any, words: str | Exception
) -> None:
    ear = listening(ScriptedEar(words))

    answer = await send_voice_note(talk)

    assert "voice" in answer.lower()
    assert len(ear.heard) == 1
    (note, *_) = await rows(talk.services, "messages")
    assert note["payload"]["heard"] is None


async def test_an_ear_that_takes_too_long_is_not_waited_for(talk: Talk, listening: Any) -> None:
    talk.services.settings.mind = Mind(hearing_s=0.05)
    ear = listening(ScriptedEar("never heard"))

    async def hear_slowly(audio: bytes, mime_type: str) -> Transcript:
        await asyncio.sleep(5)
        raise AssertionError("it was waited for")

    ear.hear = hear_slowly

    assert "voice" in (await send_voice_note(talk)).lower()


async def test_a_stop_that_is_said_stops_everything(talk: Talk, listening: Any) -> None:
    listening(ScriptedEar("STOP", language="en"))

    await send_voice_note(talk)

    assert (await talk.step()) == "opted_out"


async def test_a_turn_that_fails_after_hearing_does_not_hear_again(
    talk: Talk, listening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = listening(ScriptedEar("what time do you open?"))
    with monkeypatch.context() as broken:
        broken.setattr(TurnHandler, "_run", _fails)
        with pytest.raises(TurnFailed):
            await send_voice_note(talk)

    await talk.turn()

    assert len(ear.heard) == 1
    assert await talk.understood() == ["ask_shop"]


async def _fails(*_: Any) -> None:
    raise RuntimeError("after hearing")


async def test_without_an_ear_the_customer_is_asked_to_write(talk: Talk) -> None:
    assert "voice" in (await send_voice_note(talk)).lower()


async def test_the_owner_can_listen_to_what_nobody_could_hear(talk: Talk) -> None:
    await send_voice_note(talk)

    (note,) = await talk.owner_notes()
    assert "voice note that the assistant could not hear" in note
    assert f"/media/{talk.boutique_id}/inbound/voice.ogg?until=" in note


async def test_who_answers_by_notes_gets_links_to_voice_notes_and_photos(
    talk: Talk, listening: Any
) -> None:
    # given a customer whom the owner answers
    listening(ScriptedEar("nataka hii", RuntimeError("no ear today")))
    await talk.say("I want to talk to a person")

    # when she sends voice notes, of which one cannot be heard
    await send_voice_note(talk)
    await send_voice_note(talk)

    # then the owner can listen to both, and reads what was heard
    _, heard, unheard = await talk.owner_notes()
    assert "“nataka hii”" in heard
    assert all("Listen: http" in note for note in (heard, unheard))
