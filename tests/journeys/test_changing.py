"""Changing her mind: corrections, the cart, starting over."""

from __future__ import annotations

import pytest

from dukani.domain.acts import Add, SetAddress, Target
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress
from tests.journeys.told import does

GOWN, WRAP, TEE = "Malaika Lace Gown", "Amani Wrap Dress", "Mtaa Graphic T-shirt"


async def a_wrap_dress_in_the_cart(talk: Talk) -> None:
    await talk.say("a blue dress for the office")
    await talk.say("1, size M")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("no, size L", (WRAP, "blue", "L", 1)),
        ("hapana, saizi S", (WRAP, "blue", "S", 1)),
        ("make it two", (WRAP, "blue", "M", 2)),
        ("actually black, size L", (WRAP, "black", "L", 1)),
    ],
)
async def test_a_correction_changes_the_piece_just_put_in(
    talk: Talk, words: str, line: tuple[str, str, str, int]
) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say(words)
    assert await talk.cart() == [line]


async def test_a_correction_at_the_total_shows_the_new_total(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("checkout")
    await talk.say(ADDRESS)
    summary = await talk.say("no, two of them")
    assert "KES 9,000" in summary
    assert await talk.step() == "awaiting_confirmation"


async def test_another_address_at_the_total_replaces_the_first(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("checkout")
    await talk.say(ADDRESS)
    summary = await talk.say("deliver to Westlands, Sarit Centre instead")
    assert "Westlands, Sarit Centre" in summary
    assert "Kilimani" not in summary


async def test_a_correction_to_an_impossible_size_keeps_the_line(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    assert "out of stock" in await talk.say("no, black M")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_the_cart_is_shown_changed_and_emptied(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("show me sandals")
    await talk.say("brown, 38")
    assert "KES 6,700" in await talk.say("what is in my cart?")
    await talk.say("remove the sandals")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]
    await talk.say("empty my cart")
    assert await talk.cart() == []


async def test_it_is_the_piece_spoken_of_last(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("show me sandals")
    await talk.say("brown, 38")
    await talk.say("remove it")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_a_remark_about_one_of_several_lines_asks_which(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("show me sandals")
    await talk.say("brown, 38")
    await talk.say("what is in my cart?")  # all of it is spoken of now
    said = await talk.say("remove it")
    assert "1." in said and "2." in said
    assert len(await talk.cart()) == 2


async def test_a_digression_leaves_the_step_as_it_is(talk: Talk) -> None:
    await talk.set_shop_info({"delivery": "KES 300 within Nairobi"})
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("checkout")
    assert "KES 300 within Nairobi" in await talk.say("how much is delivery?")
    assert await talk.step() == "awaiting_delivery_address"


async def test_starting_over_forgets_the_cart_and_what_was_shown(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("start over")
    assert await talk.cart() == []
    assert await talk.step() == "start"
    await talk.say("1")
    assert await talk.cart() == []


async def test_cancelling_a_placed_order_gives_back_its_pieces(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("checkout")
    await talk.say(ADDRESS)
    await talk.say("yes")
    assert await talk.available("WRAP", "blue", "M") == 3
    assert (await talk.order()).number in await talk.say("cancel my order")
    assert (await talk.order()).status == "cancelled"
    assert await talk.available("WRAP", "blue", "M") == 4


async def test_out_of_stock_says_so_and_offers_what_is_there(talk: Talk) -> None:
    said = await talk.say("nataka tishati nyekundu size M")
    assert "isha" in said and "*S*" in said and "*L*" in said
    assert await talk.cart() == []
    await talk.say("basi size L, mbili")
    assert await talk.cart() == [(TEE, "red", "L", 2)]


async def test_more_than_is_left_is_refused_with_the_number_left(talk: Talk) -> None:
    await talk.say("show me the lace gown in red")
    said = await talk.say("number 1, size M, five of them")
    assert "2" in said and await talk.cart() == []


async def test_an_option_that_was_not_shown_is_asked_about(talk: Talk) -> None:
    await talk.say("show me dresses")
    said = await talk.say("number 9")
    assert "Which" in said
    assert await talk.cart() == []


async def test_a_reply_to_an_earlier_picture_means_its_numbers(talk: Talk) -> None:
    # given a picture of dresses, and then one of hats
    await talk.say("show me dresses")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute("update messages set provider_id = 'SM1' where kind = 'options'")
        cursor = await conn.execute("select payload from messages where provider_id = 'SM1'")
        row = await cursor.fetchone()
    assert row is not None
    second = row["payload"]["options"][1]["name"]
    await talk.say("show me hats")

    # when she answers the first picture
    said = await talk.say("2", reply_to="SM1")

    # then the second of the dresses is meant
    assert second in said


async def test_a_paid_order_moves_though_she_has_looked_at_other_pieces_since(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.say("show me hats")
    await talk.mpesa("0")
    await does(talk, SetAddress(text="Langata, Otiende, house 9"))
    assert (await talk.order()).address == "Langata, Otiende, house 9"


async def test_an_address_for_a_new_cart_leaves_the_paid_order_where_it_goes(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    paid = (await talk.order()).address
    await talk.mpesa("0")
    await does(talk, Add(target=Target(name="Savannah Straw Hat")))
    await does(talk, SetAddress(text="Langata, Otiende, house 9"))
    assert (await talk.order()).address == paid


async def test_the_same_address_again_is_no_change_for_the_owner(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    told = await talk.owner_notes()
    await does(talk, SetAddress(text=(await talk.order()).address))
    assert await talk.owner_notes() == told


async def test_a_piece_swapped_away_comes_back_as_it_was(talk: Talk) -> None:
    # given: two wrap dresses, one taken out for a shirt
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("make it two")
    await talk.say("a black t-shirt, size M")
    await talk.say("1")
    tee = next(line for line in await talk.cart() if line[0] == TEE)
    await talk.say("remove the wrap dress")
    assert await talk.cart() == [tee]
    # when
    reply = await talk.say("put the wrap dress back")
    # then: in her colour, size and count, without a question
    assert (WRAP, "blue", "M", 2) in await talk.cart() and tee in await talk.cart()
    assert "?" not in reply.replace("What else", "")


async def test_the_former_piece_back_for_the_last_one(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("a black t-shirt, size M")
    await talk.say("1")
    await talk.say("remove the wrap dress")
    await talk.say("hapana, nirudishie ile wrap dress, t-shirt sitaki")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_how_much_is_that_shows_the_order_with_its_sum(talk: Talk) -> None:
    await a_wrap_dress_in_the_cart(talk)
    await talk.say("make it two")
    reply = await talk.say("how much is that?")
    assert "2 × KES 4,500" in reply and "KES 9,000" in reply
