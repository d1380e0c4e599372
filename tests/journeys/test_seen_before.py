"""What was seen to go wrong before the core was built, so that it never comes back."""

from __future__ import annotations

import pytest

from dukani.core.store import delivery_zones
from dukani.core.store.delivery_zones import DeliveryZone
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress

NEW_ADDRESS = "Lavington, James Gichuru Road, gate 7"


# ── another address after "yes" ─────────────────────────────────────────────


async def test_an_address_said_after_yes_is_the_orders_the_receipts_and_the_owners(
    talk: Talk,
) -> None:
    # given a prompt on her phone
    await order_a_wrap_dress(talk)
    assert (await talk.order()).address == ADDRESS

    # when she names another address, and pays
    await talk.say(f"deliver to {NEW_ADDRESS} instead")
    receipt = await talk.mpesa("0")

    # then all three have it, and none the old one
    order = await talk.order()
    assert (order.payment_status, order.address) == ("paid", NEW_ADDRESS)
    told = [receipt, *await talk.owner_notes()]
    assert any("gate 7" in note for note in told[1:])
    assert "gate 7" in receipt
    assert ADDRESS not in "\n".join(told)


async def test_an_address_said_after_paying_is_the_orders_and_the_owner_hears(talk: Talk) -> None:
    # given a paid order
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")

    # when she names another address
    said = await talk.say(f"please deliver to {NEW_ADDRESS} instead")

    # then it is promised, kept and told
    assert "gate 7" in said
    assert (await talk.order()).address == NEW_ADDRESS
    assert "gate 7" in (await talk.owner_notes())[-1]


# ── a number or a tap at a question of colour or size ───────────────────────


@pytest.mark.parametrize("number", ["2", "3", "5", "12"])
async def test_a_bare_number_at_a_question_is_no_count(talk: Talk, number: str) -> None:
    await talk.say("I'll take the Amani Wrap Dress")
    await talk.say(number)  # at the question of its colour
    await talk.say("blue")
    await talk.say(number)  # at the question of its size
    await talk.say("M")
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


@pytest.mark.parametrize("row", [1, 2, 3])
async def test_a_tap_at_a_question_is_no_count(talk: Talk, row: int) -> None:
    await talk.say("show me dresses")
    await talk.say("1")
    tapped = {"row_id": f"option:{row}"}
    await talk.say(f"{row}. a row", kind="list_reply", payload=tapped)
    await talk.say("black")
    await talk.say(f"{row}. a row", kind="list_reply", payload=tapped)
    assert all(quantity == 1 for *_, quantity in await talk.cart())


# ── the total ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("with_zone", [True, False])
async def test_the_delivery_fee_is_in_the_total_she_says_yes_to(
    talk: Talk, with_zone: bool
) -> None:
    # given a fee of KES 350, of a zone or of the shop
    if with_zone:
        zone = DeliveryZone(name="Kilimani", aliases=[], fee_minor=35000)
        async with talk.database.system_connection() as conn:
            await delivery_zones.put(conn, zone, boutique_id=talk.boutique_id, position=0)
    else:
        async with talk.database.system_connection() as conn:
            await conn.execute("update boutiques set delivery_fee_minor = 35000")

    # when she is shown the total of a dress of KES 4,500
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    shown = await talk.say(ADDRESS)

    # then it says both, and the sum is what she is asked for
    assert "350" in shown
    assert "KES 4,850" in shown
    assert "KES 4,850" in await talk.say("yes")
    assert (await talk.payment()).amount_minor == 485000


# ── colours ─────────────────────────────────────────────────────────────────


async def test_another_colour_is_never_put_in_unsaid(talk: Talk) -> None:
    # given a dress that is there in M in blue only
    said = await talk.say("I'll take the Amani Wrap Dress in black, size M")

    # then the colour she asked for is named as missing, and nothing else is taken for it
    assert "black" in said.lower()
    assert all(colour == "black" for _, colour, _, _ in await talk.cart())


async def test_a_colour_there_is_not_is_said_before_others_are_shown(talk: Talk) -> None:
    said = await talk.say("do you have the Amani Wrap Dress in purple?")
    assert "purple" in said.lower()
    assert await talk.cart() == []


# ── counts ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", ["make it 0", "ifanye 0", "make it zero"])
async def test_make_it_none_removes_it(talk: Talk, words: str) -> None:
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say(words)
    assert await talk.cart() == []


@pytest.mark.parametrize("words", ["make it -5", "make it minus 5", "make it \u22125", "iwe -2"])
async def test_fewer_than_none_is_asked_about_and_changes_nothing(talk: Talk, words: str) -> None:
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    said = await talk.say(words)
    assert "?" in said
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]
