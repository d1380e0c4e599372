"""Conversations, their events, and who answers them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.database import Database
from dukani.core.store import audit, conversations, events
from tests.factories import a_boutique, a_conversation, a_customer, an_arrival, open_events


async def test_a_customer_has_one_conversation_on_the_channel_last_used(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        first = await conversations.find_or_create(conn, customer_id=customer, provider="twilio")
        second = await conversations.find_or_create(conn, customer_id=customer, provider="meta")

    assert second.id == first.id
    assert second.provider == "meta"


async def test_another_boutique_finds_neither_the_conversation_nor_its_events(
    database: Database,
) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    conversation = await a_conversation(database, mine)
    async with database.tenant_connection(mine) as conn:
        await events.add(conn, conversation_id=conversation, kind="timer")

    async with database.tenant_connection(theirs) as conn:
        assert await conversations.get(conn, conversation_id=conversation) is None
        assert await open_events(conn, conversation_id=conversation) == []
        assert not await conversations.hand_off(conn, conversation_id=conversation, reason="asked")


async def test_the_window_never_moves_back_nor_into_the_future(database: Database) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    now = datetime.now(UTC)
    async with database.tenant_connection(boutique) as conn:
        for at in (now - timedelta(days=2), now + timedelta(days=2)):
            await an_arrival(conn, conversation, provider_id=str(at), sent_at=at)
        touched = await conversations.get(conn, conversation_id=conversation)

    assert touched is not None
    assert touched.last_inbound_at is not None
    assert abs(touched.last_inbound_at - now) < timedelta(minutes=1)


async def test_a_conversation_is_handed_off_and_back_once(database: Database) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        took = [
            await conversations.hand_off(conn, conversation_id=conversation, reason=reason)
            for reason in ("asked", "staff")
        ]
        handed = await conversations.get(conn, conversation_id=conversation)
        gave = [await conversations.hand_back(conn, conversation_id=conversation) for _ in range(2)]
        back = await conversations.get(conn, conversation_id=conversation)

    assert took == [True, False]
    assert handed is not None
    assert (handed.handed_off_at is not None, handed.handoff_reason) == (True, "asked")
    assert gave == [True, False]
    assert back is not None
    assert (back.handed_off_at, back.handoff_reason) == (None, None)


async def test_a_customer_waits_since_the_call_and_then_since_the_message_unanswered(
    database: Database,
) -> None:
    boutique, other = await a_boutique(database), await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        nobody_called = await conversations.waiting_since(conn, conversation_id=conversation)
        await conversations.hand_off(conn, conversation_id=conversation, reason="asked")
        called = await conversations.waiting_since(conn, conversation_id=conversation)
        handed = await conversations.get(conn, conversation_id=conversation)
    async with database.tenant_connection(boutique) as conn:
        await conversations.touch_staff(conn, conversation_id=conversation)
        answered = await conversations.waiting_since(conn, conversation_id=conversation)
    async with database.tenant_connection(boutique) as conn:
        await an_arrival(conn, conversation, provider_id="later")
        writes = await conversations.waiting_since(conn, conversation_id=conversation)
    async with database.tenant_connection(other) as conn:
        theirs = await conversations.waiting_since(conn, conversation_id=conversation)

    assert handed is not None
    assert called == handed.handed_off_at
    assert called is not None and writes is not None and writes > called
    assert (nobody_called, answered, theirs) == (None, None, None)


async def test_steps_staff_times_and_audit_lines_are_written(database: Database) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await conversations.set_step(conn, conversation_id=conversation, step="cart_updated")
        await conversations.touch_staff(conn, conversation_id=conversation)
        await audit.write(
            conn, actor="staff", action="reply", subject="conversation:1", details={"n": 1}
        )
        row = await conversations.get(conn, conversation_id=conversation)
        lines = await (await conn.execute("select actor, details from audit_log")).fetchall()

    assert row is not None
    assert row.step == "cart_updated"
    assert row.last_staff_at is not None
    assert lines == [{"actor": "staff", "details": {"n": 1}}]
