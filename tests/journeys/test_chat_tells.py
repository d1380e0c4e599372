"""What the chat tells as it happens: pieces spoken of, the total shown, a person asked for."""

from __future__ import annotations

from typing import Any

import psycopg

from dukani.core.store import stock
from dukani.domain.domain_events import CheckoutStarted, SupportMessage, ViewProduct, read_event
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress

TOTAL = 450000


async def rows(talk: Talk, kind: str) -> list[dict[str, Any]]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            "select * from domain_events where kind = %s order by id", (kind,)
        )
        return await cursor.fetchall()


async def told(talk: Talk, kind: str) -> list[Any]:
    return [read_event(row["kind"], row["payload"]) for row in await rows(talk, kind)]


async def test_a_piece_she_speaks_of_is_seen_once_an_hour(talk: Talk, superuser_url: str) -> None:
    # given a list of several, which is no look at one
    await talk.say("show me dresses")
    assert await told(talk, "view_product") == []

    # when she asks about one of them, and again
    await talk.say("how much is the Amani Wrap Dress?")
    await talk.say("is the Amani Wrap Dress available in black?")
    await talk.say("thanks!")

    # then it is told once, of her and this chat
    assert await told(talk, "view_product") == [ViewProduct(sku="WRAP")]
    [row] = await rows(talk, "view_product")
    assert str(row["customer_id"]) == talk.customer_id
    assert str(row["conversation_id"]) == talk.conversation_id

    # and after an hour once more
    async with await psycopg.AsyncConnection.connect(superuser_url) as conn:
        await conn.execute("alter table domain_events disable trigger domain_events_append_only")
        await conn.execute("update domain_events set occurred_at = now() - interval '61 minutes'")
    await talk.say("bei ya Amani Wrap Dress ni ngapi?")
    assert len(await told(talk, "view_product")) == 2


async def test_a_piece_she_chooses_is_seen_and_put_in(talk: Talk) -> None:
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")

    assert [event.sku for event in await told(talk, "view_product")] == ["WRAP"]
    assert [event.quantity for event in await told(talk, "add_to_cart")] == [1]


async def test_checkout_starts_with_the_total_of_each_version_of_the_cart(talk: Talk) -> None:
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    await talk.say("checkout")
    assert await told(talk, "checkout_started") == []  # the address is missing

    # when the total is shown, asked for again, and another is wanted
    await talk.say(ADDRESS)
    await talk.say("what is the total?")
    await talk.say("make it two")

    # then it started once for one piece, and once for two
    events = await told(talk, "checkout_started")
    assert [(event.by, event.pieces) for event in events] == [("whatsapp", 1), ("whatsapp", 2)]
    assert isinstance(events[0], CheckoutStarted) and events[0].total_minor >= TOTAL
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cart = await (await conn.execute("select id from carts")).fetchone()
    assert cart is not None
    assert {row["subject_id"] for row in await rows(talk, "checkout_started")} == {cart["id"]}


async def test_asking_for_a_person_is_told_of_the_conversation(talk: Talk) -> None:
    await talk.say("I want to talk to a person")

    assert await told(talk, "support_message") == [SupportMessage()]
    [row] = await rows(talk, "support_message")
    assert str(row["subject_id"]) == talk.conversation_id
    assert len(await rows(talk, "person_wanted")) == 1


async def test_a_sale_out_of_many_makes_nothing_look_gone_or_back(talk: Talk) -> None:
    # given ten of a piece, all but three of which her order holds
    await talk.say("do you have a blue dress for the office?")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        row = await (
            await conn.execute("select id::text from product_variants where sku = 'WRAP/blue/M'")
        ).fetchone()
        assert row is not None
        await stock.move(
            conn, boutique_id=talk.boutique_id, variant_id=row["id"], delta=6, reason="restock"
        )
    await talk.say("1")
    await talk.say("size M")
    await talk.say("make it 6")
    await talk.say("checkout")
    await talk.say(ADDRESS)
    await talk.say("yes")

    # when it is paid
    await talk.mpesa("0")

    assert await talk.available("WRAP", "blue", "M") == 4
    assert await rows(talk, "stock_low") == await rows(talk, "back_in_stock") == []


async def test_a_stop_is_answered_once(talk: Talk) -> None:
    assert await talk.say("STOP")
    assert await talk.say("STOP") == ""
    assert [row["payload"]["purpose"] for row in await rows(talk, "consent_changed")] == [
        "assistant", "marketing",
    ]  # fmt: skip


async def test_an_order_that_fails_adds_nothing_to_the_cart_again(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    await talk.say("change it to black, size L")
    assert [event.quantity for event in await told(talk, "add_to_cart")] == [1, 1]
