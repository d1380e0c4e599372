"""What a turn begins with and what it leaves behind, each event once."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg.errors import ForeignKeyViolation

from dukani.core.database import Connection, Database
from dukani.core.store import conversations, customers, events, messages, parties, turns
from dukani.core.store.customers import Customer
from tests.factories import a_boutique, a_conversation, a_customer, an_inbound, open_events


async def close(conn: Connection, conversation: str, customer: str, **values: Any) -> int:
    usual: dict[str, Any] = {"event_ids": [], "step": "browsing", "language": "sw", "memory": {}}
    return await turns.close(
        conn, conversation_id=conversation, customer_id=customer, **usual | values
    )


async def the_customer(conn: Connection, phone: str) -> Customer:
    return await customers.find_or_create(conn, phone=phone)


async def test_events_are_handled_once_in_the_order_they_came(database: Database) -> None:
    # given three events
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    async with database.tenant_connection(boutique) as conn:
        ids = [
            await events.add(conn, conversation_id=conversation, kind="timer", payload={"n": n})
            for n in range(3)
        ]
        first = await open_events(conn, conversation_id=conversation)

        # when a turn over two of them is closed twice
        handled = await close(conn, conversation, customer, event_ids=ids[:2])
        again = await close(conn, conversation, customer, event_ids=ids[:2])
        left = await open_events(conn, conversation_id=conversation)

    # then
    assert [event.payload["n"] for event in first] == [0, 1, 2]
    assert (handled, again) == (2, 0)
    assert [event.id for event in left] == ids[2:]


async def test_an_event_comes_with_the_message_that_brought_it(database: Database) -> None:
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        message = await an_inbound(conn, conversation)
        await events.add(conn, conversation_id=conversation, kind="timer")
        found = await open_events(conn, conversation_id=conversation)
        opening = await turns.open_turn(conn, conversation_id=conversation)

    assert [event.message for event in found] == [message, None]
    assert opening is not None
    assert [event.message for event in opening.events] == [message, None]


async def test_a_turn_opens_with_its_events_its_parties_and_what_the_last_one_left(
    database: Database,
) -> None:
    # given a turn that was closed, and something new
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    async with database.tenant_connection(boutique) as conn:
        assert await turns.open_turn(conn, conversation_id=conversation) is None
        await close(conn, conversation, customer, memory={"options": [1]})
        await close(conn, conversation, customer, memory={"introduced": True})
        event = await events.add(conn, conversation_id=conversation, kind="timer")

        # when the next one opens
        opening = await turns.open_turn(conn, conversation_id=conversation)
        alone = await parties.of_conversation(conn, conversation_id=conversation)

    # then
    assert opening is not None
    assert [event.id for event in opening.events] == [event]
    assert opening.parties == alone
    assert opening.parties.customer.id == customer
    assert opening.parties.memory == {"introduced": True}


async def test_another_boutique_opens_nothing(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    conversation = await a_conversation(database, mine)
    async with database.tenant_connection(mine) as conn:
        await events.add(conn, conversation_id=conversation, kind="timer")
    async with database.tenant_connection(theirs) as conn:
        assert await turns.open_turn(conn, conversation_id=conversation) is None


async def test_a_closed_turn_says_what_was_heard_where_it_stands_and_in_which_language(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique, phone="+254722000001")
    conversation = await a_conversation(database, boutique, customer)
    heard = {"acts": [{"kind": "greeting"}]}
    async with database.tenant_connection(boutique) as conn:
        message = await an_inbound(conn, conversation, body="Sasa")
        note = {"message_id": message.id, "understanding": heard}
        await close(conn, conversation, customer, **note)
        kept = await messages.get(conn, message_id=message.id)
        stands = await conversations.get(conn, conversation_id=conversation)
        speaks = await the_customer(conn, "+254722000001")

    assert kept is not None
    assert kept.understanding == heard
    assert stands is not None
    assert stands.step == "browsing"
    assert speaks.language == "sw"


async def test_a_turn_without_words_keeps_what_was_known(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique, phone="+254722000001", language="en")
    conversation = await a_conversation(database, boutique, customer)
    async with database.tenant_connection(boutique) as conn:
        message = await an_inbound(conn, conversation)
        await close(conn, conversation, customer, language=None, message_id=message.id)
        kept = await messages.get(conn, message_id=message.id)
        speaks = await the_customer(conn, "+254722000001")

    assert kept is not None
    assert kept.understanding is None
    assert speaks.language == "en"


async def test_another_boutique_closes_nothing(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, mine, phone="+254722000001", language="en")
    conversation = await a_conversation(database, mine, customer)
    async with database.tenant_connection(mine) as conn:
        event = await events.add(conn, conversation_id=conversation, kind="timer")

    with pytest.raises(ForeignKeyViolation):  # there is nothing of theirs to remember
        async with database.tenant_connection(theirs) as conn:
            await close(conn, conversation, customer, event_ids=[event])

    async with database.tenant_connection(mine) as conn:
        stands = await conversations.get(conn, conversation_id=conversation)
        assert stands is not None
        assert stands.step == "start"
        assert (await the_customer(conn, "+254722000001")).language == "en"
        assert len(await open_events(conn, conversation_id=conversation)) == 1
