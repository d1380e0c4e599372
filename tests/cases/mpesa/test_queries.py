"""What M-Pesa says when it is asked how a prompt ended."""

from __future__ import annotations

import httpx
import pytest

from tests.cases.mpesa.money import STOCK, MoneyShop, refusal
from tests.fakes.daraja import ended

HELD = STOCK - 1
DOWN = (
    "<html><body><h1>503 Service Unavailable</h1>"
    "No server is available to handle this request.</body></html>"
)
PROCESSING = {
    "ResponseCode": "0",
    "ResponseDescription": "The service request has been accepted successsfully",
    "MerchantRequestID": "m-1",
    "CheckoutRequestID": "ws_CO_1",
    "ResultCode": "4999",
    "ResultDesc": "The transaction is still under processing",
}


async def nothing_has_changed(shop: MoneyShop) -> None:
    order = await shop.order()
    assert (order["status"], order["payment_status"]) == ("open", "pending")
    assert (await shop.payment())["status"] == "pending"
    assert await shop.free() == HELD


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json=PROCESSING),
        httpx.Response(503, html=DOWN),
        refusal(404, "404.001.04", "Invalid Authentication Header"),
    ],
)
async def test_a_query_that_says_nothing_of_the_payment_is_asked_again(
    by_daraja: MoneyShop, answer: httpx.Response
) -> None:
    # given a prompt nothing is heard of, and a query without a result
    await by_daraja.orders()
    by_daraja.daraja.next_query += [answer] * 3
    said = await by_daraja.later(90)

    # then the payment stays as it was
    assert len(by_daraja.daraja.queries) > 0
    assert "failed" not in said and "Payment received" not in said
    await nothing_has_changed(by_daraja)

    # and the next question is asked at its time
    by_daraja.daraja.next_query = [ended("0")]
    assert "Payment received" in await by_daraja.later(300)
    assert await by_daraja.paid()


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (404, "404.001.04", "Invalid Authentication Header"),
        # The code of "being processed", and no prompt that runs.
        (500, "500.001.1001", "[MerchantValidate] - Wrong credentials"),
        (500, "500.001.1001", "Merchant does not exist."),
    ],
)
async def test_a_refused_query_is_told_to_the_owner(
    by_daraja: MoneyShop, status: int, code: str, words: str
) -> None:
    await by_daraja.orders()
    by_daraja.daraja.next_query += [refusal(status, code, words)] * 3

    await by_daraja.later(90)
    await by_daraja.later(300)

    assert (await by_daraja.notes()).count(words.lower()) == 1


async def test_a_gateway_that_is_down_alarms_nobody(by_daraja: MoneyShop) -> None:
    await by_daraja.orders()
    by_daraja.daraja.next_query += [httpx.Response(503, html=DOWN)] * 3

    await by_daraja.later(90)

    assert await by_daraja.notes() == ""
