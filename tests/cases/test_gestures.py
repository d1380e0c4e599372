"""Deletions, thumbs, polls, corrected captions and groups: nothing of it is a word to be answered
as one, and nothing of it takes an open question away."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.cases.brought.shop import a_jpeg, an_analysis
from tests.cases.shop import CaseShop, a_card, from_meta
from tests.cases.test_changed_messages import edit, revoke, tell, written
from tests.cases.till import up_to_the_total
from tests.fakes.daraja import FakeDaraja
from tests.wiring import rows

FIRST = "wamid.hers-0"
GROUP = "Y2FwaV9ncm91cDoy"
UNKNOWN_TYPE = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}


async def test_what_is_deleted_within_the_quiet_time_is_not_answered(shop: CaseShop) -> None:
    await tell(shop, written("yellow sun dress size M please", 0, FIRST), revoke(3))

    assert await shop.answers() == []
    assert await shop.cart() == []


async def test_a_thumb_is_neither_a_yes_nor_a_message(shop: CaseShop, daraja: FakeDaraja) -> None:
    # given a total that waits for a yes
    await up_to_the_total(shop)
    ours = await shop.last_sent()

    # when a thumb is put on it and taken off again
    thumb = from_meta(type="reaction", reaction={"message_id": ours, "emoji": "👍🏾"})
    off = from_meta(type="reaction", reaction={"message_id": ours})

    # then nothing is said, nothing ordered
    assert await shop.sends(thumb) == ""
    assert await shop.sends(off) == ""
    assert await rows(shop.services, "orders") == []
    assert daraja.pushes == []

    # and a yes is to that total still
    await shop.says("yes")
    assert len(daraja.pushes) == 1


async def test_a_poll_and_its_votes_get_one_word_at_most(shop: CaseShop) -> None:
    # given a question of ours
    await shop.says("I want the teal wrap dress")

    # when a poll comes, and then votes
    def part(name: str) -> dict[str, Any]:
        return from_meta(type="unsupported", unsupported={"type": name}, errors=[UNKNOWN_TYPE])

    await shop.meta(part("poll_creation"), contacts=[a_card()])
    told = await shop.answers()
    await shop.meta(part("poll_update"), part("poll_update"), contacts=[a_card(), a_card()])
    told += await shop.answers()

    # then there is a word at most, and the question is open
    assert len(told) <= 1
    await shop.says("M")
    assert await shop.cart() == [("Mtwapa Wrap Dress", "teal", "M", 1)]


def a_photo(caption: str) -> dict[str, Any]:
    file = {"mime_type": "image/jpeg", "sha256": "x", "id": "880011", "caption": caption}
    return {"type": "image", "image": file}


PHOTO = written("", 0, FIRST, **a_photo("do you have this in S?"))
CORRECTED = edit("", 6, FIRST, **a_photo("do you have this in XL?"))


@pytest.mark.parametrize("order", [*permutations(range(2))])
async def test_of_a_photo_the_corrected_caption_is_answered(
    shop: CaseShop, order: tuple[int, ...]
) -> None:
    # given a photo of the sun dress and the correction of its caption, before the turn
    shop.providers.media["880011"] = a_jpeg()
    shop.eye.analyses += [an_analysis("dress", colour="yellow", pattern="floral")] * 2
    story = (PHOTO, CORRECTED)
    await tell(shop, *(story[place] for place in order))

    # when it is answered
    said = "\n".join(await shop.answers())

    # then it is the photo, once, with the corrected words
    assert "XL" in said and "Sun Dress" in said
    assert "size S" not in said and "open that kind" not in said
    assert len(shop.eye.analyses) == 1
    assert await shop.answers() == []


async def test_a_caption_corrected_after_the_answer_is_answered_with_its_photo(
    shop: CaseShop,
) -> None:
    shop.providers.media["880011"] = a_jpeg()
    shop.eye.analyses += [an_analysis("dress", colour="yellow", pattern="floral")] * 2
    await tell(shop, PHOTO)
    assert "Sun Dress" in "\n".join(await shop.answers())

    await tell(shop, CORRECTED)

    said = "\n".join(await shop.answers())
    assert "XL" in said and "open that kind" not in said
    assert await shop.answers() == []


async def test_a_photo_in_a_group_is_kept_and_not_answered(shop: CaseShop) -> None:
    photo = from_meta(group_id=GROUP, **a_photo("anyone knows the price of this?"))

    assert await shop.sends(photo) == ""

    (event,) = await rows(shop.services, "webhook_events")
    assert event["payload"]["image"]["id"] == "880011"
    assert await shop.cart() == []


async def test_a_reply_to_us_in_a_group_chooses_nothing(shop: CaseShop) -> None:
    # given choices shown to her alone
    await shop.says("show me dresses")
    ours = await shop.last_sent()

    # when she replies in a group
    context = {"from": "254700000102", "id": ours}
    assert await shop.sends(from_meta("2", group_id=GROUP, context=context)) == ""

    # then nothing was chosen
    assert await shop.cart() == []
    kept = [event["payload"] for event in await rows(shop.services, "webhook_events")]
    assert any(payload.get("group_id") == GROUP for payload in kept)
    inbound = [m for m in await rows(shop.services, "messages") if m["direction"] == "in"]
    assert [m["body"] for m in inbound] == ["show me dresses"]
