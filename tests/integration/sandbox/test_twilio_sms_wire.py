"""Twilio's SMS: the stand-in and the production client understand each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dukani.core.clients.messenger import OutboundMessage
from dukani.core.clients.twilio import TwilioAccount
from dukani.core.clients.twilio_sms import TwilioSmsMessenger
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear
from dukani.sandbox.accounts import ZURI
from tests.integration.sandbox.outside import SHOPPER, Phone, Target

assert ZURI.sms is not None
LINE = ZURI.sms
ACCOUNT = TwilioAccount(LINE.account_sid, LINE.auth_token, LINE.sender)


def a_messenger(http: httpx.AsyncClient, target: Target, **account: str) -> TwilioSmsMessenger:
    keys = {"account_sid": LINE.account_sid, "auth_token": LINE.auth_token, "number": LINE.sender}
    return TwilioSmsMessenger(
        http, f"{target.url}/sandbox", TwilioAccount(**(keys | account)), f"{target.url}/status"
    )


@pytest.fixture
def messenger(http: httpx.AsyncClient, target: Target) -> TwilioSmsMessenger:
    return a_messenger(http, target)


async def test_an_sms_reaches_the_phone_and_its_statuses_name_our_message(
    messenger: TwilioSmsMessenger, phone: Phone, target: Target
) -> None:
    # when
    sent = await messenger.send(OutboundMessage(SHOPPER, "Habari", callback_data="m 7"))

    # then
    statuses = [await target.next("/status") for _ in range(2)]
    assert [form["MessageStatus"] for form in statuses] == ["sent", "delivered"]
    assert {form["MessageSid"] for form in statuses} == {sent.provider_id}
    assert {form["query"] for form in statuses} == {"message=m+7"}
    assert (statuses[0]["From"], statuses[0]["To"]) == (LINE.sender, SHOPPER)
    [sms] = (await phone.chat())["sms"]
    assert (sms["text"], sms["sender"], sms["mine"]) == ("Habari", LINE.sender, False)


async def test_an_unreachable_phone_is_told_by_a_status(
    messenger: TwilioSmsMessenger, phone: Phone, target: Target
) -> None:
    await phone.faults(twilio_sms={"unreachable": [SHOPPER]})

    await messenger.send(OutboundMessage(SHOPPER, "Habari"))

    told = await target.next("/status")
    assert (told["MessageStatus"], told["ErrorCode"]) == ("undelivered", "30003")
    assert (await phone.chat())["sms"] == []


@pytest.mark.parametrize(
    ("message", "account", "code"),
    [
        (OutboundMessage("KE.1", "Habari"), {}, "21211"),
        (OutboundMessage(SHOPPER, media_url="https://a.example/a.jpg"), {}, "21602"),
        (OutboundMessage(SHOPPER, "Habari"), {"auth_token": "wrong"}, "20003"),
        (OutboundMessage(SHOPPER, "Habari"), {"number": "+254700000999"}, "21606"),
    ],
)
async def test_what_twilio_refuses_has_its_code(
    http: httpx.AsyncClient,
    target: Target,
    message: OutboundMessage,
    account: dict[str, str],
    code: str,
) -> None:
    with pytest.raises(ProviderRefused) as refused:
        await a_messenger(http, target, **account).send(message)

    assert refused.value.code == code


async def test_a_rate_limit_waits_and_a_lost_answer_is_found_in_the_list(
    messenger: TwilioSmsMessenger, phone: Phone
) -> None:
    since = datetime.now(UTC) - timedelta(seconds=5)
    await phone.faults(twilio_sms={"error_next": 1, "error_code": "20429"})
    with pytest.raises(ProviderUnavailable):
        await messenger.send(OutboundMessage(SHOPPER, "Habari"))
    await phone.faults(twilio_sms={"break_next": 1})
    with pytest.raises(ProviderUnclear):
        await messenger.send(OutboundMessage(SHOPPER, "Habari tena"))

    taken = await messenger.taken_since(OutboundMessage(SHOPPER, "Habari tena"), since)

    assert len(taken) == 1
    assert await messenger.taken_since(OutboundMessage(SHOPPER, "Habari"), since) == []
