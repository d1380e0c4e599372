"""M-Pesa prompts through Daraja: never pushed twice, never failed while still running."""

from __future__ import annotations

import base64
import json

import httpx
import pytest
import stamina

from dukani.core.clients.daraja import DarajaAccount, DarajaClient
from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Setting
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear
from tests.clock import Clock

PAYBILL = DarajaAccount("600101", "the-key", "the-secret", "the-passkey")
TILL = DarajaAccount("600102", "key-2", "the-secret", "the-passkey", till="500102")
LOCKED = "Unable to lock subscriber, a transaction is already in process for the current subscriber"
ACCEPTED = {"ResponseCode": "0", "CheckoutRequestID": "ws_CO_1", "MerchantRequestID": "m1"}


class FakeDaraja:
    """Grants tokens and answers with what is queued."""

    def __init__(self, *answers: tuple[int, object] | Exception, lifetime: str = "3599") -> None:
        self.answers = list(answers)
        self.lifetime = lifetime
        self.clock = Clock()
        self.tokens = 0
        self.bodies: list[dict[str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/v1/generate":
            self.tokens += 1
            return httpx.Response(
                200, json={"access_token": f"t{self.tokens}", "expires_in": self.lifetime}
            )
        self.bodies.append(json.loads(request.content))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        if isinstance(body, str):
            return httpx.Response(status, html=body)
        return httpx.Response(status, json=body)

    def client(self) -> DarajaClient:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self))
        return DarajaClient(http, "https://daraja.example", clock=self.clock)


def push(client: DarajaClient, account: DarajaAccount = PAYBILL, **changes: object):
    call = {
        "amount_units": 4500,
        "currency": "KES",
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


async def test_a_token_is_replaced_a_minute_before_it_ends():
    # given
    daraja = FakeDaraja((200, ACCEPTED), (200, ACCEPTED), (200, ACCEPTED))
    client = daraja.client()
    await push(client)

    # when / then
    daraja.clock.advance(3538)
    await push(client)
    assert daraja.tokens == 1
    daraja.clock.advance(2)
    await push(client)
    assert daraja.tokens == 2


@pytest.mark.parametrize("lifetime", ["", "soon", "60"])
async def test_a_token_that_may_end_at_once_is_not_kept(lifetime):
    daraja = FakeDaraja((200, ACCEPTED), (200, ACCEPTED), lifetime=lifetime)
    client = daraja.client()
    await push(client)
    asked = daraja.tokens

    await push(client)

    assert daraja.tokens > asked


DEAD_TOKENS = [
    (401, {"errorCode": "401.003.01", "errorMessage": "Error Occurred - Invalid Access Token"}),
    (400, {"errorCode": "400.003.01", "errorMessage": "Invalid Access Token"}),
    (404, {"errorCode": "404.001.03", "errorMessage": "Invalid Access Token"}),
    (401, {"fault": {"faultstring": "Invalid access token", "detail": {
        "errorcode": "keymanagement.service.invalid_access_token"}}}),
]  # fmt: skip


@pytest.mark.parametrize("refused", DEAD_TOKENS)
async def test_a_dead_token_costs_one_fresh_one_and_one_new_try(refused):
    daraja = FakeDaraja(refused, (200, ACCEPTED))

    accepted = await push(daraja.client())

    assert accepted.checkout_request_id == "ws_CO_1"
    assert (daraja.tokens, len(daraja.bodies)) == (2, 2)


@pytest.mark.parametrize("refused", DEAD_TOKENS)
async def test_a_dead_token_is_replaced_for_a_query_too(refused):
    ended = (200, {"ResponseCode": "0", "ResultCode": "0", "ResultDesc": "done"})
    daraja = FakeDaraja(refused, ended)

    result = await daraja.client().query(PAYBILL, "ws_CO_1")

    assert (result.pending, result.result_code) == (False, "0")
    assert (daraja.tokens, len(daraja.bodies)) == (2, 2)


@pytest.mark.parametrize("refused", DEAD_TOKENS)
async def test_a_fresh_token_that_is_refused_too_ends_the_trying(refused):
    # given
    daraja = FakeDaraja(refused, refused, (200, ACCEPTED))
    client = daraja.client()

    # when
    with pytest.raises(ProviderRefused) as raised:
        await push(client)

    # then it is the shop's set-up, and the next prompt begins with a token of its own
    assert outcome_of("refused", f"{raised.value.code}: {raised.value.said}").setting == (
        Setting.CONSUMER_KEY
    )
    assert len(daraja.bodies) == 2
    await push(client)
    assert daraja.tokens == 3


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {"errorCode": "400.002.02", "errorMessage": "Bad amount"}), ProviderRefused),
        ((500, {"errorCode": "500.001.1001", "errorMessage": LOCKED}), ProviderRefused),
        ((200, {"ResponseCode": "1", "ResponseDescription": LOCKED}), ProviderRefused),
        ((500, {"errorCode": "500.001.1001", "errorMessage": "Wrong credentials"}),
         ProviderRefused),
        ((500, {"errorCode": "500.001.1001", "errorMessage": "hm"}), ProviderUnclear),
        ((403, "<html>Request unsuccessful. Incapsula incident ID: 0-0</html>"),
         ProviderUnavailable),
        ((200, "<html>Request unsuccessful. Incapsula incident ID: 0-0</html>"),
         ProviderUnavailable),
        ((404, "<html>Not Found</html>"), ProviderUnavailable),
        ((502, "<html>Bad Gateway</html>"), ProviderUnclear),
        ((504, "<html>Gateway Timeout</html>"), ProviderUnclear),
        ((200, {"ResponseCode": "1", "ResponseDescription": "no"}), ProviderRefused),
        ((500, {"errorCode": "500.003.02", "errorMessage": "busy"}), ProviderUnavailable),
        ((429, {}), ProviderUnavailable),
        ((500, {}), ProviderUnclear),
        ((200, {"ResponseCode": "0"}), ProviderUnclear),
        (httpx.ReadTimeout("slow"), ProviderUnclear),
        (httpx.ConnectError("refused"), ProviderUnavailable),
    ],
)  # fmt: skip
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
        {"amount_units": 5_000_001, "currency": "TZS"},
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


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("[MerchantValidate] - Wrong credentials", Setting.PASSKEY),
        ("Merchant does not exist.", Setting.SHORTCODE),
    ],
)
async def test_being_processed_that_names_the_shops_set_up_is_not_pending(words, setting):
    daraja = FakeDaraja((500, {"errorCode": "500.001.1001", "errorMessage": words}))

    with pytest.raises(ProviderRefused) as raised:
        await daraja.client().query(PAYBILL, "ws_CO_1")

    assert outcome_of(raised.value.code, raised.value.said).setting is setting


async def test_a_locked_subscriber_is_our_own_prompt_when_asked_about_it():
    daraja = FakeDaraja((500, {"errorCode": "500.001.1001", "errorMessage": LOCKED}))

    assert (await daraja.client().query(PAYBILL, "ws_CO_1")).pending


async def test_secrets_stay_out_of_the_repr():
    assert "the-" not in repr(PAYBILL)


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
