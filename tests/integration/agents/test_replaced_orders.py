"""What an agent is told of an order that its shopper has changed in the chat since."""

from __future__ import annotations

import pytest

from dukani.core.database import Connection, Database
from dukani.core.store import agent_carts, orders
from dukani.dashboard_api.key_holders import digest_of
from tests.factories import a_boutique, a_customer
from tests.integration.agents.conftest import an_agents_key
from tests.signing_in import a_member

SHOPPER = b"s" * 32


@pytest.fixture
async def boutique(database: Database) -> str:
    return await a_boutique(database)


async def an_order(
    conn: Connection,
    customer: str,
    number: str,
    *,
    replaces: str | None = None,
    minor: int = 450000,
) -> str:
    """Each is a second younger than the one before."""
    cursor = await conn.execute("select private.current_boutique()::text as id")
    boutique = await cursor.fetchone()
    assert boutique is not None
    order_id = await orders.add(
        conn, boutique_id=boutique["id"], number=number, customer_id=customer,
        conversation_id=None, cart_id=None, currency="KES", items_minor=minor, delivery_minor=0,
        address="Kilimani", replaces_id=replaces,
    )  # fmt: skip
    assert order_id is not None
    await conn.execute(
        "update orders set created_at = now() + (select count(*) from orders) * interval '1 s'"
        " where id = %s",
        (order_id,),
    )
    return order_id


async def a_key(database: Database, boutique: str, superuser_url: str) -> str:
    owner = a_member(superuser_url, boutique, "owner")
    key = await an_agents_key(database, boutique, owner)
    async with database.system_connection() as conn:
        cursor = await conn.execute(
            "select id::text as id from api_keys where digest = %s", (digest_of(key),)
        )
        row = await cursor.fetchone()
    assert row is not None
    return str(row["id"])


async def ordered(conn: Connection, key_id: str, order_id: str) -> None:
    cart = await agent_carts.locked(conn, key_id=key_id, shopper=SHOPPER, language=None)
    await agent_carts.set_ordered(conn, cart_id=cart.id, order_id=order_id)


async def told(database: Database, boutique: str, key_id: str) -> list[tuple[str, int]]:
    async with database.tenant_connection(boutique) as conn:
        found = await agent_carts.orders_of(conn, key_id=key_id, shopper=SHOPPER)
    return [(one.number, one.total_minor) for one in found]


async def test_the_order_that_stands_now_is_told(
    database: Database, boutique: str, superuser_url: str
) -> None:
    # given an order of an agent's cart that was changed twice in the chat
    key_id = await a_key(database, boutique, superuser_url)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        first = await an_order(conn, customer, "DK-1")
        await ordered(conn, key_id, first)
        second = await an_order(conn, customer, "DK-2", replaces=first)
        await an_order(conn, customer, "DK-3", replaces=second, minor=500000)

    # then the last one is told, alone
    assert await told(database, boutique, key_id) == [("DK-3", 500000)]


async def test_beside_a_replaced_order_the_others_stay(
    database: Database, boutique: str, superuser_url: str
) -> None:
    key_id = await a_key(database, boutique, superuser_url)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        first = await an_order(conn, customer, "DK-1")
        await ordered(conn, key_id, first)
        await ordered(conn, key_id, await an_order(conn, customer, "DK-2"))
        await an_order(conn, customer, "DK-3", replaces=first)

    assert [number for number, _ in await told(database, boutique, key_id)] == ["DK-3", "DK-2"]


async def test_another_customers_order_is_never_told(
    database: Database, boutique: str, superuser_url: str
) -> None:
    key_id = await a_key(database, boutique, superuser_url)
    customer, other = await a_customer(database, boutique), await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        first = await an_order(conn, customer, "DK-1")
        await ordered(conn, key_id, first)
        await an_order(conn, other, "DK-2", replaces=first)

    assert await told(database, boutique, key_id) == [("DK-1", 450000)]


async def test_another_boutique_and_another_key_get_nothing(
    database: Database, boutique: str, superuser_url: str
) -> None:
    key_id, other_key = (
        await a_key(database, boutique, superuser_url),
        await a_key(database, boutique, superuser_url),
    )
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await ordered(conn, key_id, await an_order(conn, customer, "DK-1"))

    assert await told(database, await a_boutique(database), key_id) == []
    assert await told(database, boutique, other_key) == []
