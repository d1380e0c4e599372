"""Meta's webhook: only what is signed comes in, and a whole batch of it does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dukani.core.services import Services
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


async def test_missing_secrets_close_the_webhook(services: Services) -> None:
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
                a_meta_message("w" * 301),
                a_meta_message("wamid.2", text={"body": ["not", "text"]}),
                a_meta_message("wamid.3", type=["text"]),
                a_meta_message("wamid.4"),
            ]
        )
    )

    assert response.status_code == 200
    kept = [message["provider_id"] for message in await rows(services, "messages")]
    assert kept == ["wamid.4"]
    outcomes = [event["outcome"] for event in await rows(services, "webhook_events")]
    assert outcomes == ["unreadable", "unreadable", "unreadable", "handled"]


async def test_a_message_without_a_time_is_a_message(services: Services, caller: Caller) -> None:
    await a_line(services, "meta", META_NUMBER)

    for number, time in enumerate(("yesterday", "", None, "-1", "1790000000000"), start=1):
        await caller.meta(a_change(messages=[a_meta_message(f"wamid.{number}", timestamp=time)]))

    assert len(await rows(services, "messages")) == 5


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
        ({"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}, "ignored"),
        # Of a template, and it does not say of which.
        (
            {"field": "message_template_status_update", "value": {"event": "APPROVED"}},
            "unreadable",
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
