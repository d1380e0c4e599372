"""What she said yes to is what she is charged: nothing else, and never unasked."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Newcomer
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress


async def asked_for_her_yes(talk: Talk) -> str:
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    await talk.say("checkout")
    return await talk.say(ADDRESS)


async def as_system(talk: Talk, statement: str) -> None:
    async with talk.database.system_connection() as conn:
        await conn.execute(statement.encode())


@pytest.mark.parametrize(
    ("change", "total"),
    [
        ("update products set price_minor = 480000 where sku = 'WRAP'", "KES 4,800"),
        ("update product_variants set price_minor = 490000", "KES 4,900"),
        ("update boutiques set delivery_fee_minor = 30000", "KES 4,800"),
        ("update cart_items set quantity = 2", "KES 9,000"),
    ],
)
async def test_a_total_that_changed_before_her_yes_is_shown_and_asked_again(
    talk: Talk, change: str, total: str
) -> None:
    # given a total shown, and then a change
    assert "KES 4,500" in await asked_for_her_yes(talk)
    await as_system(talk, change)

    # when she says yes to what she saw
    said = await talk.say("yes")

    # then she sees the new total first, and is charged that one after another yes
    assert total in said
    assert await talk.step() == "awaiting_confirmation"
    assert total in await talk.say("yes")
    assert f"KES {(await talk.payment()).amount_minor // 100:,}" == total


async def test_a_piece_no_longer_for_sale_is_not_sold(talk: Talk) -> None:
    await asked_for_her_yes(talk)
    await as_system(talk, "update products set active = false where sku = 'WRAP'")
    await talk.say("yes")
    assert await talk.cart() == []
    assert await talk.step() != "payment_initiated"


async def test_cents_are_rounded_up_before_she_is_asked_not_after(talk: Talk) -> None:
    """M-Pesa takes whole shillings only."""
    await as_system(talk, "update products set price_minor = 450050 where sku = 'WRAP'")
    assert "KES 4,501*" in await asked_for_her_yes(talk)
    await talk.say("yes")
    assert (await talk.payment()).amount_minor == 450100
    await talk.mpesa("0")
    assert (await talk.order()).payment_status == "paid"


async def test_a_cart_whose_days_are_over_does_not_come_back(talk: Talk) -> None:
    await asked_for_her_yes(talk)
    await talk.age("carts", "expires_at", "8 days")
    await talk.say("show me hats")
    await talk.say("1")
    assert await talk.cart() == [("Savannah Straw Hat", "beige", "ONE", 1)]


async def test_whoever_says_she_paid_by_hand_keeps_her_order_until_someone_has_looked(
    newcomer: Newcomer,
) -> None:
    # given an order to be paid at the till, and her word that she has paid
    talk = await newcomer("+255712345678")
    await talk.set_shop_info({"till": "500102"})
    await order_a_wrap_dress(talk, payer="+255712345678")
    await talk.say("nimelipa")
    order = await talk.order()

    # when the fifteen minutes are over
    said = await talk.happens("timer", timer="hold_over", order_id=order.id)

    # then nobody tells her that it is lost, and the pieces wait for the owner
    assert said == ""
    order = await talk.order()
    assert (order.status, order.payment_status) == ("open", "needs_review")
    assert order.review_reason == "manual_claim"
    assert await talk.available("WRAP", "blue", "M") == 3

    # and saying it again does not bother the owner again
    await talk.say("nimelipa")
    assert len(await talk.owner_notes()) == 1


async def test_a_yes_with_another_number_is_paid_with_that_one(talk: Talk) -> None:
    await asked_for_her_yes(talk)

    await talk.say("yes, but nitalipa na 0712 000 111")

    payment = await talk.payment()
    assert (payment.phone, payment.amount_minor) == ("+254712000111", 450000)
    assert await talk.step() == "payment_initiated"


async def test_a_yes_with_another_number_is_no_yes_to_another_total(talk: Talk) -> None:
    await asked_for_her_yes(talk)
    await as_system(talk, "update products set price_minor = 480000 where sku = 'WRAP'")

    said = await talk.say("ndio, lakini tumia 0712 000 111")

    assert "KES 4,800" in said
    assert await talk.step() == "awaiting_confirmation"
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254712000111"


async def test_another_number_asked_about_is_no_yes(talk: Talk) -> None:
    await asked_for_her_yes(talk)
    await talk.say("can I use 0712 000 111 instead, is that ok?")
    assert await talk.step() == "awaiting_confirmation"
