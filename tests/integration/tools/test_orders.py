"""Placing orders and the stock they hold, against the real database."""

from __future__ import annotations

import asyncio

import pytest

from dukani.core.database import Database
from dukani.core.errors import OutOfStock
from dukani.core.store import carts, orders, products, stock
from dukani.core.store.orders import Order
from dukani.tools import orders as order_tools
from dukani.tools.orders import Delivery
from tests.factories import (
    Variant,
    a_boutique,
    a_conversation,
    a_customer,
    a_product,
    put_in_cart,
)


async def place(
    database: Database,
    boutique: str,
    customer: str,
    conversation: str,
    *,
    delivery: Delivery = Delivery("Kilimani"),  # noqa: B008 - frozen
    replaces: str | None = None,
) -> Order:
    async with database.tenant_connection(boutique) as conn:
        return await order_tools.place(
            conn,
            boutique_id=boutique,
            customer_id=customer,
            conversation_id=conversation,
            currency="KES",
            delivery=delivery,
            delivery_minor=0,
            items=await carts.items(conn, customer_id=customer),
            replaces=replaces,
        )


async def available(database: Database, boutique: str, variant: Variant) -> int:
    async with database.tenant_connection(boutique) as conn:
        found = await products.variant(conn, variant_id=variant.id)
        assert found is not None
        return found.available


async def test_an_order_holds_its_pieces_and_keeps_a_snapshot(database: Database) -> None:
    # given a cart with two of five
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 5}})
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    await put_in_cart(database, boutique, customer, variant, 2)

    # when it is ordered
    order = await place(database, boutique, customer, conversation)

    # then three are left for others, and the order knows what it sold
    assert await available(database, boutique, variant) == 3
    async with database.tenant_connection(boutique) as conn:
        [item] = await orders.items(conn, order_id=order.id)
    assert (item.colour, item.size, item.quantity) == ("blue", "M", 2)
    assert order.total_minor == 900000
    assert len(order.number) <= 12


async def test_an_order_keeps_the_lines_in_the_order_of_the_cart(database: Database) -> None:
    # given a cart whose first line was changed for another size after the second was put in
    boutique = await a_boutique(database)
    small, medium, large = await a_product(
        database, boutique, stock={"blue": {"S": 5, "M": 5, "L": 5}}
    )
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    cart_id = await put_in_cart(database, boutique, customer, small)
    async with database.tenant_connection(boutique) as conn:
        for first in (small, large):
            lines = [(first.id, 1, 450000), (medium.id, 1, 450000)]
            await carts.replace_items(conn, cart_id=cart_id, items=lines)

    # when it is ordered
    order = await place(database, boutique, customer, conversation)

    # then a message about the first line means the same piece as before
    async with database.tenant_connection(boutique) as conn:
        sizes = [item.size for item in await orders.items(conn, order_id=order.id)]
    assert sizes == ["L", "M"]


async def test_placing_the_same_cart_twice_gives_one_order(database: Database) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique)
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    await put_in_cart(database, boutique, customer, variant)
    first = await place(database, boutique, customer, conversation)

    async with database.tenant_connection(boutique) as conn:
        assert first.cart_id is not None
        again = await orders.add(
            conn, boutique_id=boutique, number="DK-OTHER1", customer_id=customer,
            conversation_id=conversation, cart_id=first.cart_id, currency="KES",
            items_minor=1, delivery_minor=0, address="x",
        )  # fmt: skip

    assert again is None


async def test_fifty_shoppers_and_one_last_piece_make_one_order(database: Database) -> None:
    # given fifty shoppers with the last piece in their carts
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"red": {"S": 1}})
    shoppers = []
    for _ in range(50):
        customer = await a_customer(database, boutique)
        conversation = await a_conversation(database, boutique, customer)
        await put_in_cart(database, boutique, customer, variant)
        shoppers.append((customer, conversation))

    # when all order at once
    outcomes = await asyncio.gather(
        *(place(database, boutique, customer, talk) for customer, talk in shoppers),
        return_exceptions=True,
    )

    # then one has it and the others are told so
    assert sum(isinstance(outcome, Order) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, OutOfStock) for outcome in outcomes) == 49
    assert await available(database, boutique, variant) == 0


async def test_a_cancelled_order_gives_back_its_pieces_and_its_cart(database: Database) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 1}})
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    await put_in_cart(database, boutique, customer, variant)
    order = await place(database, boutique, customer, conversation)
    assert await available(database, boutique, variant) == 0

    async with database.tenant_connection(boutique) as conn:
        assert await order_tools.cancel(conn, order, actor="customer")
        assert not await order_tools.cancel(conn, order, actor="customer")
        items = await carts.items(conn, customer_id=customer)

    assert await available(database, boutique, variant) == 1
    assert [item.variant_id for item in items] == [variant.id]


async def test_a_reopened_order_is_placed_anew_as_one_that_replaces_it(
    database: Database,
) -> None:
    # given an order of one piece, and another piece put into a newer cart
    boutique = await a_boutique(database)
    blue, red = await a_product(database, boutique, stock={"blue": {"M": 1}, "red": {"M": 5}})
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    await put_in_cart(database, boutique, customer, blue)
    first = await place(database, boutique, customer, conversation)
    await put_in_cart(database, boutique, customer, red, 2)

    # when it is reopened, and the cart is ordered
    async with database.tenant_connection(boutique) as conn:
        assert await order_tools.reopen(conn, first, actor="customer")
        assert not await order_tools.reopen(conn, first, actor="customer")
    assert await available(database, boutique, blue) == 1
    delivery = Delivery("Thika", note="call Akinyi", zone="Thika")
    second = await place(
        database, boutique, customer, conversation, delivery=delivery, replaces=first.id
    )

    # then nothing was lost, and both orders tell what happened
    async with database.tenant_connection(boutique) as conn:
        items = await orders.items(conn, order_id=second.id)
        ended = await orders.get(conn, order_id=first.id)
        cursor = await conn.execute("select action from audit_log")
        actions = [row["action"] for row in await cursor.fetchall()]
    assert [(item.variant_id, item.quantity) for item in items] == [(blue.id, 1), (red.id, 2)]
    assert (second.replaces_id, second.note, second.zone) == (first.id, "call Akinyi", "Thika")
    assert ended is not None and ended.status == "cancelled"
    assert actions == ["order_reopened"]


async def test_a_sale_moves_the_stock_once_whatever_repeats(database: Database) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 3}})
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    await put_in_cart(database, boutique, customer, variant, 2)
    order = await place(database, boutique, customer, conversation)

    for _ in range(3):
        async with database.tenant_connection(boutique) as conn:
            await order_tools.sell(conn, order, boutique_id=boutique)

    async with database.tenant_connection(boutique) as conn:
        levels = await stock.lock_levels(conn, variant_ids=[variant.id])
    assert (levels[variant.id].on_hand, levels[variant.id].reserved) == (1, 0)


async def test_a_sale_after_its_pieces_went_to_another_is_refused_whole(
    database: Database,
) -> None:
    # given an order whose hold was given back, and another customer who bought the piece
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 1}})
    late, quick = [await a_customer(database, boutique) for _ in range(2)]
    placed = []
    for customer in (late, quick):
        conversation = await a_conversation(database, boutique, customer)
        await put_in_cart(database, boutique, customer, variant)
        order = await place(database, boutique, customer, conversation)
        placed.append(order)
        if customer == late:
            async with database.tenant_connection(boutique) as conn:
                await order_tools.release(conn, order)
    async with database.tenant_connection(boutique) as conn:
        assert await order_tools.sell(conn, placed[1], boutique_id=boutique)

    # when the first is paid after all
    async with database.tenant_connection(boutique) as conn:
        sold = await order_tools.sell(conn, placed[0], boutique_id=boutique)

    # then it is not sold twice: a person must decide
    assert not sold
    assert await available(database, boutique, variant) == 0


async def test_more_than_there_is_cannot_be_ordered(database: Database) -> None:
    # given a cart whose pieces were sold to others since they were put in
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 2}})
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    await put_in_cart(database, boutique, customer, variant, 3)

    # when
    with pytest.raises(OutOfStock) as refused:
        await place(database, boutique, customer, conversation)

    # then what is left is said, and nothing was ordered or held
    assert (refused.value.wanted, refused.value.available) == (3, 2)
    assert await available(database, boutique, variant) == 2
    async with database.tenant_connection(boutique) as conn:
        assert await orders.latest(conn, customer_id=customer) is None
