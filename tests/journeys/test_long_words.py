"""Many words in one turn: read in parts, and what was not read is told."""

from __future__ import annotations

from tests.journeys.talk import Talk

CHATTER = "My sister is getting married in Naivasha and everybody is coming from upcountry. " * 7


async def test_several_long_messages_are_all_read(talk: Talk) -> None:
    # given more words than are read at once, the wish in the last of three messages
    await talk.write(CHATTER[:480])
    await talk.write(CHATTER[:480])

    said = await talk.say("show me hats")

    assert "Savannah Straw Hat" in said
    assert "middle" not in said


async def test_the_end_of_a_long_message_is_read(talk: Talk) -> None:
    said = await talk.say(f"{CHATTER}\nSo please show me hats")

    assert "Savannah Straw Hat" in said


async def test_of_a_flood_the_end_is_read_and_she_is_told(talk: Talk) -> None:
    for _ in range(12):
        await talk.write(CHATTER[:490])

    said = await talk.say("show me hats")

    assert "Savannah Straw Hat" in said
    assert "I read the beginning and the end" in said


async def test_a_stop_in_the_middle_of_a_flood_is_heard(talk: Talk) -> None:
    for _ in range(6):
        await talk.write(CHATTER[:490])
    await talk.write("STOP")
    for _ in range(6):
        await talk.write(CHATTER[:490])

    await talk.turn()

    assert await talk.step() == "opted_out"


async def test_an_order_told_in_parts_is_one_order(talk: Talk) -> None:
    await talk.say("show me dresses under 6000")
    await talk.write(f"{CHATTER[:480]}")

    await talk.say("I'll take the yellow one, size L")

    assert await talk.cart() == [("Malkia Ankara Maxi Dress", "yellow", "L", 1)]
