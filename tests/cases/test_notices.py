"""Notices about a person, echoes to her and cards of hers, in the odder shapes Meta sends."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store import consents
from tests.cases.shop import ASHA, CaseShop, a_card, from_meta
from tests.cases.test_identity import an_order, changed, live_customers, may_answer
from tests.fakes.providers import _words
from tests.wiring import a_change, rows

HIDDEN = "KE.4471029385561120"
NEXT = "KE.9905512038847711"
NEW_NUMBER = "254733000009"
DIRECTION_MARKS = "\u202a\u202b\u202c\u202d\u202e\u200e\u200f\u061c"

IN_THE_WORDS = {"body": f"User Asha changed from {HIDDEN} to {NEXT}", "user_id": NEXT}
NEW_ID = changed("user_changed_user_id", sender=None, **IN_THE_WORDS | {"previous_user_id": HIDDEN})
NEW_ID_IN_THE_WORDS_ONLY = changed("user_changed_user_id", sender=None, **IN_THE_WORDS)
NEW_NUMBER_UNDER_THE_OLDER_KEY = changed(
    "user_changed_number",
    body=f"User Asha changed from {ASHA} to {NEW_NUMBER}",
    new_wa_id=NEW_NUMBER,
)
NEW_SECURITY_CODE = changed(
    "customer_identity_changed",
    body="User Asha's security code changed",
    identity="9f2c",
    wa_id=ASHA,
    customer=ASHA,
)


async def hears(shop: CaseShop, who: str, text: str) -> list[dict[str, Any]]:
    """What leaves for words of a person known by a number or by an id."""
    shown = {"wa_id": who} if who.isdigit() else {"wa_id": None, "user_id": who}
    await shop.meta(from_meta(text, sender=who), contacts=[a_card(**shown)])
    return await shop.bubbles()


@pytest.mark.parametrize(
    ("notice", "before", "after"),
    [
        (NEW_ID, HIDDEN, NEXT),
        (NEW_ID_IN_THE_WORDS_ONLY, HIDDEN, NEXT),
        (NEW_NUMBER_UNDER_THE_OLDER_KEY, ASHA, NEW_NUMBER),
        (NEW_SECURITY_CODE, ASHA, ASHA),
    ],
    ids=["id", "id-in-words", "older-key", "security-code"],
)
async def test_a_notice_gets_no_word_and_everything_goes_with_her(
    shop: CaseShop, notice: dict[str, Any], before: str, after: str
) -> None:
    # given a customer with a cart, an order, and a yes to news
    await hears(shop, before, "I want the teal wrap dress size M")
    await an_order(shop)
    (customer,) = await rows(shop.services, "customers")
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        await consents.record(
            conn,
            customer_id=str(customer["id"]),
            purpose="marketing",
            granted=True,
            source="whatsapp",
        )

    # when WhatsApp tells of the change
    assert (await shop.meta(notice)).status_code == 200
    assert await shop.bubbles() == []

    # then her next word is answered once, where she is now, about her order
    (bubble,) = await hears(shop, after, "where is my order?")
    assert "DK-0042" in bubble["text"]["body"]
    assert bubble.get("to") or bubble.get("recipient") == after
    assert after in (bubble.get("to"), bubble.get("recipient"))

    # and she is one customer, with her cart and her yes
    (customer,) = await live_customers(shop)
    assert await shop.cart() == [("Mtwapa Wrap Dress", "teal", "M", 1)]
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        assert await consents.may_market(conn, customer_id=str(customer["id"]))


@pytest.mark.parametrize(
    ("notice", "before", "after"),
    [
        (NEW_ID, HIDDEN, NEXT),
        (NEW_ID_IN_THE_WORDS_ONLY, HIDDEN, NEXT),
        (NEW_NUMBER_UNDER_THE_OLDER_KEY, ASHA, NEW_NUMBER),
        (NEW_SECURITY_CODE, ASHA, ASHA),
    ],
    ids=["id", "id-in-words", "older-key", "security-code"],
)
async def test_a_stop_said_before_the_notice_holds_after_it(
    shop: CaseShop, notice: dict[str, Any], before: str, after: str
) -> None:
    await hears(shop, before, "hi")
    await hears(shop, before, "STOP")

    await shop.meta(notice)

    assert await hears(shop, after, "show me dresses") == []
    assert not await may_answer(shop)


async def test_an_echo_to_a_user_id_pauses_for_her_and_for_nobody_else(shop: CaseShop) -> None:
    # given a username user and another customer
    await hears(shop, HIDDEN, "Habari")
    await hears(shop, ASHA, "Habari")

    # when the owner writes to the first from the phone app
    words = "Hi dear, it is Mama Zawadi, let me check that for you"
    echo = from_meta(words, sender="254700000102", to_user_id=HIDDEN)
    await shop.caller.meta(a_change("smb_message_echoes", message_echoes=[echo]))

    # then her words are in that conversation and get no answer
    assert await shop.bubbles() == []
    hers = next(c for c in await rows(shop.services, "customers") if c["wa_user_id"] == HIDDEN)
    (kept,) = [m for m in await rows(shop.services, "messages") if m["body"] == words]
    (conversation,) = [
        c for c in await rows(shop.services, "conversations") if c["customer_id"] == hers["id"]
    ]
    assert kept["conversation_id"] == conversation["id"]

    # and only the first customer waits for a person
    assert await hears(shop, HIDDEN, "do you have a black wrap dress?") == []
    assert await hears(shop, ASHA, "do you have a black wrap dress?") != []
    assert len(await rows(shop.services, "customers")) == 2


async def test_an_id_beside_the_message_is_the_one_that_stood_in_from(shop: CaseShop) -> None:
    # given somebody whose id stood where a number stands
    await hears(shop, HIDDEN, "Habari")

    # when it comes in a field of its own, with a name that turns the line round
    name = "\u202eahsA\u202c \u200f(عائشة)\u200f"
    message = from_meta("Habari", sender=None, from_user_id=HIDDEN)
    card = a_card(None, name, user_id=HIDDEN)
    card["profile"]["username"] = "asha.k"
    await shop.meta(message, contacts=[card])

    # then she is answered by that id, as the same customer
    (bubble,) = await shop.bubbles()
    assert (bubble["recipient"], "to" in bubble) == (HIDDEN, False)
    (customer,) = await rows(shop.services, "customers")

    # and her name turns nothing round, here or with the owner
    await shop.meta(
        from_meta("I want to talk to a person", sender=None, from_user_id=HIDDEN), contacts=[card]
    )
    told = [_words(b) for b in [bubble, *await shop.bubbles()]] + await shop.notes()
    assert len(told) >= 3
    assert not [words for words in [*told, customer["name"]] if set(words) & set(DIRECTION_MARKS)]


async def test_a_status_with_a_user_id_moves_our_message(shop: CaseShop) -> None:
    await hears(shop, HIDDEN, "Habari")
    (ours,) = [m for m in await rows(shop.services, "messages") if m["direction"] == "out"]
    status = {
        "id": ours["provider_id"],
        "recipient_user_id": HIDDEN,
        "status": "read",
        "timestamp": "1790000010",
        "biz_opaque_callback_data": str(ours["id"]),
    }

    response = await shop.meta(contacts=[a_card(None, user_id=HIDDEN)], statuses=[status])

    assert response.status_code == 200
    (ours,) = [m for m in await rows(shop.services, "messages") if m["direction"] == "out"]
    assert ours["status"] == "read"
