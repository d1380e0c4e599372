"""A cart of WhatsApp's own with a yes in it or beside it: nobody has seen its total yet."""

from __future__ import annotations

import pytest

from tests.journeys.talk import ADDRESS, Talk
from tests.journeys.test_native_orders import HAT, attempts, item, line, sends_cart


async def _shown_a_total(talk: Talk) -> None:
    """A dress, up to the total that a yes would pay."""
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    await talk.say("checkout")
    await talk.say(ADDRESS)


@pytest.mark.parametrize("words", ["yes", "ndio", "yes please, pay now", "confirm", "sawa lipa"])
async def test_a_yes_that_comes_with_a_cart_pays_nothing(talk: Talk, words: str) -> None:
    await _shown_a_total(talk)

    said = await sends_cart(talk, line(await item(talk, "HAT")), text=words)

    assert await attempts(talk) == []
    assert HAT[0] in said


@pytest.mark.parametrize("first", ["yes", "cart"])
async def test_a_yes_read_together_with_a_cart_pays_nothing(talk: Talk, first: str) -> None:
    """Both are waiting when the turn begins: the total that was agreed to is not this one."""
    await _shown_a_total(talk)
    hat = {"order": {"catalog_id": "9", "product_items": [line(await item(talk, "HAT"))]}}
    if first == "yes":
        await talk.write("yes")
    await talk.write("", kind="order", payload=hat)
    if first == "cart":
        await talk.write("yes")

    said = await talk.turn()

    assert await attempts(talk) == []
    assert HAT[0] in said


async def test_a_cart_sent_twice_is_not_doubled(talk: Talk) -> None:
    """A cart says how many she wants, whether the two are read together or one by one."""
    await talk.say("hello")
    hat = line(await item(talk, "HAT"), 2)
    told = {"order": {"catalog_id": "9", "product_items": [hat]}}
    await talk.write("", kind="order", payload=told)
    await talk.write("", kind="order", payload=told)

    await talk.turn()
    together = await talk.cart()
    await sends_cart(talk, hat)

    assert together == [(*HAT, 2)]
    assert await talk.cart() == [(*HAT, 2)]
