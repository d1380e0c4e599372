"""An address that is told, added to and corrected in several messages, or is that of last time."""

from __future__ import annotations

from dukani.domain.acts import Checkout, Confirm, SetAddress, SetNote
from tests.journeys.talk import Talk, order_a_wrap_dress
from tests.journeys.told import TEE, does, has_in_the_cart, piece


async def test_a_part_is_added_and_a_part_corrected(talk: Talk) -> None:
    # given a total shown for a town
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    await does(talk, Checkout(), SetAddress(text="Molo town, hse 40"))

    # when the landmark follows in a message of its own, and then the number is corrected
    added = await does(talk, SetAddress(text="opposite Equity bank"))
    corrected = await does(talk, SetAddress(text="hse 41", change=True, replaces="40"))

    # then nothing of what was said before is lost
    assert "Molo town, hse 40, opposite Equity bank" in added
    assert "Molo town, hse 41, opposite Equity bank" in corrected


async def test_another_place_takes_the_place_of_the_whole_address(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    await does(talk, Checkout(), SetAddress(text="Molo town, hse 40"))

    said = await does(talk, SetAddress(text="Njoro, Ndeffo road", change=True))

    assert "Njoro, Ndeffo road" in said and "Molo" not in said


async def test_the_place_of_last_time_is_told_in_full_before_the_yes(talk: Talk) -> None:
    # given an order that was paid
    await order_a_wrap_dress(talk)
    before = (await talk.order()).address
    await talk.mpesa("0")

    # when a further piece is to go to the same place
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    said = await does(talk, Checkout(), SetAddress(text="the same place", as_last=True))

    # then the place is shown with the total, and the order has it
    assert before in said
    await does(talk, Confirm())
    assert (await talk.order()).address == before


async def test_without_a_last_time_the_address_is_asked_for(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(TEE, "red", "S"))

    await does(talk, Checkout(), SetAddress(text="the same place", as_last=True))

    assert await talk.step() == "awaiting_delivery_address"


async def test_a_part_is_told_anew_with_the_place_of_last_time(talk: Talk) -> None:
    # given an order that was paid
    await order_a_wrap_dress(talk)
    before = (await talk.order()).address
    await talk.mpesa("0")

    # when a further piece goes to the same place, but to another house
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    said = await does(talk, Checkout(), SetAddress(text="house 5", as_last=True))

    # then the rest of the address stands
    assert f"{before}, house 5" in said


async def test_a_second_note_leaves_the_first_one(talk: Talk) -> None:
    # given a total, with a number to call
    await has_in_the_cart(talk, piece(TEE, "red", "S"))
    await does(talk, Checkout(), SetAddress(text="Molo town"), SetNote(text="call 0712345678"))

    # when a day is told for it, and more once the money is asked for
    await does(talk, SetNote(text="bring it on Saturday"))
    await does(talk, Confirm())
    await does(talk, SetNote(text="leave it with the guard"))

    # then the rider has all of it
    note = (await talk.order()).note
    assert note == "call 0712345678; bring it on Saturday; leave it with the guard"
