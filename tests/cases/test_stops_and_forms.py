"""Stops pressed and set, forms filled in, and chats only opened."""

from __future__ import annotations

import json

import pytest

from dukani.core.store import consents
from tests.cases.shop import CaseShop, a_card, from_meta
from tests.cases.test_identity import an_order
from tests.wiring import a_change, rows

HIDDEN = "KE.4471029385561120"
STOP = "Stop promotions"


async def agreed(shop: CaseShop) -> str:
    """The one customer there is wants news; her id."""
    (customer,) = await rows(shop.services, "customers")
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        await consents.record(
            conn,
            customer_id=str(customer["id"]),
            purpose="marketing",
            granted=True,
            source="whatsapp",
        )
    return str(customer["id"])


async def is_off_and_written_down(shop: CaseShop, customer_id: str, words: str) -> bool:
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        off = not await consents.may_market(conn, customer_id=customer_id)
        answered = await consents.may_answer(conn, customer_id=customer_id)
    last = (await rows(shop.services, "consents"))[-1]
    told = str(last["customer_id"]) == customer_id and last["created_at"] is not None
    return off and answered and told and words in str(last)


async def test_a_stop_button_under_a_template_ends_the_marketing_only(shop: CaseShop) -> None:
    # given a customer with an order who wants news
    await shop.says("hi")
    customer = await agreed(shop)
    await an_order(shop)
    context = {"from": "254700000102", "id": await shop.last_sent()}

    # when she presses the button
    button = {"payload": STOP, "text": STOP}
    await shop.meta(from_meta(type="button", button=button, context=context), contacts=[a_card()])
    told = await shop.answers()

    # then the news ends, in her words, with a word at most
    assert await is_off_and_written_down(shop, customer, STOP)
    assert len(told) <= 1
    assert "Dress" not in "".join(told)

    # and of her order she hears still
    assert "DK-0042" in await shop.says("where is my order?")


async def test_twilios_stop_button_ends_the_marketing_only(twilio_shop: CaseShop) -> None:
    shop = twilio_shop
    await shop.twilio(Body="hi")
    customer = await agreed(shop)
    await an_order(shop)

    told = await shop.twilio(
        Body=STOP,
        MessageType="button",
        ButtonText=STOP,
        ButtonPayload=STOP,
        OriginalRepliedMessageSender="whatsapp:+254700000901",
        OriginalRepliedMessageSid=await shop.last_sent(),
    )

    assert await is_off_and_written_down(shop, customer, STOP)
    assert "Dress" not in told
    assert "DK-0042" in await shop.twilio(Body="where is my order?")


async def test_a_stop_in_whatsapps_settings_is_heard_of_a_username_user(shop: CaseShop) -> None:
    # given a customer without a number who wants news
    card = a_card(None, user_id=HIDDEN)
    await shop.meta(from_meta("hi", sender=None, from_user_id=HIDDEN), contacts=[card])
    await shop.answers()
    customer = await agreed(shop)
    await an_order(shop)

    # when she stops it in WhatsApp's settings
    wish = {
        "user_id": HIDDEN,
        "detail": "User requested to stop marketing messages",
        "category": "marketing_messages",
        "value": "stop",
        "timestamp": 1790000000,
    }
    change = a_change("user_preferences", contacts=[card], user_preferences=[wish])
    assert (await shop.caller.meta(change)).status_code == 200

    # then it is off without a word
    assert await shop.answers() == []
    assert await is_off_and_written_down(shop, customer, "stop")
    asked = from_meta("where is my order?", sender=None, from_user_id=HIDDEN)
    await shop.meta(asked, contacts=[card])
    assert "DK-0042" in "".join(await shop.answers())


# ── forms, and a chat that was only opened ──────────────────────────────────


async def test_what_is_written_in_a_form_is_answered(shop: CaseShop) -> None:
    await shop.says("hi")
    filled = {"flow_token": "t-1", "size": "M", "note": "yellow sun dress please"}
    reply = {"name": "flow", "body": "Sent", "response_json": json.dumps(filled)}
    flow = {"type": "nfm_reply", "nfm_reply": reply}
    context = {"from": "254700000102", "id": await shop.last_sent()}

    said = await shop.sends(from_meta(type="interactive", interactive=flow, context=context))

    assert "Diani Sun Dress" in said and "yellow" in said and "M" in said
    assert "open that" not in said and "t-1" not in said


@pytest.mark.parametrize(
    "filled", ["", "{", "[1]", "null", '{"flow_token": "t"}', '{"note": {"a": [1, null]}}']
)
async def test_a_form_that_says_nothing_is_asked_about_once(shop: CaseShop, filled: str) -> None:
    reply = {"name": "flow", "body": "Sent", "response_json": filled}
    flow = {"type": "nfm_reply", "nfm_reply": reply}
    message = from_meta(type="interactive", interactive=flow)

    said = await shop.sends(message)

    assert said and "open that" not in said


async def test_a_chat_that_was_only_opened_gets_no_apology(shop: CaseShop) -> None:
    opened = await shop.sends(from_meta(type="request_welcome"))
    assert "can't" not in opened and "sorry" not in opened.lower()

    await shop.meta(from_meta("hi"), contacts=[a_card()])
    assert len(await shop.answers()) == 1
