"""Messages are stored once; their statuses only move forward; partitions keep their order."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from psycopg.errors import ForeignKeyViolation

from dukani.core.database import Connection, Database
from dukani.core.store import messages, outbox
from dukani.core.store.messages import Message
from tests.factories import a_boutique, a_conversation, an_arrival, an_inbound, open_events


async def a_queued(conn: Connection, conversation_id: str, body: str = "Karibu") -> Message:
    return await messages.queue_outbound(
        conn, conversation_id=conversation_id, provider="meta", body=body
    )


async def test_an_inbound_message_is_stored_once(database: Database) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        stored = [await an_arrival(conn, conversation) for _ in range(2)]
        kept = await messages.recent(conn, conversation_id=conversation)
        waiting = await open_events(conn, conversation_id=conversation)

    assert [message_id is not None for message_id in stored] == [True, False]
    assert [message.id for message in kept] == stored[:1]
    assert [event.message_id for event in waiting] == stored[:1]


async def test_no_message_is_stored_in_a_conversation_of_another_boutique(
    database: Database,
) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    conversation = await a_conversation(database, mine)

    with pytest.raises(ForeignKeyViolation):
        async with database.tenant_connection(theirs) as conn:
            await an_arrival(conn, conversation)

    async with database.tenant_connection(mine) as conn:
        assert await messages.recent(conn, conversation_id=conversation) == []
        assert await open_events(conn, conversation_id=conversation) == []


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        (["sent", "delivered", "read"], "read"),
        # Out of order: what came later stays.
        (["delivered", "sent"], "delivered"),
        (["read", "delivered", "sent"], "read"),
        # Failed is final, unless it had arrived.
        (["sent", "failed", "delivered"], "failed"),
        (["delivered", "failed"], "delivered"),
    ],
)
async def test_a_status_only_moves_forward(database: Database, said: list[str], ends: str) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        message = await a_queued(conn, conversation)
        await outbox.mark_sending(conn, message=message)
        await outbox.mark_sent(conn, message_id=message.id, provider_id="wamid.9")

        for status in said:
            code = "131026" if status == "failed" else None
            await outbox.apply_status(conn, provider_id="wamid.9", status=status, error_code=code)
        told = await messages.get(conn, message_id=message.id)

    assert told is not None
    assert told.status == ends
    assert told.error_code == ("131026" if ends == "failed" else None)


async def test_a_status_that_comes_before_the_answer_finds_the_message_by_our_id(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        message = await a_queued(conn, conversation)
        await outbox.mark_sending(conn, message=message)

        early = await outbox.apply_status(
            conn, provider_id="wamid.9", status="delivered", message_id=message.id
        )
        await outbox.mark_sent(conn, message_id=message.id, provider_id="wamid.9")
        after = await messages.by_provider_id(conn, provider_id="wamid.9")

    assert early is not None
    assert early.message.id == message.id
    assert after is not None
    assert (after.id, after.status) == (message.id, "delivered")


async def test_a_status_of_a_stranger_changes_nothing(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    conversation = await a_conversation(database, mine)
    async with database.tenant_connection(mine) as conn:
        message = await a_queued(conn, conversation)
        inbound = await an_inbound(conn, conversation, provider_id="wamid.in")

    async with database.tenant_connection(theirs) as conn:
        by_our_id = await outbox.apply_status(
            conn, provider_id="wamid.9", status="failed", message_id=message.id
        )
    async with database.tenant_connection(mine) as conn:
        unknown = await outbox.apply_status(
            conn, provider_id="wamid.9", status="read", message_id=str(uuid4())
        )
        to_inbound = await outbox.apply_status(conn, provider_id="wamid.in", status="read")
        untouched = await messages.get(conn, message_id=message.id)
        still = await messages.get(conn, message_id=inbound.id)

    assert (by_our_id, unknown, to_inbound) == (None, None, None)
    assert still == inbound
    assert untouched is not None
    assert untouched.status == "queued"


async def test_another_boutique_reads_no_message(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    conversation = await a_conversation(database, mine)
    async with database.tenant_connection(mine) as conn:
        message = await an_inbound(conn, conversation)
        await a_queued(conn, conversation)

    async with database.tenant_connection(theirs) as conn:
        assert await messages.get(conn, message_id=message.id) is None
        assert await messages.by_provider_id(conn, provider_id="wamid.1") is None
        assert await messages.recent(conn, conversation_id=conversation) == []
        assert await outbox.next_to_send(conn, conversation_id=conversation) is None


async def test_what_the_customer_was_written_last(database: Database) -> None:
    # given a conversation in which the assistant spoke, and then the customer and the shop
    mine, theirs = await a_boutique(database), await a_boutique(database)
    conversation = await a_conversation(database, mine)
    async with database.tenant_connection(mine) as conn:
        assert await messages.last_said(conn, conversation_id=conversation) is None
        await a_queued(conn, conversation)
    async with database.tenant_connection(mine) as conn:
        await an_arrival(conn, conversation)
        hi = await messages.queue_outbound(
            conn, conversation_id=conversation, provider="meta", body="Hi", author="staff"
        )
        await an_arrival(conn, conversation, provider_id="wamid.2")

    # when it is asked, then that is the person's word, and for this boutique only
    async with database.tenant_connection(mine) as conn:
        said = await messages.last_said(conn, conversation_id=conversation)
        assert said == messages.LastSaid("staff", "queued", hi.created_at)
    async with database.tenant_connection(theirs) as conn:
        assert await messages.last_said(conn, conversation_id=conversation) is None


async def test_a_partition_is_worked_off_oldest_first_and_notes_have_their_own(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    other = await a_conversation(database, boutique)
    sent: list[str] = []
    async with database.tenant_connection(boutique) as conn:
        await a_queued(conn, other, "elsewhere")
        for body in ("one", "two", "three"):
            await a_queued(conn, conversation, body)
        await messages.queue_outbound(
            conn, recipient="+254711000000", provider="meta", author="assistant", body="note"
        )

        while waiting := await outbox.next_to_send(conn, conversation_id=conversation):
            message = waiting.message
            assert await outbox.mark_sending(conn, message=message)
            await outbox.mark_sent(conn, message_id=message.id, provider_id=f"id-{message.body}")
            sent.append(message.body)
        note = await outbox.next_to_send(conn, conversation_id=None)

    assert sent == ["one", "two", "three"]
    assert note is not None
    assert note.message.body == "note"


async def test_a_message_can_be_taken_as_it_is_written_unless_another_waits(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    mine, other = [await a_conversation(database, boutique) for _ in range(2)]
    async with database.tenant_connection(boutique) as conn:

        async def written(conversation_id: str) -> tuple[str, int]:
            message = await messages.queue_outbound(
                conn, conversation_id=conversation_id, provider="meta", body="Karibu", take=True
            )
            return message.status, message.attempts

        await a_queued(conn, other)

        assert await written(mine) == ("sending", 1)
        assert await written(mine) == ("queued", 0)
        assert await written(other) == ("queued", 0)


async def test_a_message_is_taken_at_its_own_moment_and_not_at_its_turns_beginning(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("select pg_sleep(0.2)")  # a turn that takes its time

        taken = await messages.queue_outbound(
            conn, conversation_id=conversation, provider="meta", body="Karibu", take=True
        )

    assert taken.updated_at - taken.created_at >= timedelta(seconds=0.2)


async def test_only_one_worker_takes_an_attempt(database: Database) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        message = await a_queued(conn, conversation)
        taken = [await outbox.mark_sending(conn, message=message) for _ in range(2)]

    assert taken == [True, False]


async def test_a_refused_message_stays_first_and_a_failed_one_gives_way(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        first = await a_queued(conn, conversation, "one")
        second = await a_queued(conn, conversation, "two")
        await outbox.mark_sending(conn, message=first)

        await outbox.mark_refused(conn, message_id=first.id, error_code="131056")
        waiting = await outbox.next_to_send(conn, conversation_id=conversation)
        await outbox.mark_failed(conn, message_id=first.id, error_code="131047")
        following = await outbox.next_to_send(conn, conversation_id=conversation)

    assert waiting is not None
    refused = waiting.message
    assert (refused.id, refused.error_code, refused.attempts) == (first.id, "131056", 1)
    assert following is not None
    assert following.message.id == second.id


async def test_where_a_picture_lies_is_kept(database: Database) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        message = await a_queued(conn, conversation)
        await messages.set_media_path(conn, message_id=message.id, media_path=f"{boutique}/a.jpg")
        kept = await messages.get(conn, message_id=message.id)

    assert kept is not None
    assert kept.media_path == f"{boutique}/a.jpg"
