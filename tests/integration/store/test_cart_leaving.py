"""Carts that are left: told once of each version, of whoever has not ordered since."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from psycopg.types.json import Jsonb

from dukani.core.database import Database
from dukani.core.store import cart_codes, cart_leaving, carts, orders, payments
from dukani.domain.domain_events import CartAbandoned, read_event
from tests.factories import Variant, a_boutique, a_customer, a_product, put_in_cart


class Shop:
    """A boutique with a piece, a customer, and time that can be let pass."""

    def __init__(self, database: Database, boutique: str, customer: str, piece: Variant) -> None:
        self.database, self.boutique = database, boutique
        self.customer, self.piece = customer, piece

    async def fill(self, quantity: int = 2, customer: str | None = None) -> str:
        return await put_in_cart(
            self.database, self.boutique, customer or self.customer, self.piece, quantity=quantity
        )

    async def do(self, statement: str, *values: Any) -> None:
        async with self.database.tenant_connection(self.boutique) as conn:
            await conn.execute(statement.encode(), values)

    async def pass_time(self, time: timedelta = timedelta(hours=2)) -> None:
        await self.do("update carts set updated_at = updated_at - %s where status = 'active'", time)
        await self.do("update window_carts set changed_at = changed_at - %s", time)

    async def leave_after(self, time: str) -> None:
        async with self.database.system_connection() as conn:
            await conn.execute(
                "update boutiques set cart_left_after = %s::interval where id = %s",
                (time, self.boutique),
            )

    async def look(self) -> list[CartAbandoned]:
        """What is told when the clock comes."""
        before = await self.told()
        for tell in (cart_leaving.tell_left, cart_leaving.tell_left_in_the_window):
            async with self.database.system_connection() as conn:
                await tell(conn)
        return (await self.told())[len(before) :]

    async def told(self) -> list[CartAbandoned]:
        rows = await self.rows("kind = 'cart_abandoned'")
        events = [read_event(row["kind"], row["payload"]) for row in rows]
        return [event for event in events if isinstance(event, CartAbandoned)]

    async def rows(self, which: str) -> list[dict[str, Any]]:
        async with self.database.tenant_connection(self.boutique) as conn:
            found = await conn.execute(
                f"select * from domain_events where {which} order by id".encode()
            )
            return await found.fetchall()

    async def order(self) -> str:
        async with self.database.tenant_connection(self.boutique) as conn:
            order = await orders.add(
                conn, boutique_id=self.boutique, number=f"DK-{uuid4().int % 9000 + 1000}",
                customer_id=self.customer, conversation_id=None, cart_id=None, currency="KES",
                items_minor=450000, delivery_minor=0, address="Kilimani",
            )  # fmt: skip
        assert order is not None
        return order

    async def left_in_the_window(self, *, quantity: int = 1) -> str:
        """The number of a visitor who filled a cart there."""
        visitor = str(uuid4())
        await self.do(
            "insert into window_carts (boutique_id, anonymous_id, lines) values (%s, %s, %s)",
            self.boutique, visitor, Jsonb([[self.piece.id, quantity]]),
        )  # fmt: skip
        return visitor

    async def join(self, visitor: str) -> None:
        async with self.database.tenant_connection(self.boutique) as conn:
            await cart_codes.join_visitor(conn, anonymous_id=visitor, customer_id=self.customer)


@pytest.fixture
async def shop(database: Database) -> Shop:
    boutique = await a_boutique(database)
    [piece] = await a_product(database, boutique)
    return Shop(database, boutique, await a_customer(database, boutique), piece)


async def test_a_cart_is_told_once_of_each_version(shop: Shop) -> None:
    # given a cart that was filled two hours ago
    cart = await shop.fill()
    assert await shop.look() == []
    await shop.pass_time()

    # when the clock comes twice, she puts another in, and time passes again
    first, again = await shop.look(), await shop.look()
    await shop.fill(3)
    at_once = await shop.look()
    await shop.pass_time()
    second = await shop.look()

    # then each state of the cart is told once
    assert first == [CartAbandoned(pieces=2, of="cart", version=1)]
    assert again == at_once == []
    assert second == [CartAbandoned(pieces=3, of="cart", version=2)]
    [row, _] = await shop.rows("kind = 'cart_abandoned'")
    assert (str(row["subject_id"]), str(row["customer_id"])) == (cart, shop.customer)


async def test_telling_of_a_cart_does_not_change_it(shop: Shop) -> None:
    await shop.fill()
    await shop.pass_time()
    async with shop.database.tenant_connection(shop.boutique) as conn:
        before = await (await conn.execute("select updated_at from carts")).fetchone()
        await shop.look()
        after = await (await conn.execute("select updated_at from carts")).fetchone()
    assert before == after


async def test_the_boutique_says_after_how_long(shop: Shop) -> None:
    await shop.fill()
    await shop.leave_after("1 day")
    await shop.pass_time()
    assert await shop.look() == []

    # another time counts for the carts that wait already
    await shop.leave_after("30 minutes")
    assert len(await shop.look()) == 1


async def test_who_ordered_since_or_has_nothing_in_it_has_left_nothing(shop: Shop) -> None:
    other = await a_customer(shop.database, shop.boutique)
    await shop.fill()
    cart = await shop.fill(customer=other)
    async with shop.database.tenant_connection(shop.boutique) as conn:
        await carts.replace_items(conn, cart_id=cart, items=[])
    await shop.pass_time()
    await shop.order()

    assert await shop.look() == []
    async with shop.database.tenant_connection(shop.boutique) as conn:
        row = await (
            await conn.execute("select count(*) as n from carts where told_version < version")
        ).fetchone()
    assert row == {"n": 0}  # nothing that the clock would look at for ever


async def test_a_prompt_that_is_open_is_waited_for(shop: Shop) -> None:
    # given an order from before whose prompt is on her phone, and a newer cart
    order = await shop.order()
    async with shop.database.tenant_connection(shop.boutique) as conn:
        attempt = await payments.add(
            conn, boutique_id=shop.boutique, order_id=order, provider="daraja",
            phone="+254722000001", amount_minor=450000, callback_token="t",
        )  # fmt: skip
        await conn.execute("update orders set created_at = created_at - interval '1 day'")
    assert attempt is not None
    await shop.fill()
    await shop.pass_time()
    assert await shop.look() == []

    # when M-Pesa has answered, and the clock asks again
    async with shop.database.tenant_connection(shop.boutique) as conn:
        await payments.resolve(conn, payment_id=attempt, status="failed", result_code="1032")
    await shop.do("update carts set left_at = now()")
    assert len(await shop.look()) == 1


async def test_an_expiry_tells_only_what_was_not_told(shop: Shop) -> None:
    other = await a_customer(shop.database, shop.boutique)
    await shop.fill()
    await shop.pass_time()
    await shop.look()
    await shop.fill(customer=other, quantity=5)
    await shop.do("update carts set expires_at = now() - interval '1 minute'")

    async with shop.database.system_connection() as conn:
        await carts.abandon_expired(conn)

    assert [event.pieces for event in await shop.told()] == [2, 5]


async def test_a_window_cart_is_told_once_somebody_is_known_to_have_left_it(shop: Shop) -> None:
    # given two visitors who left their carts, one of whom says who she is
    visitor, nobody = await shop.left_in_the_window(quantity=3), await shop.left_in_the_window()
    await shop.pass_time()
    assert await shop.look() == []
    await shop.join(visitor)

    # when the clock comes twice
    told = [*await shop.look(), *await shop.look()]

    assert told == [CartAbandoned(pieces=3, of="window_cart", version=1)]
    [row] = await shop.rows("kind = 'cart_abandoned'")
    assert (str(row["anonymous_id"]), str(row["customer_id"])) == (visitor, shop.customer)
    assert nobody != visitor


async def test_two_clocks_at_once_tell_a_cart_once(shop: Shop) -> None:
    customers = [await a_customer(shop.database, shop.boutique) for _ in range(12)]
    for customer in customers:
        await shop.fill(customer=customer)
    await shop.pass_time()

    async def clock() -> None:
        async with shop.database.system_connection() as conn:
            while await cart_leaving.tell_left(conn, limit=3):
                pass

    await asyncio.gather(*(clock() for _ in range(3)))

    told = await shop.rows("kind = 'cart_abandoned'")
    assert sorted(str(row["customer_id"]) for row in told) == sorted(customers)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (cart_leaving.CARTS, "carts_left_untold"),
        (cart_leaving.WINDOW_CARTS, "window_carts_left_untold"),
    ],
)
async def test_a_look_reads_what_is_due_and_no_more(shop: Shop, statement: str, index: str) -> None:
    # given an installation that has statistics of nothing: the plan may not depend on them
    async with shop.database.system_connection() as conn:
        cursor = await conn.execute(f"explain {statement}".encode(), {"limit": 500})
        plan = "\n".join(row["QUERY PLAN"] for row in await cursor.fetchall())

    # then the carts come from the index of those that are due, in its order
    assert f"using {index} on" in plan
    assert "Index Cond: (left_at <= now())" in plan
    assert "Sort" not in plan.split(index)[0].rsplit("LockRows", 1)[-1]
