"""Two things at one moment: nothing of either is lost, and nothing untrue is said."""

from __future__ import annotations

import pytest

from dukani.core.store import consents, events, requests
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import Talk, order_a_wrap_dress


async def pays_unnoticed(talk: Talk) -> None:
    """M-Pesa's answer is there, but no turn has looked at it yet."""
    payment = await talk.payment()
    paid = {"code": "0", "amount_minor": payment.amount_minor, "receipt": "QGH7X1Y2Z3"}
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await events.add(
            conn,
            conversation_id=talk.conversation_id,
            kind="payment_result",
            payload={"payment_id": payment.id, **paid},
        )


@pytest.mark.parametrize(
    "words",
    [
        "STOP",  # ends the turn
        "the blue dress in XXL",  # sold out: forgets what else was said
        "do you have a red t-shirt? I'll take it",  # asks which size first
        "cancel my order",  # would have cancelled what is paid
        "asdf qwer",
    ],
)
async def test_money_counts_whatever_she_writes_at_the_same_moment(talk: Talk, words: str) -> None:
    await order_a_wrap_dress(talk)
    await talk.write(words)
    await pays_unnoticed(talk)

    said = await talk.turn()

    order = await talk.order()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert "QGH7X1Y2Z3" in said


async def test_the_assistant_is_silent_when_staff_wrote_at_the_same_moment(talk: Talk) -> None:
    await talk.write("show me hats")
    assert await talk.happens("staff_message") == ""


async def test_a_hold_that_ends_does_not_undo_a_stop(newcomer: Newcomer) -> None:
    # given an order to be paid by hand, and a customer who wrote STOP
    talk = await newcomer("+255712345678")
    await order_a_wrap_dress(talk, payer="+255712345678")
    order = await talk.order()
    await talk.say("STOP")

    # when the order's fifteen minutes are over
    await talk.age("stock_reservations", "expires_at", "15 minutes")
    said = await talk.happens("timer", timer="hold_over", order_id=order.id)

    # then she is not written to, now or when she writes again
    assert (await talk.order()).status == "cancelled"
    assert said == ""
    assert await talk.step() == "opted_out"
    assert await talk.say("show me hats") == ""


async def test_after_stop_only_money_that_came_in_is_told(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.say("STOP")
    assert await talk.mpesa("1032") == ""
    assert "DK-" in await talk.mpesa("0")


async def test_a_stop_recorded_elsewhere_counts(talk: Talk) -> None:
    """Another half of her, merged into this one, had said it."""
    await talk.say("show me hats")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await consents.record(
            conn,
            customer_id=talk.customer_id,
            purpose="assistant",
            granted=False,
            source="whatsapp",
        )
    assert await talk.say("show me dresses") == ""
    assert await talk.say("START") != ""
    assert "Hat" in await talk.say("show me hats")


async def test_a_payment_that_arrives_while_she_looks_on_does_not_take_her_choice(
    talk: Talk,
) -> None:
    # given an order waiting for its money, and a customer who already looks at hats
    await order_a_wrap_dress(talk)
    await talk.say("show me hats")

    # when it is paid, and she chooses
    assert "QGH7X1Y2Z3" in await talk.mpesa("0", receipt="QGH7X1Y2Z3")
    await talk.say("1")

    # then the hat is in her cart
    assert [line[0] for line in await talk.cart()] == ["Savannah Straw Hat"]


async def test_what_is_wanted_while_a_prompt_is_out_goes_to_the_shop_once_it_is_paid(
    talk: Talk,
) -> None:
    # given an order whose prompt is out, and a hat wanted besides
    await order_a_wrap_dress(talk)
    first = await talk.payment()
    await talk.say("show me hats")
    said = await talk.say("1")
    assert (await talk.order()).number in said
    assert await talk.cart() == []

    # when the order is paid
    paid = {"payment_id": first.id, "amount_minor": first.amount_minor, "receipt": "QGH7X1Y2Z3"}
    said = await talk.happens("payment_result", code="0", **paid)

    # then it is paid as it was shown, and the hat is a request to the shop
    assert "QGH7X1Y2Z3" in said
    assert (await talk.order()).total_minor == first.amount_minor
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        [request] = await requests.open_of_order(conn, order_id=first.order_id)
    assert request.kind == "order_change"


async def test_cancel_after_a_paid_order_is_about_the_new_cart(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    await talk.say("show me hats")
    await talk.say("1")

    await talk.say("cancel")

    assert await talk.cart() == []
    assert (await talk.order()).status == "confirmed"


@pytest.mark.parametrize(
    "before", [["Do you have a red dress in size M please?"] * 14, ["how much?"], ["unajibu?"]]
)
async def test_a_stop_among_other_messages_is_heard(talk: Talk, before: list[str]) -> None:
    for words in [*before, "STOP"]:
        await talk.write(words)
    await talk.turn()
    assert await talk.step() == "opted_out"


async def test_a_stop_taken_back_at_once_is_none(talk: Talk) -> None:
    await talk.write("STOP")
    await talk.write("START")
    await talk.turn()
    assert await talk.step() != "opted_out"
