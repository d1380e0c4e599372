"""What a shopper may count on, each told once from her words to what became of them."""

from __future__ import annotations

import pytest

from dukani.domain.acts import Act, Add, PayAgain, Set, SetAddress, StartOver, Target, Values
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress
from tests.journeys.told import HAT, SHOE, TEE, WRAP, does, has_in_the_cart, piece


async def requests_of(talk: Talk) -> list[str]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select kind from requests order by created_at")
        return [row["kind"] for row in await cursor.fetchall()]


async def at_the_total(talk: Talk) -> None:
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    await talk.say(ADDRESS)
    assert await talk.step() == "awaiting_confirmation"


# ── looking ─────────────────────────────────────────────────────────────────


async def test_she_goes_back_to_the_list_before(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("show me sandals")
    assert HAT in await talk.say("go back")
    await talk.say("1")
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]


async def test_the_cheapest_comes_first(talk: Talk) -> None:
    said = await talk.say("show me your cheapest dress")
    assert said.index(WRAP) < said.index("5,200")


# ── what only the shop can grant ────────────────────────────────────────────


async def test_a_hold_till_friday_is_asked_of_the_shop(talk: Talk) -> None:
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    said = await talk.say("can you hold it for me till Friday?")
    assert "passed" in said
    assert await requests_of(talk) == ["hold"]
    assert any("till Friday" in note for note in await talk.owner_notes())


@pytest.mark.parametrize("asked", ["is the wrap dress cotton?", "hiyo ni original?", "inapauka?"])
async def test_how_a_piece_is_made_is_asked_of_the_shop(talk: Talk, asked: str) -> None:
    await talk.say("show me the Amani Wrap Dress")
    await talk.say("blue M")
    await talk.say(asked)

    assert await requests_of(talk) == ["other"]
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


async def test_how_a_piece_is_made_is_told_as_the_shop_wrote_it(talk: Talk) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "update products set description = 'Viscose, lined.' where name = 'Amani Wrap Dress'"
        )
    await talk.say("show me the Amani Wrap Dress")

    assert "Viscose, lined." in await talk.say("what material is it?")
    assert await requests_of(talk) == []


async def test_pay_on_delivery_is_asked_of_the_shop(talk: Talk) -> None:
    said = await talk.say("can I pay on delivery?")
    assert "passed" in said
    assert await requests_of(talk) == ["pay_on_delivery"]
    assert any("pay on delivery" in note for note in await talk.owner_notes())


async def test_a_complaint_after_delivery_reaches_a_person(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    async with talk.database.system_connection() as conn:
        await conn.execute("update orders set fulfilment_status = 'delivered'")
    said = await talk.say("the dress came torn")
    assert "sorry" in said.lower()
    assert await requests_of(talk) == ["complaint"]
    assert any("the dress came torn" in note for note in await talk.owner_notes())


# ── numbers ─────────────────────────────────────────────────────────────────


async def test_make_it_none_takes_it_out(talk: Talk) -> None:
    await talk.say("I'll take two Savannah Straw Hats")
    await talk.say("make it 0")
    assert await talk.cart() == []


async def test_make_it_less_than_none_is_refused(talk: Talk) -> None:
    await talk.say("I'll take two Savannah Straw Hats")
    said = await talk.say("make it -5")
    assert await talk.cart() == [(HAT, "beige", "ONE", 2)]
    assert "-5" in said


@pytest.mark.parametrize(
    "before",
    [
        "I'll take the Mtaa Graphic T-shirt, size S",  # which colour?
        "I'll take the Mtaa Graphic T-shirt in black",  # which size?
    ],
)
async def test_a_bare_number_at_a_colour_or_size_question_is_never_how_many(
    talk: Talk, before: str
) -> None:
    await talk.say(before)
    await talk.say("2")
    assert all(quantity == 1 for *_, quantity in await talk.cart())
    await talk.say("black, size S")
    assert await talk.cart() == [(TEE, "black", "S", 1)]


async def test_a_number_that_is_a_size_answers_the_size(talk: Talk) -> None:
    await talk.say("I'll take the Coast Leather Sandals in brown")
    await talk.say("38")
    assert await talk.cart() == [(SHOE, "brown", "38", 1)]


# ── addresses ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", ["size L", "make it two", "L", "no, black L"])
async def test_a_size_or_an_edit_is_never_stored_as_an_address(talk: Talk, words: str) -> None:
    # given an address that is asked for
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    assert await talk.step() == "awaiting_delivery_address"

    # when something else is said, then it is still asked for, and the right one is kept
    await talk.say(words)
    assert await talk.step() == "awaiting_delivery_address"
    assert ADDRESS in await talk.say(ADDRESS)
    await talk.say("yes")
    assert (await talk.order()).address == ADDRESS


# ── money ───────────────────────────────────────────────────────────────────


async def test_a_cancel_after_a_failed_payment_cancels_the_order(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    said = await talk.say("cancel")
    order = await talk.order()
    assert (order.status, order.number in said) == ("cancelled", True)
    assert await talk.cart() == []
    await talk.say("send it again")
    assert (await talk.payment()).attempt == 1


@pytest.mark.parametrize(
    "edit",
    [
        piece(TEE, "red"),  # which size?
        Add(target=Target(category="dress")),  # which dress?
        Set(values=Values(exclude_size="M"), change=True),  # which size instead?
        piece(WRAP, "navy", "M"),  # there is none: blue?
    ],
)
async def test_a_yes_to_the_total_before_an_edit_that_is_open_does_not_charge(
    talk: Talk, edit: Act
) -> None:
    # given a total, and after it an edit of which something is asked
    await has_in_the_cart(talk, piece(WRAP, "black", "L"))
    await does(talk, SetAddress(text=ADDRESS))
    assert await talk.step() == "awaiting_confirmation"
    await does(talk, edit)

    # when she says yes
    await talk.say("yes")

    # then nothing is ordered
    assert await talk.step() != "payment_initiated"
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select count(*) as orders from orders")
        assert await cursor.fetchone() == {"orders": 0}


async def test_while_a_prompt_is_out_no_second_one_leaves(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    first = await talk.payment()
    for words in ("yes", "send it again", "pay", "ndiyo", "checkout"):
        await talk.say(words)
    assert (await talk.payment()).id == first.id


async def test_a_total_is_paid_once_however_often_she_says_yes(talk: Talk) -> None:
    await at_the_total(talk)
    for _ in range(3):
        await talk.write("yes")
    await talk.turn()
    await talk.say("yes")
    assert (await talk.payment()).attempt == 1


async def test_send_it_again_with_no_number_known_asks_for_it(newcomer: Newcomer) -> None:
    # given a customer known by a user name only, who told a number, and began anew
    talk = await newcomer(None, wa_user_id="KE.1234567890")
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    await talk.say(ADDRESS)
    await talk.say("0722 123 456")
    await talk.say("yes")
    await talk.mpesa("1037")
    await does(talk, StartOver())

    # when she wants the prompt once more, then she is asked whose M-Pesa pays
    assert "M-Pesa" in await does(talk, PayAgain())
    assert (await talk.payment()).attempt == 1
