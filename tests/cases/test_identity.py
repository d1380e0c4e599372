"""Identity follows the person, whatever name WhatsApp shows of her."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store import consents
from tests.cases.shop import ASHA, CaseShop, a_card, from_meta
from tests.factories import a_customer
from tests.wiring import a_change, rows

NEW = "254733000009"
HIDDEN = "KE.4471029385561120"
ID = "KE.7781029385561999"


def changed(kind: str, *, sender: str | None = ASHA, **system: Any) -> dict[str, Any]:
    """A system message of Meta's: it comes without `contacts`."""
    return from_meta(sender=sender, type="system", system={"type": kind, **system})


async def an_order(shop: CaseShop, number: str = "DK-0042") -> None:
    """Placed by the one customer there is."""
    (customer,) = await rows(shop.services, "customers")
    (conversation,) = await rows(shop.services, "conversations")
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        await conn.execute(
            "insert into orders (boutique_id, number, customer_id, conversation_id, currency,"
            " items_minor, address) values (%s, %s, %s, %s, 'KES', 330000, 'Kilimani')",
            (shop.boutique_id, number, customer["id"], conversation["id"]),
        )


async def live_customers(shop: CaseShop) -> list[dict[str, Any]]:
    """Those who are somebody: a row that was merged into another is nobody's."""
    everyone = await rows(shop.services, "customers")
    return [c for c in everyone if not str(c["wa_user_id"]).startswith("merged:")]


async def may_answer(shop: CaseShop) -> bool:
    (customer,) = await live_customers(shop)
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        return await consents.may_answer(conn, customer_id=str(customer["id"]))


@pytest.mark.parametrize(
    "system",
    [
        {"wa_id": NEW, "body": f"User Asha changed from {ASHA} to {NEW}"},
        {"new_wa_id": NEW, "customer": ASHA},  # as older versions tell it
        {"wa_id": ASHA, "new_wa_id": NEW},
        {"wa_id": NEW, "user_id": ID, "previous_user_id": HIDDEN},
        {"body": f"User Asha changed from {ASHA} to {NEW}"},  # in words only
    ],
)
async def test_her_orders_go_with_her_to_a_new_number(
    shop: CaseShop, system: dict[str, str]
) -> None:
    # given a customer with an order
    await shop.meta(from_meta("hi"), contacts=[a_card()])
    await shop.answers()
    await an_order(shop)

    # when WhatsApp tells that her number changed, and she writes from the new one
    await shop.meta(changed("user_changed_number", **system))
    await shop.meta(from_meta("where is my order?", sender=NEW), contacts=[a_card(NEW)])

    # then it is her order that is spoken of, to her new number
    (bubble,) = await shop.bubbles()
    assert "DK-0042" in bubble["text"]["body"]
    assert bubble["to"] == NEW
    (customer,) = await live_customers(shop)
    assert customer["phone"] == f"+{NEW}"


async def test_a_cart_and_what_was_spoken_of_go_with_her(shop: CaseShop) -> None:
    await shop.meta(from_meta("I want the teal wrap dress size M"), contacts=[a_card()])
    await shop.answers()

    await shop.meta(changed("user_changed_number", wa_id=NEW))
    await shop.meta(from_meta("make it black", sender=NEW), contacts=[a_card(NEW)])
    await shop.answers()

    assert await shop.cart() == [("Mtwapa Wrap Dress", "black", "M", 1)]


@pytest.mark.parametrize("stopped_as", [ASHA, NEW])
async def test_a_stop_under_either_number_is_a_stop_under_both(
    shop: CaseShop, stopped_as: str
) -> None:
    # given someone who wrote from both numbers, and said stop from one of them
    for number in (ASHA, NEW):
        await shop.meta(from_meta("hi", sender=number), contacts=[a_card(number)])
        await shop.answers()
    await shop.meta(from_meta("STOP", sender=stopped_as), contacts=[a_card(stopped_as)])
    await shop.answers()

    # when it turns out that she is one
    await shop.meta(changed("user_changed_number", wa_id=NEW))

    # then she is left in peace
    assert not await may_answer(shop)
    await shop.meta(from_meta("show me dresses", sender=NEW), contacts=[a_card(NEW)])
    assert await shop.answers() == []


async def test_an_older_half_is_a_stop_though_the_newer_said_yes(shop: CaseShop) -> None:
    await shop.meta(from_meta("hi"), contacts=[a_card()])
    await shop.meta(from_meta("hi", sender=NEW), contacts=[a_card(NEW)])
    (first, second) = await rows(shop.services, "customers")
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        for customer, granted in ((first, False), (second, True)):
            await consents.record(
                conn,
                customer_id=str(customer["id"]),
                purpose="marketing",
                granted=granted,
                source="whatsapp",
            )

    await shop.meta(changed("user_changed_number", wa_id=NEW))

    (customer,) = await live_customers(shop)
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        assert not await consents.may_market(conn, customer_id=str(customer["id"]))


@pytest.mark.parametrize(
    ("sender", "system", "fields"),
    [
        (None, {"user_id": ID, "previous_user_id": HIDDEN}, {}),
        (HIDDEN, {"user_id": ID}, {}),
        (None, {"user_id": ID}, {"from_user_id": HIDDEN}),
        (None, {"user_id": ID, "previous_user_id": HIDDEN}, {"from_user_id": ID}),
        (None, {"body": f"User Asha changed from {HIDDEN} to {ID}"}, {}),
        (HIDDEN, {"wa_id": ID}, {}),
    ],
)
async def test_her_cart_goes_with_her_to_a_new_user_id(
    shop: CaseShop, sender: str | None, system: dict[str, str], fields: dict[str, str]
) -> None:
    # given a customer who shows no phone
    await shop.meta(
        from_meta("I want the teal wrap dress size M", sender=None, from_user_id=HIDDEN),
        contacts=[a_card(None, user_id=HIDDEN)],
    )
    await shop.answers()

    # when her id changes
    await shop.meta(changed("user_changed_user_id", sender=sender, **system) | fields)
    await shop.meta(
        from_meta("make it black", sender=None, from_user_id=ID),
        contacts=[a_card(None, user_id=ID)],
    )

    # then she goes on, under the new one
    assert {bubble["recipient"] for bubble in await shop.bubbles()} == {ID}
    assert await shop.cart() == [("Mtwapa Wrap Dress", "black", "M", 1)]


async def test_nobody_takes_over_another_by_calling_herself_so(shop: CaseShop) -> None:
    # given a customer with an order, and someone whose name is made of a system message's words
    await shop.meta(from_meta("hi"), contacts=[a_card()])
    await shop.answers()
    await an_order(shop)
    thief, number = "254799000001", "254799000002"
    await shop.meta(from_meta("hi", sender=thief), contacts=[a_card(thief)])
    await shop.answers()

    # when that one changes her number
    words = f"User x changed from {ASHA} to {number} changed from {thief} to {number}"
    await shop.meta(changed("user_changed_number", sender=thief, wa_id=number, body=words))
    await shop.meta(from_meta("where is my order?", sender=number), contacts=[a_card(number)])

    # then the order is not hers
    assert not any("DK-0042" in answer for answer in await shop.answers())


async def test_who_had_the_number_long_before_is_somebody_else(shop: CaseShop) -> None:
    # given someone who was known by that number a year ago
    await a_customer(shop.services.database, shop.boutique_id, phone=f"+{NEW}", name="Zawadi")
    async with shop.services.database.system_connection() as conn:
        await conn.execute("update customers set created_at = now() - interval '1 year'")
    await shop.meta(from_meta("hi"), contacts=[a_card()])
    await shop.answers()

    # when it becomes Asha's
    await shop.meta(changed("user_changed_number", wa_id=NEW))

    # then the two stay two, and the number is Asha's
    names = {customer["name"]: customer["phone"] for customer in await live_customers(shop)}
    assert names == {"Zawadi": None, "Asha": f"+{NEW}"}


async def test_what_she_wrote_before_the_change_is_hers_though_it_comes_later(
    shop: CaseShop,
) -> None:
    # given a change of number that overtook her last word under the old one
    await shop.meta(from_meta("hi"), contacts=[a_card()])
    await shop.answers()
    last_word = from_meta("STOP")
    await shop.meta(changed("user_changed_number", wa_id=NEW) | {"timestamp": "1990000000"})

    # when it arrives
    await shop.meta(last_word, contacts=[a_card()])
    await shop.answers()

    # then it was her stop
    assert not await may_answer(shop)


async def test_a_change_told_twice_or_of_a_stranger_changes_nothing(shop: CaseShop) -> None:
    await shop.meta(from_meta("hi"), contacts=[a_card()])
    told = changed("user_changed_number", wa_id=NEW)

    for message in (told, told, changed("user_changed_number", sender="254799000001", wa_id=ID)):
        assert (await shop.meta(message)).status_code == 200

    assert [c["phone"] for c in await rows(shop.services, "customers")] == [f"+{NEW}"]


@pytest.mark.parametrize(
    ("message", "card"),
    [
        # The id stands where the phone stood.
        (from_meta("Habari", sender=HIDDEN), a_card(HIDDEN)),
        (from_meta("Habari", sender=HIDDEN), None),
        # In fields of its own.
        (from_meta("Habari", sender=None, from_user_id=HIDDEN), a_card(None, user_id=HIDDEN)),
        # In her card alone.
        (from_meta("Habari", sender=None), a_card(None, user_id=HIDDEN)),
        (from_meta("Habari", sender=""), a_card("", user_id=HIDDEN)),
    ],
)
async def test_whoever_hides_her_number_is_answered_by_her_id(
    shop: CaseShop, message: dict[str, Any], card: dict[str, Any] | None
) -> None:
    await shop.meta(message, contacts=[card] if card else [])

    (bubble,) = await shop.bubbles()

    assert (bubble["recipient"], "to" in bubble) == (HIDDEN, False)


async def test_a_username_that_hides_the_phone_hides_no_history(shop: CaseShop) -> None:
    # given a customer who showed her phone and her id
    card = a_card(user_id=HIDDEN)
    await shop.meta(from_meta("I want the teal wrap dress size M"), contacts=[card])
    await shop.answers()

    # when only the id is shown
    hidden = from_meta("make it black", sender=None, from_user_id=HIDDEN)
    await shop.meta(hidden, contacts=[a_card(None, user_id=HIDDEN)])

    # then it is her cart, and she is answered as she wrote
    assert {bubble["recipient"] for bubble in await shop.bubbles()} == {HIDDEN}
    assert await shop.cart() == [("Mtwapa Wrap Dress", "black", "M", 1)]


@pytest.mark.parametrize(
    "to", [{"to_user_id": HIDDEN}, {"to": HIDDEN}, {"to": "", "to_user_id": HIDDEN}]
)
async def test_an_echo_that_names_only_her_id_pauses_the_assistant(
    shop: CaseShop, to: dict[str, str]
) -> None:
    # given a customer known by both names
    await shop.meta(from_meta("hi"), contacts=[a_card(user_id=HIDDEN)])
    await shop.answers()

    # when the owner writes to her from the phone app
    echo = from_meta("Karibu, nikusaidie?", sender="254700000901") | to
    await shop.caller.meta(a_change("smb_message_echoes", message_echoes=[echo]))
    await shop.answers()

    # then the assistant is silent
    await shop.meta(from_meta("show me dresses"), contacts=[a_card(user_id=HIDDEN)])
    assert await shop.answers() == []
    assert len(await rows(shop.services, "customers")) == 1


async def test_twilios_hidden_number_is_answered(twilio_shop: CaseShop) -> None:
    fields = {"From": f"whatsapp:{HIDDEN}", "ExternalUserId": HIDDEN, "WaId": ""}
    await twilio_shop.caller.twilio(Body="Habari", **fields)

    (bubble,) = await twilio_shop.bubbles()

    assert bubble["To"] == f"whatsapp:{HIDDEN}"


async def test_twilios_second_id_is_one_customer(twilio_shop: CaseShop) -> None:
    # given a customer of whom Twilio tells the phone and the id
    await twilio_shop.caller.twilio(
        MessageSid="SM-hers-1",
        Body="I want the teal wrap dress size M",
        ExternalUserId=f"whatsapp:{HIDDEN}",
    )
    await twilio_shop.answers()

    # when she takes a username
    fields = {"From": f"whatsapp:{HIDDEN}", "ExternalUserId": HIDDEN, "WaId": ""}
    await twilio_shop.caller.twilio(Body="make it black", MessageSid="SM-hers-2", **fields)

    # then it is her cart
    assert {bubble["To"] for bubble in await twilio_shop.bubbles()} == {f"whatsapp:{HIDDEN}"}
    assert await twilio_shop.cart() == [("Mtwapa Wrap Dress", "black", "M", 1)]


@pytest.mark.parametrize("sender", [None, "", "nobody", "0"])
async def test_a_message_of_nobody_is_shown_to_the_owner_once(
    shop: CaseShop, sender: str | None
) -> None:
    message = from_meta("*Is* the yellow\ndress there?", sender=sender)

    for _ in range(2):
        assert (await shop.meta(message)).status_code == 200

    assert await shop.answers() == []
    (note,) = await shop.notes()
    assert "“Is the yellow dress there?”" in note
    (event,) = await rows(shop.services, "webhook_events")
    assert (event["kind"], event["outcome"]) == ("nameless", "handled")


async def test_a_twilio_message_of_nobody_is_shown_to_the_owner(twilio_shop: CaseShop) -> None:
    await twilio_shop.caller.twilio(Body="Habari", From="whatsapp:", WaId="")

    assert await twilio_shop.answers() == []
    (note,) = await twilio_shop.notes()
    assert "“Habari”" in note


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a" * 5000, "a" * 200),
        ("Asha\x00\x1b[2J\u202e\n\nMwangi", "Asha[2J Mwangi"),
        ("\x07 \n", None),
        ("👩🏾‍🦱 Asha", "👩🏾‍🦱 Asha"),
    ],
)
async def test_whatever_she_calls_herself_she_is_answered(
    shop: CaseShop, name: str, kept: str | None
) -> None:
    await shop.meta(from_meta("hi"), contacts=[a_card(name=name)])

    assert len(await shop.answers()) == 1
    (customer,) = await rows(shop.services, "customers")
    assert customer["name"] == kept
