"""Corrected and deleted messages, and messages that come in another order than they were written.

Both providers deliver in any order, so each case is told in every order there is.
"""

from __future__ import annotations

import time
from itertools import permutations
from typing import Any

import pytest

from tests.cases.shop import CaseShop, a_card, from_meta
from tests.wiring import rows

NOW = int(time.time())
FIRST = "wamid.hers-0"
THIEF = "254799000001"


def written(text: str, at: int, message_id: str, **fields: Any) -> dict[str, Any]:
    """A message of hers, `at` so many seconds after the first."""
    return from_meta(text, id=message_id, timestamp=str(NOW + at), **fields)


def edit(text: str, at: int, original: str = FIRST, **fields: Any) -> dict[str, Any]:
    corrected = {"context": {"id": "M0"}, "type": "text", "text": {"body": text}} | fields
    about = {"original_message_id": original, "message": corrected}
    return written("", at, f"wamid.hers-edit-{at}", type="edit", edit=about)


def revoke(at: int, original: str = FIRST) -> dict[str, Any]:
    about = {"original_message_id": original}
    return written("", at, f"wamid.hers-revoke-{at}", type="revoke", revoke=about)


async def tell(shop: CaseShop, *messages: dict[str, Any]) -> None:
    for message in messages:
        await shop.meta(message, contacts=[a_card(message["from"])])


@pytest.mark.parametrize("order", [*permutations(range(2))])
async def test_the_corrected_words_are_the_ones_that_are_read(
    shop: CaseShop, order: tuple[int, ...]
) -> None:
    story = (
        written("do you have a peach sun dress?", 0, FIRST),
        edit("do you have a black wrap dress in size M?", 9),
    )

    await tell(shop, *(story[place] for place in order))

    said = "\n".join(await shop.answers())
    assert "Mtwapa Wrap Dress" in said
    assert "Sun Dress" not in said
    assert "open that kind" not in said


async def test_words_corrected_after_the_answer_are_answered_too(shop: CaseShop) -> None:
    await tell(shop, written("do you have a peach sun dress?", 0, FIRST))
    assert "Diani Sun Dress" in "\n".join(await shop.answers())

    await tell(shop, edit("do you have a black wrap dress in size M?", 9))

    assert "Mtwapa Wrap Dress" in "\n".join(await shop.answers())


async def test_the_first_words_are_not_read_after_their_correction(shop: CaseShop) -> None:
    await tell(shop, edit("I want the black wrap dress size M", 9))
    await shop.answers()

    await tell(shop, written("I want the teal wrap dress size M", 0, FIRST))

    assert await shop.answers() == []
    assert await shop.cart() == [("Mtwapa Wrap Dress", "black", "M", 1)]


@pytest.mark.parametrize("order", [*permutations(range(3))])
async def test_the_last_of_several_corrections_counts(
    shop: CaseShop, order: tuple[int, ...]
) -> None:
    story = (
        written("I want the teal wrap dress size S", 0, FIRST),
        edit("I want the teal wrap dress size L", 5),
        edit("I want the black wrap dress size M", 9),
    )

    await tell(shop, *(story[place] for place in order))
    await shop.answers()

    assert await shop.cart() == [("Mtwapa Wrap Dress", "black", "M", 1)]


async def test_a_correction_stands_where_the_first_words_stood(shop: CaseShop) -> None:
    await tell(
        shop,
        written("I want the yellow sun dress size S", 0, FIRST),
        written("remove the wrap dress", 4, "wamid.hers-second"),
        edit("I want the teal wrap dress size M", 9),
    )

    await shop.answers()

    assert shop.heard == ["I want the teal wrap dress size M", "remove the wrap dress"]


@pytest.mark.parametrize("order", [*permutations(range(2))])
async def test_a_deleted_message_is_not_read(shop: CaseShop, order: tuple[int, ...]) -> None:
    story = (written("I want the teal wrap dress size M", 0, FIRST), revoke(5))

    await tell(shop, *(story[place] for place in order))

    assert await shop.answers() == []
    assert await shop.cart() == []


async def test_a_deletion_after_the_answer_is_silence(shop: CaseShop) -> None:
    await tell(shop, written("I want the teal wrap dress size M", 0, FIRST))
    await shop.answers()

    await tell(shop, revoke(5), revoke(6, original="wamid.never-seen"))

    assert await shop.answers() == []
    assert await shop.cart() == [("Mtwapa Wrap Dress", "teal", "M", 1)]


async def test_nobody_corrects_or_deletes_the_words_of_another(shop: CaseShop) -> None:
    await tell(
        shop,
        written("I want the teal wrap dress size M", 0, FIRST),
        {**edit("I want the straw hat", 4), "from": THIEF},
        {**revoke(5), "from": THIEF},
    )

    await shop.answers()

    kept = [piece for piece in await shop.cart() if piece[0] == "Mtwapa Wrap Dress"]
    assert kept == [("Mtwapa Wrap Dress", "teal", "M", 1)]


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"original_message_id": FIRST},
        {"original_message_id": FIRST, "message": {"type": "hologram"}},
        {"original_message_id": FIRST, "message": {"type": "video", "video": {"id": "V"}}},
        {"message": {"type": "text", "text": {"body": "the straw hat"}}},
    ],
)
async def test_a_correction_that_shows_no_words_is_silence(
    shop: CaseShop, about: dict[str, Any]
) -> None:
    await tell(shop, written("", 0, "wamid.hers-edit", type="edit", edit=about))

    assert await shop.answers() == []
    (event,) = await rows(shop.services, "webhook_events")
    assert (event["kind"], event["outcome"]) == ("edit", "ignored")


async def test_a_corrected_caption_is_words(shop: CaseShop) -> None:
    video = {"type": "video", "video": {"id": "V", "caption": "do you have the straw hat?"}}

    await tell(shop, edit("", 5, **video))

    said = "\n".join(await shop.answers())
    assert "Savannah Straw Hat" in said
    assert "open that kind" not in said


@pytest.mark.parametrize("order", [*permutations(range(3))])
async def test_messages_are_read_as_they_were_written(
    shop: CaseShop, order: tuple[int, ...]
) -> None:
    story = (
        written("I want the teal wrap dress size M", 0, "wamid.hers-1"),
        written("and the straw hat", 3, "wamid.hers-2"),
        written("remove the wrap dress", 4, "wamid.hers-3"),
    )

    await tell(shop, *(story[place] for place in order))
    await shop.answers()

    assert shop.heard == [
        "I want the teal wrap dress size M",
        "and the straw hat",
        "remove the wrap dress",
    ]


async def test_of_two_messages_of_one_second_the_first_to_come_is_read_first(
    shop: CaseShop,
) -> None:
    await tell(
        shop,
        written("I want the teal wrap dress size M", 0, "wamid.hers-1"),
        written("remove the wrap dress", 0, "wamid.hers-2"),
    )
    await shop.answers()

    assert shop.heard == ["I want the teal wrap dress size M", "remove the wrap dress"]


async def test_twilio_tells_no_time_so_the_first_to_come_is_read_first(
    twilio_shop: CaseShop,
) -> None:
    for number, text in enumerate(("I want the teal wrap dress size M", "remove the wrap dress")):
        await twilio_shop.caller.twilio(MessageSid=f"SM-hers-{number}", Body=text)
    await twilio_shop.answers()

    assert twilio_shop.heard == ["I want the teal wrap dress size M", "remove the wrap dress"]


async def test_the_batch_of_one_delivery_is_read_as_it_was_written_too(shop: CaseShop) -> None:
    later = written("remove the wrap dress", 4, "wamid.hers-2")
    earlier = written("I want the teal wrap dress size M", 0, "wamid.hers-1")

    await shop.meta(later, earlier, contacts=[a_card()])
    await shop.answers()

    assert shop.heard == ["I want the teal wrap dress size M", "remove the wrap dress"]


@pytest.mark.parametrize("order", [*permutations(range(2))])
async def test_the_answer_is_that_of_the_right_order(
    shop: CaseShop, order: tuple[int, ...]
) -> None:
    story = (
        written("I want the teal wrap dress size M", 0, "wamid.hers-1"),
        written("no sorry, make it black", 4, "wamid.hers-2"),
    )

    await tell(shop, *(story[place] for place in order))
    (answer,) = await shop.answers()

    assert shop.heard == ["I want the teal wrap dress size M", "no sorry, make it black"]
    assert "Mtwapa Wrap Dress* (black, size M)" in answer


async def test_what_is_written_in_a_group_stays_there(shop: CaseShop) -> None:
    await tell(
        shop, written("yellow sun dress size M", 0, "wamid.hers-1", group_id="Y2FwaV9ncm91cDox")
    )

    assert await shop.answers() == []
    assert await rows(shop.services, "customers") == []
    (event,) = await rows(shop.services, "webhook_events")
    assert event["payload"]["text"]["body"] == "yellow sun dress size M"


@pytest.mark.parametrize("kind", ["sticker", "reaction"])
async def test_a_gesture_is_not_answered_and_takes_nothing_back(shop: CaseShop, kind: str) -> None:
    # given a question she was asked
    await tell(shop, written("I want the teal wrap dress", 0, "wamid.hers-1"))
    await shop.answers()

    # when she answers with a gesture first
    gesture = {"type": kind, kind: {"id": "S1", "mime_type": "image/webp", "emoji": "👍"}}
    await tell(shop, written("", 1, "wamid.hers-2", **gesture))

    # then the question is open still
    assert await shop.answers() == []
    await tell(shop, written("M", 2, "wamid.hers-3"))
    await shop.answers()
    assert await shop.cart() == [("Mtwapa Wrap Dress", "teal", "M", 1)]
