"""Catalogue orders, questions and advertisements that name what the shop does not know."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cases.brought.shop import a_jpeg, an_analysis
from tests.cases.shop import CaseShop, a_card, from_meta
from tests.cases.test_changed_messages import written

DIANI = "Diani Sun Dress"


def an_item(retailer_id: str = "PWN-DRS-03", **fields: Any) -> dict[str, Any]:
    given = {"quantity": 1, "item_price": 3200, "currency": "KES"}
    return {"product_retailer_id": retailer_id} | given | fields


def an_order(*items: dict[str, Any], **fields: str) -> dict[str, Any]:
    order = {"catalog_id": "900100", **fields, "product_items": list(items)}
    return from_meta(type="order", order=order)


async def test_the_known_piece_goes_on_and_the_unknown_one_is_named(shop: CaseShop) -> None:
    strange = an_item("OLD-999", quantity=2, item_price=2500)

    said = await shop.sends(an_order(an_item(item_price=1), strange))

    assert DIANI in said and "KES 3,300" in said and "OLD-999" in said
    assert "2,500" not in said
    await shop.says("yellow")
    await shop.says("M")
    assert await shop.cart() == [(DIANI, "yellow", "M", 1)]


async def test_none_of_a_piece_is_asked_about(shop: CaseShop) -> None:
    said = await shop.sends(an_order(an_item(quantity=0), text=""))

    assert "?" in said and DIANI in said
    assert await shop.cart() == []


async def test_never_more_than_the_shop_has(shop: CaseShop) -> None:
    item = an_item(quantity=100000, item_price=0.01, currency="USD")

    said = await shop.sends(an_order(item, text="for my shop"))
    for words in ("yellow", "M"):
        said += await shop.says(words)

    assert sum(line[3] for line in await shop.cart()) <= 2
    assert "the most I can take is *2*" in said
    assert "USD" not in said and "0.01" not in said


async def test_two_lines_are_two_pieces(shop: CaseShop) -> None:
    await shop.sends(an_order(an_item(), an_item(), text=""))
    for words in ("yellow", "M"):
        await shop.says(words)

    assert await shop.cart() == [(DIANI, "yellow", "M", 2)]


async def test_of_an_unknown_piece_nothing_is_made_up(shop: CaseShop) -> None:
    product = {"catalog_id": "900100", "product_retailer_id": "OLD-999"}
    context = {"from": "254700000102", "id": "wamid.CAT2", "referred_product": product}

    said = await shop.sends(from_meta("how much is this one?", context=context))

    assert "KES" not in said
    assert "name" in said and "photo" in said
    assert "“one”" not in said and '"one"' not in said
    assert await shop.cart() == []


# ── advertisements ──────────────────────────────────────────────────────────


VIDEO = {
    "source_url": "https://fb.me/y",
    "source_id": "121",
    "source_type": "ad",
    "headline": "Chat with us",
    "body": "The Diani Sun Dress is back. Cool cotton for the beach, from S to XL.",
    "media_type": "video",
    "video_url": "https://example.invalid/a.mp4",
    "thumbnail_url": "https://example.invalid/a.jpg",
    "ctwa_clid": "ARB_x-1",
    "welcome_message": {"text": "Hello! How can we help?"},
}
POST = {
    "source_url": "https://www.instagram.com/p/x",
    "source_id": "122",
    "source_type": "post",
    "headline": DIANI,
    "body": "",
    "media_type": "image",
    "image_url": "https://example.invalid/b.jpg",
}


@pytest.fixture
def fetched(shop: CaseShop) -> list[str]:
    return watch_fetches(shop)


def watch_fetches(shop: CaseShop) -> list[str]:
    """The addresses of every file that is fetched from now on."""
    addresses: list[str] = []
    serve = shop.providers._serve

    def served(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/Messages.json"):  # what Twilio itself has taken
            addresses.append(str(request.url))
        return serve(request)

    shop.providers._serve = served  # type: ignore[method-assign]
    return addresses


async def test_a_video_is_known_by_its_words(shop: CaseShop, fetched: list[str]) -> None:
    text = "Hi, I saw your ad. Is it still available?"

    said = await shop.sends(from_meta(text, referral=VIDEO))

    assert DIANI in said
    assert "your ad" not in said
    assert fetched == []


async def test_a_photo_under_a_post_is_looked_at_too(shop: CaseShop, fetched: list[str]) -> None:
    shop.providers.media["880013"] = a_jpeg()
    shop.eye.analyses.append(an_analysis("dress", colour="yellow", pattern="floral"))
    photo = {"mime_type": "image/jpeg", "sha256": "x", "id": "880013", "caption": "this one"}

    said = await shop.sends(from_meta(referral=POST, type="image", image=photo))

    assert DIANI in said and "“one”" not in said
    assert shop.eye.analyses == []
    assert not [address for address in fetched if "example.invalid" in address]


async def test_twilios_advert_is_spoken_of_and_not_fetched(twilio_shop: CaseShop) -> None:
    fetched = watch_fetches(twilio_shop)

    said = await twilio_shop.twilio(
        Body="Hello! Can I get more info on this?",
        MessageType="text",
        ReferralBody="Cool cotton for the beach",
        ReferralHeadline=DIANI,
        ReferralSourceUrl="https://fb.me/x",
        ReferralSourceId="120",
        ReferralSourceType="ad",
        ReferralNumMedia="1",
        ReferralMediaId="m-1",
        ReferralMediaContentType="image/jpeg",
        ReferralMediaUrl="https://example.invalid/a.jpg",
        ReferralCtwaClid="ARA",
    )

    assert DIANI in said and "info" not in said
    assert fetched == []


async def test_a_first_message_whatsapp_could_not_hand_over_is_asked_for_again(
    shop: CaseShop,
) -> None:
    details = "This message is currently unavailable. Ask the sender to send it again."
    error = {
        "code": 131060,
        "title": "This message is unavailable",
        "message": "This message is unavailable",
        "error_data": {"details": details},
    }
    lost = from_meta(type="unsupported", errors=[error], unsupported={"type": "media_placeholder"})

    await shop.meta(lost, contacts=[a_card()])
    (said,) = await shop.answers()

    assert "again" in said and "Asha" in said
    assert "open that kind" not in said


async def test_three_messages_listed_out_of_order_are_one_answer(shop: CaseShop) -> None:
    listed = [
        written("size M", 6, "wamid.NL3"),
        written("I want the teal wrap dress", 0, "wamid.NL1"),
        written("no wait, the yellow sun dress", 3, "wamid.NL2"),
    ]

    await shop.meta(*listed, contacts=[a_card()] * 3)
    said = "\n".join(await shop.answers())

    assert DIANI in said and "yellow" in said and "teal" not in said
    assert shop.heard == ["I want the teal wrap dress", "no wait, the yellow sun dress", "size M"]

    await shop.says("yes")
    assert await shop.cart() == [(DIANI, "yellow", "M", 1)]
