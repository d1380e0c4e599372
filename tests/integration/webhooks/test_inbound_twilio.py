"""What Twilio tells is kept once and answered in the conversation's partition."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dukani.core.queue import lock_of
from dukani.core.services import Services
from tests.wiring import TWILIO_NUMBER, Caller, a_line, jobs, rows


async def test_a_message_is_kept_whole_and_its_turn_deferred(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)

    response = await caller.twilio(Body="  Nataka gauni  ")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/xml")
    (customer,) = await rows(services, "customers")
    (conversation,) = await rows(services, "conversations")
    (message,) = await rows(services, "messages")
    (event,) = await rows(services, "conversation_events")
    (raw,) = await rows(services, "webhook_events")
    (job,) = await jobs(services)
    assert (customer["phone"], customer["name"]) == ("+254712000001", "Wanjiku")
    assert datetime.now(UTC) - conversation["last_inbound_at"] < timedelta(minutes=1)
    assert (message["body"], message["status"], message["provider_id"]) == (
        "Nataka gauni",
        "received",
        "SM1",
    )
    assert (event["kind"], event["message_id"]) == ("message", message["id"])
    assert raw["payload"]["Body"] == "  Nataka gauni  "
    assert (job["task_name"], job["lock"]) == (
        "handle_turn",
        lock_of(boutique, str(conversation["id"])),
    )
    assert job["args"] == {
        "boutique_id": boutique,
        "conversation_id": str(conversation["id"]),
    }
    assert job["scheduled_at"] is not None  # the quiet time


async def test_a_message_told_twice_is_answered_once(services: Services, caller: Caller) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    codes = [(await caller.twilio()).status_code for _ in range(3)]

    assert codes == [200, 200, 200]
    assert len(await rows(services, "messages")) == 1
    assert len(await rows(services, "conversation_events")) == 1
    assert len(await jobs(services)) == 1


async def test_a_second_message_joins_the_conversation(services: Services, caller: Caller) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    for sid in ("SM1", "SM2"):
        await caller.twilio(MessageSid=sid)

    assert len(await rows(services, "customers")) == 1
    first, second = await jobs(services)
    for given in ("task_name", "lock", "args"):  # a stranger's turn and a known one's are alike
        assert first[given] == second[given]
    assert [m["provider_id"] for m in await rows(services, "messages")] == ["SM1", "SM2"]


async def test_a_new_shopper_writing_several_messages_at_once_is_one_customer(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    responses = await asyncio.gather(*(caller.twilio(MessageSid=f"SM{n}") for n in range(10)))

    assert {response.status_code for response in responses} == {200}
    assert len(await rows(services, "customers")) == 1
    assert len(await rows(services, "conversations")) == 1
    assert len(await rows(services, "messages")) == 10
    assert len(await rows(services, "conversation_events")) == 10


async def test_two_boutiques_keep_the_same_shopper_apart(
    services: Services, caller: Caller
) -> None:
    first = await a_line(services, "twilio", TWILIO_NUMBER)
    second = await a_line(services, "twilio", "+254700000902")

    await caller.twilio(MessageSid="SM1")
    await caller.twilio(MessageSid="SM2", To="whatsapp:+254700000902")

    kept = [str(message["boutique_id"]) for message in await rows(services, "messages")]
    assert kept == [first, second]
    assert len(await rows(services, "conversations")) == 2


@pytest.mark.parametrize(
    ("fields", "kind", "body", "payload"),
    [
        # A photo with a caption stays with Twilio until the turn fetches it.
        (
            {
                "NumMedia": "1",
                "MediaUrl0": "https://api.twilio.com/m/1",
                "MediaContentType0": "image/jpeg",
                "Body": "hii iko?",
            },
            "image",
            "hii iko?",
            {"media": {"reference": "https://api.twilio.com/m/1", "content_type": "image/jpeg"}},
        ),
        # A voice note has no words.
        (
            {
                "NumMedia": "1",
                "MediaUrl0": "https://api.twilio.com/m/2",
                "MediaContentType0": "audio/ogg",
                "Body": "",
            },
            "audio",
            "",
            {"media": {"reference": "https://api.twilio.com/m/2", "content_type": "audio/ogg"}},
        ),
        # A pin on the map.
        (
            {"Latitude": "-1.29", "Longitude": "36.82", "Body": "", "Address": "Moi Avenue"},
            "location",
            "",
            {"location": {"latitude": -1.29, "longitude": 36.82, "place": "Moi Avenue"}},
        ),
        # A tapped button.
        (
            {"ButtonText": "Ndiyo", "ButtonPayload": "yes", "Body": ""},
            "button",
            "Ndiyo",
            {"row_id": "yes"},
        ),
        # A tapped list row.
        (
            {"ListId": "option:2", "ListTitle": "2. Amani", "Body": ""},
            "list_reply",
            "2. Amani",
            {"row_id": "option:2"},
        ),
        # A sticker is a picture, and not of a piece.
        (
            {
                "NumMedia": "1",
                "MediaUrl0": "https://api.twilio.com/m/3",
                "MediaContentType0": "image/webp",
                "MessageType": "sticker",
                "Body": "",
            },
            "sticker",
            "",
            {"media": {"reference": "https://api.twilio.com/m/3", "content_type": "image/webp"}},
        ),
        # A kind invented after this was written, with words and without.
        ({"MessageType": "hologram", "Body": "Habari"}, "text", "Habari", {}),
        ({"MessageType": "hologram", "Body": ""}, "unsupported", "", {}),
        # Nothing we know of.
        ({"Body": ""}, "unsupported", "", {}),
        # Too long, and with what the database cannot hold.
        ({"Body": "a\0b" + "x" * 5000}, "text", "ab" + "x" * 4094, {}),
    ],
)
async def test_every_kind_is_kept_with_what_it_needs(
    services: Services,
    caller: Caller,
    fields: dict[str, str],
    kind: str,
    body: str,
    payload: dict[str, Any],
) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    response = await caller.twilio(**fields)

    assert response.status_code == 200
    (message,) = await rows(services, "messages")
    assert (message["kind"], message["body"], message["payload"]) == (kind, body, payload)


async def test_a_reaction_is_kept_and_not_answered(services: Services, caller: Caller) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    await caller.twilio(MessageType="reaction", Body="👍")

    (event,) = await rows(services, "webhook_events")
    assert (event["kind"], event["outcome"]) == ("reaction", "ignored")
    assert await rows(services, "messages") == []


async def test_a_reply_names_the_message_it_answers(services: Services, caller: Caller) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    await caller.twilio(OriginalRepliedMessageSid="SM0")

    (message,) = await rows(services, "messages")
    assert message["reply_to"] == "SM0"
