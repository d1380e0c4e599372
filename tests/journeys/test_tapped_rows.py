"""A row of the list that is tapped is always that option, whatever is being asked."""

from __future__ import annotations

import re

from tests.journeys.talk import Talk


async def tap(talk: Talk, number: int, title: str = "") -> str:
    return await talk.say(title, kind="list_reply", payload={"row_id": f"option:{number}"})


async def shown_dresses(talk: Talk) -> list[str]:
    """The names on the list, first to last."""
    said = await talk.say("show me dresses")
    names = re.findall(r"^\*\d+\. (.+?)\*", said, flags=re.MULTILINE)
    assert len(names) >= 3
    return names


async def test_a_tap_takes_the_piece_of_its_row(talk: Talk) -> None:
    names = await shown_dresses(talk)
    said = await tap(talk, 2, "2. the second")
    assert names[1] in said


async def test_a_tap_while_a_size_is_asked_for_is_another_piece_and_no_count(talk: Talk) -> None:
    names = await shown_dresses(talk)
    await tap(talk, 1)
    said = await tap(talk, 3)
    assert names[2] in said
    assert all(quantity == 1 for *_, quantity in await talk.cart())


async def test_words_beside_a_tap_are_about_its_piece(talk: Talk) -> None:
    names = await shown_dresses(talk)
    await talk.write("", kind="list_reply", payload={"row_id": "option:2"})
    said = await talk.say("in M")
    assert names[1] in said
    assert all(size == "M" and quantity == 1 for _, _, size, quantity in await talk.cart())


async def test_thanks_beside_a_tap_do_not_lose_it(talk: Talk) -> None:
    names = await shown_dresses(talk)
    await talk.write("", kind="list_reply", payload={"row_id": "option:2"})
    assert names[1] in await talk.say("asante")


async def test_two_taps_are_two_pieces_asked_about_in_turn(talk: Talk) -> None:
    names = await shown_dresses(talk)
    await talk.write("", kind="list_reply", payload={"row_id": "option:1"})
    assert names[0] in await tap(talk, 2)
    assert names[1] in await talk.say("black, size S")
