"""Carts: one open at a time, edited as a whole, for seven days."""

from __future__ import annotations

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import carts
from tests.factories import Variant, a_boutique, a_customer, a_product, put_in_cart


async def age(database: Database, interval: str) -> None:
    async with database.system_connection() as conn:
        await conn.execute("update carts set expires_at = expires_at - %s::interval", (interval,))


async def test_a_cart_is_kept_for_seven_days_after_the_last_touch(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    first, second = await a_product(database, boutique, stock={"blue": {"S": 1, "M": 1}})

    cart_id = await put_in_cart(database, boutique, customer, first)
    await age(database, "6 days 23 hours")
    assert await put_in_cart(database, boutique, customer, second) == cart_id
    await age(database, "6 days 23 hours")

    async with database.tenant_connection(boutique) as conn:
        assert len(await carts.items(conn, customer_id=customer)) == 2


async def as_it_stands(
    database: Database, boutique: str, customer: str
) -> list[tuple[str, str, int]]:
    """(colour, size, quantity) of each line, in order."""
    async with database.tenant_connection(boutique) as conn:
        items = await carts.items(conn, customer_id=customer)
    return [(item.colour, item.size, item.quantity) for item in items]


async def version(database: Database, cart_id: str) -> int:
    async with database.system_connection() as conn:
        cursor = await conn.execute("select version from carts where id = %s", (cart_id,))
        row = await cursor.fetchone()
    assert row is not None
    return int(row["version"])


async def test_a_cart_becomes_the_lines_it_is_given_in_their_order(database: Database) -> None:
    # given two lines
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    small, medium, large = await a_product(
        database, boutique, stock={"blue": {"S": 9, "M": 9, "L": 9}}
    )
    await put_in_cart(database, boutique, customer, small, 2)
    cart_id = await put_in_cart(database, boutique, customer, medium)
    assert await as_it_stands(database, boutique, customer) == [("blue", "S", 2), ("blue", "M", 1)]

    async def becomes(*lines: tuple[Variant, int]) -> list[tuple[str, str, int]]:
        items = [(variant.id, quantity, 450000) for variant, quantity in lines]
        async with database.tenant_connection(boutique) as conn:
            await carts.replace_items(conn, cart_id=cart_id, items=items)
        return await as_it_stands(database, boutique, customer)

    # then a line in the place of another stands where that one stood
    assert await becomes((large, 2), (medium, 1)) == [("blue", "L", 2), ("blue", "M", 1)]
    # and lines that stay take the quantity and the place they are given
    assert await becomes((medium, 3), (small, 1), (large, 2)) == [
        ("blue", "M", 3), ("blue", "S", 1), ("blue", "L", 2),
    ]  # fmt: skip
    assert await becomes() == []


async def test_every_edit_makes_a_later_version_of_the_cart(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [variant] = await a_product(database, boutique)
    cart_id = await put_in_cart(database, boutique, customer, variant)
    first = await version(database, cart_id)

    async with database.tenant_connection(boutique) as conn:
        await carts.items(conn, customer_id=customer)
        await carts.open_cart(conn, boutique_id=boutique, customer_id=customer)
    looked_at = await version(database, cart_id)
    await put_in_cart(database, boutique, customer, variant, 3)
    changed = await version(database, cart_id)
    async with database.tenant_connection(boutique) as conn:
        await carts.replace_items(conn, cart_id=cart_id, items=[])
    emptied = await version(database, cart_id)

    assert (looked_at, changed, emptied) == (first, first + 1, first + 2)


async def test_pieces_of_another_open_cart_come_behind_those_given_back(
    database: Database,
) -> None:
    # given a cart whose order was placed, and what was put in a new one meanwhile
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    small, medium, large = await a_product(
        database, boutique, stock={"blue": {"S": 9, "M": 9, "L": 9}}
    )
    await put_in_cart(database, boutique, customer, medium)
    placed = await put_in_cart(database, boutique, customer, small)
    before = await version(database, placed)
    async with database.tenant_connection(boutique) as conn:
        await carts.set_status(conn, cart_id=placed, status="checkout")
    await put_in_cart(database, boutique, customer, large)
    await put_in_cart(database, boutique, customer, small, 2)

    # when it is given back
    async with database.tenant_connection(boutique) as conn:
        await carts.move_open_into(conn, cart_id=placed, customer_id=customer)
        await carts.reopen(conn, cart_id=placed, customer_id=customer)

    # then all is there once, in the order it was put in, and it is a later version
    assert await as_it_stands(database, boutique, customer) == [
        ("blue", "M", 1), ("blue", "S", 3), ("blue", "L", 1),
    ]  # fmt: skip
    assert await version(database, placed) == before + 1


async def test_pieces_of_an_expired_cart_never_come_back(database: Database) -> None:
    # given a cart nobody touched for a week
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    first, second = await a_product(database, boutique, stock={"blue": {"S": 1, "M": 1}})
    old = await put_in_cart(database, boutique, customer, first)
    await age(database, "7 days 1 minute")
    async with database.tenant_connection(boutique) as conn:
        assert await carts.items(conn, customer_id=customer) == []

    # when something new is put in
    new = await put_in_cart(database, boutique, customer, second)

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
        await put_in_cart(database, boutique, customer, variant)
    await age(database, "8 days")
    async with database.system_connection() as conn:
        assert await carts.abandon_expired(conn) == 2
        assert await carts.abandon_expired(conn) == 0


async def test_another_boutique_neither_sees_nor_changes_a_cart(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, owner)
    [variant] = await a_product(database, owner)
    [theirs] = await a_product(database, stranger)
    cart_id = await put_in_cart(database, owner, customer, variant)
    before = await version(database, cart_id)

    async with database.tenant_connection(stranger) as conn:
        assert await carts.items(conn, customer_id=customer) == []
        assert not await carts.abandon_open(conn, customer_id=customer)
        await carts.set_status(conn, cart_id=cart_id, status="converted")
        await carts.replace_items(conn, cart_id=cart_id, items=[])
        await carts.move_open_into(conn, cart_id=cart_id, customer_id=customer)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        async with database.tenant_connection(stranger) as conn:
            await carts.replace_items(conn, cart_id=cart_id, items=[(theirs.id, 1, 450000)])

    assert await as_it_stands(database, owner, customer) == [("blue", "M", 1)]
    assert await version(database, cart_id) == before
