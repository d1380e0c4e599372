"""What is not settled of an order is asked, offered or told: nothing is dropped silently."""

from __future__ import annotations

import pytest

from dukani.domain.acts import (
    Act,
    Add,
    AskShop,
    Checkout,
    Confirm,
    Decline,
    Remove,
    Repeat,
    Search,
    Set,
    SetAddress,
    Split,
    Substitute,
    Target,
    Unclear,
    Values,
)
from tests.journeys.talk import ADDRESS, Talk
from tests.journeys.told import GOWN, HAT, MAXI, SHOE, TEE, WRAP, does, has_in_the_cart, piece

RED_S = (TEE, "red", "S", 1)
NAVY = Values(colour="navy")  # of the wrap dress, which comes in blue and black


# ── a colour that is not there, and the nearest ─────────────────────────────


@pytest.mark.parametrize(
    ("before", "wish", "lines"),
    [
        ([], piece(WRAP, "navy", "M"), [(WRAP, "blue", "M", 1)]),
        (
            [piece(WRAP, "black", "L", 2)],
            Set(target=Target(name=WRAP), values=NAVY, change=True),
            [(WRAP, "blue", "L", 2)],
        ),
        (
            [piece(TEE, "red", "S")],
            Substitute(target=Target(name=TEE), piece=Target(name=WRAP), values=NAVY),
            [(WRAP, "blue", "S", 1)],
        ),
        (
            [piece(WRAP, "black", "L", 2)],
            Split(target=Target(name=WRAP), parts=(NAVY,)),
            [(WRAP, "black", "L", 1), (WRAP, "blue", "L", 1)],
        ),
    ],
    ids=["add", "set", "substitute", "split"],
)
async def test_a_yes_takes_the_colour_that_was_offered(
    talk: Talk, before: list[Add], wish: Act, lines: list[tuple[str, str, str, int]]
) -> None:
    # given a colour that is not there
    await has_in_the_cart(talk, *before)
    there = await talk.cart()
    offered = await does(talk, wish)
    assert "nearest to navy is *blue*" in offered
    assert await talk.cart() == there  # offered, not taken

    # when she says yes, then it is taken, and nothing more is asked
    said = await does(talk, Confirm())
    assert await talk.cart() == lines
    assert "You also wanted" not in await does(talk, Checkout()) and said


async def test_another_colour_than_the_one_offered_splits_the_line_with_that(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(MAXI, "yellow", "M", 2))
    assert "green" in await does(talk, Split(parts=(Values(colour="olive"),)))
    await does(talk, Set(values=Values(colour="green")))
    assert await talk.cart() == [(MAXI, "yellow", "M", 1), (MAXI, "green", "M", 1)]


async def test_an_offer_not_taken_up_is_named_at_checkout_and_no_later_yes_takes_it(
    talk: Talk,
) -> None:
    # given a colour offered, and something else done
    await does(talk, piece(WRAP, "navy", "M"))
    await does(talk, piece(HAT))

    # when she says yes to paying
    said = await does(talk, Confirm())

    # then nobody takes it for a yes to the blue one: it is asked for by name
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]
    assert f"You also wanted the *{WRAP}*" in said and "*blue*" in said
    await does(talk, Set(values=Values(colour="blue")))
    assert (WRAP, "blue", "M", 1) in await talk.cart()


async def test_an_open_change_of_a_piece_in_the_order_is_named_as_a_change(talk: Talk) -> None:
    # given a line to be had in a colour there is not, and nothing said to that
    await does(talk, piece(GOWN, "red", "M"))
    await does(talk, Set(values=Values(colour="black"), change=True))

    # when the customer wants to pay, then it is no second piece that is still open
    assert f"You also wanted to change the *{GOWN}*" in await does(talk, Checkout())


async def test_an_offer_stays_open_while_something_else_is_looked_at(talk: Talk) -> None:
    await does(talk, piece(WRAP, "navy", "M"))
    await does(talk, Search(category="hat"))
    await does(talk, Add(target=Target(option=1)))
    assert f"You also wanted the *{WRAP}*" in await does(talk, Checkout())


async def test_of_two_offers_both_are_told_and_one_is_asked(talk: Talk) -> None:
    # when two colours are not there
    said = await does(talk, piece(WRAP, "navy", "M"), piece(GOWN, "maroon", "S"))

    # then both nearest ones are told, and there is one question
    assert "nearest to navy is *blue*" in said and "nearest to maroon is *red*" in said
    assert said.count("Shall I take that one") == 1

    # and a yes takes one, while the other stays open and is named
    await does(talk, Confirm())
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]
    assert f"You also wanted the *{GOWN}*" in await does(talk, Checkout())


async def test_an_offer_is_asked_again_when_she_did_not_get_it(talk: Talk) -> None:
    await does(talk, piece(WRAP, "navy", "M"))
    assert "nearest to navy is *blue*" in await does(talk, Repeat())
    await does(talk, Confirm())
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_a_piece_offered_is_asked_again_with_its_price(talk: Talk) -> None:
    await does(talk, Search(category="hat"))
    assert "KES 1,500" in await does(talk, Repeat())


async def test_a_no_to_the_colour_offered_says_that_the_piece_is_left_out(talk: Talk) -> None:
    await does(talk, piece(WRAP, "navy", "M"))
    assert f"left out the *{WRAP}*" in await does(talk, Decline())


# ── more wishes than are kept ───────────────────────────────────────────────


async def test_wishes_beyond_those_that_are_kept_are_told(talk: Talk) -> None:
    # given seven wishes of which a size is open
    gown, wrap, maxi = piece(GOWN), piece(WRAP), piece(MAXI)
    tee, shoe, blue, red = piece(TEE), piece(SHOE), piece(WRAP, "blue"), piece(TEE, "red")

    # when
    said = await does(talk, gown, wrap, maxi, tee, shoe, blue, red)

    # then the last is not kept, and that is said
    assert f"left out the *{TEE}*" in said


# ── a line of the order ─────────────────────────────────────────────────────


async def test_a_no_to_a_question_about_a_line_says_that_it_stays(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"))
    assert "size" in await does(talk, Set(values=Values(exclude_size="M"), change=True))
    said = await does(talk, Decline())
    assert "stays as it is" in said and "left out" not in said
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_a_no_to_which_line_says_that_they_stay(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"), piece(MAXI, "green", "M"))
    await does(talk, Remove(target=Target(category="dress")))
    said = await does(talk, Decline())
    assert "stay as they are" in said and WRAP in said and MAXI in said


async def test_which_line_is_asked_before_the_total_and_then_whether_all_is_right(
    talk: Talk,
) -> None:
    # given a change of one of two lines, and it is not said which
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"), piece(MAXI, "green", "M"))
    await does(talk, SetAddress(text=ADDRESS), Remove(target=Target(category="dress")))

    # when she wants to pay, then it is asked first
    asked = await does(talk, Checkout())
    assert "Which" in asked and "Total" not in asked

    # and asked in vain, whether anything is missing: a yes to that is no yes to pay
    said = await does(talk, Checkout())
    assert "Before you pay" in said and WRAP in said and MAXI in said
    await does(talk, Confirm())
    assert await talk.step() == "cart_updated"

    # and after that the total is shown
    assert "KES 9,700" in await does(talk, Checkout())
    assert await talk.step() == "awaiting_confirmation"


async def test_a_piece_whose_size_was_never_told_is_not_left_out_by_a_yes(talk: Talk) -> None:
    # given two pieces wanted, and the size of one never told
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, SetAddress(text=ADDRESS), piece(WRAP, "blue"))
    assert "You also wanted" in await does(talk, Checkout())

    # when she says nothing to that again, then she is asked whether it is missing
    asked = await does(talk, Checkout())
    assert "Before you pay" in asked and "left out" not in asked

    # and only a no goes on without it
    said = await does(talk, Decline())
    assert "KES 1,500" in said and await talk.step() == "awaiting_confirmation"


async def test_what_was_not_understood_is_asked_about_once_before_the_total(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, Unclear())

    assert "Before you pay" in await does(talk, SetAddress(text=ADDRESS))
    assert await talk.step() == "cart_updated"
    assert "KES 1,500" in await does(talk, Decline())


@pytest.mark.parametrize(
    "answer", ["hamna", "nothing is missing", "iko sawa", "all good", "no", "kila kitu kiko sawa"]
)
async def test_that_all_is_right_is_heard_in_many_words(talk: Talk, answer: str) -> None:
    # given words that came to nothing, and the question about them
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, Unclear())
    assert "Before you pay" in await does(talk, SetAddress(text=ADDRESS))

    # when she says that all is right, then she is shown the total, and pays with a yes
    assert "KES 1,500" in await talk.say(answer)
    assert await talk.step() == "awaiting_confirmation"


async def test_an_answer_not_understood_is_no_further_thing_that_is_missing(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, Unclear())
    await does(talk, SetAddress(text=ADDRESS))

    assert "Before you pay" in await does(talk, Unclear())
    assert "KES 1,500" in await does(talk, Checkout())
    assert await talk.step() == "awaiting_confirmation"


async def test_cancelling_forgets_what_was_not_understood(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, Unclear())
    await talk.say("cancel everything")
    await has_in_the_cart(talk, piece(HAT))

    assert "Before you pay" not in await does(talk, SetAddress(text=ADDRESS))


async def test_a_change_forgets_what_was_not_understood_before(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, Unclear())
    await does(talk, Set(values=Values(quantity=2)))

    said = await does(talk, SetAddress(text=ADDRESS))
    assert "KES 3,000" in said and "Before you pay" not in said


async def test_which_line_answered_before_the_total_is_done(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"), piece(MAXI, "green", "M"))
    await does(talk, SetAddress(text=ADDRESS), Remove(target=Target(category="dress")))
    await does(talk, Checkout())
    said = await does(talk, Set(target=Target(line=2)))
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]
    assert "KES 4,500" in said


async def test_a_question_of_a_line_follows_it_when_it_becomes_another(talk: Talk) -> None:
    # given which colour is open of a line
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"))
    await does(talk, Set(values=Values(exclude_colour="blue"), change=True))

    # when its size is changed meanwhile, then the colour said is of the line as it is now
    await does(talk, Set(target=Target(name=WRAP), values=Values(size="L"), change=True))
    await does(talk, Set(values=Values(colour="black")))
    assert await talk.cart() == [(WRAP, "black", "L", 1)]


# ── which piece ─────────────────────────────────────────────────────────────


async def test_which_piece_is_asked_twice_and_then_it_is_said(talk: Talk) -> None:
    # given a list, and a yes to all of it
    await does(talk, Search(category="dress"))
    asked = [await does(talk, Confirm()) for _ in range(2)]
    assert all("Which one do you mean" in said for said in asked)
    assert asked[0] != asked[1]

    # when it is said once more, then the question ends
    said = await does(talk, Confirm())
    assert "didn't settle which one" in said
    assert "Which one do you mean" not in said


async def test_a_vague_wish_does_not_keep_her_from_paying(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, SetAddress(text=ADDRESS), Search(category="dress"))
    await does(talk, Add())
    await does(talk, Checkout())
    said = await does(talk, Checkout())
    assert "didn't settle which one" in said
    assert "KES 1,500" in said and await talk.step() == "awaiting_confirmation"


async def test_a_question_of_the_shop_leaves_the_offer_as_it_is(talk: Talk) -> None:
    await does(talk, piece(WRAP, "navy", "M"))
    await does(talk, AskShop(topic="hours"))
    await does(talk, Confirm())
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]
