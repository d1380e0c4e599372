"""What M-Pesa answers, and what the customer and the owner then hear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.conftest import Newcomer
from tests.journeys.talk import Talk, order_a_wrap_dress
from tests.wiring import jobs

HELD, FREE = 3, 4  # of four blue wrap dresses in M, while one is held and after
TILL = {"till": "500102"}
LOCKED = "500.001.1001: Unable to lock subscriber, a transaction is already in process"


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("2", "Declined due to limit rule.", ("does not take this sum", "*person*")),
        ("4", "would exceed daily transfer limit.", ("limit", "another M-Pesa number", "500102")),
        ("11", "The DebitParty is in an invalid state.", ("another M-Pesa number", "500102")),
        ("8006", "The security credential is locked.", ("100 or 200", "another", "500102")),
        ("2028", "not permitted according to product assignment.", ("shop's own", "500102")),
        ("SFC_IC0003", "The operator does not exist.", ("shop's own", "500102")),
        ("refused", "400.002.02: Bad Request - Invalid PhoneNumber", ("that number", "another")),
        ("refused", "None: Unknown tool: stk_push", ("shop's own", "500102")),
        ("refused", "500.001.1001: Wrong credentials", ("shop's own", "500102")),
    ],
)
async def test_a_certain_no_says_why_and_offers_another_way(
    talk: Talk, code: str, text: str, words: tuple[str, ...]
) -> None:
    await talk.set_shop_info(TILL)
    await order_a_wrap_dress(talk)

    said = await talk.mpesa(code, text=text)

    assert [word for word in words if word not in said] == []
    assert (await talk.order()).payment_status == "failed"
    assert await talk.available("WRAP", "blue", "M") == FREE


@pytest.mark.parametrize("code", ["1037", "1019"])
async def test_a_prompt_nobody_answered_has_two_causes(talk: Talk, code: str) -> None:
    await order_a_wrap_dress(talk)
    said = await talk.mpesa(code)
    assert "not answered in time" in said
    assert "no network" in said or "did not reach" in said
    assert "couldn't reach your phone" not in said


@pytest.mark.parametrize(("code", "text"), [("1001", ""), ("refused", LOCKED), ("1001", LOCKED)])
async def test_another_prompt_on_her_phone_is_waited_for(talk: Talk, code: str, text: str) -> None:
    # given a push that found another prompt open
    await order_a_wrap_dress(talk)
    said = await talk.mpesa(code, text=text)
    assert "still open" in said and "1 to 3 minutes" in said

    # when she is too quick, no prompt leaves
    said = await talk.say("send it again")
    assert "1 minute" in said
    assert (await talk.payment()).attempt == 1

    # and when she has waited, one does
    await talk.age("payments", "resolved_at", "61 seconds")
    await talk.say("send it again")
    assert (await talk.payment()).attempt == 2


async def test_another_phone_need_not_wait(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1001")
    await talk.say("use 0722123456")
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254722123456"


async def test_the_same_sum_too_soon_is_not_pushed_before_two_minutes(talk: Talk) -> None:
    # given M-Pesa's rule of two minutes
    await order_a_wrap_dress(talk)
    said = await talk.mpesa("17", text="Rule limited.")

    # then it is tried again by itself when they are over, and she is told
    assert "2 minutes" in said
    again = [job for job in await jobs(talk.services, "push_payment") if job["scheduled_at"]]
    assert [job["scheduled_at"] >= datetime.now(UTC) + timedelta(seconds=115) for job in again] == [
        True
    ]

    # and where it is refused again, not before two more
    await talk.mpesa("17", text="Rule limited.")
    await talk.say("send it again")
    assert (await talk.payment()).attempt == 2
    await talk.age("payments", "resolved_at", "121 seconds")
    await talk.say("send it again")
    assert (await talk.payment()).attempt == 3


async def test_the_owner_hears_once_a_day_which_setting_is_wrong(newcomer: Newcomer) -> None:
    # given two customers whose prompts are refused for the shop's passkey
    for talk in (await newcomer(), await newcomer()):
        await order_a_wrap_dress(talk)
        await talk.mpesa("refused", text="500.001.1001: [MerchantValidate] - Wrong credentials")

    # then the owner has one note, with M-Pesa's own words
    [note] = await talk.owner_notes()
    assert "passkey" in note and "Wrong credentials" in note


async def test_the_owner_hears_a_code_nobody_knows(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("7777", text="A *new* kind of no")
    [note] = await talk.owner_notes()
    assert "“7777: A new kind of no”" in note


async def test_paid_without_a_readable_amount_is_looked_at_before_stock_is_sold(
    talk: Talk,
) -> None:
    # given "paid", with an amount nobody can read
    await order_a_wrap_dress(talk)
    said = await talk.mpesa("0", amount_minor=None, receipt="QGH7X1Y2Z3", unread=True)

    # then a person looks, and the pieces stay held and unsold
    assert "by hand" in said
    order, payment = await talk.order(), await talk.payment()
    assert (order.status, order.payment_status) == ("open", "needs_review")
    assert payment.review_reason == "no_amount"
    assert await talk.available("WRAP", "blue", "M") == HELD
    assert await talk.on_hand("WRAP", "blue", "M") == 4
    assert len(await talk.owner_notes()) == 1

    # and the query settles it
    await talk.mpesa("0", amount_minor=None, receipt=None)
    assert (await talk.order()).payment_status == "paid"
    assert await talk.on_hand("WRAP", "blue", "M") == 3


async def test_forty_receipts_for_one_payment_are_one_note(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0", receipt="QFIRST0000")
    paid = len(await talk.owner_notes())

    said = [await talk.mpesa("0", receipt=f"QSECOND{n:03d}") for n in range(40)]

    assert len(await talk.owner_notes()) == paid + 1
    assert [words != "" for words in said] == [True] + [False] * 39
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            "select count(*) as told from audit_log where action = 'payment_review'"
        )
        assert await cursor.fetchone() == {"told": 40}


@pytest.mark.parametrize(
    ("words", "phone"),
    [
        ("use this number 0712.345.680", "+254712345680"),
        ("use this number +254 (0)712 345 681", "+254712345681"),
        ("use this number +254\u2011712\u2011345\u2011682", "+254712345682"),
        ("use this number 00254712345684", "+254712345684"),
        ("tumia namba hii \u202a+254 712 345 685\u202c", "+254712345685"),
        ("use (0712) 345/686", "+254712345686"),
        ("use \u0660\u0667\u0661\u0662\u0663\u0664\u0665\u0666\u0668\u0667", "+254712345687"),
        ("use 712345688", "+254712345688"),
    ],
)
async def test_another_payers_number_is_read_as_people_write_it(
    talk: Talk, words: str, phone: str
) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1")
    said = await talk.say(words)
    assert phone[-3:] in said
    await talk.say("yes")
    assert (await talk.payment()).phone == phone
