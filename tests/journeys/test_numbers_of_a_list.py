"""A number is what the list makes of it: a position, a size, or nothing; and a row is its piece."""

from __future__ import annotations

import re

import pytest

from tests.factories import a_product
from tests.journeys.talk import Talk


async def for_children(talk: Talk, name: str, price_minor: int = 200000) -> None:
    """A piece whose sizes are as small as the positions of a list."""
    await a_product(
        talk.database, talk.boutique_id, name=name, category="dress", price_minor=price_minor,
        stock={"pink": {"2": 5, "4": 5, "6": 5}},
    )  # fmt: skip


async def shown(talk: Talk, words: str, provider_id: str) -> list[str]:
    """The names on the list that the words bring; it has reached her phone under this id."""
    names = re.findall(r"^\*\d+\. (.+?)\*", await talk.say(words), flags=re.MULTILINE)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            """update messages set provider_id = %s where id = (
                 select id from messages where direction = 'out' and payload ? 'options'
                 order by seq desc limit 1)""",
            (provider_id,),
        )
    return names


async def tap(talk: Talk, number: int, *, of: str) -> str:
    row = {"row_id": f"option:{number}"}
    return await talk.say("", kind="list_reply", payload=row, reply_to=of)


async def raise_prices(talk: Talk, name: str, minor: int) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute("update products set price_minor = %s where name = %s", (minor, name))
        await conn.execute(
            "update product_variants set price_minor = null where product_id in"
            " (select id from products where name = %s)",
            (name,),
        )


@pytest.mark.parametrize("number", ["2", "3", "5"])
async def test_a_number_beyond_a_list_of_one_adds_nothing_and_shows_it_again(
    talk: Talk, number: str
) -> None:
    await talk.say("show me hats")

    said = await talk.say(number)

    assert await talk.cart() == []
    assert "*1. Savannah Straw Hat*" in said
    await talk.say("1")
    assert await talk.cart() == [("Savannah Straw Hat", "beige", "ONE", 1)]


async def test_so_many_of_the_one_shown_may_still_be_said(talk: Talk) -> None:
    await talk.say("nionyeshe kofia")

    await talk.say("nitachukua mbili")

    assert await talk.cart() == [("Savannah Straw Hat", "beige", "ONE", 2)]


async def test_a_childs_size_is_a_position_on_a_list_and_a_size_where_it_is_asked(
    talk: Talk,
) -> None:
    # given two pieces that come in 2, 4 and 6
    await for_children(talk, "Toto Frill Dress")
    await for_children(talk, "Toto Party Dress", 250000)
    names = await shown(talk, "show me pink dresses", "list-1")

    # when she answers the list with 2, and the question of the size with 2
    asked = await talk.say("2")
    await talk.say("2")

    # then it is the second piece in size 2, once
    assert names[1] in asked and "size" in asked
    assert await talk.cart() == [(names[1], "pink", "2", 1)]


async def test_of_one_piece_alone_it_is_the_size(talk: Talk) -> None:
    await for_children(talk, "Toto Frill Dress")
    await talk.say("show me pink dresses")

    await talk.say("2")

    assert await talk.cart() == [("Toto Frill Dress", "pink", "2", 1)]


async def test_a_row_of_an_older_list_is_the_piece_of_that_row(talk: Talk) -> None:
    # given a list of dresses, and another list since
    dresses = await shown(talk, "show me dresses", "list-1")
    others = await shown(talk, "show me hats and shoes", "list-2")

    # when she taps the second row of the first
    said = await tap(talk, 2, of="list-1")

    # then it is that dress, and nothing of the newer list; its price is as it was
    assert dresses[1] in said and others[1] not in said
    assert "showed another price" not in said


@pytest.mark.parametrize("older", [True, False])
async def test_a_row_whose_price_has_changed_is_taken_at_todays_price_and_that_is_said(
    talk: Talk, older: bool
) -> None:
    dresses = await shown(talk, "show me dresses", "list-1")
    if older:
        await shown(talk, "show me hats and shoes", "list-2")
    await raise_prices(talk, dresses[1], 990000)

    said = await tap(talk, 2, of="list-1")

    assert f"The list showed another price: *{dresses[1]}* is now *KES 9,900*." in said
