"""Answers of M-Pesa as people who run shops have seen them, from the wire to the conversation."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from dukani.core.services import Services
from dukani.core.store.payments import Payment
from dukani.tools.payments import jobs as payment_jobs
from tests.fakes.daraja import FakeDaraja, a_token, ended, still_running, stk_callback
from tests.integration.tools.test_payment_jobs import again, callback, push, told
from tests.wiring import rows

LOCKED = {
    "requestId": "r-1",
    "errorCode": "500.001.1001",
    "errorMessage": "Unable to lock subscriber, a transaction is already in process for the "
    "current subscriber",
}
DEAD = {
    "requestId": "r-1",
    "errorCode": "401.003.01",
    "errorMessage": "Error Occurred - Invalid Access Token",
}
FIREWALL = "<html><body>Request unsuccessful. Incapsula incident ID: 0-0</body></html>"


async def ask(services: Services, payment: Payment) -> None:
    await payment_jobs.reconcile_payment(
        services, boutique_id=payment.boutique_id, payment_id=payment.id, step=0
    )


async def test_a_push_that_finds_another_prompt_open_is_told_as_1001(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    daraja.next_push.append(httpx.Response(500, json=LOCKED))
    await push(services, payment)
    assert [result["code"] for result in await told(services, payment)] == ["1001"]
    assert len(daraja.pushes) == 1


async def test_a_token_that_ended_early_costs_one_fresh_token_and_one_try(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    daraja.next_token = [a_token(), a_token()]
    daraja.next_push.append(httpx.Response(401, json=DEAD))
    pushed = await push(services, payment)
    assert (pushed.status, len(daraja.pushes), daraja.next_token) == ("pending", 2, [])
    assert await told(services, payment) == []


async def test_a_firewalls_refusal_is_told_at_once_for_no_prompt_was_made(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    daraja.next_push.append(httpx.Response(403, html=FIREWALL))
    await push(services, payment)
    assert [result["code"] for result in await told(services, payment)] == ["unavailable"]


@pytest.mark.parametrize(
    ("words", "setting"),
    [("[MerchantValidate] - Wrong credentials", "passkey"),
     ("Merchant does not exist.", "shortcode")],
)  # fmt: skip
async def test_a_query_refused_for_the_shops_set_up_is_told_to_the_owner_once(
    services: Services, payment: Payment, daraja: FakeDaraja, words: str, setting: str
) -> None:
    # given a prompt on the phone, and a query that is refused, twice
    await push(services, payment)
    error = {"errorCode": "500.001.1001", "errorMessage": words}
    daraja.next_query = [httpx.Response(500, json=error) for _ in range(2)]

    # when M-Pesa is asked
    await ask(services, payment)
    await ask(services, payment)

    # then the owner hears of it once, and nobody calls the payment failed
    [note] = await rows(services, "messages")
    assert setting in note["body"]
    assert await told(services, payment) == []
    assert (await again(services, payment)).status == "pending"


async def test_a_query_that_does_not_know_the_prompt_alarms_nobody(
    services: Services, payment: Payment, daraja: FakeDaraja
) -> None:
    await push(services, payment)
    error = {"errorCode": "400.002.02", "errorMessage": "Bad Request - Invalid CheckoutRequestID"}
    daraja.next_query.append(httpx.Response(400, json=error))
    await ask(services, payment)
    assert await rows(services, "messages") == []


UNREADABLE: list[Any] = [-5, "-4500", "1e400", "NaN", "lots", [4500], {"KES": 4500}, True, None, ""]


def paid_callback(amount: Any) -> dict[str, Any]:
    return stk_callback("ws_CO_1", amount=amount, receipt="QGH7X1Y2Z3")


def bare_callback() -> dict[str, Any]:
    body = stk_callback("ws_CO_1")
    del body["Body"]["stkCallback"]["CallbackMetadata"]
    return body


@pytest.mark.parametrize("body", [*map(paid_callback, UNREADABLE), bare_callback()])
async def test_paid_without_a_readable_amount_is_for_a_person_while_the_query_says_pending(
    services: Services, payment: Payment, daraja: FakeDaraja, body: dict[str, Any]
) -> None:
    await push(services, payment)
    daraja.next_query.append(still_running())
    assert await callback(services, body, at=payment) == "handled"
    [result] = await told(services, payment)
    assert (result["code"], result["amount_minor"], result["unread"]) == ("0", None, True)


@pytest.mark.parametrize("body", [*map(paid_callback, UNREADABLE[:3]), bare_callback()])
async def test_paid_without_a_readable_amount_counts_once_the_query_says_so(
    services: Services, payment: Payment, daraja: FakeDaraja, body: dict[str, Any]
) -> None:
    await push(services, payment)
    daraja.next_query.append(ended("0"))
    await callback(services, body, at=payment)
    [result] = await told(services, payment)
    assert (result["code"], result["unread"]) == ("0", False)


@pytest.mark.parametrize("amount", ["4500", "4,500.00", 4500.0, 4500])
async def test_an_amount_told_as_text_or_with_a_masked_phone_and_no_balance_is_read(
    services: Services, payment: Payment, daraja: FakeDaraja, amount: Any
) -> None:
    # given what odd successes look like
    await push(services, payment)
    body = paid_callback(amount)
    inner = body["Body"]["stkCallback"]
    inner["ResultCode"] = "0"
    inner["CallbackMetadata"]["Item"] += [{"Name": "Balance"}]
    inner["CallbackMetadata"]["Item"][2] = {"Name": "PhoneNumber", "Value": "2547***001"}

    await callback(services, body, at=payment)

    [result] = await told(services, payment)
    assert (result["amount_minor"], result["unread"]) == (450000, False)
    assert daraja.queries == []


async def test_forty_receipts_at_one_payments_address_make_one_note(
    services: Services, payment: Payment
) -> None:
    await push(services, payment)
    for n in range(40):
        body = stk_callback(f"ws_CO_x{n}", amount=10.0, receipt=f"QSTRAY{n:04d}")
        await callback(services, body, at=payment)
    assert len(await rows(services, "messages")) == 1


async def test_a_receipt_beyond_any_length_is_none(services: Services, payment: Payment) -> None:
    await push(services, payment)
    body = stk_callback("ws_CO_1", amount=4500.0, receipt="Q" * 6000)
    body["Body"]["stkCallback"]["ResultDesc"] = "x" * 6000
    body["Body"]["stkCallback"]["MerchantRequestID"] = "m" * 6000
    assert await callback(services, body, at=payment) == "handled"
    [result] = await told(services, payment)
    assert (result["receipt"], result["amount_minor"]) == (None, 450000)
    assert len(result["text"]) == 500
