"""Wrong prices after an import: what they were, who met them, and back to what they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.core.database import Database
from dukani.core.store import carts, messages, price_changes
from dukani.core.store.price_changes import PriceChange
from tests.factories import Variant, a_boutique, a_conversation, a_customer, a_product

RIGHT, WRONG = 450_000, 4_500
# As every import runs: by a command, or for the member who began it.
AS_A_COMMAND = "select set_config('app.via', 'command', true)"


@pytest.fixture
def moment() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def set_price(database: Database, boutique: str, piece: Variant, price_minor: int) -> None:
    async with database.tenant_connection(boutique) as conn:
        await conn.execute(AS_A_COMMAND)
        await conn.execute(
            "update products set price_minor = %s where id = %s", (price_minor, piece.product_id)
        )


async def changed(database: Database, boutique: str, moment: datetime) -> list[PriceChange]:
    async with database.tenant_connection(boutique) as conn:
        return await price_changes.since(conn, moment=moment)


async def test_a_price_is_told_with_what_it_was_before_the_first_change(
    database: Database, moment: datetime
) -> None:
    # given a piece whose price changed twice, and one that came back to what it was
    boutique = await a_boutique(database)
    (piece,) = await a_product(database, boutique, name="Amani", price_minor=RIGHT)
    (same,) = await a_product(database, boutique, price_minor=RIGHT)
    await set_price(database, boutique, piece, 45_000)
    await set_price(database, boutique, piece, WRONG)
    await set_price(database, boutique, same, WRONG)
    await set_price(database, boutique, same, RIGHT)

    (change,) = await changed(database, boutique, moment)

    assert (change.name, change.was_minor, change.now_minor) == ("Amani", RIGHT, WRONG)
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert await changed(database, boutique, later) == []


async def test_a_size_s_own_price_is_told_and_put_back(
    database: Database, moment: datetime
) -> None:
    boutique = await a_boutique(database)
    (piece,) = await a_product(database, boutique, name="Amani")
    async with database.tenant_connection(boutique) as conn:
        await conn.execute(AS_A_COMMAND)
        await conn.execute(
            "update product_variants set price_minor = %s where id = %s", (WRONG, piece.id)
        )

    (change,) = await changed(database, boutique, moment)
    assert (change.name, change.was_minor, change.now_minor) == ("Amani blue M", None, WRONG)

    async with database.tenant_connection(boutique) as conn:
        assert await price_changes.put_back(conn, change)
    assert await changed(database, boutique, moment) == []


async def test_who_met_the_price_is_told(database: Database, moment: datetime) -> None:
    # given a wrong price
    boutique = await a_boutique(database)
    (piece,) = await a_product(database, boutique, name="Amani", price_minor=RIGHT)
    before = await a_customer(database, boutique, phone="+254722000009")
    async with database.tenant_connection(boutique) as conn:
        talk = await a_conversation(database, boutique, before)
        await messages.queue_outbound(
            conn, provider="twilio", conversation_id=talk, body="Amani, KES 4,500"
        )
    await set_price(database, boutique, piece, WRONG)

    # when one customer is told of it, and another has it in her cart
    told = await a_customer(database, boutique, phone="+254722000001")
    holds = await a_customer(database, boutique, phone="+254722000002")
    talk = await a_conversation(database, boutique, told)
    async with database.tenant_connection(boutique) as conn:
        await messages.queue_outbound(
            conn, provider="twilio", conversation_id=talk, body="Here is Amani, KES 45"
        )
        cart = await carts.open_cart(conn, boutique_id=boutique, customer_id=holds)
        await carts.replace_items(conn, cart_id=cart, items=[(piece.id, 1, WRONG)])

    # then both are named, and nobody who was told before
    (change,) = await changed(database, boutique, moment)
    async with database.tenant_connection(boutique) as conn:
        met = await price_changes.met_by(conn, change)
    assert {(one.how, one.phone, one.price_minor) for one in met} == {
        ("told", "+254722000001", None),
        ("in a cart", "+254722000002", WRONG),
    }


async def test_a_price_that_changed_again_is_not_put_back(
    database: Database, moment: datetime
) -> None:
    boutique = await a_boutique(database)
    (piece,) = await a_product(database, boutique, price_minor=RIGHT)
    await set_price(database, boutique, piece, WRONG)
    (change,) = await changed(database, boutique, moment)
    await set_price(database, boutique, piece, 420_000)  # the owner mends it by hand meanwhile

    async with database.tenant_connection(boutique) as conn:
        assert not await price_changes.put_back(conn, change)
    (now,) = await changed(database, boutique, moment)
    assert now.now_minor == 420_000


async def test_another_boutique_sees_and_changes_nothing(
    database: Database, moment: datetime
) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    (piece,) = await a_product(database, mine, price_minor=RIGHT)
    await set_price(database, mine, piece, WRONG)
    (change,) = await changed(database, mine, moment)

    assert await changed(database, theirs, moment) == []
    async with database.tenant_connection(theirs) as conn:
        assert await price_changes.met_by(conn, change) == []
        assert not await price_changes.put_back(conn, change)
