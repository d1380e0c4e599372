"""Carts: one open at a time, for seven days."""

from __future__ import annotations

from dukani.core.database import Database
from dukani.core.store import carts
from tests.factories import Variant, a_boutique, a_customer, a_product


async def put(database: Database, boutique: str, customer: str, variant: Variant) -> str:
    async with database.tenant_connection(boutique) as conn:
        cart_id = await carts.open_cart(conn, boutique_id=boutique, customer_id=customer)
        await carts.put_item(
            conn,
            boutique_id=boutique,
            cart_id=cart_id,
            variant_id=variant.id,
            quantity=1,
            price_minor=450000,
        )
    return cart_id


async def age(database: Database, interval: str) -> None:
    async with database.system_connection() as conn:
        await conn.execute("update carts set expires_at = expires_at - %s::interval", (interval,))


async def test_a_cart_is_kept_for_seven_days_after_the_last_touch(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    first, second = await a_product(database, boutique, stock={"blue": {"S": 1, "M": 1}})

    cart_id = await put(database, boutique, customer, first)
    await age(database, "6 days 23 hours")
    assert await put(database, boutique, customer, second) == cart_id
    await age(database, "6 days 23 hours")

    async with database.tenant_connection(boutique) as conn:
        assert len(await carts.items(conn, customer_id=customer)) == 2


async def test_a_line_keeps_its_place_when_it_becomes_another_variant(database: Database) -> None:
    # given three lines
    boutique, other = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, boutique)
    variants = await a_product(
        database, boutique, stock={"blue": {"S": 1, "M": 1, "L": 1, "XL": 1}}
    )
    for variant in variants[:3]:
        cart_id = await put(database, boutique, customer, variant)
    small, medium, large, extra = (variant.id for variant in variants)

    async def after(tenant: str, variant_id: str, other_id: str) -> list[str]:
        async with database.tenant_connection(tenant) as conn:
            await carts.exchange_item(
                conn, cart_id=cart_id, variant_id=variant_id, other_id=other_id, price_minor=500000
            )
        async with database.tenant_connection(boutique) as conn:
            return [item.variant_id for item in await carts.items(conn, customer_id=customer)]

    # then the first stays the first, two lines of one variant become one, and another boutique's
    # assistant changes nothing
    assert await after(other, small, extra) == [small, medium, large]
    assert await after(boutique, small, extra) == [extra, medium, large]
    assert await after(boutique, medium, large) == [extra, large]


async def test_pieces_of_an_expired_cart_never_come_back(database: Database) -> None:
    # given a cart nobody touched for a week
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    first, second = await a_product(database, boutique, stock={"blue": {"S": 1, "M": 1}})
    old = await put(database, boutique, customer, first)
    await age(database, "7 days 1 minute")
    async with database.tenant_connection(boutique) as conn:
        assert await carts.items(conn, customer_id=customer) == []

    # when something new is put in
    new = await put(database, boutique, customer, second)

    # then it is alone, in a cart of its own
    assert new != old
    async with database.tenant_connection(boutique) as conn:
        items = await carts.items(conn, customer_id=customer)
    assert [item.variant_id for item in items] == [second.id]


async def test_expired_carts_of_every_boutique_are_closed(database: Database) -> None:
    for _ in range(2):
        boutique = await a_boutique(database)
        customer = await a_customer(database, boutique)
        [variant] = await a_product(database, boutique)
        await put(database, boutique, customer, variant)
    await age(database, "8 days")
    async with database.system_connection() as conn:
        assert await carts.abandon_expired(conn) == 2
        assert await carts.abandon_expired(conn) == 0


async def test_another_boutique_neither_sees_nor_closes_a_cart(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, owner)
    [variant] = await a_product(database, owner)
    cart_id = await put(database, owner, customer, variant)

    async with database.tenant_connection(stranger) as conn:
        assert await carts.items(conn, customer_id=customer) == []
        assert not await carts.abandon_open(conn, customer_id=customer)
        assert not await carts.take_item_out(conn, cart_id=cart_id, variant_id=variant.id)
        await carts.set_status(conn, cart_id=cart_id, status="abandoned")

    async with database.tenant_connection(owner) as conn:
        assert len(await carts.items(conn, customer_id=customer)) == 1
