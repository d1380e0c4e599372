"""M-Pesa prompts through Daraja: never pushed twice, never failed while still running."""

from __future__ import annotations

import base64
import json

import httpx
import pytest
import stamina

from dukani.core.clients.daraja import DarajaAccount, DarajaClient
from dukani.core.clients.daraja_results import PaymentAction, action_for
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear

PAYBILL = DarajaAccount("600101", "the-key", "the-secret", "the-passkey")
TILL = DarajaAccount("600102", "key-2", "the-secret", "the-passkey", till="500102")
ACCEPTED = {"ResponseCode": "0", "CheckoutRequestID": "ws_CO_1", "MerchantRequestID": "m1"}


class FakeDaraja:
    """Grants tokens and answers with what is queued."""

    def __init__(self, *answers: tuple[int, object] | Exception) -> None:
        self.answers = list(answers)
        self.tokens = 0
        self.bodies: list[dict[str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/v1/generate":
            self.tokens += 1
            return httpx.Response(
                200, json={"access_token": f"t{self.tokens}", "expires_in": "3599"}
            )
        self.bodies.append(json.loads(request.content))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        return httpx.Response(status, json=body)

    def client(self) -> DarajaClient:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self))
        return DarajaClient(http, "https://daraja.example")


def push(client: DarajaClient, account: DarajaAccount = PAYBILL, **changes: object):
    call = {
        "amount_units": 4500,
        "phone": "+254712345678",
        "reference": "ZB-1023",
        "description": "Order",
        "callback_url": "https://shop.example/webhook/daraja/t",
        **changes,
    }
    return client.stk_push(account, **call)  # type: ignore[arg-type]


async def test_a_push_is_signed_for_nairobi_time():
    # given
    daraja = FakeDaraja((200, ACCEPTED))

    # when
    accepted = await push(daraja.client())

    # then
    body = daraja.bodies[0]
    assert accepted.checkout_request_id == "ws_CO_1"
    decoded = base64.b64decode(str(body["Password"])).decode()
    assert decoded == f"600101the-passkey{body['Timestamp']}"
    assert (body["TransactionType"], body["PartyB"]) == ("CustomerPayBillOnline", "600101")
    assert (body["Amount"], body["PhoneNumber"]) == (4500, "254712345678")


async def test_a_till_takes_the_money_itself():
    daraja = FakeDaraja((200, ACCEPTED))

    await push(daraja.client(), TILL)

    body = daraja.bodies[0]
    assert body["TransactionType"] == "CustomerBuyGoodsOnline"
    assert (body["BusinessShortCode"], body["PartyB"]) == ("600102", "500102")


async def test_the_token_is_asked_for_once_per_boutique():
    daraja = FakeDaraja((200, ACCEPTED), (200, ACCEPTED), (200, ACCEPTED))
    client = daraja.client()

    await push(client)
    await push(client)
    await push(client, TILL)

    assert daraja.tokens == 2


async def test_a_token_refused_at_the_door_is_replaced_once():
    refused = (404, {"errorCode": "404.001.03", "errorMessage": "Invalid Access Token"})
    daraja = FakeDaraja(refused, (200, ACCEPTED))

    accepted = await push(daraja.client())

    assert accepted.checkout_request_id == "ws_CO_1"
    assert (daraja.tokens, len(daraja.bodies)) == (2, 2)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {"errorCode": "400.002.02", "errorMessage": "Bad amount"}), ProviderRefused),
        ((500, {"errorCode": "500.001.1001", "errorMessage": "locked"}), ProviderRefused),
        ((200, {"ResponseCode": "1", "ResponseDescription": "no"}), ProviderRefused),
        ((500, {"errorCode": "500.003.02", "errorMessage": "busy"}), ProviderUnavailable),
        ((429, {}), ProviderUnavailable),
        ((500, {}), ProviderUnclear),
        ((200, {"ResponseCode": "0"}), ProviderUnclear),
        (httpx.ReadTimeout("slow"), ProviderUnclear),
        (httpx.ConnectError("refused"), ProviderUnavailable),
    ],
)
async def test_a_push_is_asked_for_exactly_once(answer, error):
    daraja = FakeDaraja(answer)

    with pytest.raises(error):
        await push(daraja.client())

    assert len(daraja.bodies) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_units": 0},
        {"amount_units": 250_001},
        {"phone": "0712345678"},
        {"phone": "+255712345678"},
        {"reference": "THIRTEEN-CHAR"},
        {"description": "fourteen chars"},
    ],
)
async def test_what_daraja_would_refuse_never_leaves(changes):
    daraja = FakeDaraja()

    with pytest.raises(ProviderRefused) as raised:
        await push(daraja.client(), **changes)

    assert raised.value.code == "invalid_input"


async def test_the_newer_numbers_are_served():
    daraja = FakeDaraja((200, ACCEPTED))

    await push(daraja.client(), phone="+254110345678")

    assert daraja.bodies[0]["PhoneNumber"] == "254110345678"


@pytest.mark.parametrize(
    "answer",
    [
        (500, {"errorCode": "500.001.1001", "errorMessage": "processing"}),
        (200, {"ResponseCode": "0", "ResultCode": "4999", "ResultDesc": "still under processing"}),
        (200, {"ResponseCode": "0", "ResultCode": 4999, "ResultDesc": "still under processing"}),
    ],
)
async def test_a_prompt_still_running_is_pending_not_failed(answer):
    daraja = FakeDaraja(answer)

    result = await daraja.client().query(PAYBILL, "ws_CO_1")

    assert result.pending
    assert result.result_code is None


async def test_a_query_tells_the_result_and_survives_a_cut_line():
    ended = (200, {"ResponseCode": "0", "ResultCode": "1032", "ResultDesc": "Cancelled"})
    daraja = FakeDaraja(httpx.ReadError("cut"), ended)

    result = await daraja.client().query(PAYBILL, "ws_CO_1")

    assert (result.pending, result.result_code) == (False, "1032")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {"errorCode": "400.002.02", "errorMessage": "unknown id"}), ProviderRefused),
        ((502, {}), ProviderUnavailable),
        (httpx.ReadTimeout("slow"), ProviderUnavailable),
    ],
)
async def test_a_failed_query_never_says_the_payment_failed(answer, error):
    daraja = FakeDaraja(answer, answer, answer)

    with stamina.set_testing(True), pytest.raises(error):
        await daraja.client().query(PAYBILL, "ws_CO_1")


async def test_secrets_stay_out_of_the_repr():
    assert "the-" not in repr(PAYBILL)


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (0, PaymentAction.PAID),
        ("0", PaymentAction.PAID),
        (1, PaymentAction.LOW_BALANCE),
        (17, PaymentAction.BUSY),
        (26, PaymentAction.BUSY),
        (1001, PaymentAction.PROMPT_OPEN),
        (1019, PaymentAction.EXPIRED),
        (1025, PaymentAction.PUSH_ERROR),
        (9999, PaymentAction.PUSH_ERROR),
        (1032, PaymentAction.CANCELLED),
        (1037, PaymentAction.UNREACHABLE),
        ("2001", PaymentAction.WRONG_PIN),
        ("SFC_IC0003", PaymentAction.UNKNOWN),
        ("", PaymentAction.UNKNOWN),
    ],
)
async def test_every_result_leads_to_its_action(code, action):
    assert action_for(code) is action


async def test_the_moment_before_the_prompt_is_told_when_all_else_is_ready():
    # given
    daraja = FakeDaraja((200, ACCEPTED))
    seen: list[tuple[int, int]] = []

    async def note() -> None:
        seen.append((daraja.tokens, len(daraja.bodies)))

    # when
    await push(daraja.client(), before_push=note)

    # then the token was there and no prompt had left
    assert seen == [(1, 0)]


async def test_whoever_may_not_push_sends_nothing():
    daraja = FakeDaraja((200, ACCEPTED))

    async def claimed_by_another() -> None:
        raise ProviderUnclear(provider="daraja")

    with pytest.raises(ProviderUnclear):
        await push(daraja.client(), before_push=claimed_by_another)
    assert daraja.bodies == []
