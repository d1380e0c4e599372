"""A message about what she left is taken up in the chat: the cart as it was, an order, a piece."""

from __future__ import annotations

from typing import Any, Literal
from uuid import uuid4

import pytest
from psycopg.types.json import Jsonb

from dukani.core.store import cart_codes, carts, messages
from dukani.core.store.messages import Message
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress
from tests.journeys.test_plan import set_plan

CODE = "AbCdEf123456"
WRAP = ("Amani Wrap Dress", "blue", "M", 1)


async def do(talk: Talk, statement: str, *values: Any) -> list[dict[str, Any]]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(statement.encode(), values)
        return await cursor.fetchall() if cursor.description else []


async def one(talk: Talk, statement: str, *values: Any) -> str:
    [row] = await do(talk, statement, *values)
    return str(next(iter(row.values())))


async def filled(talk: Talk) -> str:
    """A blue dress of size M in the cart; the cart's id."""
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    assert await talk.cart() == [WRAP]
    return await one(talk, "select id from carts where status = 'active'")


async def reminded(
    talk: Talk, kind: str, id_: str, *, text: str = "Your cart waits for you. Shall we go on?"
) -> Message:
    """A message of a rule about it, which she has got."""
    rule, enrolment, send = (str(uuid4()) for _ in range(3))
    await do(
        talk,
        """insert into automation_rules (boutique_id, id, name, trigger, class, definition)
           values (%s, %s, %s, 'cart_abandoned', 'marketing', '{}')""",
        talk.boutique_id, rule, rule[:8],
    )  # fmt: skip
    await do(
        talk,
        """insert into automation_enrolments (boutique_id, id, rule_id, customer_id,
             subject_kind, subject_id, due_at, counted_from)
           values (%s, %s, %s, %s, %s, %s, now(), now())""",
        talk.boutique_id, enrolment, rule, talk.customer_id, kind, id_,
    )  # fmt: skip
    await do(talk, "delete from automation_sends")
    await do(
        talk,
        """insert into automation_sends (boutique_id, id, rule_id, rule_version, enrolment_id,
             customer_id, step, class, channel, code, subject_kind, subject_id)
           values (%s, %s, %s, 1, %s, %s, 0, 'marketing', 'whatsapp', %s, %s, %s)""",
        talk.boutique_id, send, rule, enrolment, talk.customer_id, CODE, kind, id_,
    )  # fmt: skip
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        queued = await messages.queue_outbound(
            conn, conversation_id=talk.conversation_id, channel="whatsapp", provider="twilio",
            body=text, purpose="marketing", reference=f"automation:{send}",
            payload={"recover": {"kind": kind, "id": id_}},
        )  # fmt: skip
    await do(
        talk,
        "update messages set status = 'delivered', provider_id = %s where id = %s",
        f"SM{queued.id}", queued.id,
    )  # fmt: skip
    return queued


async def expires(talk: Talk) -> None:
    await talk.age("carts", "expires_at", "8 days")
    async with talk.database.system_connection() as conn:
        await carts.abandon_expired(conn)
    assert await talk.cart() == []


async def sold_out(talk: Talk, sku: str, left: int = 0) -> None:
    await do(
        talk,
        """insert into stock_movements (boutique_id, variant_id, delta, reason)
           select boutique_id, id, %s - quantity, 'adjustment' from product_variants
           where sku = %s and quantity <> %s""",
        left, sku, left,
    )  # fmt: skip


YES = (
    "yes", "YES", "ndio", "ndiyo", "eeh sawa", "sawa", "haya", "endelea", "nataka", "bado nataka",
    "ndio nataka", "continue", "I still want it", "nitachukua", "yes please", "naitaka bado",
    "sure, let's finish", "tuendelee na order", "ok nataka hiyo", "checkout", "lipa", "👍",
    "Yes I want it sasa", "nichukulie", "maliza oda yangu",
)  # fmt: skip


@pytest.mark.parametrize("said", YES)
@pytest.mark.parametrize("was", ["open", "expired"])
async def test_a_yes_takes_up_the_cart_as_it_was(
    talk: Talk, said: str, was: Literal["open", "expired"]
) -> None:
    # given a cart that she left, and a message about it
    cart = await filled(talk)
    if was == "expired":
        await expires(talk)
    await reminded(talk, "cart", cart)

    # when she says yes, the cart is hers again and the talk goes on to checkout
    answer = await talk.say(said)
    assert await talk.cart() == [WRAP]
    assert "deliver" in answer.lower() or "kupelek" in answer.lower() or "wapi" in answer.lower()
    assert await talk.step() == "awaiting_delivery_address"


@pytest.mark.parametrize("address", [None, ADDRESS])
async def test_it_goes_on_to_an_order_of_the_message(talk: Talk, address: str | None) -> None:
    # given a cart that was left with or without its total shown
    cart = await filled(talk)
    if address:
        await talk.say("checkout")
        await talk.say(address)
        assert await talk.step() == "awaiting_confirmation"
    await reminded(talk, "cart", cart)

    # when she takes it up, a total of before is not agreed to: it is shown once more
    await talk.say("ndio")
    if not address:
        await talk.say(ADDRESS)
    assert await do(talk, "select 1 from orders") == []
    assert await talk.step() == "awaiting_confirmation"
    await talk.say("yes")

    # then her order knows of which message it came
    assert (await talk.payment()).amount_minor > 0
    assert await one(talk, "select utm_message_id from orders") == CODE


async def test_pieces_that_come_back_are_not_put_in_again(talk: Talk) -> None:
    cart = await filled(talk)
    await expires(talk)
    await reminded(talk, "cart", cart)
    for _ in range(2):
        await talk.say("yes")
    assert await talk.cart() == [WRAP]
    assert len(await do(talk, "select 1 from domain_events where kind = 'add_to_cart'")) == 1


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("yes", "*Amani Wrap Dress* is now *KES 4,000* (it was KES 4,500)"),
        ("ndiyo, endelea", "Bei ya *Amani Wrap Dress* sasa ni *KES 4,000* (ilikuwa KES 4,500)"),
    ],
)
async def test_a_price_that_changed_is_said_once(talk: Talk, said: str, tells: str) -> None:
    cart = await filled(talk)
    await reminded(talk, "cart", cart)
    await do(talk, "update products set price_minor = 400000 where sku = 'WRAP'")

    assert tells in await talk.say(said)
    await reminded(talk, "cart", cart)
    assert "4,500" not in await talk.say(said)
    # and the order is of today's price
    assert "KES 4,000" in await talk.say(ADDRESS)


@pytest.mark.parametrize("was", ["open", "expired"])
async def test_what_is_sold_out_meanwhile_leaves_the_cart_and_is_said(
    talk: Talk, was: Literal["open", "expired"]
) -> None:
    await filled(talk)
    await talk.say("also the straw hat")
    cart = await one(talk, "select id from carts where status = 'active'")
    if was == "expired":
        await expires(talk)
    await sold_out(talk, "WRAP/blue/M")
    await reminded(talk, "cart", cart)

    said = await talk.say("yes")

    assert "*Amani Wrap Dress* (blue, size M) is out of stock; we have *S* and *L*" in said
    assert [name for name, *_ in await talk.cart()] == ["Savannah Straw Hat"]
    assert await talk.step() == "awaiting_delivery_address"


async def test_when_nothing_is_left_she_is_told_and_can_take_another_size(talk: Talk) -> None:
    cart = await filled(talk)
    await sold_out(talk, "WRAP/blue/M")
    await reminded(talk, "cart", cart)

    said = await talk.say("nataka")

    assert "imeisha; kuna *S* na *L*" in said or "is out of stock; we have *S* and *L*" in said
    assert await talk.cart() == []
    await talk.say("size L then")
    assert [(name, size) for name, _, size, _ in await talk.cart()] == [("Amani Wrap Dress", "L")]


async def test_fewer_than_she_wanted_are_kept(talk: Talk) -> None:
    await filled(talk)
    await talk.say("make it three")
    cart = await one(talk, "select id from carts where status = 'active'")
    await sold_out(talk, "WRAP/blue/M", left=2)
    await reminded(talk, "cart", cart)

    assert "Only *2* of" in await talk.say("yes")
    assert [count for *_, count in await talk.cart()] == [2]


@pytest.mark.parametrize("said", ["no", "hapana asante", "not now", "sio sasa", "baadaye", "later"])
async def test_a_no_leaves_the_cart_as_it_is(talk: Talk, said: str) -> None:
    # given a total that was shown before the message
    cart = await filled(talk)
    await talk.say("checkout")
    await talk.say(ADDRESS)
    await reminded(talk, "cart", cart)

    answer = await talk.say(said)

    assert "stays as it is" in answer or "kama kilivyo" in answer
    assert "KES" not in answer and "total" not in answer.lower()
    assert await talk.cart() == [WRAP]
    # and a yes afterwards orders nothing that was not shown again
    await talk.say("yes")
    assert await do(talk, "select 1 from orders") == []


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("make it two", [("Amani Wrap Dress", "blue", "M", 2)]),
        ("yes but size L", [("Amani Wrap Dress", "blue", "L", 1)]),
        ("ndio lakini nataka mbili", [("Amani Wrap Dress", "blue", "M", 2)]),
        ("remove the dress", []),
    ],
)
@pytest.mark.parametrize("was", ["open", "expired"])
async def test_she_edits_instead(
    talk: Talk, said: str, cart: list[Any], was: Literal["open", "expired"]
) -> None:
    left = await filled(talk)
    if was == "expired":
        await expires(talk)
    await reminded(talk, "cart", left)
    await talk.say(said)
    assert await talk.cart() == cart


async def test_an_address_with_the_yes_is_taken(talk: Talk) -> None:
    cart = await filled(talk)
    await reminded(talk, "cart", cart)
    said = await talk.say(f"yes please, deliver to {ADDRESS}")
    assert await talk.step() == "awaiting_confirmation", said


async def test_a_question_is_answered_as_always(talk: Talk) -> None:
    cart = await filled(talk)
    await reminded(talk, "cart", cart)
    assert "Savannah Straw Hat" in await talk.say("do you have hats?")
    assert await talk.cart() == [WRAP]


async def test_a_yes_counts_while_the_message_is_the_last_or_replied_to(talk: Talk) -> None:
    cart = await filled(talk)
    await expires(talk)
    message = await reminded(talk, "cart", cart)
    await talk.say("hello")
    await talk.say("yes")
    assert await talk.cart() == []  # of what was said since

    await talk.say("yes", reply_to=f"SM{message.id}")
    assert await talk.cart() == [WRAP]


async def test_the_buttons_are_a_yes_and_a_no(talk: Talk) -> None:
    cart = await filled(talk)
    await reminded(talk, "cart", cart)
    await talk.say("Baadaye", kind="button", payload={"row_id": "recover:no"})
    assert await talk.step() == "cart_updated"

    await reminded(talk, "cart", cart)
    await talk.say("Maliza kununua", kind="button", payload={"row_id": "recover:yes"})
    assert await talk.step() == "awaiting_delivery_address"


async def test_a_cart_that_was_ordered_meanwhile_is_not_ordered_twice(talk: Talk) -> None:
    # given a message that comes late: she ordered and paid after it was sent
    cart = await filled(talk)
    message = await reminded(talk, "cart", cart)
    await talk.say("checkout")
    await talk.say(ADDRESS)
    await talk.say("yes")
    await talk.mpesa("0")

    said = await talk.say("yes", reply_to=f"SM{message.id}")

    assert (await talk.order()).number in said
    assert await talk.cart() == []
    assert len(await do(talk, "select 1 from orders")) == 1


async def test_another_customers_cart_is_nobodys(talk: Talk, newcomer: Any) -> None:
    cart = await filled(talk)
    other = await newcomer()
    await reminded(other, "cart", cart)
    await other.say("yes")
    assert await other.cart() == []


async def test_whom_the_shop_wrote_to_is_answered_beyond_its_plan(
    talk: Talk, newcomer: Any
) -> None:
    # given a cart of a week ago, and a plan that others have used up since
    cart = await filled(talk)
    await expires(talk)
    await talk.age("chat_sessions", "started_at", "7 days")
    await talk.age("messages", "created_at", "7 days")
    await set_plan(talk, included=1)
    await (await newcomer()).say("show me hats")

    await reminded(talk, "cart", cart)
    await talk.say("yes")

    assert await talk.cart() == [WRAP]
    assert await talk.step() == "awaiting_delivery_address"


async def test_what_she_put_in_since_stays(talk: Talk) -> None:
    cart = await filled(talk)
    await expires(talk)
    await talk.say("show me hats")
    await talk.say("1")
    await reminded(talk, "cart", cart)
    await talk.say("yes")
    assert sorted(name for name, *_ in await talk.cart()) == [
        "Amani Wrap Dress", "Savannah Straw Hat",
    ]  # fmt: skip


async def test_the_reminder_of_the_cart_page_is_taken_up_too(talk: Talk) -> None:
    cart = await filled(talk)
    await expires(talk)
    message = await reminded(talk, "cart", cart)
    await do(
        talk, "update messages set reference = %s, payload = '{}' where id = %s",
        f"cart:{cart}", message.id,
    )  # fmt: skip
    await talk.say("ndio")
    assert await talk.cart() == [WRAP]


async def test_a_yes_to_the_sms_in_its_place_counts_on_whatsapp(talk: Talk) -> None:
    cart = await filled(talk)
    await expires(talk)
    message = await reminded(talk, "cart", cart)
    await do(
        talk,
        """update messages set channel = 'sms', provider = 'twilio_sms', payload = '{}'
           where id = %s""",
        message.id,
    )
    await talk.say("yes")
    assert await talk.cart() == [WRAP]


async def test_a_person_who_has_the_chat_is_not_interrupted(talk: Talk) -> None:
    cart = await filled(talk)
    await expires(talk)
    await reminded(talk, "cart", cart)
    await do(talk, "update conversations set handed_off_at = now(), last_staff_at = now()")
    await talk.say("yes")
    assert await talk.cart() == []


# ── the window's cart ───────────────────────────────────────────────────────


async def left_in_the_window(talk: Talk) -> str:
    visitor = str(uuid4())
    variant = await one(talk, "select id from product_variants where sku = 'HAT/beige/ONE'")
    await do(
        talk,
        "insert into window_carts (boutique_id, anonymous_id, lines) values (%s, %s, %s)",
        talk.boutique_id, visitor, Jsonb([[variant, 2]]),
    )  # fmt: skip
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await cart_codes.join_visitor(conn, anonymous_id=visitor, customer_id=talk.customer_id)
    return await one(talk, "select id from window_carts")


@pytest.mark.parametrize("said", ["yes", "ndio nataka", "nataka zote"])
async def test_a_window_cart_comes_into_the_chat(talk: Talk, said: str) -> None:
    await reminded(talk, "window_cart", await left_in_the_window(talk))
    await talk.say(said)
    assert await talk.cart() == [("Savannah Straw Hat", "beige", "ONE", 2)]
    assert await talk.step() == "awaiting_delivery_address"
    assert await do(talk, "select 1 from window_carts where ended_at is null") == []


async def test_a_no_leaves_it_in_the_window(talk: Talk) -> None:
    await reminded(talk, "window_cart", await left_in_the_window(talk))
    await talk.say("hapana")
    assert await talk.cart() == []
    assert len(await do(talk, "select 1 from window_carts where ended_at is null")) == 1


# ── an order whose payment failed ───────────────────────────────────────────

FAILED = "The M-Pesa payment did not go through. Shall I send it again?"


@pytest.mark.parametrize("said", ["yes", "tuma tena", "ndio", "send it again", "lipa"])
async def test_a_failed_payment_is_asked_for_again(talk: Talk, said: str) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    order = await talk.order()
    await reminded(talk, "order", order.id, text=FAILED)
    await talk.age("payments", "created_at", "20 minutes")
    await talk.age("payments", "sent_at", "20 minutes")

    await talk.say(said)

    assert (await talk.payment()).attempt == 2
    assert await one(talk, "select utm_message_id from orders") == CODE
    # and no second prompt while that one is open
    await talk.say("yes")
    assert (await talk.payment()).attempt == 2


async def test_the_total_is_shown_first_when_it_was_not_shown_last(talk: Talk) -> None:
    # given a fee that the shop has changed since
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    order = await talk.order()
    await do(
        talk,
        "update orders set delivery_minor = delivery_minor + 10000",
    )
    await reminded(talk, "order", order.id, text=FAILED)

    await talk.say("yes")
    assert (await talk.payment()).attempt == 1

    await talk.age("payments", "created_at", "20 minutes")
    await talk.say("yes")
    assert (await talk.payment()).attempt == 2


async def test_a_no_to_it_asks_nothing(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    await reminded(talk, "order", (await talk.order()).id, text=FAILED)
    said = await talk.say("hapana")
    assert "lipa" in said or "pay" in said
    assert (await talk.payment()).attempt == 1


async def test_a_delivered_order_is_not_paid_again(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    await reminded(talk, "order", (await talk.order()).id, text="Did it fit?")
    assert "paid" not in (await talk.say("yes")).lower()


# ── a piece ─────────────────────────────────────────────────────────────────


async def test_a_yes_to_a_piece_takes_it(talk: Talk) -> None:
    piece = await one(talk, "select id from products where sku = 'WRAP'")
    await reminded(talk, "product", piece, text="The Amani Wrap Dress is here again. Want it?")
    await talk.say("nataka")
    await talk.say("blue, size M")
    assert await talk.cart() == [WRAP]
