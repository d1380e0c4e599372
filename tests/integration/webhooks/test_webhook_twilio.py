"""Twilio's webhook: only what is signed comes in, and no flood does."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from dukani.core.services import Services
from tests.wiring import (
    TWILIO_NUMBER,
    Caller,
    a_line,
    doors_of,
    jobs,
    rows,
    with_settings,
)


@pytest.mark.parametrize("token", ["another-token", ""])
async def test_a_wrong_signature_keeps_nothing(
    services: Services, caller: Caller, token: str
) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)

    response = await caller.twilio(token=token)

    assert response.status_code == 403
    assert await rows(services, "webhook_events") == []
    assert await rows(services, "messages") == []


async def test_another_boutiques_token_does_not_open_this_webhook(
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


async def test_a_boutique_without_its_secret_has_a_closed_webhook(
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


async def test_a_field_whose_name_no_database_takes_is_no_error(
    services: Services, caller: Caller
) -> None:
    form = f"To=whatsapp:{quote('+254700000999')}&MessageSid=SM1&%00a=1"

    response = await caller.client.post(
        "/webhook/whatsapp",
        content=form,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert event["payload"]["a"] == "1"


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


async def test_without_quiet_time_the_turn_starts_at_once(services: Services) -> None:
    hasty = with_settings(services, conversation={"quiet_time_s": 0})
    await a_line(hasty, "twilio", TWILIO_NUMBER)
    async with doors_of(hasty) as client:
        await Caller(client).twilio()

    (job,) = await jobs(hasty)
    assert job["scheduled_at"] is None
