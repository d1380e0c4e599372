"""What M-Pesa posts when a prompt has ended, as people who run shops have seen it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cases.mpesa.money import ANNA, STOCK, MoneyShop, paid, promises_a_prompt, result
from tests.cases.shop import ASHA
from tests.fakes.daraja import ended, still_running

HELD = STOCK - 1
SENDING = "An error occurred while sending a push request"
NOT_PERMITTED = "The request is not permitted according to product assignment."


async def test_a_wrong_pin_told_as_text_may_be_tried_again(by_daraja: MoneyShop) -> None:
    # given a prompt
    await by_daraja.orders()

    # when the PIN was wrong, in M-Pesa's own words
    said = await by_daraja.calls_back(result("2001", "The initiator information is invalid."))

    # then she hears that, and nothing of an initiator
    assert "PIN was not right" in said
    assert "initiator" not in said.lower()
    assert (await by_daraja.order())["payment_status"] == "failed"
    assert (await by_daraja.payment())["review_reason"] is None

    # and may try again
    await by_daraja.says("send it again")
    assert by_daraja.prompts == 2


async def test_an_expired_prompt_is_offered_again_and_never_sent_unasked(
    by_daraja: MoneyShop,
) -> None:
    await by_daraja.orders()

    said = await by_daraja.calls_back(result(1019, "Transaction has expired"))

    assert "send again" in said
    assert (await by_daraja.order())["payment_status"] == "failed"
    for _ in range(3):
        await by_daraja.later(120)
    assert by_daraja.prompts == 1
    await by_daraja.says("send it again")
    assert by_daraja.prompts == 2


@pytest.mark.parametrize(
    ("code", "text"),
    [(1025, SENDING), ("9999", "Error occured while sending push request.")],
)
async def test_a_prompt_that_could_not_be_sent_goes_once_more_with_a_shorter_description(
    by_daraja: MoneyShop, code: Any, text: str
) -> None:
    # given a prompt that M-Pesa could not send
    await by_daraja.orders()
    said = await by_daraja.calls_back(result(code, text))
    assert promises_a_prompt(said) == []

    # when a while has passed, then it has left once more, with fewer words on her phone
    await by_daraja.later(60)
    first, second = by_daraja.daraja.pushes
    assert len(second["TransactionDesc"]) < len(first["TransactionDesc"])

    # and when that fails too, she is told, and none leaves by itself
    told = await by_daraja.calls_back(result(code, text))
    assert "send again" in told
    await by_daraja.later(300)
    assert by_daraja.prompts == 2
    assert (await by_daraja.order())["payment_status"] == "failed"


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        (4, "Declined due to limit rule: would exceed daily transfer limit.", "limit"),
        (8006, "The security credential is locked.", "100 or 200"),
    ],
)
async def test_a_certain_no_says_why_and_lets_another_pay(
    by_daraja: MoneyShop, code: int, text: str, why: str
) -> None:
    await by_daraja.orders()

    said = await by_daraja.calls_back(result(code, text))

    # she hears why, nobody reviews anything, and the pieces are free again
    assert why in said and "checking" not in said
    assert (await by_daraja.order())["payment_status"] == "failed"
    assert (await by_daraja.payment())["review_reason"] is None
    assert await by_daraja.free() == STOCK
    # and another number may pay
    await by_daraja.says("use 0722123456")
    await by_daraja.says("yes")
    assert by_daraja.daraja.pushes[-1]["PhoneNumber"] == "254722123456"


async def test_the_same_sum_again_waits_its_two_minutes(by_daraja: MoneyShop) -> None:
    await by_daraja.orders()

    said = await by_daraja.calls_back(result(17, "Rule limited."))

    # none leaves in two minutes, by itself or at her word
    assert "2 minutes" in said and promises_a_prompt(said) == []
    await by_daraja.later(100)
    await by_daraja.says("send it again")
    assert by_daraja.prompts == 1
    # and one after them, by itself
    await by_daraja.later(30)
    assert by_daraja.prompts == 2


async def test_a_till_that_may_not_do_this_is_a_certain_no(by_daraja: MoneyShop) -> None:
    await by_daraja.orders()

    said = await by_daraja.calls_back(result(2028, NOT_PERMITTED))

    # she is told that it is no fault of hers, and of no other prompt; the pieces are free again
    assert "still open" not in said and promises_a_prompt(said) == []
    assert (await by_daraja.order())["payment_status"] == "failed"
    assert await by_daraja.free() == STOCK
    # the owner hears that the set-up refuses
    assert "till" in await by_daraja.notes()
    # and nothing is pushed again and again
    await by_daraja.later(300)
    assert by_daraja.prompts == 1


async def test_a_result_that_is_no_number_and_names_the_till_is_the_shops_to_mend(
    by_daraja: MoneyShop,
) -> None:
    """Safaricom's own code for a till or paybill it does not know: no money can have moved."""
    await by_daraja.orders()

    await by_daraja.calls_back(result("SFC_IC0003", "The operator does not exist."))

    assert "still open" not in by_daraja.last and promises_a_prompt(by_daraja.last) == []
    assert (await by_daraja.order())["payment_status"] == "failed"
    assert await by_daraja.free() == STOCK
    assert "till" in await by_daraja.notes()


async def test_a_result_nobody_knows_holds_the_pieces_and_is_looked_at(
    by_daraja: MoneyShop,
) -> None:
    # given a code that is not a number, and in no list
    await by_daraja.orders()

    # when M-Pesa says no more when it is asked
    await by_daraja.calls_back(result("ABC_IC0003", "Something of its own."))
    for _ in range(4):
        await by_daraja.later(700)

    # then nobody calls it paid or failed
    assert len(by_daraja.daraja.queries) > 0
    order = await by_daraja.order()
    assert (order["status"], order["payment_status"]) == ("open", "needs_review")
    assert await by_daraja.free() == HELD


async def test_a_success_told_in_texts_pays_once(by_daraja: MoneyShop) -> None:
    # given code, amount and date as text, the phone masked
    await by_daraja.orders()
    told = paid("1200.00", code="0", TransactionDate="20261126101500", PhoneNumber="2547 **** 001")

    # when it comes twice
    said = await by_daraja.calls_back(told)
    again = await by_daraja.calls_back(told)

    # then she is thanked once
    assert "Payment received" in said and again == ""
    assert await by_daraja.paid()
    [payment] = await by_daraja.payments()
    assert (payment["received_minor"], payment["receipt"]) == (120000, "UKL4X9TT01")
    assert await by_daraja.free() == STOCK - 1


async def test_two_payments_without_a_receipt_are_not_each_others_duplicate(
    by_daraja: MoneyShop,
) -> None:
    # given two customers with a prompt each
    await by_daraja.orders(sender=ASHA)
    await by_daraja.orders(sender=ANNA)
    first, second = await by_daraja.payments()
    told = paid(MpesaReceiptNumber=None)

    # when both have paid and no receipt is told, twice
    by_daraja.daraja.next_query += [ended("0"), ended("0")]
    said = [await by_daraja.calls_back(told, payment=payment) for payment in (first, second)]
    again = [await by_daraja.calls_back(told, payment=payment) for payment in (first, second)]

    # then both are paid, once, and no receipt number is made up
    assert ["Payment received" in words for words in said] == [True, True]
    assert again == ["", ""]
    assert [p["status"] for p in await by_daraja.payments()] == ["succeeded", "succeeded"]
    assert [p["receipt"] for p in await by_daraja.payments()] == [None, None]
    told = ("\n".join(said) + await by_daraja.notes()).lower()
    assert "receipt" not in told and "none" not in told


BARE = result(0, "The service request is processed successfully.")


@pytest.mark.parametrize(
    ("code", "status"), [("0", "paid"), ("1032", "needs_review"), ("", "needs_review")]
)
async def test_a_success_without_metadata_counts_once_the_query_says_so(
    by_daraja: MoneyShop, code: str, status: str
) -> None:
    """Where callback and query disagree a person looks: queries have called paid prompts failed."""
    await by_daraja.orders()
    by_daraja.daraja.next_query.append(ended(code) if code else still_running())

    await by_daraja.calls_back(BARE)

    assert len(by_daraja.daraja.queries) == 1
    assert (await by_daraja.order())["payment_status"] == status


@pytest.mark.parametrize("amount", ["-1", "1e400", "1199.5"])
async def test_an_amount_that_is_not_the_orders_pays_nothing_by_itself(
    by_daraja: MoneyShop, amount: str
) -> None:
    # given a success with another sum, written as Daraja writes it
    await by_daraja.orders()
    raw = json.dumps(paid("AMOUNT")).replace('"AMOUNT"', amount)

    # when it comes
    said = await by_daraja.calls_back(raw)

    # then a person looks: nothing is rounded, sold or sent out
    order, payment = await by_daraja.order(), await by_daraja.payment()
    assert (order["status"], order["payment_status"]) == ("open", "needs_review")
    assert payment["review_reason"]
    assert await by_daraja.free() == HELD
    assert "Payment received" not in said
    # and no sum without end is shown to anybody
    for words in (said.lower(), await by_daraja.notes()):
        assert not {"inf", "infinity", "nan"} & set(words.replace("*", " ").split())
