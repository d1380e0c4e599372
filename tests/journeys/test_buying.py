"""From "habari" to a paid order."""

from __future__ import annotations

import pytest

from dukani.core.services import Services
from tests.journeys.conftest import Newcomer, open_boutique
from tests.journeys.talk import ADDRESS, Talk, begin_talk, order_a_wrap_dress


async def test_a_dress_is_bought_in_swahili(talk: Talk) -> None:
    # given a customer who found a gown and told her size
    assert "Malaika Lace Gown" in await talk.say("Habari, nataka gauni jekundu la harusi")
    assert "*S* na *M*" in await talk.say("ya kwanza")
    assert "Nimekuwekea" in await talk.say("M")
    assert await talk.cart() == [("Malaika Lace Gown", "red", "M", 1)]

    # when she gives her address and says yes to the total
    assert "wapi" in await talk.say("nalipa")
    summary = await talk.say("Nyali, Mombasa, nyumba namba 12")
    assert "KES 12,500" in summary and "Nyali, Mombasa, nyumba namba 12" in summary
    prompted = await talk.say("ndiyo")

    # then the prompt is on its way, and her pieces are held
    order = await talk.order()
    assert order.number in prompted
    assert (order.status, order.payment_status) == ("open", "pending")
    assert await talk.available("GOWN", "red", "M") == 1
    assert await talk.on_hand("GOWN", "red", "M") == 2

    # and once paid, she and the owner are told and the stock is down
    receipt = await talk.mpesa("0", receipt="QGH7X1Y2Z3")
    assert "QGH7X1Y2Z3" in receipt
    order = await talk.order()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert await talk.on_hand("GOWN", "red", "M") == 1
    [note] = await talk.owner_notes()
    assert order.number in note and "QGH7X1Y2Z3" in note
    assert await talk.step() == "order_completed"


async def test_what_is_paid_is_no_cart_when_she_looks_on(talk: Talk) -> None:
    # given a dress that is paid for
    await talk.say("Habari, nataka gauni jekundu la harusi")
    await talk.say("ya kwanza")
    await talk.say("M")
    await talk.say("nalipa")
    await talk.say("Nyali, Mombasa, nyumba namba 12")
    await talk.say("ndiyo")
    await talk.mpesa("0", receipt="QGH7X1Y2Z3")

    # when she looks at other pieces and asks what it comes to
    await talk.say("show me hats")
    shown = await talk.say("cart")

    # then the paid dress is not in it
    assert "Malaika Lace Gown" not in shown


@pytest.mark.parametrize(
    "asked", ["show me my orders", "show me my order please", "nionyeshe order zangu zote"]
)
async def test_her_paid_orders_are_told_and_no_empty_cart(talk: Talk, asked: str) -> None:
    # given two orders that are paid, and an "ok" behind them
    numbers = []
    for _ in range(2):
        await _bought(talk, "I want the Savannah Straw Hat")
        await talk.mpesa("0")
        numbers.append((await talk.order()).number)
    for thanks in ("ok", "sawa", "k"):
        said = await talk.say(thanks)
        assert "empty" not in said and "hakina" not in said

    # when she asks for her orders
    told = await talk.say(asked)

    # then both are told, with what they cost and where they go
    assert all(number in told for number in numbers)
    assert ADDRESS in told and "Savannah Straw Hat" in told and "hakina" not in told

    # and a word of paying is told that it is paid
    assert "already paid" in await talk.say("checkout please, I want to pay")

    # but the cart, asked for by its name, is empty
    assert "empty" in await talk.say("please show me what is in my cart")


async def test_her_order_is_the_cart_before_she_has_ordered(talk: Talk) -> None:
    await talk.say("Habari, nataka gauni jekundu la harusi")
    await talk.say("ya kwanza")
    await talk.say("M")
    assert "Malaika Lace Gown" in await talk.say("nishow order yangu")


async def test_everything_in_one_message_is_worked_off_in_order(talk: Talk) -> None:
    await talk.say("show me dresses under 6000")
    said = await talk.say("I'll take the yellow one, size L, and pay")
    assert await talk.cart() == [("Malkia Ankara Maxi Dress", "yellow", "L", 1)]
    assert "Where shall we deliver" in said
    assert await talk.step() == "awaiting_delivery_address"


async def test_what_was_said_before_a_question_goes_on_after_its_answer(talk: Talk) -> None:
    await talk.say("show me dresses under 6000")
    assert "size" in await talk.say("I'll take the yellow one and pay")
    said = await talk.say("L")
    assert await talk.cart() == [("Malkia Ankara Maxi Dress", "yellow", "L", 1)]
    assert "Where shall we deliver" in said


async def test_nothing_is_ordered_without_a_yes(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("1")
    await talk.say("checkout")
    await talk.say(ADDRESS)
    said = await talk.say("no")
    assert "change" in said.lower()
    assert await talk.step() == "cart_updated"
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select count(*) as orders from orders")
        assert await cursor.fetchone() == {"orders": 0}


async def test_a_pin_on_the_map_is_an_address(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("1")
    await talk.say("checkout")
    pin = {"location": {"latitude": -1.2921, "longitude": 36.8219, "place": "Sarit Centre"}}
    said = await talk.say("", kind="location", payload=pin)
    assert "Sarit Centre" in said
    await talk.say("yes")
    order = await talk.order()
    assert (order.latitude, order.longitude) == (-1.2921, 36.8219)


async def test_a_pin_that_points_nowhere_is_answered_kindly(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("1")
    asked = await talk.say("checkout")

    said = await talk.say("", kind="location", payload={})

    assert asked
    assert said
    assert "None" not in said
    assert await talk.step() == "awaiting_delivery_address"


async def test_a_customer_who_buys_again_is_offered_her_last_address_and_size(
    talk: Talk,
) -> None:
    # given a paid order
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")

    # when she comes back
    await talk.say("show me the ankara dress in green")
    advice = await talk.say("1")
    assert "*M*" in advice
    await talk.say("M")
    offered = await talk.say("checkout")

    # then one word is enough
    assert ADDRESS in offered
    summary = await talk.say("yes")
    assert "KES 5,200" in summary
    assert await talk.step() == "awaiting_confirmation"


async def test_two_boutiques_never_share_a_customers_history(
    services: Services, talk: Talk
) -> None:
    """The same phone at another boutique is a stranger there."""
    # given a paid order here
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")

    # when the same number writes to another boutique
    other_id = await open_boutique(services)
    other = await begin_talk(services, other_id, phone="+254712300001")
    advice = await other.say("which size fits me?")
    status = await other.say("where is my order?")

    # then nothing of the first is known there
    assert "don't know your size" in advice
    assert (await talk.order()).number not in status
    assert await other.cart() == []


async def test_the_assistant_introduces_itself_once(talk: Talk) -> None:
    assert "person" in await talk.say("hello")
    assert "automatic" not in await talk.say("hello")


async def test_a_customer_without_a_phone_is_asked_whose_mpesa_pays(newcomer: Newcomer) -> None:
    # given a customer WhatsApp shows only by a user name
    talk = await newcomer(None, wa_user_id="KE.1234567890")
    await talk.say("show me hats")
    await talk.say("1")
    await talk.say("checkout")

    # when she gives her address
    asked = await talk.say(ADDRESS)

    # then her number is asked for before the total can be paid
    assert "M-Pesa" in asked
    summary = await talk.say("0722 123 456")
    assert "456" in summary
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254722123456"


async def test_an_order_is_found_by_the_code_that_paid_it(talk: Talk) -> None:
    # given two orders paid, the first with a code that she has
    await _bought(talk, "I want the Savannah Straw Hat")
    await talk.mpesa("0", receipt="QAB12CD34E")
    first = (await talk.order()).number
    await _bought(talk, "I want the Savannah Straw Hat")
    await talk.mpesa("0", receipt="QZZ99YY88X")
    assert (await talk.order()).number != first

    # when she asks by the code, then it is that one
    said = await talk.say("order yangu iko wapi, nililipa QAB12CD34E")
    assert first in said


async def test_the_code_of_another_customer_finds_nothing_of_hers(
    talk: Talk, newcomer: Newcomer
) -> None:
    # given an order of somebody else's, and its code
    other = await newcomer()
    await _bought(other, "I want the Savannah Straw Hat")
    await other.mpesa("0", receipt="QAB12CD34E")

    # when a customer who has ordered nothing asks by that code, then none is told
    said = await talk.say("order yangu iko wapi, nililipa QAB12CD34E")
    assert (await other.order()).number not in said and "Rose Apartments" not in said


async def _bought(talk: Talk, words: str) -> None:
    await talk.say(words)
    asked = await talk.say("checkout")
    await talk.say("yes" if "same place" in asked else ADDRESS)
    await talk.say("yes")
