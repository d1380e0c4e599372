"""A photo with a price makes a draft, which is sold when the owner has said its sizes and yes."""

from __future__ import annotations

import pytest

from dukani.core.errors import ProviderUnavailable
from tests.journeys.owner import Owner, owner_of
from tests.journeys.talk import Talk
from tests.journeys.test_remembering import analysis, send_photo


@pytest.fixture
def owner(talk: Talk) -> Owner:
    return owner_of(talk)


async def test_a_photo_with_a_price_is_sold_after_sizes_and_a_yes(talk: Talk, owner: Owner) -> None:
    # given a photo with nothing but a price, of what the eye takes for a red jumpsuit
    seen = analysis("jumpsuit", colour="red")
    drafted = await owner.send_photo(seen, "3,500")
    assert "*Red Jumpsuit* (jumpsuit, red)" in drafted and "KES 3,500" in drafted
    assert "Which sizes" in drafted

    # when she says the sizes: it is still nobody's
    asked = await owner.say("M 2, L 1")
    assert "2 × M, 1 × L" in asked
    assert "Red Jumpsuit" not in await send_photo(talk, seen, "mna kama hii?")

    # and yes
    assert "is on sale now" in await owner.say("ndiyo")

    # then a customer with the same photo finds it, and its stock is in the ledger
    assert "Red Jumpsuit" in await send_photo(talk, seen, "mna kama hii?")
    sku = (await owner.notes())[-1].split("*")[3]
    assert "red, size M: 2 on hand" in await owner.say(f"stock {sku.lower()}")


async def test_what_the_caption_says_wins_over_the_eye(talk: Talk, owner: Owner) -> None:
    asked = await owner.send_photo(analysis("kaftan", colour="pink"), "red dress 2500 M L")
    assert "*Red Dress* (dress, red)" in asked and "1 × M, 1 × L" in asked
    assert "not put on sale" in await owner.say("no")
    assert "nothing to confirm" in await owner.say("yes")


async def test_sizes_said_too_late_are_not_taken(talk: Talk, owner: Owner) -> None:
    await owner.send_photo(analysis("dress", colour="red"), "2500")
    await owner.later("11 minutes")
    assert "took too long" in await owner.say("M 2")
    assert "I don't know that one" in await owner.say("M 2")


async def test_a_photo_without_a_price_is_told_what_to_do(talk: Talk, owner: Owner) -> None:
    seen = analysis("dress", colour="red")
    assert "with its price" in await owner.send_photo(seen, "nice one")
    # nor is one that she sends a customer passed on
    await talk.say("I want to talk to a person")
    note = await owner.last_note_sent()
    assert "only pass on written words" in await owner.send_photo(seen, "2500", reply_to=note)


async def test_a_photo_that_cannot_be_fetched_blocks_nothing(
    talk: Talk, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a provider that does not give the file
    async def away(*_: object, **__: object) -> bytes:
        raise ProviderUnavailable("down", provider="twilio")

    monkeypatch.setattr("dukani.owner.photos.photo_of", away)
    await owner.write("2500", kind="image")
    with pytest.raises(ProviderUnavailable):  # the queue tries again
        await owner.handle()

    # when it is down for long
    await talk.age("messages", "created_at", "6 minutes")
    await owner.handle()

    # then she is told, and her next words are heard
    assert "could not open that photo" in (await owner.notes())[-1]
    assert "Nothing is waiting" in await owner.say("pending")
