"""A rule's message is shown on each channel before it is sent, with what is to be minded."""

from __future__ import annotations

from typing import Any

from dukani.core.database import Database
from dukani.core.store import visitors, window_carts
from tests.factories import a_customer, a_product, put_in_cart
from tests.integration.api.conftest import Signed

VISITOR = "7a7a7a7a-7a7a-4a7a-8a7a-7a7a7a7a7a7a"
CONTENT: dict[str, Any] = {
    "text": {
        "en": "Hi {name}, *{product}* is kept for you. It comes to {total}.",
        "sw": "Habari {name}, *{product}* ipo. Jumla ni {total}.",
    }
}


def asked(**more: Any) -> dict[str, Any]:
    return {"content": CONTENT, "trigger": "cart_abandoned"} | more


async def test_a_message_is_shown_as_the_customer_would_read_it(
    staff: Signed, database: Database
) -> None:
    # given a customer with a cart, who reads Swahili
    amina = await a_customer(database, staff.boutique, name="Amina Wanjiru", language="sw")
    (dress,) = await a_product(database, staff.boutique, name="Rose dress")
    await put_in_cart(database, staff.boutique, amina, dress, quantity=2)

    # when
    seen = await staff.post("/automations/preview", asked(customer_id=amina))

    # then
    words = "Habari Amina, *Rose dress* ipo. Jumla ni KES 9,000."
    assert seen["language"] == "sw"
    assert seen["whatsapp"]["text"].startswith(words)
    assert "acha matangazo" in seen["whatsapp"]["text"]
    assert seen["sms"]["text"].startswith(words.replace("*", ""))
    assert (seen["sms"]["encoding"], seen["sms"]["per_segment"]) == ("GSM-7", 160)
    assert seen["instagram"]["title"] == "Rose dress"
    assert (seen["is_example"], seen["lacks"], seen["left_out"]) == (False, None, [])
    assert {one["code"] for one in seen["warnings"]} == {"no_template", "no_picture"}


async def test_a_cart_that_she_left_in_the_window_is_hers_as_well(
    staff: Signed, database: Database
) -> None:
    # given a customer whose browser has a cart, and who has none in the chat
    amina = await a_customer(database, staff.boutique, name="Amina Wanjiru", language="en")
    (dress,) = await a_product(database, staff.boutique, name="Rose dress")
    await a_product(database, staff.boutique, sku="NEW", name="Newest dress")
    async with database.tenant_connection(staff.boutique) as conn:
        await window_carts.note(conn, anonymous_id=VISITOR, lines={dress.id: 1})
        await visitors.is_now(conn, anonymous_id=VISITOR, customer_id=amina)

    # when
    seen = await staff.post("/automations/preview", asked(customer_id=amina))

    # then
    assert "*Rose dress* is kept for you. It comes to KES 4,500." in seen["whatsapp"]["text"]
    assert seen["is_example"] is False


async def test_without_a_customer_an_example_stands_in(staff: Signed, database: Database) -> None:
    await a_product(database, staff.boutique, name="Newest dress")

    seen = await staff.post("/automations/preview", asked(language="en"))

    assert seen["whatsapp"]["text"].startswith("Hi Amina, *Newest dress* is kept for you.")
    assert (seen["customer_id"], seen["is_example"]) == (None, True)


async def test_what_stands_in_and_what_is_left_out_are_told(
    staff: Signed, database: Database
) -> None:
    # given a shop without a piece, and a customer without a name
    nameless = await a_customer(database, staff.boutique, name=None)

    seen = await staff.post("/automations/preview", asked(customer_id=nameless, language="en"))

    assert seen["stood_in"] == [
        {"variable": "name", "text": "dear customer"},
        {"variable": "product", "text": "the piece you chose"},
    ]
    assert seen["left_out"] == ["total"]
    assert "{" not in seen["whatsapp"]["text"]


async def test_a_message_that_would_say_nothing_is_not_shown(staff: Signed) -> None:
    content = {"text": {"en": "Now {price}!"}}

    seen = await staff.post("/automations/preview", asked(content=content))

    assert (seen["lacks"], seen["whatsapp"], seen["sms"]) == ("price", None, None)


async def test_letters_that_make_an_sms_dear_are_named(staff: Signed) -> None:
    content = {"text": {"en": "Karibu Đoàn, it is here now."}, "image": "none"}

    seen = await staff.post("/automations/preview", asked(content=content))

    warned = {one["code"]: one["detail"] for one in seen["warnings"]}
    assert warned["sms_dear_letters"] == "Đ"
    assert seen["sms"]["encoding"] == "UCS-2"


async def test_what_is_too_long_is_told(staff: Signed) -> None:
    content = {"text": {"en": "word " * 199}}

    seen = await staff.post("/automations/preview", asked(content=content, language="en"))

    assert len(seen["whatsapp"]["text"]) <= 1024
    codes = {one["code"] for one in seen["warnings"]}
    assert codes >= {"whatsapp_shortened", "sms_shortened"}


async def test_only_an_offer_says_how_to_stop_offers(staff: Signed) -> None:
    content = {"text": {"en": "It did not go through, {name}."}, "image": "none"}

    for trigger, rule_class, says in (
        ("payment_failed", None, False),
        ("payment_failed", "marketing", True),
        ("view_product", None, True),
    ):
        body = asked(content=content, trigger=trigger, language="en", rule_class=rule_class)
        seen = await staff.post("/automations/preview", body)
        assert ("stop promotions" in seen["whatsapp"]["text"]) is says, trigger


async def test_a_template_that_is_not_approved_is_told(staff: Signed) -> None:
    content = CONTENT | {"template": "cart_left"}

    seen = await staff.post("/automations/preview", asked(content=content))

    assert seen["outside"] is None
    assert {"code": "template_not_approved", "detail": "cart_left"} in seen["warnings"]


async def test_a_customer_of_another_boutique_is_nobody_here(
    staff: Signed, stranger: Signed, database: Database
) -> None:
    theirs = await a_customer(database, stranger.boutique, name="Zawadi")

    answer = await staff.call("POST", "/automations/preview", json=asked(customer_id=theirs))

    assert answer.status_code == 404
