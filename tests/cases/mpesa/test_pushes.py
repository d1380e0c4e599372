"""What M-Pesa answers to a push, and what comes of it."""

from __future__ import annotations

import httpx
import pytest

from tests.cases.mpesa.money import STOCK, MoneyShop, paid, promises_a_prompt, refusal
from tests.fakes.daraja import a_token
from tests.fakes.paylink import says

HELD = STOCK - 1
LOCKED = "Unable to lock subscriber, a transaction is already in process for the current subscriber"
LOCKED_IN_SUCCESS = {
    "MerchantRequestID": "m-1",
    "CheckoutRequestID": "",
    "ResponseCode": "1",
    "ResponseDescription": LOCKED,
    "CustomerMessage": LOCKED,
}
LOCKED_AT_PAYLINK = (
    '{"error": "HTTP Error", "details": "{\\"requestId\\": \\"r-1\\", '
    f'\\"errorCode\\": \\"500.001.1001\\", \\"errorMessage\\": \\"{LOCKED}\\"}}"}}'
)
FIREWALL = "<html><body>Request unsuccessful. Incapsula incident ID: 0-0</body></html>"
GATEWAY = (
    "<html><head><title>504 Gateway Time-out</title></head><body><center>"
    "<h1>504 Gateway Time-out</h1></center></body></html>"
)


async def hears_of_the_other_prompt_and_waits(shop: MoneyShop) -> None:
    # then she hears of the other prompt and how long to wait
    assert "still open" in shop.last and "1 to 3 minutes" in shop.last
    assert promises_a_prompt(shop.last) == []
    # and none leaves meanwhile, by either way, whatever she says
    await shop.says("send it again")
    await shop.later(30)
    assert shop.prompts == 1
    # and when she has waited, one does
    await shop.later(40)
    await shop.says("send it again")
    assert shop.prompts == 2


@pytest.mark.parametrize(
    "answer",
    [refusal(500, "500.001.1001", LOCKED), httpx.Response(200, json=LOCKED_IN_SUCCESS)],
)
async def test_another_prompt_told_by_daraja(by_daraja: MoneyShop, answer: httpx.Response) -> None:
    by_daraja.daraja.next_push.append(answer)
    await by_daraja.orders()
    await hears_of_the_other_prompt_and_waits(by_daraja)


async def test_another_prompt_told_by_paylink(by_paylink: MoneyShop) -> None:
    by_paylink.paylink.next.append(says(LOCKED_AT_PAYLINK))
    await by_paylink.orders()
    await hears_of_the_other_prompt_and_waits(by_paylink)


async def test_a_push_refused_for_the_credentials_is_the_shops_to_mend(
    by_daraja: MoneyShop,
) -> None:
    # given the code of "unable to lock subscriber", with other words
    wrong = refusal(500, "500.001.1001", "Wrong credentials")
    by_daraja.daraja.next_push += [wrong] * 5
    await by_daraja.orders()

    # then it is neither another prompt nor one of ours
    assert "still open" not in by_daraja.last and promises_a_prompt(by_daraja.last) == []
    assert (await by_daraja.order())["payment_status"] == "failed"
    assert await by_daraja.free() == STOCK
    assert "wrong credentials" in await by_daraja.notes()

    # and it is not pushed again and again
    await by_daraja.later(300)
    assert by_daraja.prompts == 1


@pytest.mark.parametrize(
    "answer",
    [
        refusal(401, "401.003.01", "Error Occurred - Invalid Access Token"),
        refusal(404, "404.001.03", "Invalid Access Token"),
    ],
)
async def test_a_dead_token_costs_one_fresh_one_and_one_try(
    by_daraja: MoneyShop, answer: httpx.Response
) -> None:
    by_daraja.daraja.next_token = [a_token(), a_token()]
    by_daraja.daraja.next_push.append(answer)

    await by_daraja.orders()

    assert (by_daraja.prompts, by_daraja.daraja.next_token) == (2, [])
    assert (await by_daraja.payment())["status"] == "pending"
    assert await by_daraja.notes() == ""


async def test_a_fresh_token_refused_too_is_told_to_the_owner(by_daraja: MoneyShop) -> None:
    by_daraja.daraja.next_push += [refusal(400, "400.003.01", "Invalid Access Token")] * 5

    await by_daraja.orders()
    await by_daraja.later(300)

    assert by_daraja.prompts == 2
    assert "consumer key" in await by_daraja.notes()
    assert (await by_daraja.order())["payment_status"] == "failed"


TURNED_AWAY = [
    [
        refusal(500, "500.003.02", "Error Occurred: Spike Arrest Violation"),
        refusal(500, "500.003.02", "System is busy. Please try again in few minutes."),
    ],
    [httpx.Response(403, html=FIREWALL), httpx.Response(403, html=FIREWALL)],
]


@pytest.mark.parametrize("answers", TURNED_AWAY, ids=["busy", "firewall"])
async def test_a_push_turned_away_for_the_moment_goes_once_more_after_a_pause(
    by_daraja: MoneyShop, answers: list[httpx.Response]
) -> None:
    # given a push that never reached M-Pesa
    by_daraja.daraja.next_push += answers
    await by_daraja.orders()

    # then she does not wait for a prompt, and none leaves at once
    assert promises_a_prompt(by_daraja.last) == []
    await by_daraja.later(20)
    assert by_daraja.prompts == 1

    # and after half a minute or so one more does, and no third
    await by_daraja.later(20)
    assert by_daraja.prompts == 2
    assert promises_a_prompt(by_daraja.last) == []
    await by_daraja.later(300)
    assert by_daraja.prompts == 2


async def test_a_number_m_pesa_does_not_take_is_asked_for_again(by_daraja: MoneyShop) -> None:
    by_daraja.daraja.next_push.append(
        refusal(400, "400.002.02", "Bad Request - Invalid PhoneNumber")
    )
    await by_daraja.orders()

    # then she is asked for a number, and none is promised
    assert "number" in by_daraja.last and promises_a_prompt(by_daraja.last) == []
    # and the same number is not tried again
    await by_daraja.later(300)
    await by_daraja.says("send it again")
    assert by_daraja.prompts == 1
    # but another is
    await by_daraja.says("use 0722123456")
    await by_daraja.says("yes")
    assert by_daraja.daraja.pushes[-1]["PhoneNumber"] == "254722123456"


async def may_be_on_her_phone(shop: MoneyShop) -> None:
    # given a push whose answer was lost: no second prompt may leave, by either way
    for words in ("send it again", "did you send it?", "yes"):
        said = await shop.says(words)
        assert "not sent" not in said and "failed" not in said, said
    assert shop.prompts == 1
    order = await shop.order()
    assert (order["status"], order["payment_status"]) == ("open", "pending")
    assert await shop.free() == HELD

    # when its callback comes after all, then it counts by its own address
    assert "Payment received" in await shop.calls_back(paid())
    assert await shop.paid()


async def test_a_gateways_timeout_leaves_open_whether_there_is_a_prompt(
    by_daraja: MoneyShop,
) -> None:
    by_daraja.daraja.next_push.append(httpx.Response(504, html=GATEWAY))
    await by_daraja.orders()
    await may_be_on_her_phone(by_daraja)
