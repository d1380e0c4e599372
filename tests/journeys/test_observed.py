"""What Langfuse and Sentry get of a conversation, read from what really goes over the wire.

They are told what was done, how long it took and what it cost, and never who the customer is.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from pydantic import SecretStr

from dukani.agent.ear import Transcript
from dukani.agent.gemini.ear import GeminiEar
from dukani.agent.gemini.model import GeminiModel
from dukani.agent.gemini.reader import GeminiReader
from dukani.agent.local_reader import LocalReader
from dukani.core.observability import observed
from dukani.core.observability.logs import set_up_logging
from dukani.core.settings import Gemini, GivenSettings, Langfuse, Sentry
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler
from dukani.sandbox.app import create_sandbox
from dukani.sandbox.world import World
from tests.fakes.receiver import Receiver, receiving
from tests.journeys.talk import Talk

NAME = "Wanjiku Kamau"
ADDRESS = "Kilimani, Rose Apartments B4, gate nyekundu"
KEY = "sk-lf-0f1e2d3c4b5a69788796"
PERSONAL = {
    "name": NAME,
    "address": ADDRESS,
    "part of the address": "Rose Apartments",
    "phone": "0722 345 678",
    "phone without spaces": "722345678",
    "e-mail": "wanjiku.k@example.co.ke",
    "coordinates": "-1.29214",
    "user id": "KE.4471029385561120",
    "secret": KEY,
}
SAID = (
    f"hi, {NAME} here, call 0722 345 678 or wanjiku.k@example.co.ke, KE.4471029385561120,"
    f" at -1.29214, 36.82194 with {KEY}. The red gown please, bring it to {ADDRESS}"
)
SANDBOX = "http://sandbox.test"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def settings_for(receiver: Receiver) -> GivenSettings:
    host = receiver.url.removeprefix("http://")
    public_key = f"pk-lf-{host}"  # Langfuse keeps one client for each key, also a closed one
    return GivenSettings(
        langfuse=Langfuse(public_key=public_key, secret_key=SecretStr(KEY), base_url=receiver.url),
        sentry=Sentry(dsn=SecretStr(f"http://public@{host}/1")),
    )


@pytest.fixture
async def google(talk: Talk) -> World:
    """Gemini reads and hears the talk, whose customer's name is known."""
    sandbox = create_sandbox(base_url=SANDBOX, target_url="http://dukani.test")
    settings = Gemini(api_key=SecretStr("key"), base_url=SANDBOX)
    model = GeminiModel(settings, transport=httpx.ASGITransport(app=sandbox))
    mind, ear = GeminiReader(model, timeout_s=5), GeminiEar(model, timeout_s=5)
    senses = Senses(reader=LocalReader(), eye=talk.eye, mind=mind, ear=ear)
    talk.handler = TurnHandler(talk.services, senses)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute("update customers set name = %s", (NAME,))
    world: World = sandbox.state.world
    world.gemini_answers[SAID] = {
        "language": "en", "confidence": 0.9,
        "acts": [
            {"kind": "search", "category": "dress", "colour": "red"},
            {"kind": "address", "text": ADDRESS},
        ],
    }  # fmt: skip
    return world


def named(receiver: Receiver, name: str) -> dict[str, Any]:
    return next(span for span in receiver.spans() if span["name"] == name)


def found_in(receiver: Receiver) -> list[str]:
    everything = receiver.everything.lower()
    return [what for what, text in PERSONAL.items() if text.lower() in everything]


async def test_a_turn_is_told_with_its_session_its_tokens_and_nobody_s_data(
    talk: Talk, google: World, receiver: Receiver
) -> None:
    with observed(settings_for(receiver)):
        await talk.say(SAID)

    # the spans of the turn, in the session of the conversation
    spans = receiver.spans()
    assert {span["name"] for span in spans} == {"turn", "reading", "model", "searching"}
    assert {span["session.id"] for span in spans} == {talk.conversation_id}
    turn, reading = named(receiver, "turn"), named(receiver, "reading")
    assert (reading["parent"], named(receiver, "model")["parent"]) == (turn["id"], reading["id"])

    # model and tokens, of which Langfuse makes the cost
    model = named(receiver, "model")
    assert model["langfuse.observation.model.name"] == "gemini-2.5-flash"
    usage = json.loads(model["langfuse.observation.usage_details"])
    assert usage["input"] > 0 and usage["output"] > 0

    # what was asked and answered can be read, without the customer's data
    asked = json.loads(model["langfuse.observation.input"])
    assert "The red gown please" in asked["words"]["message"]
    answered = json.loads(model["langfuse.observation.output"])
    assert [act["kind"] for act in answered["acts"]] == ["search", "address"]
    assert found_in(receiver) == []


async def test_words_are_in_no_later_trace_either(
    talk: Talk, google: World, receiver: Receiver
) -> None:
    """The prompt of the next message holds the last ones."""
    with observed(settings_for(receiver)):
        await talk.say(SAID)
        await talk.say("the first one, size M")

    assert sum(span["name"] == "model" for span in receiver.spans()) == 2
    assert found_in(receiver) == []


@pytest.mark.parametrize("fault", [{"error_next": 9, "error_code": "429"}, {"block_next": 9}])
async def test_a_failed_call_is_told_by_its_reason_and_without_the_message(
    talk: Talk, google: World, receiver: Receiver, fault: dict[str, Any]
) -> None:
    google.faults.gemini = google.faults.gemini.model_copy(
        update={**fault, "error_text": f"quota of {NAME}, 0722 345 678"}
    )

    with observed(settings_for(receiver)):
        await talk.say(SAID)

    model = named(receiver, "model")
    reason = "blocked" if "block_next" in fault else "rate_limited"
    assert model["langfuse.observation.status_message"] == reason
    assert "red gown" not in receiver.everything
    assert found_in(receiver) == []


async def test_a_recording_is_told_by_its_size(talk: Talk, receiver: Receiver) -> None:
    recording = b"OggS" + bytes(range(200))
    ear = talk_ear(Transcript(text=f"I am {NAME}, {ADDRESS}", language="en"))

    with observed(settings_for(receiver)):
        await ear.hear(recording, "audio/ogg")

    model = named(receiver, "model")
    assert "audio/ogg, 204 bytes" in model["langfuse.observation.input"]
    assert base64.b64encode(recording).decode()[:40] not in receiver.everything
    assert found_in(receiver) == []


def talk_ear(said: Transcript) -> GeminiEar:
    """Gemini's answer about a recording, as it comes over HTTP."""
    text = json.dumps({"transcript": said.text, "language": said.language, "confidence": 0.9})
    body = {
        "candidates": [{"content": {"parts": [{"text": text}]}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 5, "totalTokenCount": 14},
    }
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
    model = GeminiModel(Gemini(api_key=SecretStr("key"), base_url=SANDBOX), transport=transport)
    return GeminiEar(model, timeout_s=5)


async def test_a_failing_turn_is_reported_by_its_place_and_never_by_its_words(
    talk: Talk, google: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a fault in the graph whose text quotes the customer
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError(SAID)

    monkeypatch.setattr("dukani.graph.nodes.search_products.find_pieces", fail)
    before = structlog.get_config()
    set_up_logging(level="ERROR", as_json=True)

    # when the turn fails until the message is a dead letter
    try:
        with observed(settings_for(receiver)):
            await talk.write(SAID)
            await fail_until_dead(talk)
    finally:
        structlog.configure(**before)

    # then the report says what and where
    report = next(r for r in receiver.reports() if r["logentry"]["message"] == LETTER)
    assert report["tags"]["conversation"] == talk.conversation_id
    error = report["exception"]["values"][-1]
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"][-1]["function"] == "fail"
    assert "value" not in error
    # … and so do the spans, and no one's data is in either
    assert named(receiver, "searching")["langfuse.observation.status_message"] == "ValueError"
    assert found_in(receiver) == []


LETTER = "event_is_dead_letter"


async def fail_until_dead(talk: Talk) -> None:
    for _ in range(10):
        try:
            await talk.turn()
        except Exception:  # as the queue does, try again
            continue
        return
    raise AssertionError("it never became a dead letter")
