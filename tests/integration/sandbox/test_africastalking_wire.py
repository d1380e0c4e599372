"""Africa's Talking's stand-in and the production client understand each other."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from dukani.core.clients.africastalking import AfricasTalkingAccount, AfricasTalkingMessenger
from dukani.core.clients.messenger import OutboundMessage
from dukani.core.errors import ProviderError, ProviderRefused, ProviderUnavailable, ProviderUnclear
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.app import create_sandbox
from tests.integration.sandbox.outside import SHOPPER, Phone, Target

assert PWANI.sms is not None
LINE = PWANI.sms


def a_messenger(http: httpx.AsyncClient, target: Target, **account: str) -> AfricasTalkingMessenger:
    keys = {"username": LINE.username, "api_key": LINE.api_key, "sender": LINE.sender}
    return AfricasTalkingMessenger(
        http, f"{target.url}/sandbox", AfricasTalkingAccount(**(keys | account))
    )


async def test_an_sms_reaches_the_phone(
    http: httpx.AsyncClient, target: Target, phone: Phone
) -> None:
    sent = await a_messenger(http, target).send(OutboundMessage(SHOPPER, "Habari"))

    assert sent.provider_id.startswith("ATXid_")
    async with asyncio.timeout(5):
        while not (await phone.chat("pwani"))["sms"]:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.02)
    [sms] = (await phone.chat("pwani"))["sms"]
    assert (sms["text"], sms["sender"], sms["account"]) == ("Habari", "PWANI", "pwani")


@pytest.mark.parametrize(
    ("account", "faults", "error", "code"),
    [
        ({"api_key": "wrong"}, {}, ProviderRefused, "at_Unauthorised"),
        ({"sender": "OTHER"}, {}, ProviderRefused, "at_InvalidSenderId"),
        ({}, {"error_code": "InsufficientBalance"}, ProviderRefused, "at_InsufficientBalance"),
        ({}, {"error_code": "UserInBlackList"}, ProviderRefused, "at_UserInBlackList"),
        ({}, {"error_code": "GatewayError"}, ProviderUnavailable, "at_GatewayError"),
        # Held there for a person to look at: it may leave yet.
        ({}, {"error_code": "RiskHold"}, ProviderRefused, "at_RiskHold"),
        ({}, {"error_code": "http_502"}, ProviderUnclear, "http_502"),
    ],
)
async def test_a_refusal_has_its_name(
    http: httpx.AsyncClient,
    target: Target,
    phone: Phone,
    account: dict[str, str],
    faults: dict[str, Any],
    error: type[ProviderError],
    code: str,
) -> None:
    if faults:
        await phone.faults(africastalking={"error_next": 1, **faults})

    with pytest.raises(error) as refused:
        await a_messenger(http, target, **account).send(OutboundMessage(SHOPPER, "Habari"))

    assert refused.value.code == code


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(201, json={"SMSMessageData": {"Recipients": [{"statusCode": 101}]}}),
        httpx.Response(201, json={"odd": 1}),
        httpx.Response(201, text="<html>"),
    ],
)
async def test_an_answer_without_an_id_may_have_been_sent(answer: httpx.Response) -> None:
    http = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answer))
    messenger = AfricasTalkingMessenger(http, "https://at.example", AfricasTalkingAccount("u", "k"))

    with pytest.raises(ProviderUnclear):
        await messenger.send(OutboundMessage(SHOPPER, "Habari"))


async def test_reports_and_replies_go_to_the_address_with_the_token() -> None:
    """Seen by a stand-in for Dukani: nothing is signed, and a name cannot be answered."""
    heard: list[tuple[str, dict[str, str]]] = []

    def dukani(request: httpx.Request) -> httpx.Response:
        heard.append((request.url.path, dict(parse_qsl(request.content.decode()))))
        return httpx.Response(200)

    line = httpx.AsyncClient(transport=httpx.MockTransport(dukani))
    sandbox = create_sandbox(base_url="http://s.test", target_url="https://dukani.test", http=line)
    transport = httpx.ASGITransport(app=sandbox)
    async with (
        sandbox.router.lifespan_context(sandbox),
        httpx.AsyncClient(transport=transport, base_url="http://s.test") as http,
    ):
        await http.post(
            "/faults",
            json={"africastalking": {"fail_next": 1, "fail_code": "AbsentSubscriber"}},
        )
        account = AfricasTalkingAccount(LINE.username, LINE.api_key, LINE.sender)
        messenger = AfricasTalkingMessenger(http, "http://s.test", account)
        sent = await messenger.send(OutboundMessage(SHOPPER, "Habari"))
        async with asyncio.timeout(5):
            while not heard:  # noqa: ASYNC110 - the sandbox has no event for it
                await asyncio.sleep(0.02)
        answer = await http.post(
            "/phone/api/sms", json={"contact": SHOPPER, "sender": "PWANI", "text": "Hi"}
        )

    [(path, report)] = heard
    assert path == f"/webhook/sms/africastalking/{LINE.callback_token}"
    assert (report["id"], report["status"]) == (sent.provider_id, "AbsentSubscriber")
    assert answer.status_code == 400
