"""Money: every answer of M-Pesa, late, twice, wrong or never."""

from __future__ import annotations

import pytest

from dukani.core.store import orders, payments
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress
from tests.wiring import jobs

HELD, FREE = 3, 4  # of four blue wrap dresses in M, while one is held and after


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1", "balance"),
        ("1001", "still open"),
        ("1019", "closed before"),
        ("1032", "cancelled"),
        ("1037", "phone"),
        ("2001", "PIN"),
    ],
)
async def test_a_failure_is_told_kindly_and_gives_the_pieces_back(
    talk: Talk, code: str, words: str
) -> None:
    await order_a_wrap_dress(talk)
    assert await talk.available("WRAP", "blue", "M") == HELD
    said = await talk.mpesa(code)
    assert words in said
    assert await talk.step() == "payment_failed"
    assert (await talk.order()).payment_status == "failed"
    assert await talk.available("WRAP", "blue", "M") == FREE


async def test_trying_again_makes_a_second_attempt_of_the_same_order(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    first = await talk.payment()
    await talk.mpesa("1032")
    await talk.say("send it again")
    second = await talk.payment()
    assert (second.order_id, second.attempt) == (first.order_id, 2)
    assert await talk.available("WRAP", "blue", "M") == HELD
    await talk.mpesa("0")
    assert (await talk.order()).status == "confirmed"


async def test_a_busy_line_is_tried_once_more_by_itself(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("26")
    assert (await talk.payment()).attempt == 2
    assert await talk.available("WRAP", "blue", "M") == HELD
    await talk.mpesa("26")
    assert (await talk.payment()).attempt == 2
    assert await talk.step() == "payment_failed"


async def test_while_a_prompt_is_open_no_second_one_is_sent(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    first = await talk.payment()
    await talk.say("the prompt did not come, send again")
    assert (await talk.payment()).id == first.id


async def test_another_phone_can_pay_after_a_failure(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1")
    said = await talk.say("use 0722123456")
    assert "456" in said and (await talk.payment()).attempt == 1  # shown first, with its payer
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254722123456"


async def test_her_own_phone_pays_where_anothers_did_not(talk: Talk) -> None:
    # given a prompt that failed on somebody else's phone
    await order_a_wrap_dress(talk)
    first = (await talk.payment()).phone
    await talk.mpesa("1")
    await talk.say("use 0722123456")
    await talk.say("yes")
    await talk.mpesa("1032")

    # when she wants to pay with her own, then it is shown, and prompted after the yes only
    await talk.say("nitalipa na yangu basi")
    assert (await talk.payment()).phone == "+254722123456"
    await talk.say("yes")
    assert (await talk.payment()).phone == first


async def test_the_same_callback_twice_is_told_once(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    payment = await talk.payment()
    result = {
        "payment_id": payment.id, "code": "0", "amount_minor": 450000, "receipt": "QGH7X1Y2Z3",
    }  # fmt: skip
    assert "QGH7X1Y2Z3" in await talk.happens("payment_result", **result)
    assert await talk.happens("payment_result", **result) == ""
    assert await talk.on_hand("WRAP", "blue", "M") == 3
    assert len(await talk.owner_notes()) == 1


async def test_a_late_failure_never_undoes_a_payment(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    assert await talk.mpesa("1032") == ""
    assert (await talk.order()).payment_status == "paid"


async def test_a_late_success_after_a_failure_is_taken(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    assert "DK-" in await talk.mpesa("0")
    assert (await talk.order()).payment_status == "paid"
    assert await talk.on_hand("WRAP", "blue", "M") == 3


async def test_a_wrong_amount_is_kept_for_the_owner_to_look_at(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0", amount_minor=100)
    order, payment = await talk.order(), await talk.payment()
    assert (order.status, order.payment_status) == ("open", "needs_review")
    assert (payment.status, payment.review_reason) == ("needs_review", "wrong_amount")
    assert payment.received_minor == 100
    [note] = await talk.owner_notes()
    assert "check a payment" in note
    assert await talk.available("WRAP", "blue", "M") == HELD


async def test_a_second_receipt_for_the_same_order_is_kept_for_the_owner(talk: Talk) -> None:
    # given a first attempt that failed, and a second that is paid
    await order_a_wrap_dress(talk)
    first = await talk.payment()
    await talk.mpesa("1037")
    await talk.say("send it again")
    await talk.mpesa("0")

    # when the first turns out to have been paid as well
    await talk.happens(
        "payment_result", payment_id=first.id, code="0", amount_minor=450000, receipt="QSECOND000"
    )

    # then it is paid once, and the second money waits for a person
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        again = await payments.get(conn, payment_id=first.id)
        order = await orders.get(conn, order_id=first.order_id)
    assert again is not None and order is not None
    assert (again.status, again.review_reason) == ("needs_review", "second_receipt")
    assert again.receipt == "QSECOND000"
    assert order.payment_status == "paid"
    assert await talk.on_hand("WRAP", "blue", "M") == 3


async def test_money_for_a_cancelled_order_is_kept_for_the_owner(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.say("cancel my order")
    await talk.mpesa("0")
    payment = await talk.payment()
    assert (payment.status, payment.review_reason) == ("needs_review", "cancelled_order")
    assert (await talk.order()).status == "cancelled"
    assert await talk.on_hand("WRAP", "blue", "M") == FREE


async def test_an_unknown_answer_keeps_the_pieces_until_a_query_answers(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("7777")
    assert (await talk.order()).payment_status == "needs_review"
    assert await talk.available("WRAP", "blue", "M") == HELD
    await talk.mpesa("0", amount_minor=None, receipt=None)
    assert (await talk.order()).payment_status == "paid"


async def test_paid_at_the_till_after_a_failed_prompt_is_shown_to_the_owner(talk: Talk) -> None:
    # given a prompt that failed, after which she was shown the till
    await talk.set_shop_info({"till": "500102"})
    await order_a_wrap_dress(talk)
    assert "500102" in await talk.mpesa("1037")
    assert await talk.available("WRAP", "blue", "M") == FREE

    # when she says, twice, that she has paid
    said = await talk.say("I have paid")
    await talk.say("nimelipa")

    # then she hears that somebody looks, the owner is told once, and her pieces are held
    order = await talk.order()
    assert order.number in said
    assert "by hand" in said
    assert (order.payment_status, order.review_reason) == ("needs_review", "manual_claim")
    [note] = await talk.owner_notes()
    assert order.number in note
    assert await talk.available("WRAP", "blue", "M") == HELD
    assert await jobs(talk.services, "check_payment_now") == []


async def test_paid_at_the_till_for_pieces_that_are_gone_is_shown_to_the_owner(
    newcomer: Newcomer,
) -> None:
    # given two customers after the last red gown in S, the first's prompt failed
    slow, quick = await newcomer(), await newcomer()
    for talk in (slow, quick):
        await talk.say("a red lace gown")
        await talk.say("1, size S")
        await talk.say("checkout")
        await talk.say(ADDRESS)
        await talk.say("yes")
        if talk is slow:
            await talk.mpesa("1037")

    # when the first says that she has paid
    said = await slow.say("I have paid")

    # then a person decides
    assert "by hand" in said
    assert (await slow.order()).payment_status == "needs_review"
    assert await slow.available("GOWN", "red", "S") == 0


async def test_an_order_whose_money_is_checked_is_not_called_paid(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("7777")
    said = await talk.say("cancel my order")
    assert "being checked" in said
    assert "already paid" not in said
    assert (await talk.order()).status == "open"


async def test_an_answer_nobody_knows_is_told_once(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    assert await talk.mpesa("7777") != ""
    assert await talk.mpesa("7777") == ""
    assert len(await talk.owner_notes()) == 1


async def test_silence_is_never_a_failure(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("no_answer")
    assert (await talk.payment()).status == "needs_review"
    assert (await talk.order()).payment_status == "needs_review"


async def test_paid_after_the_pieces_went_to_another_asks_a_person(newcomer: Newcomer) -> None:
    # given two customers after the last red gown in S, the first's prompt failed
    slow, quick = await newcomer(), await newcomer()
    for talk in (slow, quick):
        await talk.say("a red lace gown")
        await talk.say("1, size S")
        await talk.say("checkout")
        await talk.say(ADDRESS)
        await talk.say("yes")
        if talk is slow:
            await talk.mpesa("1032")
    await quick.mpesa("0")

    # when the first is paid after all
    said = await slow.mpesa("0")

    # then the money counts, the stock stays at zero, and the owner decides
    order = await slow.order()
    assert (order.payment_status, order.review_reason) == ("paid", "oversold")
    assert await slow.on_hand("GOWN", "red", "S") == 0
    assert any("sold out" in note for note in await slow.owner_notes())
    assert order.number in said


async def test_trying_again_for_pieces_that_are_gone_says_so(newcomer: Newcomer) -> None:
    slow, quick = await newcomer(), await newcomer()
    for talk in (slow, quick):
        await talk.say("a red lace gown")
        await talk.say("1, size S")
        await talk.say("checkout")
        await talk.say(ADDRESS)
        await talk.say("yes")
        if talk is slow:
            await talk.mpesa("1032")
    said = await slow.say("send it again")
    assert "out of stock" in said
    assert (await slow.order()).status == "cancelled"


async def test_someone_faster_at_the_last_yes(newcomer: Newcomer) -> None:
    slow, quick = await newcomer(), await newcomer()
    for talk in (slow, quick):
        await talk.say("a red lace gown")
        await talk.say("1, size S")
        await talk.say("checkout")
        await talk.say(ADDRESS)
    await quick.say("yes")
    said = await slow.say("yes")
    assert "out of stock" in said and "*M*" in said
    await slow.say("size M then")
    assert ("Malaika Lace Gown", "red", "M", 1) in await slow.cart()


async def test_an_open_prompt_keeps_the_hold_beyond_fifteen_minutes(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    order = await talk.order()
    await talk.happens("timer", timer="hold_over", order_id=order.id)
    assert await talk.available("WRAP", "blue", "M") == HELD
    assert (await talk.order()).status == "open"


async def test_an_order_nobody_pays_by_hand_expires_and_gives_its_pieces_back(
    newcomer: Newcomer,
) -> None:
    # given a phone M-Pesa Kenya cannot prompt, so paid by paybill
    talk = await newcomer("+255712345678")
    await talk.set_shop_info({"paybill": "600101"})
    await order_a_wrap_dress(talk, payer="+255712345678")
    assert "600101" in "".join(talk.said)
    order = await talk.order()

    # when fifteen minutes are over
    await talk.age("stock_reservations", "expires_at", "15 minutes")
    said = await talk.happens("timer", timer="hold_over", order_id=order.id)

    # then the pieces are free and the cart is hers again
    assert order.number in said
    assert await talk.available("WRAP", "blue", "M") == FREE
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


async def test_the_owner_hears_once_of_an_order_that_nobody_tells_how_to_pay(
    newcomer: Newcomer,
) -> None:
    # given a shop without till or paybill, and a phone M-Pesa Kenya cannot prompt
    talk = await newcomer("+255712345678")

    # when she orders, and asks again how to pay
    await order_a_wrap_dress(talk, payer="+255712345678")
    assert "will write to you here" in "".join(talk.said)
    await talk.say("send it again")

    # then the owner is told to write to her, once, and the note's reply reaches her
    order = await talk.order()
    notes = await talk.owner_notes()
    assert [order.number in note and "how to pay" in note for note in notes] == [True]
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            "select payload ->> 'about' as about from messages where recipient is not null"
        )
        assert await cursor.fetchall() == [{"about": talk.conversation_id}]


@pytest.mark.parametrize("ways", [{"till": "500102"}, {"paybill": "600101"}])
async def test_the_owner_is_not_told_where_the_number_to_pay_to_is_said(
    newcomer: Newcomer, ways: dict[str, str]
) -> None:
    talk = await newcomer("+255712345678")
    await talk.set_shop_info(ways)
    await order_a_wrap_dress(talk, payer="+255712345678")
    assert await talk.owner_notes() == []


async def test_a_claim_to_have_paid_by_hand_is_shown_to_the_owner(newcomer: Newcomer) -> None:
    talk = await newcomer("+255712345678")
    await talk.set_shop_info({"till": "500102"})
    await order_a_wrap_dress(talk, payer="+255712345678")
    await talk.say("nimelipa")
    [note] = await talk.owner_notes()
    assert (await talk.order()).number in note
    assert (await talk.order()).payment_status != "paid"


async def test_asked_for_again_a_prompt_that_may_be_open_is_asked_about_once_its_minute_is_over(
    talk: Talk,
) -> None:
    # given a prompt that is out
    await order_a_wrap_dress(talk)

    # when the customer asks for it again at once
    await talk.say("send it again")

    # then no second one leaves, and nobody is asked: it may still be on the phone
    assert (await talk.payment()).attempt == 1
    assert await jobs(talk.services, "check_payment_now") == []

    # and when a minute is over M-Pesa is asked what became of it
    await talk.age("payments", "created_at", "61 seconds")
    await talk.say("send it again")
    assert (await talk.payment()).attempt == 1
    (check,) = await jobs(talk.services, "check_payment_now")
    assert check["args"]["payment_id"] == (await talk.payment()).id


async def test_who_pays_by_hand_may_ask_for_the_instructions_again(talk: Talk) -> None:
    # given a phone that M-Pesa does not reach, and the till told to it
    await talk.set_shop_info({"till": "500102"})
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    await talk.say("use +255712345678")
    assert "500102" in await talk.say("yes")

    # when the customer asks again, then the order is shown, and after a yes the till
    assert "how to pay" in await talk.say("send it again")
    assert "500102" in await talk.say("yes")


FOREIGN = "+447911123456"


async def test_a_customer_from_abroad_is_asked_for_an_mpesa_number(newcomer: Newcomer) -> None:
    # given a customer whose own number no M-Pesa prompt can reach
    talk = await newcomer(FOREIGN)
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")

    # when the total is due, then hers is not offered
    said = await talk.say(ADDRESS)
    assert "M-Pesa can't send a prompt to +447 9•• ••• 456" in said
    assert "Which M-Pesa number will pay?" in said and "*person*" in said
    assert "Reply *YES*" not in said

    # and the prompt goes to the number she gives
    assert "+254 7•• ••• 456" in await talk.say("0722 123 456")
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254722123456"


async def test_who_has_no_other_than_a_foreign_number_is_told_how_to_pay(
    newcomer: Newcomer,
) -> None:
    talk = await newcomer("+255712345678")
    await talk.set_shop_info({"till": "500102"})
    await order_a_wrap_dress(talk, payer="+255712345678")
    assert "500102" in "".join(talk.said)


async def test_a_total_that_no_prompt_can_pay_names_no_mpesa_number(newcomer: Newcomer) -> None:
    talk = await newcomer("+255712345678")
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    await talk.say(ADDRESS)

    said = await talk.say("+255712345678")

    assert "Your number: +255 7•• ••• 678" in said and "see how to pay" in said
    assert "M-Pesa number" not in said
