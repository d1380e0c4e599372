"""Choosing as people do it: numbers, names, two kinds at once, and money before the choice."""

from __future__ import annotations

import pytest

from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress
from tests.journeys.test_remembering import analysis, send_photo

WRAP, HAT, TEE = "Amani Wrap Dress", "Savannah Straw Hat", "Mtaa Graphic T-shirt"


@pytest.mark.parametrize("words", ["nachukua mbili", "nitachukua mbili", "I'll take two"])
async def test_a_number_beyond_the_options_is_how_many(talk: Talk, words: str) -> None:
    await talk.say("show me hats")
    await talk.say(words)
    assert await talk.cart() == [(HAT, "beige", "ONE", 2)]


async def test_yes_to_several_options_asks_which(talk: Talk) -> None:
    await talk.say("show me dresses")
    assert "Which one do you mean?" in await talk.say("yes")


async def test_both_pieces_shown_go_into_the_cart(talk: Talk) -> None:
    await talk.say("a straw hat and brown sandals size 38")
    await talk.say("add both please, one each")
    assert await talk.cart() == [
        (HAT, "beige", "ONE", 1),
        ("Coast Leather Sandals", "brown", "38", 1),
    ]


async def test_the_size_whose_price_was_asked_is_the_one_taken(talk: Talk) -> None:
    await talk.say("how much are the coast sandals, brown 38?")
    await talk.say("I'll take one pair")
    assert await talk.cart() == [("Coast Leather Sandals", "brown", "38", 1)]


async def test_each_of_two_pieces_keeps_the_size_it_was_looked_for_in(talk: Talk) -> None:
    await talk.say("show me a graphic t-shirt size L and brown sandals size 37")
    await talk.say("the red t-shirt and the brown sandals")
    assert await talk.cart() == [
        (TEE, "red", "L", 1),
        ("Coast Leather Sandals", "brown", "37", 1),
    ]


async def test_a_line_of_the_cart_is_changed_while_another_piece_is_offered(talk: Talk) -> None:
    await talk.say("brown sandals size 38")
    await talk.say("yes")
    await talk.say("add the Amani Wrap Dress, blue size M")
    await talk.say("do you have hats?")
    await talk.say("change the sandals to black")
    assert await talk.cart() == [
        ("Coast Leather Sandals", "black", "38", 1),
        (WRAP, "blue", "M", 1),
    ]


async def test_a_name_not_in_view_wins_over_the_words_it_shares(talk: Talk) -> None:
    await talk.say("show me hats")
    said = await talk.say("Amani Wrap Dress ya blue ni bei gani?")
    assert WRAP in said and "4,500" in said and HAT not in said


async def test_what_about_asks_and_takes_nothing(talk: Talk) -> None:
    await talk.say("brown sandals size 38")
    assert "Yes, we have" in await talk.say("what about black in 38")
    assert await talk.cart() == []


async def test_to_keep_a_piece_is_not_to_take_another(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("yes")
    await talk.say("ok I'll keep the beige one, checkout")
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]


async def test_a_piece_seen_before_is_taken_without_showing_it_again(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("na viatu je?")
    await talk.say("nipe ile kofia ya beige, moja")
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]


async def test_a_choice_left_open_is_forgotten_when_she_looks_for_something_else(
    talk: Talk,
) -> None:
    # given a size said of a piece not chosen yet
    await talk.say("show me dresses")
    assert "Which one" in await talk.say("size M please")

    # when she turns to something else and takes that
    await talk.say("show me brown sandals")
    said = await talk.say("38")

    # then the size is not asked of it
    assert await talk.cart() == [("Coast Leather Sandals", "brown", "38", 1)]
    assert "out of stock" not in said


async def test_how_many_is_kept_from_the_search_to_the_cart(talk: Talk) -> None:
    # given two shoes wanted before a piece is chosen, with a photo or without
    await talk.say("two pairs of sandals size 38")

    # when the piece is chosen
    await talk.say("brown")

    # then both go in, and the next piece is one again
    assert await talk.cart() == [("Coast Leather Sandals", "brown", "38", 2)]
    await talk.say("a straw hat")
    await talk.say("yes")
    assert (await talk.cart())[1] == (HAT, "beige", "ONE", 1)


async def test_a_piece_is_found_by_its_name(talk: Talk) -> None:
    said = await talk.say("I want the Amani Wrap Dress, size M")
    assert WRAP in said and "Malaika" not in said and "nothing" not in said
    await talk.say("blue")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_a_cut_ranks_pieces_and_refuses_none(talk: Talk) -> None:
    assert WRAP in await talk.say("I'd like a wrap dress")
    said = await talk.say("pleated dresses?")
    assert WRAP in said and "nothing" not in said


async def test_a_cloth_in_the_name_is_what_the_piece_is_made_of(talk: Talk) -> None:
    said = await talk.say("brown leather sandals and a straw hat, do you have them?")
    assert "Coast Leather Sandals" in said and HAT in said and "nothing" not in said


async def test_heels_are_not_sandals_unless_there_are_no_heels(talk: Talk) -> None:
    said = await talk.say("black heels size 38")
    assert "Coast Leather Sandals" in said


async def test_checkout_takes_the_piece_that_was_offered(talk: Talk) -> None:
    await talk.say("do you have a straw hat?")
    said = await talk.say("checkout")
    assert "Where shall we deliver" in said
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]


async def test_checkout_asks_for_the_size_first_and_then_goes_on(talk: Talk) -> None:
    await talk.say("do you have leather sandals in brown?")
    assert "Saizi" in await talk.say("nalipa")
    assert "wapi" in await talk.say("38")
    assert await talk.cart() == [("Coast Leather Sandals", "brown", "38", 1)]


async def test_two_kinds_are_listed_one_after_the_other(talk: Talk) -> None:
    # given
    said = await talk.say("a wrap dress size M and a straw hat")

    # then the numbers go on from list to list, and she is asked once
    assert f"*1. {WRAP}*" in said and f"*2. {HAT}*" in said
    assert said.count("Which one do you like?") == 1

    # when / then
    await talk.say("2")
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]


async def test_an_address_before_it_is_asked_for_is_kept(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("1")
    said = await talk.say("Nyali, Links Road, house 12")
    assert "Nyali, Links Road, house 12" in said and "KES 1,500" in said


async def test_colours_of_everything_shown(talk: Talk) -> None:
    await talk.say("nionyeshe magauni")
    said = await talk.say("hizi nguo zinapatikana kwa rangi gani?")
    assert all(colour in said for colour in ("bluu", "njano", "nyekundu"))


async def test_the_same_again_after_an_order(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    await talk.say("I want another one, same size")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_ways_to_pay_are_told_though_the_shop_wrote_none(talk: Talk) -> None:
    assert "M-Pesa" in await talk.say("Which payment methods do you have?")


async def test_paid_without_an_order_is_answered(talk: Talk) -> None:
    said = await talk.say("I paid")
    assert "nothing to pay" in said


async def test_a_piece_before_her_is_meant_when_the_cart_has_none_like_it(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("1")
    await talk.say("black t-shirt size M")
    await talk.say("change the t-shirt to 2")
    assert (await talk.cart())[1:] == [(TEE, "black", "M", 2)]


async def test_the_piece_whose_price_was_told_is_the_one_she_takes(talk: Talk) -> None:
    await talk.say("anything under 2000?")
    await talk.say("how much is the straw hat?")
    await talk.say("I'll take it")
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]


async def test_her_size_stays_when_only_the_colour_is_sold_out(talk: Talk) -> None:
    assert "imeisha" in await talk.say("nataka tishati nyekundu size M")
    await talk.say("basi nipe nyeusi")
    assert await talk.cart() == [(TEE, "black", "M", 1)]


async def test_a_caption_tells_size_and_number_of_what_the_photo_shows(talk: Talk) -> None:
    # given
    await send_photo(talk, analysis(category="shoes", colour="brown"), "size 38, two pairs")

    # when
    await talk.say("the brown one")

    # then
    assert await talk.cart() == [("Coast Leather Sandals", "brown", "38", 2)]


async def test_a_kind_of_shoe_is_picked_among_shoes(talk: Talk) -> None:
    await talk.say("a hat and sandals")
    await talk.say("the sandals, brown, 38")
    assert await talk.cart() == [("Coast Leather Sandals", "brown", "38", 1)]


async def test_a_named_piece_that_never_came_in_her_size_is_said_by_name(talk: Talk) -> None:
    said = await talk.say("Amani Wrap Dress in black, size XXL")
    assert f"Size XXL is not one of the sizes of *{WRAP}*" in said
    await talk.say("then L")
    assert await talk.cart() == [(WRAP, "black", "L", 1)]


async def test_what_is_shown_instead_is_called_by_what_it_is_not(talk: Talk) -> None:
    said = await talk.say("a kaftan under 3000")
    assert "nothing" in said and "kaftan" in said and "KES 3,000" in said


async def test_another_piece_of_the_list_is_taken_by_its_colour(talk: Talk) -> None:
    await talk.say("a straw hat and leather sandals")
    await talk.say("the hat")
    await talk.say("the brown one, 38")
    assert (await talk.cart())[1:] == [("Coast Leather Sandals", "brown", "38", 1)]


@pytest.mark.parametrize(
    "words", ["I'll take one Savannah Straw Hat", "nipe Savannah straw hat moja tafadhali"]
)
async def test_a_piece_taken_by_its_name_goes_into_the_cart(talk: Talk, words: str) -> None:
    said = await talk.say(words)
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]
    assert "*1*" not in said  # nothing is left to choose


async def test_a_piece_taken_by_its_name_is_asked_for_its_size(talk: Talk) -> None:
    await talk.say("nataka kununua Amani Wrap Dress mbili")
    assert await talk.cart() == []
    await talk.say("blue M")
    assert await talk.cart() == [(WRAP, "blue", "M", 2)]


async def test_a_piece_taken_by_its_name_while_others_are_shown(talk: Talk) -> None:
    await talk.say("show me dresses")
    await talk.say("I'll take two Savannah straw hats")
    assert await talk.cart() == [(HAT, "beige", "ONE", 2)]


async def test_what_is_sold_out_is_not_taken_by_its_name(talk: Talk) -> None:
    said = await talk.say("I'll take one Amani Wrap Dress in size XXL")
    assert "XXL is not one of the sizes" in said
    assert await talk.cart() == []


async def test_more_of_the_kind_shown_is_a_choice(talk: Talk) -> None:
    await talk.say("nionyesheni kofia")
    await talk.say("nitachukua kofia mbili")
    assert await talk.cart() == [(HAT, "beige", "ONE", 2)]


async def test_this_but_in_another_colour_is_said_of_the_photo(talk: Talk) -> None:
    # given a hat in the cart, so that a piece is in view
    await talk.say("I'll take one Savannah Straw Hat")

    # when she shows another piece and wants it in another colour
    said = await send_photo(talk, analysis("dress", colour="red"), "na hii lakini nyeusi")

    # then that is looked for, not claimed to be seen, and what she picks is in her colour
    assert WRAP in said and "Naona gauni." in said
    await talk.say("size L")
    assert (WRAP, "black", "L", 1) in await talk.cart()


async def test_cheaper_is_cheaper_than_everything_shown(talk: Talk) -> None:
    await talk.say("show me dresses")
    assert "nothing under KES 4,499 " in await talk.say("do you have anything cheaper?")


async def test_a_price_asked_of_a_colour_is_that_colours(talk: Talk) -> None:
    # given a dress whose black variants cost more
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "update product_variants set price_minor = 490000 where sku like 'WRAP/black/%'"
        )
    await talk.say("show me the Amani wrap dress")

    assert "4,900" in await talk.say("how much is it in black?")
    assert "4,500" in await talk.say("and how much is the blue one?")


@pytest.mark.parametrize(
    ("words", "sums"),
    [
        ("if I take three how much will it be", ["KES 13,500"]),
        ("nikiongeza moja itakuwa ngapi", ["KES 4,500", "KES 9,000"]),
    ],
)
async def test_a_sum_asked_for_is_told_and_changes_nothing(
    talk: Talk, words: str, sums: list[str]
) -> None:
    await talk.say("a blue dress for the office")
    await talk.say("1, size M")
    before = await talk.cart()

    told = await talk.say(words)

    assert all(amount in told for amount in sums)
    assert await talk.cart() == before


async def test_a_sum_asked_for_at_the_total_leaves_the_order_as_it_was_shown(talk: Talk) -> None:
    await talk.say("a blue dress for the office")
    await talk.say("1, size M")
    await talk.say("checkout")
    await talk.say(ADDRESS)

    told = await talk.say("nikichukua tatu itakuwa ngapi")
    assert "KES 13,500" in told

    await talk.say("yes")
    assert (await talk.order()).total_minor == 450_000


async def test_what_was_summed_up_is_what_is_then_added(talk: Talk) -> None:
    await talk.say("a blue dress for the office")
    await talk.say("1, size M")
    await talk.say("nikiongeza straw hat itakuwa ngapi")

    await talk.say("ok ongeza")

    assert await talk.cart() == [(WRAP, "blue", "M", 1), (HAT, "beige", "ONE", 1)]


async def test_the_sum_without_a_piece_is_told_and_the_piece_stays(talk: Talk) -> None:
    await talk.say("add the Amani Wrap Dress, blue size M")
    await talk.say("add a straw hat")

    said = await talk.say("how much would it be without the hat?")

    assert "4,500" in said
    assert await talk.cart() == [(WRAP, "blue", "M", 1), (HAT, "beige", "ONE", 1)]
