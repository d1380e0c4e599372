"""Meta's door: every message of every change, whatever else is in the batch."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dukani.core.services import Services
from dukani.core.store import consents, messages, outbox
from tests.wiring import (
    META_NUMBER,
    VERIFY_TOKEN,
    Caller,
    a_change,
    a_line,
    a_meta_message,
    doors_of,
    jobs,
    rows,
    with_settings,
)


def handshake(token: str) -> dict[str, str]:
    return {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444"}


async def test_the_handshake_returns_the_challenge(caller: Caller) -> None:
    response = await caller.client.get("/webhook/meta", params=handshake(VERIFY_TOKEN))

    assert (response.status_code, response.text) == (200, "1158201444")


@pytest.mark.parametrize("token", ["", "guess", "ü"])
async def test_a_handshake_with_another_token_is_refused(caller: Caller, token: str) -> None:
    response = await caller.client.get("/webhook/meta", params=handshake(token))

    assert response.status_code == 403
    assert "1158201444" not in response.text


async def test_missing_secrets_close_the_door(services: Services) -> None:
    bare = with_settings(services, meta={"app_secret": None, "verify_token": None})
    await a_line(bare, "meta", META_NUMBER)
    async with doors_of(bare) as client:
        shaken = await client.get("/webhook/meta", params=handshake(""))
        posted = await Caller(client).meta(a_change(messages=[a_meta_message()]), secret="")

    assert (shaken.status_code, posted.status_code) == (503, 503)
    assert await rows(bare, "messages") == []


async def test_a_wrong_signature_keeps_nothing(services: Services, caller: Caller) -> None:
    await a_line(services, "meta", META_NUMBER)

    response = await caller.meta(a_change(messages=[a_meta_message()]), secret="forged")

    assert response.status_code == 403
    assert await rows(services, "webhook_events") == []


async def test_every_message_of_every_change_is_kept(services: Services, caller: Caller) -> None:
    await a_line(services, "meta", META_NUMBER)
    await a_line(services, "meta", "100000000000902")
    contacts = [
        {"wa_id": "254712000001", "profile": {"name": "Wanjiku"}},
        {"wa_id": "254712000002", "profile": {"name": "Achieng"}},
    ]

    response = await caller.meta(
        a_change(
            contacts=contacts,
            messages=[
                a_meta_message("wamid.1"),
                a_meta_message("wamid.2", **{"from": "254712000002"}),
            ],
        ),
        a_change(account="100000000000902", messages=[a_meta_message("wamid.3")]),
        a_change(messages=[a_meta_message("wamid.4")]),
    )

    assert response.status_code == 200
    kept = [message["provider_id"] for message in await rows(services, "messages")]
    assert kept == ["wamid.1", "wamid.2", "wamid.3", "wamid.4"]
    names = {customer["name"] for customer in await rows(services, "customers")}
    assert names == {"Wanjiku", "Achieng", None}
    assert len(await jobs(services, "handle_turn")) == 4
    assert len(await rows(services, "conversations")) == 3


async def test_a_batch_told_again_is_kept_once(services: Services, caller: Caller) -> None:
    await a_line(services, "meta", META_NUMBER)
    change = a_change(messages=[a_meta_message("wamid.1"), a_meta_message("wamid.2")])

    for _ in range(2):
        assert (await caller.meta(change)).status_code == 200

    assert len(await rows(services, "messages")) == 2
    assert len(await jobs(services)) == 2


async def test_one_unreadable_message_does_not_spoil_its_batch(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "meta", META_NUMBER)

    response = await caller.meta(
        a_change(
            messages=[
                a_meta_message("wamid.1", timestamp="yesterday"),
                a_meta_message("wamid.2", text={"body": ["not", "text"]}),
                a_meta_message("wamid.3", **{"from": "nobody"}),
                a_meta_message("wamid.4"),
            ]
        )
    )

    assert response.status_code == 200
    kept = [message["provider_id"] for message in await rows(services, "messages")]
    assert kept == ["wamid.4"]
    outcomes = [event["outcome"] for event in await rows(services, "webhook_events")]
    assert outcomes == ["unreadable", "unreadable", "unreadable", "handled"]


@pytest.mark.parametrize(
    ("fields", "kind", "body", "payload"),
    [
        (
            {"type": "image", "image": {"id": "M1", "mime_type": "image/jpeg", "caption": "hii"}},
            "image",
            "hii",
            {"media": {"reference": "M1", "content_type": "image/jpeg"}},
        ),
        (
            {"type": "audio", "audio": {"id": "M2", "mime_type": "audio/ogg", "voice": True}},
            "audio",
            "",
            {"media": {"reference": "M2", "content_type": "audio/ogg"}},
        ),
        (
            {
                "type": "interactive",
                "interactive": {
                    "type": "list_reply",
                    "list_reply": {"id": "option:2", "title": "2. Amani"},
                },
            },
            "list_reply",
            "2. Amani",
            {"row_id": "option:2"},
        ),
        (
            {
                "type": "interactive",
                "interactive": {"type": "button_reply", "button_reply": {"id": "y", "title": "Y"}},
            },
            "button",
            "Y",
            {"row_id": "y"},
        ),
        # A filled form: no words of hers in it.
        (
            {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {}}},
            "unsupported",
            "",
            {},
        ),
        (
            {"type": "button", "button": {"payload": "go", "text": "Go"}},
            "button",
            "Go",
            {"row_id": "go"},
        ),
        (
            {"type": "location", "location": {"latitude": -4.05, "longitude": 39.66}},
            "location",
            "",
            {"location": {"latitude": -4.05, "longitude": 39.66}},
        ),
        (
            {
                "type": "order",
                "order": {"catalog_id": "C", "text": "", "product_items": [{"quantity": 1}]},
            },
            "order",
            "",
            {"order": {"catalog_id": "C", "text": "", "product_items": [{"quantity": 1}]}},
        ),
        ({"type": "contacts", "contacts": [{"name": {}}]}, "contacts", "", {}),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, "unsupported", "", {}),
        # A kind invented after this was written.
        ({"type": "hologram", "hologram": {"id": "H"}}, "unsupported", "", {}),
        # From an advertisement: what it showed may be what she asks for.
        (
            {"referral": {"source_id": "A1", "headline": "Eid sale"}},
            "text",
            "Habari",
            {"referral": {"source_id": "A1", "headline": "Eid sale"}},
        ),
        # Halves of surrogate pairs and NUL are JSON, but no text.
        ({"text": {"body": "a\u0000b\ud83d"}}, "text", "ab?", {}),
    ],
)
async def test_every_kind_is_kept_with_what_it_needs(
    services: Services,
    caller: Caller,
    fields: dict[str, Any],
    kind: str,
    body: str,
    payload: dict[str, Any],
) -> None:
    await a_line(services, "meta", META_NUMBER)

    response = await caller.meta(a_change(messages=[a_meta_message(**fields)]))

    assert response.status_code == 200
    (message,) = await rows(services, "messages")
    assert (message["kind"], message["body"], message["payload"]) == (kind, body, payload)


@pytest.mark.parametrize("kind", ["reaction", "system"])
async def test_kinds_that_ask_for_no_answer_are_only_kept(
    services: Services, caller: Caller, kind: str
) -> None:
    await a_line(services, "meta", META_NUMBER)

    message = a_meta_message(type=kind) | {kind: {"emoji": "👍"}}
    await caller.meta(a_change(messages=[message]))

    (event,) = await rows(services, "webhook_events")
    assert (event["kind"], event["outcome"]) == (kind, "ignored")
    assert await rows(services, "messages") == []
    assert await jobs(services) == []


async def test_a_late_delivery_does_not_open_the_window(services: Services, caller: Caller) -> None:
    await a_line(services, "meta", META_NUMBER)

    await caller.meta(a_change(messages=[a_meta_message(timestamp="1790000000")]))

    (conversation,) = await rows(services, "conversations")
    assert conversation["last_inbound_at"] == datetime.fromtimestamp(1_790_000_000, UTC)


async def test_someone_known_only_by_a_whatsapp_id_is_known_again_with_her_phone(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "meta", META_NUMBER)
    hidden = a_meta_message("wamid.1", from_user_id="KE.1")
    del hidden["from"]

    await caller.meta(a_change(messages=[hidden]))
    await caller.meta(
        a_change(
            contacts=[{"wa_id": "254712000001", "user_id": "KE.1", "profile": {"name": "W"}}],
            messages=[a_meta_message("wamid.2")],
        )
    )

    (customer,) = await rows(services, "customers")
    assert (customer["phone"], customer["wa_user_id"], customer["name"]) == (
        "+254712000001",
        "KE.1",
        "W",
    )
    assert len(await rows(services, "conversations")) == 1


async def test_an_answer_from_the_owners_phone_app_is_a_staff_message(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "meta", META_NUMBER)
    await caller.meta(a_change(messages=[a_meta_message()]))
    echo = a_meta_message("wamid.echo", to="254712000001", **{"from": "254700000901"})

    for _ in range(2):
        await caller.meta(a_change("smb_message_echoes", message_echoes=[echo]))

    written = (await rows(services, "messages"))[-1]
    assert (written["author"], written["direction"], written["status"]) == ("staff", "out", "sent")
    kinds = [event["kind"] for event in await rows(services, "conversation_events")]
    assert kinds == ["message", "staff_message"]
    (conversation,) = await rows(services, "conversations")
    assert conversation["last_staff_at"] is not None
    assert len(await jobs(services, "handle_turn")) == 2
    assert len(await rows(services, "customers")) == 1


@pytest.mark.parametrize(("value", "granted"), [("stop", False), ("resume", True)])
async def test_marketing_preferences_are_consents(
    services: Services, caller: Caller, value: str, granted: bool
) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)
    said = {
        "wa_id": "254712000001",
        "category": "marketing_messages",
        "value": value,
        "detail": f"User requested to {value} marketing messages",
        "timestamp": 1790000000,
    }

    for _ in range(2):
        await caller.meta(a_change("user_preferences", user_preferences=[said]))

    (customer,) = await rows(services, "customers")
    assert len(await rows(services, "consents")) == 1
    async with services.database.tenant_connection(boutique) as conn:
        market = await consents.may_market(conn, customer_id=str(customer["id"]))
        answer = await consents.may_answer(conn, customer_id=str(customer["id"]))
    assert (market, answer) == (granted, True)


async def test_statuses_find_their_message_by_either_id(services: Services, caller: Caller) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)
    await caller.meta(a_change(messages=[a_meta_message()]))
    (conversation,) = await rows(services, "conversations")
    async with services.database.tenant_connection(boutique) as conn:
        message = await messages.queue_outbound(
            conn, conversation_id=str(conversation["id"]), channel="meta", body="Karibu"
        )
        await outbox.mark_sending(conn, message=message)
    early = {"id": "wamid.9", "status": "sent", "biz_opaque_callback_data": message.id}
    later = {"id": "wamid.9", "status": "delivered"}

    # In one batch and out of order, before our own send call has heard back.
    await caller.meta(a_change(statuses=[early, later, early]))

    last = (await rows(services, "messages"))[-1]
    assert (last["status"], last["provider_id"]) == ("delivered", "wamid.9")
    assert [event["kind"] for event in await rows(services, "webhook_events")] == ["message"]


async def test_a_failed_status_keeps_its_code(services: Services, caller: Caller) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)
    await caller.meta(a_change(messages=[a_meta_message()]))
    (conversation,) = await rows(services, "conversations")
    async with services.database.tenant_connection(boutique) as conn:
        message = await messages.queue_outbound(
            conn, conversation_id=str(conversation["id"]), channel="meta", body="Karibu"
        )
        await outbox.mark_sending(conn, message=message)
        await outbox.mark_sent(conn, message_id=message.id, provider_id="wamid.9")

    failed = {"id": "wamid.9", "status": "failed", "errors": [{"code": 131026, "title": "x"}]}
    await caller.meta(a_change(statuses=[failed]))

    last = (await rows(services, "messages"))[-1]
    assert (last["status"], last["error_code"]) == ("failed", "131026")
    assert (await rows(services, "webhook_events"))[-1]["payload"] == failed


async def test_a_status_at_another_number_does_not_touch_the_message(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)
    await a_line(services, "meta", "100000000000902")
    await caller.meta(a_change(messages=[a_meta_message()]))
    (conversation,) = await rows(services, "conversations")
    async with services.database.tenant_connection(boutique) as conn:
        message = await messages.queue_outbound(
            conn, conversation_id=str(conversation["id"]), channel="meta", body="Karibu"
        )

    forged = {"id": "wamid.9", "status": "failed", "biz_opaque_callback_data": message.id}
    await caller.meta(a_change(account="100000000000902", statuses=[forged]))

    assert (await rows(services, "messages"))[-1]["status"] == "queued"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not json",
        b"[]",
        b'{"entry": 1}',
        b'{"entry": [{"changes": [{"field": "messages"}]}]}',
        b"[" * 5000,
        json.dumps({"entry": [], "deep": json.loads("[" * 60 + "]" * 60)}).encode(),
    ],
)
async def test_an_unreadable_body_is_kept_and_answered(
    services: Services, caller: Caller, raw: bytes
) -> None:
    codes = [(await caller.meta_raw(raw)).status_code for _ in range(2)]

    assert codes == [200, 200]
    (event,) = await rows(services, "webhook_events")
    assert (event["boutique_id"], event["outcome"]) == (None, "unreadable")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (a_change(account="999", messages=[a_meta_message()]), "unknown_number"),
        # About the account, not about a number.
        (
            {"field": "message_template_status_update", "value": {"event": "APPROVED"}},
            "ignored",
        ),
        ({"field": "invented", "value": {"x": 1}}, "ignored"),
    ],
)
async def test_what_belongs_to_nobody_is_kept_and_answered(
    services: Services, caller: Caller, change: dict[str, Any], outcome: str
) -> None:
    response = await caller.meta(change)

    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert (event["boutique_id"], event["outcome"]) == (None, outcome)
