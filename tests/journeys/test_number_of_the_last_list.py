"""A bare number is of the list that was shown last, whatever was asked before it."""

from __future__ import annotations

import re

import pytest

from tests.journeys.talk import Talk


async def listed(talk: Talk, words: str) -> list[str]:
    """The names on the list that the words bring, first to last."""
    names = re.findall(r"^\*\d+\. (.+?)\*", await talk.say(words), flags=re.MULTILINE)
    assert len(names) >= 2
    return names


@pytest.mark.parametrize(
    ("open_question", "another_list", "number"),
    [
        # its size is asked for
        (["I want the blue wrap dress"], "show me hats and shoes", "2"),
        (["nataka ile wrap dress ya blue"], "nionyeshe kofia na viatu", "2"),
        (["I want the blue wrap dress"], "show me hats and shoes", "the second"),
        (["nataka ile wrap dress ya blue"], "nionyeshe kofia na viatu", "ya pili"),
        # its colour is asked for, and two are wanted
        (["show me dresses", "I want two of the first"], "what do you have?", "3"),
        (["show me dresses", "2"], "show me hats and shoes", "2"),
        # which of several is asked for
        (["I want a dress", "in M"], "show me hats and shoes", "2"),
        (["nataka gauni", "saizi M"], "nionyeshe viatu na kofia", "namba 2"),
    ],
)
async def test_it_chooses_from_the_list_and_not_from_an_older_question(
    talk: Talk, open_question: list[str], another_list: str, number: str
) -> None:
    # given a question about an older list's piece, and a list that was shown since
    for words in open_question:
        await talk.say(words)
    names = await listed(talk, another_list)

    # when she writes a number
    said = await talk.say(number)

    # then it is that piece, and one of it
    wanted = names[2] if number == "3" else names[1]
    assert wanted in said.partition("also wanted")[0]
    assert all(name == wanted and count == 1 for name, _, _, count in await talk.cart())


async def test_a_list_shown_after_which_line_takes_nothing_out(talk: Talk) -> None:
    # given two lines, and the question which of them goes
    await talk.say("the wrap dress, blue M")
    await talk.say("the wrap dress, black S too")
    assert "Which one" in await talk.say("remove the wrap dress")

    # when she looks at other pieces, and writes the second's number
    names = await listed(talk, "show me shoes and hats")
    await talk.say("2")

    # then both lines are there, and the piece of the list
    assert [name for name, *_ in await talk.cart()] == [
        "Amani Wrap Dress", "Amani Wrap Dress", names[1],
    ]  # fmt: skip


async def test_all_dresses_are_shown_although_it_is_asked_which_dress(talk: Talk) -> None:
    # given two dresses in the cart, and the question which of them goes
    await talk.say("the wrap dress, blue M")
    await talk.say("the wrap dress, black S too")
    await talk.say("remove the wrap dress")

    # when she looks at dresses, and writes the third's number
    names = await listed(talk, "show me dresses")
    said = await talk.say("3")

    # then it is the list's third, and nothing went
    assert names[2] in said and len(await talk.cart()) == 2


async def test_which_line_asked_after_a_list_is_what_the_number_answers(talk: Talk) -> None:
    await talk.say("the wrap dress, blue M")
    await talk.say("the wrap dress, black S too")
    await listed(talk, "show me shoes and hats")

    await talk.say("remove the wrap dress")
    await talk.say("2")

    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


@pytest.mark.parametrize("size", ["M", "size M", "ya M"])
async def test_a_size_still_answers_what_was_asked_before_the_list(talk: Talk, size: str) -> None:
    await talk.say("I want the blue wrap dress")
    await talk.say("show me hats and shoes")

    await talk.say(size)

    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


async def test_a_shoe_size_is_no_number_of_the_list(talk: Talk) -> None:
    await talk.say("I want the sandals in brown")
    await listed(talk, "show me dresses")

    await talk.say("38")

    assert await talk.cart() == [("Coast Leather Sandals", "brown", "38", 1)]
