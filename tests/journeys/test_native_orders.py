"""A cart of WhatsApp's own: what differs is said, and nothing is charged that was not shown."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store import products
from tests.journeys.conftest import open_boutique
from tests.journeys.talk import Talk, begin_talk, order_a_wrap_dress

CANCELLED = "1032"
HAT = ("Savannah Straw Hat", "beige", "ONE")


async def item(talk: Talk, sku: str, boutique_id: str | None = None) -> str:
    """The id by which Meta's catalogue knows the first item of a piece."""
    async with talk.database.tenant_connection(boutique_id or talk.boutique_id) as conn:
        cursor = await conn.execute(
            """select v.id::text as id
               from product_variants v join products p on p.id = v.product_id
               where p.sku = %s order by v.sku limit 1""",
            (sku,),
        )
        row = await cursor.fetchone()
    assert row is not None
    return str(row["id"])


async def sends_cart(talk: Talk, *lines: dict[str, Any], text: str = "") -> str:
    told = {"catalog_id": "900100", "text": text, "product_items": list(lines)}
    return await talk.say(text, kind="order", payload={"order": told})


def line(retailer_id: str, quantity: int = 1, price: float = 1500) -> dict[str, Any]:
    return {
        "product_retailer_id": retailer_id,
        "quantity": quantity,
        "item_price": price,
        "currency": "KES",
    }


async def attempts(talk: Talk) -> list[int]:
    """The sums asked for by M-Pesa, in minor units."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select amount_minor from payments order by created_at")
        return [int(row["amount_minor"]) for row in await cursor.fetchall()]


# ── beside a payment ────────────────────────────────────────────────────────


async def test_a_cart_while_a_prompt_is_out_waits_and_changes_no_sum(talk: Talk) -> None:
    # given a prompt over a dress
    await order_a_wrap_dress(talk)
    before = await talk.payment()

    # when a hat is sent from the catalogue, and then the dress is paid
    said = await sends_cart(talk, line(await item(talk, "HAT")))
    assert await attempts(talk) == [before.amount_minor]
    await talk.mpesa("0")

    # then she was told that the hat waits, and what is paid is the dress alone
    assert "stays as it is" in said and f"{before.amount_minor // 100:,}" in said
    assert await talk.cart() == []
    order = await talk.order()
    assert (order.payment_status, order.total_minor) == ("paid", before.amount_minor)
    assert await attempts(talk) == [before.amount_minor]


async def test_a_price_that_changed_is_said_while_a_prompt_is_out_too(talk: Talk) -> None:
    await order_a_wrap_dress(talk)

    said = await sends_cart(talk, line(await item(talk, "HAT"), price=1200))

    assert HAT[0] in said and "1,500" in said
    assert len(await attempts(talk)) == 1


async def test_a_cart_that_waited_is_in_the_order_when_the_prompt_fails(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    before = await talk.payment()
    await sends_cart(talk, line(await item(talk, "HAT"), 2))

    # when the prompt is cancelled
    said = await talk.mpesa(CANCELLED)

    # then the new total is shown, and nothing of it is asked for without a yes
    assert HAT[0] in said and f"{(before.amount_minor + 300000) // 100:,}" in said
    assert await attempts(talk) == [before.amount_minor]
    await talk.say("yes")
    assert await attempts(talk) == [before.amount_minor, before.amount_minor + 300000]


async def test_a_cart_after_paying_is_a_new_order(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    paid = await talk.order()

    said = await sends_cart(talk, line(await item(talk, "HAT")))

    # then the paid order is as it was, and the hat alone is in the cart
    assert HAT[0] in said and "1,500" in said
    assert await talk.cart() == [(*HAT, 1)]
    assert (await talk.order()).id == paid.id
    assert (await talk.order()).total_minor == paid.total_minor
    assert len(await attempts(talk)) == 1


@pytest.mark.parametrize("language", ["en", "sw"])
async def test_a_price_that_changed_is_said_before_it_is_asked_for(
    talk: Talk, language: str
) -> None:
    # given a price that rose since her phone showed the card
    await talk.say("hello" if language == "en" else "habari")
    hat = await item(talk, "HAT")
    async with talk.database.operator_connection(talk.boutique_id) as conn:
        await conn.execute("update products set price_minor = 170000 where sku = 'HAT'")

    # when her cart comes with the old one, and she goes to the total
    said = await sends_cart(talk, line(hat, 2, 1500), text="" if language == "en" else "nataka hii")
    assert "1,700" in said
    await talk.say("checkout" if language == "en" else "nataka kulipa")
    said = await talk.say("Kilimani, Rose Apartments B4")
    assert "3,400" in said and await attempts(talk) == []
    await talk.say("yes" if language == "en" else "ndio")

    # then what is asked for is what was shown
    assert await attempts(talk) == [340000]


# ── what is in the cart ─────────────────────────────────────────────────────


async def test_the_same_cart_brought_twice_is_one_change(talk: Talk) -> None:
    """The provider's id is the message's: a webhook that comes again stores nothing."""
    hat = line(await item(talk, "HAT"), 2)
    told = {"order": {"catalog_id": "900100", "text": "", "product_items": [hat]}}
    await talk.write("", kind="order", payload=told, provider_id="wamid.once")
    await talk.turn()

    await talk.write("", kind="order", payload=told, provider_id="wamid.once")
    said = await talk.turn()

    assert said == "" and await talk.cart() == [(*HAT, 2)]


async def test_another_boutiques_piece_is_named_and_nothing_of_it_is_told(talk: Talk) -> None:
    # given the same pieces in another boutique, at another price
    theirs = await open_boutique(talk.services)
    async with talk.database.operator_connection(theirs) as conn:
        await conn.execute(
            "update products set price_minor = 99900, name = 'Theirs Alone' where boutique_id = %s",
            (theirs,),
        )
    foreign = await item(talk, "HAT", theirs)

    # when a cart has one of theirs and one of ours
    said = await sends_cart(talk, line(foreign, 1, 999), line(await item(talk, "HAT")))

    # then ours is in the cart, theirs is told as unknown, and neither its name nor price is said
    assert await talk.cart() == [(*HAT, 1)]
    assert foreign in said
    assert "Theirs Alone" not in said and "999" not in said.replace(foreign, "")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        assert await products.by_retailer_ids(conn, retailer_ids=[foreign]) == []


async def test_only_another_boutiques_piece_puts_nothing_in_the_cart(talk: Talk) -> None:
    theirs = await open_boutique(talk.services)
    said = await sends_cart(talk, line(await item(talk, "HAT", theirs)))
    assert said and await talk.cart() == []


async def test_more_than_there_are_is_said_and_never_charged(talk: Talk) -> None:
    # given five hats
    said = await sends_cart(talk, line(await item(talk, "HAT"), 9))

    # then she is told how many there are, and no nine are in the cart
    assert "*5*" in said
    assert [count for *_, count in await talk.cart()] in ([], [5])
    await talk.say("checkout")
    await talk.say("Kilimani, Rose Apartments B4")
    await talk.say("yes")
    assert all(amount <= 5 * 150000 for amount in await attempts(talk))


async def test_a_customer_of_another_boutique_sees_none_of_the_cart(talk: Talk) -> None:
    theirs = await open_boutique(talk.services)
    other = await begin_talk(talk.services, theirs, phone="+254712300001")
    await sends_cart(talk, line(await item(talk, "HAT")))
    assert await other.cart() == []
