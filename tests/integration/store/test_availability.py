"""What is left of a variant is kept beside it, and is what ledger and reservations say."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta

import psycopg
import pytest
from psycopg.rows import dict_row

from dukani.core.database import Connection, Database
from dukani.core.store import search, stock
from dukani.core.store.search import Criteria
from tests.factories import (
    Variant,
    a_boutique,
    a_conversation,
    a_customer,
    a_product,
    put_in_cart,
)
from tests.integration.tools.test_orders import place

SIZES = ("S", "M", "L")
STEPS = 60
_LEVELS = """
select v.id::text as id, v.quantity, v.reserved, v.available,
  coalesce((select sum(m.delta) from stock_movements m
    where m.boutique_id = v.boutique_id and m.variant_id = v.id), 0)::int as moved,
  coalesce((select sum(r.quantity) from stock_reservations r
    where r.boutique_id = v.boutique_id and r.variant_id = v.id and r.status = 'held'), 0)::int
    as held
from product_variants v
"""


def what_is_kept_is_what_was_written(superuser_url: str) -> None:
    with psycopg.connect(superuser_url, row_factory=dict_row) as conn:
        for level in conn.execute(_LEVELS.encode()).fetchall():
            assert level["quantity"] == level["moved"]
            assert level["reserved"] == level["held"]
            assert level["available"] == level["moved"] - level["held"]


async def some_orders(
    database: Database, boutique: str, variants: Sequence[Variant], count: int
) -> list[str]:
    """Ids of orders that hold one piece each."""
    orders = []
    for n in range(count):
        customer = await a_customer(database, boutique)
        await put_in_cart(database, boutique, customer, variants[n % len(variants)])
        conversation = await a_conversation(database, boutique, customer)
        orders.append((await place(database, boutique, customer, conversation)).id)
    return orders


async def step(
    conn: Connection,
    boutique: str,
    order: str,
    variants: Sequence[Variant],
    dice: random.Random,
) -> None:
    """Something that happens to stock, as the store writes it."""
    variant = dice.choice(variants).id
    match dice.choice(("hold", "hold", "sold", "released", "expired", "extend", "move", "sale")):
        case "hold":
            if variant not in await stock.reserved_by_order(conn, order_id=order):
                await stock.reserve(
                    conn,
                    boutique_id=boutique,
                    order_id=order,
                    variant_id=variant,
                    quantity=dice.randint(1, 3),
                    lasts=timedelta(minutes=dice.choice((15, -15))),
                )
        case "sold":
            await stock.settle(conn, order_id=order, outcome="sold")
        case "released":
            await stock.settle(conn, order_id=order, outcome="released")
        case "expired":
            await stock.release_expired(conn, order_id=order)
        case "extend":
            await stock.extend(conn, order_id=order, lasts=timedelta(minutes=dice.randint(1, 60)))
        case "move":
            delta = dice.randint(1, 5)
            await stock.move(
                conn, boutique_id=boutique, variant_id=variant, delta=delta, reason="restock"
            )
        case _:
            await stock.move(
                conn,
                boutique_id=boutique,
                variant_id=variant,
                delta=-1,
                reason="sale",
                order_id=order,
            )


@pytest.mark.parametrize("seed", range(3))
async def test_after_whatever_happens_the_kept_level_is_the_written_one(
    database: Database, superuser_url: str, seed: int
) -> None:
    # given two boutiques with orders that hold pieces
    dice = random.Random(seed)
    shops = []
    for _ in range(2):
        boutique = await a_boutique(database)
        stocked = {"blue": dict.fromkeys(SIZES, 20)}
        variants = await a_product(database, boutique, stock=stocked)
        shops.append((boutique, variants, await some_orders(database, boutique, variants, 4)))

    for _ in range(STEPS):
        # when something happens, alone or several in one transaction, some of it undone
        boutique, variants, orders = dice.choice(shops)
        try:
            async with database.tenant_connection(boutique) as conn:
                for _ in range(dice.randint(1, 3)):
                    await step(conn, boutique, dice.choice(orders), variants, dice)
                if dice.random() < 0.2:
                    raise psycopg.errors.CheckViolation  # as a sale below zero is
        except psycopg.errors.CheckViolation:
            pass

        # then
        what_is_kept_is_what_was_written(superuser_url)


async def test_what_the_system_deletes_or_moves_is_counted_too(
    database: Database, superuser_url: str
) -> None:
    boutique = await a_boutique(database)
    small, large = await a_product(database, boutique, stock={"blue": {"S": 5, "L": 5}})
    orders = await some_orders(database, boutique, [small], 3)

    async with database.system_connection() as conn:
        await conn.execute(
            "update stock_reservations set variant_id = %s, quantity = 2 where order_id = %s",
            (large.id, orders[0]),
        )
        await conn.execute("delete from stock_reservations where order_id = %s", (orders[1],))

    what_is_kept_is_what_was_written(superuser_url)
    async with database.tenant_connection(boutique) as conn:
        levels = await stock.lock_levels(conn, variant_ids=[small.id, large.id])
    assert (levels[small.id].reserved, levels[large.id].reserved) == (1, 2)


async def test_orders_at_the_same_time_are_all_counted(
    database: Database, superuser_url: str
) -> None:
    # given ten orders on the same two variants
    boutique = await a_boutique(database)
    variants = await a_product(database, boutique, stock={"blue": {"S": 50, "L": 50}})
    orders = await some_orders(database, boutique, variants, 10)

    async def come_and_go(order: str, dice: random.Random) -> None:
        for _ in range(5):
            async with database.tenant_connection(boutique) as conn:
                await stock.settle(conn, order_id=order, outcome="released")
            async with database.tenant_connection(boutique) as conn:
                await stock.lock_levels(conn, variant_ids=[v.id for v in variants])
                for variant in dice.sample(variants, 2):
                    await stock.reserve(
                        conn,
                        boutique_id=boutique,
                        order_id=order,
                        variant_id=variant.id,
                        quantity=1,
                        lasts=timedelta(minutes=15),
                    )

    # when all give back and hold again at once, in no order
    await asyncio.gather(*(come_and_go(order, random.Random(n)) for n, order in enumerate(orders)))

    # then none waited for another in a circle, and none was lost
    what_is_kept_is_what_was_written(superuser_url)
    async with database.tenant_connection(boutique) as conn:
        levels = await stock.lock_levels(conn, variant_ids=[v.id for v in variants])
    assert [level.reserved for level in levels.values()] == [10, 10]


async def test_a_reservation_past_its_end_hides_the_piece_until_somebody_ends_it(
    database: Database,
) -> None:
    # given the last piece, held by an order whose time is over
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 1}})
    [order] = await some_orders(database, boutique, [variant], 1)
    async with database.system_connection() as conn:
        await conn.execute("update stock_reservations set expires_at = now() - interval '1 hour'")

    # then it is neither found nor free for another order
    async with database.tenant_connection(boutique) as conn:
        assert await search.find(conn, Criteria()) == []
        levels = await stock.lock_levels(conn, variant_ids=[variant.id])
    assert levels[variant.id].available == 0

    # when the order's end is written down
    async with database.tenant_connection(boutique) as conn:
        await stock.release_expired(conn, order_id=order)

        # then it is found, in the same transaction already
        [hit] = await search.find(conn, Criteria())
    assert hit.product_id == variant.product_id


async def test_the_assistant_cannot_write_what_is_kept(database: Database) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique)
    for column in ("reserved", "available", "quantity"):
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.GeneratedAlways)):
            async with database.tenant_connection(boutique) as conn:
                await conn.execute(f"update product_variants set {column} = default".encode())
