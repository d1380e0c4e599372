"""What waits has a job or is found: the store and the jobs name the same locks."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from dukani.core import jobs
from dukani.core.database import Connection, Database
from dukani.core.jobs import Partition
from dukani.core.store import events, messages, orphans, webhook_events
from tests.factories import a_boutique, a_conversation

AGED = "3 minutes"


async def aged(database: Database, table: str) -> None:
    async with database.system_connection() as conn:
        await conn.execute(
            f"update {table} set created_at = now() - interval '{AGED}'".encode(), prepare=False
        )


async def found_ends(database: Database) -> dict[str, int]:
    async with database.system_connection() as conn:
        found = {
            "conversations": await orphans.waiting_conversations(conn),
            "partitions": await orphans.waiting_partitions(conn),
            "callbacks": await orphans.unread_callbacks(conn),
        }
    return {kind: len(ends) for kind, ends in found.items() if ends}


async def a_waiting_event(conn: Connection, conversation: str) -> None:
    await events.add(conn, conversation_id=conversation, kind="timer")


async def a_waiting_message(conn: Connection, conversation: str) -> None:
    await messages.queue_outbound(
        conn, conversation_id=conversation, provider="meta", body="Karibu"
    )


async def a_waiting_note(conn: Connection, _conversation: str) -> None:
    await messages.queue_outbound(conn, recipient="+254711000000", provider="meta", body="Paid")


async def a_turn(conn: Connection, boutique: str, conversation: str) -> None:
    await jobs.defer_turn(conn, boutique_id=boutique, conversation_id=conversation)


async def a_delivery(conn: Connection, boutique: str, conversation: str) -> None:
    await jobs.defer_delivery(conn, Partition(boutique, conversation))


async def a_delivery_of_notes(conn: Connection, boutique: str, _conversation: str) -> None:
    await jobs.defer_delivery(conn, Partition(boutique, None))


@pytest.mark.parametrize(
    ("table", "waiting", "kind", "job"),
    [
        ("conversation_events", a_waiting_event, "conversations", a_turn),
        ("messages", a_waiting_message, "partitions", a_delivery),
        # A turn delivers what its conversation has to say.
        ("messages", a_waiting_message, "partitions", a_turn),
        ("messages", a_waiting_note, "partitions", a_delivery_of_notes),
    ],
)
async def test_what_waits_is_found_until_it_has_a_job(
    database: Database, table: str, waiting: Any, kind: str, job: Any
) -> None:
    # given something older, and the jobs of another conversation
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await waiting(conn, conversation)
        for elsewhere in (a_turn, a_delivery):
            await elsewhere(conn, boutique, str(uuid4()))
    await aged(database, table)
    before = await found_ends(database)

    # when its job is deferred
    async with database.tenant_connection(boutique) as conn:
        await job(conn, boutique, conversation)

    assert before == {kind: 1}
    assert await found_ends(database) == {}


async def test_a_callback_is_found_until_it_has_a_job(database: Database) -> None:
    async with database.system_connection() as conn:
        event_id = await webhook_events.store(
            conn,
            provider="daraja",
            event_key="k",
            kind=webhook_events.PAYMENT,
            payload={"Body": {"stkCallback": {"CheckoutRequestID": "ws_1"}}},
        )
        assert event_id is not None
        for lock in (jobs.callback_lock("ws_2"), jobs.push_lock("ws_1")):
            await jobs.defer_callback(conn, lock=lock, webhook_event_id=9, payment_id=None)
    await aged(database, "webhook_events")
    before = await found_ends(database)

    async with database.system_connection() as conn:
        await jobs.defer_callback(
            conn, lock=jobs.callback_lock("ws_1"), webhook_event_id=event_id, payment_id=None
        )

    assert before == {"callbacks": 1}
    assert await found_ends(database) == {}
