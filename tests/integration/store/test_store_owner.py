"""The owner's desk in the database: her messages once, her session, her figures; no other's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.core.database import Database
from dukani.core.store import (
    boutiques,
    conversations,
    held_stock,
    orders,
    owner_inbox,
    owner_reports,
    owner_sessions,
    requests,
    stock,
)
from dukani.core.store.owner_reports import TO_BE_PAID, TO_REVIEW, TO_SEND
from tests.factories import a_boutique, a_conversation, a_customer, a_product, arrived

OWNER = "+254711000777"


async def an_order(
    database: Database, boutique_id: str, *, number: str, at: datetime | None = None
) -> str:
    customer_id = await a_customer(database, boutique_id)
    conversation_id = await a_conversation(database, boutique_id, customer_id)
    async with database.tenant_connection(boutique_id) as conn:
        order_id = await orders.add(
            conn,
            boutique_id=boutique_id,
            number=number,
            customer_id=customer_id,
            conversation_id=conversation_id,
            cart_id=None,
            currency="KES",
            items_minor=450_000,
            delivery_minor=0,
            address="Kilimani",
        )
        assert order_id is not None
        await requests.add(
            conn,
            customer_id=customer_id,
            conversation_id=conversation_id,
            kind="gift_wrap",
            words="wrap it",
            order_id=order_id,
        )
        await conversations.hand_off(conn, conversation_id=conversation_id, reason="asked")
    if at is not None:
        async with database.system_connection() as conn:
            await conn.execute("update orders set created_at = %s where id = %s", (at, order_id))
    return order_id


async def test_another_boutique_finds_nothing_of_it(database: Database) -> None:
    # given a boutique with a message of its owner, a question, a paid and an open order, stock
    mine, other = await a_boutique(database), await a_boutique(database)
    paid = await an_order(database, mine, number="DK-0001")
    await an_order(database, mine, number="DK-0002")
    [variant] = await a_product(database, mine, sku="WRAP")
    async with database.tenant_connection(mine) as conn:
        await orders.confirm_paid(conn, order_id=paid)
        assert await owner_inbox.record(conn, owner_phone=OWNER, arrival=arrived(body="pending"))
        version = await owner_sessions.ask(conn, {"kind": "pause_shop"}, lasts=timedelta(hours=1))
        waiting = await owner_inbox.next_open(conn)
        assert waiting is not None

    # when another boutique asks for each of them, and writes to them
    async with database.tenant_connection(other) as conn:
        assert await owner_inbox.next_open(conn) is None
        assert not await owner_inbox.mark_handled(conn, message_id=waiting.message.id)
        assert await owner_inbox.note_failure(conn, message_id=waiting.message.id) == 0
        assert (await owner_sessions.get(conn)).pending is None
        assert not await owner_sessions.close(conn, version=version)
        report = await owner_reports.sales(conn, unit="day")
        assert (report.orders, report.paid_minor, report.over_the_counter) == (0, 0, 0)
        for which in (TO_SEND, TO_BE_PAID, TO_REVIEW):
            assert await owner_reports.waiting_orders(conn, which=which, limit=9) == []
        assert await owner_reports.open_requests(conn, limit=9) == []
        assert await orders.of_boutique(conn, numbers=["DK-0001"]) == []
        await orders.set_fulfilment(conn, order_id=paid, to="dispatched")
        assert await held_stock.by_sku(conn, sku="WRAP") == []
        assert await held_stock.of_variants(conn, variant_ids=[variant.id]) == []
        assert await held_stock.skus(conn) == []
        await boutiques.pause(conn, paused=True)

    # then all of it is as it was, and the boutique itself finds it
    async with database.tenant_connection(mine) as conn:
        assert (await owner_sessions.get(conn)).pending == {"kind": "pause_shop"}
        [to_send] = await owner_reports.waiting_orders(conn, which=TO_SEND, limit=9)
        [to_be_paid] = await owner_reports.waiting_orders(conn, which=TO_BE_PAID, limit=9)
        assert (to_send.number, to_be_paid.number) == ("DK-0001", "DK-0002")
        assert len(await owner_reports.open_requests(conn, limit=9)) == 2
        boutique = await boutiques.get(conn, boutique_id=mine)
        assert boutique is not None and boutique.paused_at is None
        order = await orders.get(conn, order_id=paid)
        assert order is not None and order.fulfilment_status == "unfulfilled"


async def test_a_message_is_stored_and_handled_once(database: Database) -> None:
    boutique = await a_boutique(database)
    async with database.tenant_connection(boutique) as conn:
        assert await owner_inbox.record(conn, owner_phone=OWNER, arrival=arrived())
        assert not await owner_inbox.record(conn, owner_phone=OWNER, arrival=arrived())
        waiting = await owner_inbox.next_open(conn)
        assert waiting is not None
        assert await owner_inbox.mark_handled(conn, message_id=waiting.message.id)
        assert not await owner_inbox.mark_handled(conn, message_id=waiting.message.id)
        assert await owner_inbox.next_open(conn) is None


async def test_one_message_moves_a_variant_once(database: Database) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await owner_inbox.record(conn, owner_phone=OWNER, arrival=arrived())
        waiting = await owner_inbox.next_open(conn)
        assert waiting is not None
        moved = [
            await stock.move(
                conn,
                boutique_id=boutique,
                variant_id=variant.id,
                delta=-2,
                reason="sale",
                owner_message_id=waiting.message.id,
            )
            for _ in range(2)
        ]
        [held] = await held_stock.of_variants(conn, variant_ids=[variant.id])
    assert moved == [True, False]
    assert held.on_hand == 3


@pytest.mark.parametrize(
    ("timezone", "hours_ago", "today", "yesterday"),
    [
        ("Africa/Nairobi", 1, 1, 0),
        ("Africa/Nairobi", 24, 0, 1),
        ("Africa/Nairobi", 48, 0, 0),
        ("Pacific/Kiritimati", 24, 0, 1),
    ],
)
async def test_a_day_is_the_boutiques_own(
    database: Database, timezone: str, hours_ago: int, today: int, yesterday: int
) -> None:
    # given an order so long before the boutique's own noon
    boutique = await a_boutique(database, timezone=timezone)
    async with database.system_connection() as conn:
        cursor = await conn.execute(
            "select (date_trunc('day', now() at time zone %(zone)s)) at time zone %(zone)s as at",
            {"zone": timezone},
        )
        row = await cursor.fetchone()
    assert row is not None
    at = row["at"].astimezone(UTC) + timedelta(hours=12 - hours_ago)
    await an_order(database, boutique, number="DK-0001", at=at)

    async with database.tenant_connection(boutique) as conn:
        reports = [
            await owner_reports.sales(conn, unit="day"),
            await owner_reports.sales(conn, unit="day", days_back=1),
        ]
    assert [report.orders for report in reports] == [today, yesterday]
    assert reports[0].begins_at == row["at"]
