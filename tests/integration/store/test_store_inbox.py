"""A familiar sender's message is kept in one statement; anybody else's is left to the long way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dukani.core.database import Database
from dukani.core.store import inbox, messages
from dukani.core.store.inbox import Sender
from tests.factories import a_boutique, a_conversation, a_customer, arrived, open_events

PHONE = "+254712000001"
AMINA = Sender(PHONE, None, "Amina")


async def keep(database: Database, boutique: str, sender: Sender) -> bool:
    familiar = await inbox.record_if_known(
        database.at_once(boutique), sender=sender, arrival=arrived(), delay=None
    )
    return familiar.known


async def kept(database: Database, boutique: str, conversation: str) -> tuple[int, int]:
    """Messages and open events of a conversation."""
    async with database.tenant_connection(boutique) as conn:
        said = await messages.recent(conn, conversation_id=conversation)
        return len(said), len(await open_events(conn, conversation_id=conversation))


async def test_a_familiar_senders_message_is_kept_once(database: Database) -> None:
    boutique = await a_boutique(database)
    amina = await a_customer(database, boutique, phone=PHONE, name="Amina")
    conversation = await a_conversation(database, boutique, amina)

    assert [await keep(database, boutique, AMINA) for _ in range(2)] == [True, True]

    assert await kept(database, boutique, conversation) == (1, 1)


@pytest.mark.parametrize(
    ("known", "tells"),
    [
        ({}, {"phone": "+254712000009"}),  # a new face
        ({}, {"wa_user_id": "KE.1"}),
        ({"name": None}, {}),  # her name, for the first time
    ],
)
async def test_whoever_is_new_or_tells_something_new_is_not_familiar(
    database: Database, known: dict[str, None], tells: dict[str, str]
) -> None:
    boutique = await a_boutique(database)
    amina = await a_customer(database, boutique, **({"phone": PHONE, "name": "Amina"} | known))
    conversation = await a_conversation(database, boutique, amina)

    assert not await keep(database, boutique, replace(AMINA, **tells))

    assert await kept(database, boutique, conversation) == (0, 0)


async def test_two_halves_of_one_person_are_not_familiar(database: Database) -> None:
    boutique = await a_boutique(database)
    by_phone = await a_customer(database, boutique, phone=PHONE, name="Amina")
    by_id = await a_customer(database, boutique, phone=None, wa_user_id="KE.1", name="Amina")
    halves = [await a_conversation(database, boutique, each) for each in (by_phone, by_id)]

    assert not await keep(database, boutique, replace(AMINA, wa_user_id="KE.1"))

    assert [await kept(database, boutique, half) for half in halves] == [(0, 0), (0, 0)]


async def test_whom_one_boutique_knows_is_no_familiar_of_another(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    amina = await a_customer(database, mine, phone=PHONE, name="Amina")
    conversation = await a_conversation(database, mine, amina)

    assert not await keep(database, theirs, AMINA)

    assert await kept(database, mine, conversation) == (0, 0)
