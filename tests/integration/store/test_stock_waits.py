"""Who waits for a piece: once each, in order, and only in the shop where she asked."""

from __future__ import annotations

from dukani.core.database import Database
from dukani.core.store import stock_waits
from tests.factories import a_boutique, a_customer, a_product


async def test_she_waits_once_and_keeps_her_place(database: Database) -> None:
    shop = await a_boutique(database)
    medium, large = await a_product(database, shop, stock={"blue": {"M": 0, "L": 0}})
    piece = medium.product_id
    first, second = await a_customer(database, shop), await a_customer(database, shop)

    async with database.tenant_connection(shop) as conn:
        for who, variant in ((first, medium.id), (second, None), (first, medium.id)):
            await stock_waits.add(
                conn, customer_id=who, product_id=piece, variant_id=variant, source="chat"
            )
        all_of_them = await stock_waits.open_of_piece(conn, product_id=piece)
        for_large = await stock_waits.open_of_piece(conn, product_id=piece, variant_id=large.id)

    assert [(one.customer_id, one.variant_id) for one in all_of_them] == [
        (first, medium.id),
        (second, None),
    ]
    assert [one.customer_id for one in for_large] == [second]  # any of the piece will do


async def test_who_was_told_waits_no_more_and_may_wait_again(database: Database) -> None:
    shop = await a_boutique(database)
    medium, large = await a_product(database, shop, stock={"blue": {"M": 0, "L": 0}})
    piece, njeri = medium.product_id, await a_customer(database, shop)
    her = {"customer_id": njeri, "product_id": piece}

    async with database.tenant_connection(shop) as conn:
        await stock_waits.add(conn, **her, variant_id=medium.id, source="window")
        await stock_waits.add(conn, **her, variant_id=large.id, source="window")
        ended = await stock_waits.end(conn, **her, variant_id=medium.id, told=True)
        left = await stock_waits.waits(conn, **her)
        again = await stock_waits.add(conn, **her, variant_id=medium.id, source="window")

    assert (ended, left, again) == (1, [large.id], True)


async def test_another_shop_sees_nobody_waiting(database: Database) -> None:
    shop, other = await a_boutique(database), await a_boutique(database)
    (medium,) = await a_product(database, shop, stock={"blue": {"M": 0}})
    njeri = await a_customer(database, shop)
    async with database.tenant_connection(shop) as conn:
        await stock_waits.add(
            conn, customer_id=njeri, product_id=medium.product_id, source="member"
        )

    async with database.tenant_connection(other) as conn:
        assert await stock_waits.open_of_piece(conn, product_id=medium.product_id) == []
        assert await stock_waits.waits(conn, customer_id=njeri, product_id=medium.product_id) == []
        assert await stock_waits.end(conn, customer_id=njeri, product_id=medium.product_id) == 0
