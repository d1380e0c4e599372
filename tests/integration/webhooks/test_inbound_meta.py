"""What Meta tells: each kind of thing is kept with what its turn needs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from dukani.core.queue import lock_of
from dukani.core.services import Services
from dukani.core.store import consents
from tests.wiring import META_NUMBER, Caller, a_change, a_line, a_meta_message, jobs, rows


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
        # A filled form is her words, if there are any.
        (
            {
                "type": "interactive",
                "interactive": {
                    "type": "nfm_reply",
                    "nfm_reply": {"response_json": '{"flow_token": "t", "note": "a yellow dress"}'},
                },
            },
            "text",
            "a yellow dress",
            {},
        ),
        (
            {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {}}},
            "text",
            "",
            {},
        ),
        # WhatsApp could not hand it over.
        ({"type": "unsupported", "errors": [{"code": 131060}]}, "lost", "", {}),
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
        (
            {"type": "contacts", "contacts": [{"name": {}}]},
            "contacts",
            "",
            {"contacts": [{"name": "", "phones": []}]},
        ),
        (
            {
                "type": "contacts",
                "contacts": [
                    {
                        "name": {"formatted_name": "Baba Asha"},
                        "phones": [
                            {"phone": "+254 711 223344", "wa_id": "254711223344"},
                            {"phone": "0722 000 111"},
                            {"phone": 5},
                        ],
                    }
                ],
            },
            "contacts",
            "",
            {"contacts": [{"name": "Baba Asha", "phones": ["+254711223344", "0722 000 111"]}]},
        ),
        (
            {"context": {"referred_product": {"product_retailer_id": "P-1", "catalog_id": "C"}}},
            "text",
            "Habari",
            {"product": {"retailer_id": "P-1"}},
        ),
        # A document that holds a photo is one.
        (
            {"type": "document", "document": {"id": "M3", "mime_type": "image/png"}},
            "image",
            "",
            {"media": {"reference": "M3", "content_type": "image/png"}},
        ),
        # A sticker is a picture, and not of a piece.
        (
            {"type": "sticker", "sticker": {"id": "M4", "mime_type": "image/webp"}},
            "sticker",
            "",
            {"media": {"reference": "M4", "content_type": "image/webp"}},
        ),
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


@pytest.mark.parametrize("location", [{}, {"latitude": -4.05}, {"longitude": 39.66, "name": "x"}])
async def test_a_pin_without_both_coordinates_is_kept_as_unsupported(
    services: Services, caller: Caller, location: dict[str, Any]
) -> None:
    await a_line(services, "meta", META_NUMBER)

    await caller.meta(a_change(messages=[a_meta_message(type="location", location=location)]))

    (message,) = await rows(services, "messages")
    assert (message["kind"], message["payload"]) == ("unsupported", {})


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("reaction", {"reaction": {"emoji": "👍"}}),
        ("system", {"system": {"body": "x"}}),
        ("ephemeral", {}),
        # Corrected or deleted, and not shown what.
        ("unsupported.edit", {"type": "unsupported", "unsupported": {"type": "edit"}}),
        # Whatever is written in a group is not written to us alone.
        ("group", {"type": "text", "group_id": "Y2FwaV9ncm91cDox"}),
    ],
)
async def test_kinds_that_ask_for_no_answer_are_only_kept(
    services: Services, caller: Caller, kind: str, fields: dict[str, Any]
) -> None:
    await a_line(services, "meta", META_NUMBER)

    for _ in range(2):
        await caller.meta(a_change(messages=[a_meta_message(**({"type": kind} | fields))]))

    (event,) = await rows(services, "webhook_events")
    assert (event["kind"], event["outcome"]) == (kind, "ignored")
    assert await rows(services, "customers") == []
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


async def test_a_card_that_cannot_be_read_costs_only_her_name(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "meta", META_NUMBER)
    card = {"wa_id": "254712000001", "profile": {"name": ["Wanjiku"]}}

    with capture_logs() as logs:
        await caller.meta(a_change(contacts=[card], messages=[a_meta_message()]))

    (customer,) = await rows(services, "customers")
    assert (customer["phone"], customer["name"]) == ("+254712000001", None)
    assert len(await rows(services, "messages")) == 1
    (told,) = [line for line in logs if line["event"] == "meta_contact_unreadable"]
    assert told["fields"] == ["profile.name"]
    assert "Wanjiku" not in str(told)
    assert "254712000001" not in str(told)


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


def a_preference(
    value: str, *, account: str = META_NUMBER, timestamp: int | None = 1790000000, **fields: Any
) -> dict[str, Any]:
    said = {
        "wa_id": "254712000001",
        "category": "marketing_messages",
        "value": value,
        "detail": f"User requested to {value} marketing messages",
    } | fields
    if timestamp:
        said["timestamp"] = timestamp
    return a_change("user_preferences", account=account, user_preferences=[said])


@pytest.mark.parametrize(("value", "granted"), [("stop", False), ("resume", True)])
async def test_marketing_preferences_are_consents(
    services: Services, caller: Caller, value: str, granted: bool
) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)

    for _ in range(2):
        await caller.meta(a_preference(value))

    (customer,) = await rows(services, "customers")
    assert len(await rows(services, "consents")) == 1
    async with services.database.tenant_connection(boutique) as conn:
        market = await consents.may_market(conn, customer_id=str(customer["id"]))
        answer = await consents.may_answer(conn, customer_id=str(customer["id"]))
    assert (market, answer) == (granted, True)


async def test_a_stop_to_two_boutiques_in_one_second_is_heard_by_both(
    services: Services, caller: Caller
) -> None:
    # given two boutiques
    other = "100000000000902"
    boutiques = {await a_line(services, "meta", number) for number in (META_NUMBER, other)}

    # when she stops both at once
    for number in (META_NUMBER, other):
        await caller.meta(a_preference("stop", account=number))

    # then each knows
    told = await rows(services, "consents")
    assert {str(consent["boutique_id"]) for consent in told} == boutiques
    assert [consent["granted"] for consent in told] == [False, False]


async def test_a_second_stop_is_heard_though_nothing_says_when_it_was(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "meta", META_NUMBER)

    for value in ("stop", "resume", "stop"):
        await caller.meta(a_preference(value, timestamp=None))

    granted = [consent["granted"] for consent in await rows(services, "consents")]
    assert granted == [False, True, False]


async def test_a_resume_told_again_later_does_not_undo_a_stop(
    services: Services, caller: Caller
) -> None:
    await a_line(services, "meta", META_NUMBER)

    for value in ("resume", "stop", "resume"):
        await caller.meta(a_preference(value, timestamp=None))

    assert (await rows(services, "consents"))[-1]["granted"] is False


async def test_a_preference_that_joins_two_halves_leaves_nothing_unanswered(
    services: Services, caller: Caller
) -> None:
    # given a customer known by her phone, who then wrote under her id alone
    boutique = await a_line(services, "meta", META_NUMBER)
    await caller.meta(a_change(messages=[a_meta_message("wamid.1")]))
    by_id = a_meta_message("wamid.2", from_user_id="KE.99")
    del by_id["from"]
    await caller.meta(a_change(messages=[by_id]))

    # when a preference shows that the two are one
    await caller.meta(a_preference("stop", user_id="KE.99"))

    # then both messages wait in one partition, and a turn comes for them
    (partition,) = {str(e["conversation_id"]) for e in await rows(services, "conversation_events")}
    partition = lock_of(boutique, partition)
    assert (await jobs(services, "handle_turn"))[-1]["lock"] == partition
    assert len([job for job in await jobs(services) if job["lock"] == partition]) == 2
