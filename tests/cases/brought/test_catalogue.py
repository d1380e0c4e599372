"""Native catalogue orders, questions about a catalogue piece, and advertisements."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.brought.conftest import Opens
from tests.cases.brought.shop import Shop, a_jpeg, an_analysis


def an_item(retailer_id: str = "PWN-DRS-03", **fields: Any) -> dict[str, Any]:
    return {
        "product_retailer_id": retailer_id,
        "quantity": 1,
        "item_price": 1,
        "currency": "KES",
    } | fields


def an_order(*items: Any, text: str = "") -> dict[str, Any]:
    return {
        "type": "order",
        "order": {"catalog_id": "900100", "text": text, "product_items": list(items)},
    }


DIANI = "Diani Sun Dress"


# ── native orders ───────────────────────────────────────────────────────────


async def test_a_catalogue_order_is_asked_for_what_is_open_at_our_price(meta_shop: Shop) -> None:
    # when the dress is ordered from the catalogue, at a price of the sender's own
    said = await meta_shop.sends(**an_order(an_item(), text="please"))

    # then its colour is asked for, and what it costs here is said
    assert DIANI in said and "yellow" in said and "peach" in said
    assert "KES 3,300" in said and "another price" in said
    assert "KES 1." not in said and "KES 1\n" not in said

    # and once told it is in the cart at the shop's price
    await meta_shop.says("yellow")
    await meta_shop.says("M")
    assert await meta_shop.cart() == [(DIANI, "yellow", "M", 1, 330000)]


async def test_a_variant_ordered_is_in_the_cart_at_once(meta_shop: Shop) -> None:
    item = an_item("pwn-drs-03/yellow/m", quantity=2, item_price=3300)

    said = await meta_shop.sends(**an_order(item))

    assert await meta_shop.cart() == [(DIANI, "yellow", "M", 2, 330000)]
    assert "another price" not in said and "KES 6,600" in said


async def test_several_lines_are_all_taken(meta_shop: Shop) -> None:
    hat, kaftan = an_item("PWN-HAT-01", quantity=2), an_item("PWN-KFT-01/white/M")

    said = await meta_shop.sends(**an_order(hat, kaftan, an_item("XYZ-99")))

    assert {line[:4] for line in await meta_shop.cart()} == {
        ("Malindi Straw Hat", "beige", "ONE", 2),
        ("Lamu Embroidered Kaftan", "white", "M", 1),
    }
    assert "XYZ-99" in said


async def test_the_same_piece_twice_is_one_line(meta_shop: Shop) -> None:
    hat = an_item("PWN-HAT-01")

    await meta_shop.sends(**an_order(hat, hat))
    await meta_shop.sends(**an_order(hat, hat))  # the same cart sent again is no more

    assert await meta_shop.cart() == [("Malindi Straw Hat", "beige", "ONE", 2, 150000)]


async def test_the_words_of_an_order_count(meta_shop: Shop) -> None:
    await meta_shop.sends(**an_order(an_item(), text="the yellow one in size M please"))

    assert await meta_shop.cart() == [(DIANI, "yellow", "M", 1, 330000)]


async def test_a_price_in_another_currency_is_not_ours(meta_shop: Shop) -> None:
    item = an_item("PWN-HAT-01", item_price=1500, currency="USD")

    assert "KES 1,500" in await meta_shop.sends(**an_order(item))


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (3, 3),
        ("3", 3),
        (2.0, 2),
        (None, 1),  # said badly: the piece itself is wanted
        ("many", 1),
        (-4, 1),
        (10**30, 0),  # more than there are: none is put in, and she is asked
        (6, 0),
        (0, 0),  # none of it
    ],
)
async def test_quantities_are_bounded(meta_shop: Shop, quantity: Any, expected: int) -> None:
    said = await meta_shop.sends(**an_order(an_item("PWN-HAT-01", quantity=quantity)))

    assert sum(line[3] for line in await meta_shop.cart()) == expected
    assert said


@pytest.mark.parametrize(
    "order",
    [
        {"product_items": []},
        {"product_items": "no list"},
        {"product_items": [None, 5, "x", {"quantity": 1}]},
        {"product_items": [{"product_retailer_id": {"a": 1}}]},
        {"text": None},
        {},
    ],
)
async def test_an_order_of_nothing_is_answered(meta_shop: Shop, order: dict[str, Any]) -> None:
    assert await meta_shop.sends(type="order", order=order)
    assert await meta_shop.cart() == []


async def test_an_order_of_strange_pieces_only_is_named_and_helped(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**an_order(an_item("*ZZ*-1"), an_item("ZZ-2")))

    assert "ZZ" in said and "ZZ-2" in said
    assert DIANI in said  # what there is instead


async def test_the_pieces_of_another_shop_are_unknown(meta_shop: Shop, opens: Opens) -> None:
    # given a boutique beside this one with a piece of its own
    other = await opens("twilio")
    async with other.services.database.tenant_connection(other.boutique_id) as conn:
        await conn.execute("update products set sku = 'OTHER-1' where sku = 'PWN-HAT-01'")

    # when this one is asked for it
    said = await meta_shop.sends(**an_order(an_item("OTHER-1")))

    # then it does not know it
    assert "OTHER-1" in said
    assert await meta_shop.cart() == []


# ── a catalogue piece asked about ───────────────────────────────────────────


def asks(text: str, retailer_id: str = "PWN-DRS-03") -> dict[str, Any]:
    product = {"catalog_id": "900100", "product_retailer_id": retailer_id}
    return {
        "type": "text",
        "text": {"body": text},
        "context": {"from": "254700000102", "id": "wamid.CAT", "referred_product": product},
    }


async def test_a_question_about_a_catalogue_piece_is_answered_for_it(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**asks("is this one available in size M?"))

    assert DIANI in said and "size M" in said
    assert "available" not in said.lower().replace("is available", "")

    # and a yes takes it
    await meta_shop.says("yes")
    await meta_shop.says("yellow")
    assert await meta_shop.cart() == [(DIANI, "yellow", "M", 1, 330000)]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("how much is it?", "KES 3,300"),
        ("bei gani?", "KES 3,300"),
        ("I want this one in yellow size M", "yellow"),
        ("hi", "KES 3,300"),
        ("info please", "KES 3,300"),
        ("naomba maelezo", "KES 3,300"),
        ("is it available in L?", "L"),
        ("una hii size S?", "S"),
    ],
)
async def test_whatever_is_asked_is_of_that_piece(meta_shop: Shop, text: str, heard: str) -> None:
    # given another piece that she looked at before
    await meta_shop.says("show me hats")

    said = await meta_shop.sends(**asks(text))

    assert DIANI in said and heard in said
    assert "Hat" not in said


async def test_a_variant_asked_about_keeps_its_colour(meta_shop: Shop) -> None:
    await meta_shop.sends(**asks("I want this", "PWN-DRS-03/yellow/M"))

    assert await meta_shop.cart() == [(DIANI, "yellow", "M", 1, 330000)]


async def test_an_open_question_about_another_piece_is_not_answered_by_it(
    meta_shop: Shop,
) -> None:
    # given a dress whose size is asked for
    await meta_shop.sends(**an_order(an_item()))
    await meta_shop.says("yellow")

    # when another catalogue piece is asked about in a size
    said = await meta_shop.sends(**asks("do you have this in M?", "PWN-KFT-01"))

    # then the answer is for that one, and the dress is not in the cart in M
    assert "Lamu Embroidered Kaftan" in said
    assert await meta_shop.cart() == []


async def test_a_strange_piece_asked_about_is_named(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**asks("is this one available in size M?", "GONE-1"))

    assert "GONE-1" in said
    assert "available" not in said


async def test_other_words_beside_a_catalogue_piece_are_heard(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**asks("where is my order?"))

    assert "order" in said and DIANI not in said


@pytest.mark.parametrize("product", [None, 5, {}, {"product_retailer_id": None}, []])
async def test_a_broken_reference_leaves_the_words(meta_shop: Shop, product: Any) -> None:
    context = {"id": "wamid.CAT", "referred_product": product}

    assert "Hat" in await meta_shop.sends(text={"body": "show me hats"}, context=context)


# ── advertisements ──────────────────────────────────────────────────────────

ADVERT = {
    "source_url": "https://fb.me/x",
    "source_id": "120",
    "source_type": "ad",
    "headline": "Diani Sun Dress",
    "body": "Cool cotton for the beach",
    "media_type": "image",
    "image_url": "https://example.invalid/a.jpg",
    "ctwa_clid": "ARA",
}
PREFILLED = "Hello! Can I get more info on this?"


def from_advert(text: str = PREFILLED, **advert: Any) -> dict[str, Any]:
    return {"type": "text", "text": {"body": text}, "referral": ADVERT | advert}


async def test_the_words_of_an_advert_speak_of_its_piece(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**from_advert())

    assert DIANI in said and "KES 3,300" in said
    assert "info" not in said

    await meta_shop.says("I'll take it in yellow, M")
    assert await meta_shop.cart() == [(DIANI, "yellow", "M", 1, 330000)]


@pytest.mark.parametrize(
    "text",
    [
        "info",
        "More info",
        "naomba maelezo",
        "Habari, nataka kujua zaidi",
        "Hi, I'm interested",
        "I saw your ad",
        "is this still available?",
        "price?",
        "bei?",
        "👋",
    ],
)
async def test_prefilled_words_are_no_piece(meta_shop: Shop, text: str) -> None:
    said = await meta_shop.sends(**from_advert(text))

    assert DIANI in said and "3,300" in said


@pytest.mark.parametrize(
    "advert",
    [
        {"headline": "", "body": "Our DIANI sun dresses are back"},
        {"headline": "Shop now", "body": "The new Diani dress"},
        {"headline": "Sale", "body": "", "source_url": "https://shop.example/p/pwn-drs-03?x=1"},
    ],
)
async def test_a_piece_is_known_by_its_number_or_a_word_of_its_own(
    meta_shop: Shop, advert: dict[str, Any]
) -> None:
    assert DIANI in await meta_shop.sends(**from_advert(**advert))


async def test_an_advert_of_no_piece_shows_what_is_near(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**from_advert(headline="Eid kaftans", body="New in"))

    assert "Lamu Embroidered Kaftan" in said and "info" not in said
    assert "Hat" not in said


async def test_an_advert_of_nothing_known_shows_the_shop(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**from_advert(headline="Chat with us", body=""))

    assert DIANI in said and "Welcome" in said
    assert "info" not in said


async def test_the_picture_of_an_advert_is_looked_at_where_it_can_be(meta_shop: Shop) -> None:
    # given an advert without telling words, its picture with Meta
    meta_shop.providers.media["a.jpg"] = a_jpeg()
    meta_shop.eye.analyses.append(an_analysis("kaftan", colour="white"))
    picture = "https://scontent.fbcdn.net/a.jpg"

    said = await meta_shop.sends(**from_advert(headline="Chat with us", body="", image_url=picture))

    assert "Lamu Embroidered Kaftan" in said
    assert "photo" not in said.lower()  # she sent none


async def test_what_she_asks_for_herself_comes_before_the_advert(meta_shop: Shop) -> None:
    said = await meta_shop.sends(**from_advert("do you have hats?"))

    assert "Malindi Straw Hat" in said and DIANI not in said


async def test_twilio_tells_of_an_advert_in_its_own_words(twilio_shop: Shop) -> None:
    said = await twilio_shop.twilio(
        Body=PREFILLED,
        ReferralHeadline="Diani Sun Dress",
        ReferralBody="Cool cotton for the beach",
        ReferralSourceId="120",
        ReferralSourceType="ad",
        ReferralSourceUrl="https://fb.me/x",
    )

    assert DIANI in said and "KES 3,300" in said
