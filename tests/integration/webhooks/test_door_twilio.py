"""Twilio's door: what is signed is kept once and answered in the conversation's lane."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dukani.core.services import Services
from dukani.core.store import consents, messages, outbox
from tests.wiring import (
    TWILIO_NUMBER,
    Caller,
    a_line,
    doors_of,
    jobs,
    rows,
    with_settings,
)


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
    assert (job["task_name"], job["lock"]) == ("handle_turn", str(conversation["id"]))
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
    assert len({job["lock"] for job in await jobs(services)}) == 1
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
        # Nothing we know of.
        ({"Body": ""}, "unsupported", "", {}),
        # Too long, and with what the database cannot hold.
        ({"Body": "a\0b" + "x" * 900}, "text", "ab" + "x" * 498, {}),
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


async def test_a_reply_names_the_message_it_answers(services: Services, caller: Caller) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    await caller.twilio(OriginalRepliedMessageSid="SM0")

    (message,) = await rows(services, "messages")
    assert message["reply_to"] == "SM0"


@pytest.mark.parametrize("token", ["another-token", ""])
async def test_a_wrong_signature_keeps_nothing(
    services: Services, caller: Caller, token: str
) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    response = await caller.twilio(token=token)

    assert response.status_code == 403
    assert await rows(services, "webhook_events") == []
    assert await rows(services, "messages") == []


async def test_another_boutiques_token_does_not_open_this_door(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)
    forged = await a_line(services, "twilio", "+254700000902")
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update provider_credentials set secrets = %s where boutique_id = %s",
            (services.secrets.seal({"auth_token": "theirs"}), forged),
        )

    response = await caller.twilio(token="theirs")

    assert response.status_code == 403


async def test_a_boutique_without_its_secret_has_a_closed_door(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update provider_credentials set secrets = %s where boutique_id = %s",
            (services.secrets.seal({"account_sid": "AC901"}), boutique),
        )

    response = await caller.twilio()

    assert response.status_code == 503
    assert await rows(services, "messages") == []


async def test_a_number_nobody_has_is_kept_and_answered(services: Services, caller: Caller) -> None:
    response = await caller.twilio(To="whatsapp:+254700000999")

    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert (event["boutique_id"], event["outcome"]) == (None, "unknown_number")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"{}",
        b"To=",
        b"&".join(b"a%d=1" % n for n in range(500)),
    ],
)
async def test_an_unreadable_body_is_kept_and_answered(
    services: Services, caller: Caller, raw: bytes
) -> None:
    response = await caller.client.post("/webhook/whatsapp", content=raw)

    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert event["outcome"] == "unreadable"


async def test_a_signed_message_that_cannot_be_read_is_kept_for_its_boutique(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)

    response = await caller.twilio(Latitude="north", Longitude="1")

    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert (str(event["boutique_id"]), event["outcome"]) == (boutique, "unreadable")


async def test_a_body_larger_than_any_provider_sends_is_refused(
    services: Services, caller: Caller
) -> None:
    response = await caller.client.post("/webhook/whatsapp", content=b"a" * (4 * 1024 * 1024))

    assert response.status_code == 413


async def test_a_flood_of_one_sender_is_kept_but_not_answered(services: Services) -> None:
    limited = with_settings(services, limits={"sender_per_minute": 2})
    await a_line(limited, "twilio", TWILIO_NUMBER)
    async with doors_of(limited) as client:
        caller = Caller(client)

        codes = [(await caller.twilio(MessageSid=f"SM{n}")).status_code for n in range(4)]
        other = await caller.twilio(MessageSid="SM9", From="whatsapp:+254712000002")

    assert [*codes, other.status_code] == [200] * 5
    outcomes = [event["outcome"] for event in await rows(limited, "webhook_events")]
    assert outcomes == ["handled", "handled", "rate_limited", "rate_limited", "handled"]
    assert len(await rows(limited, "messages")) == 3


async def test_a_flood_at_one_boutique_leaves_the_others_alone(services: Services) -> None:
    limited = with_settings(services, limits={"boutique_per_minute": 2})
    await a_line(limited, "twilio", TWILIO_NUMBER)
    await a_line(limited, "twilio", "+254700000902")
    async with doors_of(limited) as client:
        caller = Caller(client)

        for n in range(4):
            await caller.twilio(MessageSid=f"SM{n}", From=f"whatsapp:+25471200010{n}")
        await caller.twilio(MessageSid="SM9", To="whatsapp:+254700000902")

    kept = [message["provider_id"] for message in await rows(limited, "messages")]
    assert kept == ["SM0", "SM1", "SM9"]


async def test_without_quiet_time_the_turn_starts_at_once(services: Services) -> None:
    hasty = with_settings(services, conversation={"quiet_time_s": 0})
    await a_line(hasty, "twilio", TWILIO_NUMBER)
    async with doors_of(hasty) as client:
        await Caller(client).twilio()

    (job,) = await jobs(hasty)
    assert job["scheduled_at"] is None


async def a_sent_message(services: Services, boutique: str, sid: str) -> str:
    (conversation,) = await rows(services, "conversations")
    async with services.database.tenant_connection(boutique) as conn:
        message = await messages.queue_outbound(
            conn, conversation_id=str(conversation["id"]), channel="twilio", body="Karibu"
        )
        await outbox.mark_sending(conn, message=message)
        if sid:
            await outbox.mark_sent(conn, message_id=message.id, provider_id=sid)
    return message.id


async def test_statuses_out_of_order_end_at_the_furthest(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")

    for status in ("queued", "read", "sent", "delivered"):
        assert (await caller.twilio_status(status)).status_code == 200

    assert (await rows(services, "messages"))[-1]["status"] == "read"


async def test_a_status_before_the_answer_to_the_send_counts(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    message_id = await a_sent_message(services, boutique, "")

    await caller.twilio_status("delivered", message_id=message_id)

    last = (await rows(services, "messages"))[-1]
    assert (last["status"], last["provider_id"]) == ("delivered", "SM9")


async def test_a_status_at_the_message_address_works_too(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")

    response = await caller.twilio(
        MessageSid="SM9",
        MessageStatus="delivered",
        From=f"whatsapp:{TWILIO_NUMBER}",
        To="whatsapp:+254712000001",
    )

    assert response.status_code == 200
    assert (await rows(services, "messages"))[-1]["status"] == "delivered"


@pytest.mark.parametrize("message_id", ["not-an-id", str(uuid4())], ids=["no-id", "unknown-id"])
async def test_a_status_of_nothing_we_sent_is_kept_and_changes_nothing(
    services: Services, caller: Caller, message_id: str
) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()

    response = await caller.twilio_status("delivered", sid="SM404", message_id=message_id)

    assert response.status_code == 200
    assert [event["kind"] for event in await rows(services, "webhook_events")] == [
        "message",
        "status",
    ]
    assert (await rows(services, "messages"))[-1]["status"] == "received"


async def test_a_failure_because_marketing_was_stopped_is_an_opt_out(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")
    (customer,) = await rows(services, "customers")

    for _ in range(2):
        await caller.twilio_status("failed", ErrorCode="21610")

    assert (await rows(services, "messages"))[-1]["error_code"] == "21610"
    assert len(await rows(services, "consents")) == 1
    async with services.database.tenant_connection(boutique) as conn:
        said = await consents.latest(conn, customer_id=str(customer["id"]), purpose="marketing")
    assert said is not None
    assert not said.granted
