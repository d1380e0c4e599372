"""Where it is in doubt which edits were meant, she is asked with both; nothing is done before."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader.learned.network import Guess, Network
from dukani.domain.acts import (
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
    Target,
    Unclear,
    Values,
)
from tests.journeys.talk import ADDRESS, Talk
from tests.journeys.told import GOWN, HAT, WRAP, does, has_in_the_cart, piece, shown_the_total

ONE_WRAP = (WRAP, "blue", "M", 1)
TWO_WRAPS = (WRAP, "blue", "M", 2)
GONE = (Remove(target=Target(line=1)),)
TWO = (Set(target=Target(line=1), values=Values(quantity=2), change=True),)
LARGE = (Set(target=Target(line=1), values=Values(size="L"), change=True),)
DOUBT = Unclear(readings=(GONE, TWO))
NUMBER_2 = Add(target=Target(option=2))


async def asked(talk: Talk) -> str:
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"))
    return await does(talk, DOUBT, text="hiyo nimeacha ziwe mbili")


async def test_the_question_tells_each_reading_and_changes_nothing(talk: Talk) -> None:
    # when a message may mean two things
    said = await asked(talk)

    # then both are told, numbered, and the order is as it was
    assert f"1. take out the *{WRAP}* (blue, size M)" in said
    assert f"2. make the *{WRAP}* (blue, size M) 2, not 1" in said
    assert "say it in other words" in said
    assert await talk.cart() == [ONE_WRAP]


async def test_the_number_does_that_reading(talk: Talk) -> None:
    await asked(talk)
    said = await does(talk, NUMBER_2)
    assert await talk.cart() == [TWO_WRAPS]
    assert "was 1" in said

    # and it is no question any more: the number is of nothing now
    await does(talk, Confirm())
    assert await talk.cart() == [TWO_WRAPS]


async def test_three_readings_are_asked_about_and_the_third_is_done(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"))
    said = await does(talk, Unclear(readings=(GONE, TWO, LARGE)))
    assert f"3. change the *{WRAP}* (blue, size M) to size L" in said
    await does(talk, Add(target=Target(option=3)))
    assert await talk.cart() == [(WRAP, "blue", "L", 1)]


async def test_a_number_is_never_a_piece_of_the_list_shown_before(talk: Talk) -> None:
    # given a list shown, and then a message in doubt
    await does(talk, Add(target=Target(name=WRAP), values=Values(colour="blue", size="M")))
    await does(talk, Search(category="dress"))
    await does(talk, DOUBT)
    await does(talk, NUMBER_2)
    assert await talk.cart() == [TWO_WRAPS]


async def test_a_yes_pays_nothing_and_is_asked_back_once(talk: Talk) -> None:
    # given a total shown, and then a message in doubt
    await shown_the_total(talk, piece(WRAP, "blue", "M"))
    said = await does(talk, DOUBT)
    assert "Did you mean" in said and "KES" not in said

    # when she says yes, then it is asked once more
    again = await does(talk, Confirm())
    assert "Which of these" in again and f"1. take out the *{WRAP}*" in again

    # and another yes pays nothing either
    other = await does(talk, Confirm())
    assert "in other words" in other
    assert await talk.cart() == [ONE_WRAP] and await talk.step() == "cart_updated"


async def test_after_the_answer_the_total_is_shown_again(talk: Talk) -> None:
    await shown_the_total(talk, piece(WRAP, "blue", "M"))
    await does(talk, DOUBT)
    said = await does(talk, NUMBER_2)
    assert "KES 9,000" in said and await talk.step() == "awaiting_confirmation"


async def test_a_no_asks_for_other_words_and_what_was_said_is_asked_about_before_the_total(
    talk: Talk,
) -> None:
    await asked(talk)
    said = await does(talk, Decline())
    assert "in other words" in said and await talk.cart() == [ONE_WRAP]

    # when she only pays then, she is asked whether something is missing
    assert "Before you pay" in await does(talk, SetAddress(text=ADDRESS), Checkout())


async def test_who_passes_over_the_question_is_asked_before_the_total(talk: Talk) -> None:
    await shown_the_total(talk, piece(WRAP, "blue", "M"))
    await does(talk, DOUBT, text="hiyo nimeacha ziwe mbili")
    said = await does(talk, Checkout())
    assert "Before you pay" in said and "nimeacha" in said
    assert await talk.step() == "cart_updated"


async def test_other_words_are_read_as_usual_and_drop_the_question(talk: Talk) -> None:
    await asked(talk)
    await does(talk, piece(HAT))
    assert await talk.cart() == [ONE_WRAP, (HAT, "beige", "ONE", 1)]

    # and a number then is none of the readings
    await does(talk, NUMBER_2)
    assert TWO_WRAPS not in await talk.cart()


async def test_a_question_of_the_shop_leaves_it_open(talk: Talk) -> None:
    await asked(talk)
    await does(talk, AskShop(topic="hours"))
    assert "Which of these" in await does(talk, Repeat())
    await does(talk, NUMBER_2)
    assert await talk.cart() == [TWO_WRAPS]


async def test_a_reading_that_cannot_be_done_is_not_asked_about(talk: Talk) -> None:
    # given a reading of which the size would be asked, so that one is left
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"))
    said = await does(talk, Unclear(readings=(TWO, (piece(GOWN),))))

    # then she is told that she was not understood
    assert "I didn't catch that" in said


async def test_readings_with_the_same_lines_are_one(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(WRAP, "blue", "M"))
    more = (Add(target=Target(name=WRAP), values=Values(colour="blue", size="M"), another=True),)
    assert "I didn't catch that" in await does(talk, Unclear(readings=(TWO, more)))


async def test_in_the_midst_of_the_address_a_number_is_no_address(talk: Talk) -> None:
    await asked(talk)
    await does(talk, Checkout())
    await does(talk, DOUBT)
    assert await talk.step() == "awaiting_delivery_address"
    await does(talk, NUMBER_2)
    assert await talk.cart() == [TWO_WRAPS]
    assert await talk.step() == "awaiting_delivery_address"


async def test_what_she_writes_in_doubt_is_asked_and_answered_in_her_words(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given the rules read a removal, and the network, not quite sure, two of them
    await talk.say("Amani wrap dress ya blue size M")
    assert await talk.cart() == [ONE_WRAP]
    guesses = [Guess(("SETQ", "L0", "n2"), -0.6), Guess(("remark",), -0.8)]
    monkeypatch.setattr(Network, "guesses", lambda *_: guesses)

    # when she writes so, then both are told
    said = await talk.say("toa hiyo wrap dress yangu basi")
    monkeypatch.undo()
    assert "1. *Amani Wrap Dress* (bluu, saizi M) ziwe 2 badala ya 1" in said
    assert "2. kuondoa *Amani Wrap Dress* (bluu, saizi M)" in said
    assert await talk.cart() == [ONE_WRAP]

    # and her answer does what it is the number of
    await talk.say("hiyo ya kwanza")
    assert await talk.cart() == [TWO_WRAPS]
