"""Who changes what is not in the order is asked, before a total, whether something is missing."""

from __future__ import annotations

from dukani.domain.acts import (
    Checkout,
    Confirm,
    Decline,
    Remove,
    Set,
    SetAddress,
    Target,
    Values,
)
from tests.journeys.talk import ADDRESS, Talk
from tests.journeys.told import HAT, TEE, WRAP, does, has_in_the_cart, piece

NO_HAT = Remove(target=Target(name=HAT))
TWO_HATS = Set(target=Target(name=HAT), values=Values(quantity=2), change=True)
WORDS = "and leave out the straw hat"


async def is_not_placed(talk: Talk) -> bool:
    return bool(await talk.cart()) and await talk.step() != "payment_initiated"


async def took_out_no_hat(talk: Talk) -> str:
    """She has a T-shirt in the order, takes out a hat that is not in it, and goes on to pay."""
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    told = await does(talk, NO_HAT, text=WORDS)
    assert "not in your cart" in told
    return await does(talk, Checkout(), SetAddress(text=ADDRESS))


async def test_a_change_of_what_is_not_in_the_order_is_asked_about_before_the_total(
    talk: Talk,
) -> None:
    said = await took_out_no_hat(talk)

    assert f"“{WORDS}”" in said and "missing or wrong" in said
    assert "Reply *YES*" not in said


async def test_a_yes_to_what_is_missing_pays_nothing(talk: Talk) -> None:
    await took_out_no_hat(talk)

    said = await does(talk, Confirm(), text="yes")

    assert "nothing has been charged" in said
    assert await is_not_placed(talk)


async def test_a_no_shows_the_total_and_only_a_yes_to_that_pays(talk: Talk) -> None:
    await took_out_no_hat(talk)

    total = await does(talk, Decline(), text="no")
    assert "Reply *YES*" in total and await is_not_placed(talk)

    assert "prompt" in await does(talk, Confirm(), text="yes")


async def test_it_is_asked_once(talk: Talk) -> None:
    await took_out_no_hat(talk)

    assert "Reply *YES*" in await does(talk, Checkout(), text="checkout")


async def test_nothing_is_asked_once_the_order_was_changed(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    await does(talk, NO_HAT, text=WORDS)
    await does(talk, piece(WRAP, "blue", "M"), text="I mean: add the wrap dress")

    said = await does(talk, Checkout(), SetAddress(text=ADDRESS))

    assert "Reply *YES*" in said and "missing or wrong" not in said


async def test_at_a_total_it_is_asked_in_the_place_of_the_yes(talk: Talk) -> None:
    # given a total that waits for a yes
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    await does(talk, Checkout(), SetAddress(text=ADDRESS))

    # when a piece is to go that is not in the order
    said = await does(talk, Remove(target=Target(name=WRAP)), text="leave out the wrap dress")
    again = await does(talk, Confirm(), text="yes")

    # then the yes agrees to no total
    assert "missing or wrong" in said
    assert "prompt" not in again and await is_not_placed(talk)


async def given_up_a_dress(talk: Talk) -> None:
    """A dress was wanted whose size she does not tell; the address is asked for next."""
    await has_in_the_cart(talk, piece(HAT))
    await does(talk, piece(WRAP, "blue"))
    await does(talk, Checkout())
    assert "left out" in await does(talk, Checkout())
    assert await talk.step() == "awaiting_delivery_address"


async def test_a_wish_given_up_is_asked_about_after_another_piece_has_changed(talk: Talk) -> None:
    # given a wish that was given up, and then a change of another piece
    await given_up_a_dress(talk)
    await does(talk, TWO_HATS)

    # when the total would come, then she is asked about the dress first, and once
    asked = await does(talk, SetAddress(text=ADDRESS))
    assert "Before you pay" in asked and WRAP in asked
    assert "KES 3,000" in await does(talk, Decline())


async def test_a_wish_given_up_is_settled_once_the_piece_is_in_the_order(talk: Talk) -> None:
    await given_up_a_dress(talk)

    await does(talk, piece(WRAP, "blue", "M"))

    assert "Before you pay" not in await does(talk, SetAddress(text=ADDRESS))
    assert await talk.step() == "awaiting_confirmation"


async def test_a_wish_given_up_that_is_refused_is_not_asked_about(talk: Talk) -> None:
    await given_up_a_dress(talk)

    await does(talk, Remove(target=Target(name=WRAP)), text="leave the wrap dress")

    assert "Before you pay" not in await does(talk, SetAddress(text=ADDRESS))
    assert await talk.step() == "awaiting_confirmation"
