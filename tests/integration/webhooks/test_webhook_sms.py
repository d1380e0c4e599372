"""SMS from customers and their providers: proven, stored once, and a stop is heard at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from dukani.core.services import Services
from dukani.core.store import consents, credentials, customers
from dukani.core.store.consents import Purpose
from dukani.sandbox.twilio_signature import twilio_signature
from dukani.webhooks import sms_africastalking
from tests.factories import a_boutique, a_customer
from tests.wiring import PUBLIC_URL, Caller, jobs, rows

SENDER = "+254700000911"
TOKEN, AT_TOKEN = "sms-auth-token", "a-callback-token-of-this-shop"
SHE = "+254712000001"
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def a_shop(
    services: Services, provider: str = "twilio_sms", sender: str = SENDER, **boutique: Any
) -> str:
    boutique_id = await a_boutique(services.database, **boutique)
    keys = {
        "twilio_sms": {"account_sid": "AC911", "auth_token": boutique.get("slug", TOKEN)},
        "africastalking": {"username": "u", "api_key": "k", "callback_token": AT_TOKEN},
    }
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=boutique_id,
            provider=provider,  # type: ignore[arg-type]
            account=sender,
            secrets=keys[provider],
            box=services.secrets,
        )
    return boutique_id


async def twilio(
    caller: Caller, path: str = "/webhook/sms/twilio", *, token: str = TOKEN, **fields: str
) -> httpx.Response:
    form = {"MessageSid": "SM1", "From": SHE, "To": SENDER, "Body": "Hi", "SmsStatus": "received"}
    form |= fields
    signature = twilio_signature(token, PUBLIC_URL + path, form)
    headers = FORM | {"x-twilio-signature": signature}
    return await caller.client.post(path, content=urlencode(form), headers=headers)


async def africastalking(
    caller: Caller, *, token: str = AT_TOKEN, raw: bytes | None = None, **fields: str
) -> httpx.Response:
    return await caller.client.post(
        f"/webhook/sms/africastalking/{token}",
        content=urlencode({k.rstrip("_"): v for k, v in fields.items()}) if raw is None else raw,
        headers=FORM,
    )


async def may(services: Services, boutique_id: str) -> dict[str, bool | None]:
    """What she said last of each purpose; None: nothing."""
    async with services.database.tenant_connection(boutique_id) as conn:
        customer = await customers.by_phone(conn, phone=SHE)
        assert customer is not None
        purposes: tuple[Purpose, ...] = ("sms", "marketing", "assistant")
        said = {}
        for purpose in purposes:
            line = await consents.latest(conn, customer_id=customer.id, purpose=purpose)
            said[purpose] = line.granted if line else None
        return said


async def test_an_sms_stands_in_her_chat_and_asks_for_a_person_but_begins_no_turn(
    services: Services, caller: Caller
) -> None:
    # given
    await a_shop(services, owner_phone="+254700000201")

    # when she writes twice, and the first is told twice
    for sid, body in (("SM1", "Is it blue?"), ("SM1", "Is it blue?"), ("SM2", "Hello?")):
        answer = await twilio(caller, MessageSid=sid, Body=body)
        assert (answer.status_code, "<Response/>" in answer.text) == (200, True)

    # then
    kept = [row for row in await rows(services, "messages") if row["direction"] == "in"]
    assert [(m["body"], m["channel"], m["provider"]) for m in kept] == [
        ("Is it blue?", "sms", "twilio_sms"),
        ("Hello?", "sms", "twilio_sms"),
    ]
    [request] = await rows(services, "requests")
    assert (request["words"], request["kind"]) == ("Is it blue?", "other")
    assert await rows(services, "conversation_events") == []
    assert await jobs(services, "handle_turn") == []
    [conversation] = await rows(services, "conversations")
    assert (conversation["last_inbound_at"], conversation["channel"]) == (None, "whatsapp")
    [note] = [row for row in await rows(services, "messages") if row["direction"] == "out"]
    assert "Is it blue?" in note["body"]


@pytest.mark.parametrize("word", ["Acha", "SIMAMISHA!", "stop sms", "Sitaki."])
async def test_a_stop_ends_sms_and_offers_and_is_confirmed_once(
    services: Services, caller: Caller, word: str
) -> None:
    boutique_id = await a_shop(services)

    await twilio(caller, MessageSid="SM1", Body=word)
    await twilio(caller, MessageSid="SM1", Body=word)
    await twilio(caller, MessageSid="SM2", Body=word)

    assert await may(services, boutique_id) == {"sms": False, "marketing": False, "assistant": None}
    [told] = [row for row in await rows(services, "messages") if row["direction"] == "out"]
    assert (told["channel"], told["payload"]) == ("sms", {"despite_stop": True})
    assert await rows(services, "requests") == []
    [line] = [row for row in await rows(services, "consents") if row["purpose"] == "sms"][:1]
    assert (line["source"], line["words"]) == ("sms", word)


@pytest.mark.parametrize(
    ("fields", "confirmed"),
    [
        # Twilio has told her itself, and would refuse an SMS of ours.
        ({"Body": "STOP"}, False),
        ({"Body": "acha", "OptOutType": "STOP"}, False),
        ({"Body": "acha"}, True),
    ],
)
async def test_what_twilio_confirms_is_not_confirmed_again(
    services: Services, caller: Caller, fields: dict[str, str], confirmed: bool
) -> None:
    boutique_id = await a_shop(services)

    await twilio(caller, **fields)

    assert (await may(services, boutique_id))["sms"] is False
    assert len(await jobs(services, "deliver")) == confirmed


async def test_a_start_lets_sms_come_again_and_no_offers(
    services: Services, caller: Caller
) -> None:
    boutique_id = await a_shop(services)
    await twilio(caller, MessageSid="SM1", Body="acha")

    await twilio(caller, MessageSid="SM2", Body="anza")

    assert await may(services, boutique_id) == {"sms": True, "marketing": False, "assistant": None}


async def test_stop_within_a_sentence_is_for_a_person(services: Services, caller: Caller) -> None:
    boutique_id = await a_shop(services)

    await twilio(caller, Body="stop sending me blue ones")

    assert (await may(services, boutique_id))["sms"] is None
    assert len(await rows(services, "requests")) == 1


async def test_a_forged_call_changes_nothing(services: Services, caller: Caller) -> None:
    await a_shop(services)

    answer = await twilio(caller, token="forged", Body="STOP")

    assert answer.status_code == 403
    assert await rows(services, "webhook_events") == []
    assert await rows(services, "customers") == []


async def test_a_name_that_two_shops_send_as_is_of_the_one_whose_token_signed(
    services: Services, caller: Caller
) -> None:
    await a_shop(services, sender="ZURI", slug="first-shop")
    second = await a_shop(services, sender="ZURI", slug="second-shop")

    await twilio(
        caller,
        "/webhook/sms/twilio/status",
        token="second-shop",
        From="ZURI",
        To=SHE,
        MessageStatus="failed",
        ErrorCode="30003",
    )

    [event] = await rows(services, "webhook_events")
    assert str(event["boutique_id"]) == second


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe&&&", b"&".join(b"a=1" for _ in range(500))])
async def test_an_unreadable_call_is_stored_and_answered(
    services: Services, caller: Caller, raw: bytes
) -> None:
    await a_shop(services, "africastalking", "ZURI")

    for path in ("/webhook/sms/twilio", f"/webhook/sms/africastalking/{AT_TOKEN}"):
        answer = await caller.client.post(path, content=raw, headers=FORM)
        assert answer.status_code == 200

    kept = await rows(services, "webhook_events")
    assert [row["outcome"] for row in kept] == ["unreadable"] * 2
    assert await rows(services, "messages") == []


async def test_an_address_with_another_token_is_no_ones(services: Services, caller: Caller) -> None:
    await a_shop(services, "africastalking", "ZURI")

    answer = await africastalking(caller, token="guessed", id="1", from_=SHE, text="STOP")

    assert answer.status_code == 404
    assert await rows(services, "webhook_events") == []


@pytest.mark.parametrize(
    "told",
    [
        {"id": "1", "from_": SHE, "to": "22384", "text": "STOP", "linkId": "x", "date": "today"},
        # At the network's own menu: no words, no id.
        {"senderId": "ZURI", "phoneNumber": SHE},
    ],
)
async def test_africas_talking_tells_of_a_stop(
    services: Services, caller: Caller, told: dict[str, str]
) -> None:
    boutique_id = await a_shop(services, "africastalking", "ZURI")

    for _ in range(2):
        assert (await africastalking(caller, **told)).status_code == 200

    assert await may(services, boutique_id) == {"sms": False, "marketing": False, "assistant": None}
    assert len(await rows(services, "webhook_events")) == 1


@pytest.mark.parametrize(
    ("report", "status", "code"),
    [
        ({"status": "Success"}, "delivered", None),
        ({"status": "Buffered"}, "sent", None),
        ({"status": "Failed", "failureReason": "UserInBlacklist"}, "failed", "at_UserInBlackList"),
        ({"status": "AbsentSubscriber"}, "failed", "at_AbsentSubscriber"),
    ],
)
async def test_a_delivery_report_moves_the_sms_on(
    services: Services, caller: Caller, report: dict[str, str], status: str, code: str | None
) -> None:
    boutique_id = await a_shop(services, "africastalking", "ZURI")
    she = await a_customer(services.database, boutique_id, phone=SHE)
    async with services.database.tenant_connection(boutique_id) as conn:
        await conn.execute(
            """with v as (insert into conversations (boutique_id, customer_id, provider)
                 values (private.current_boutique(), %(she)s, 'twilio') returning id)
               insert into messages (boutique_id, conversation_id, direction, author, body, channel,
                 provider, provider_id, status)
               select private.current_boutique(), v.id, 'out', 'assistant', 'Hi', 'sms',
                 'africastalking', 'ATXid_1', 'sent' from v""",
            {"she": she},
        )

    await africastalking(caller, id="ATXid_1", phoneNumber=SHE, **report)

    message = (await rows(services, "messages"))[0]  # an absent one is tried again, as a copy
    assert (message["status"], message["error_code"]) == (status, code)
    if code == "at_UserInBlackList":
        assert (await may(services, boutique_id))["sms"] is False


async def test_a_report_of_nothing_of_ours_is_stored(
    services: Services, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms_africastalking, "WAITS_S", (0.0,))
    await a_shop(services, "africastalking", "ZURI")

    await africastalking(caller, id="ATXid_9", status="Success", phoneNumber=SHE)

    [event] = await rows(services, "webhook_events")
    assert (event["outcome"], event["kind"]) == ("ignored", "status")
