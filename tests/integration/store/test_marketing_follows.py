"""How often marketing reaches somebody is counted by person, whatever name she is reached by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.campaigns import frequency
from dukani.core.database import Connection, Database
from dukani.core.store import (
    audience,
    customers,
    identities,
    marketing_contacts,
    portfolios,
    suppressed_identities,
)
from tests.factories import a_boutique, a_customer

PHONE, NEW_PHONE, USER_ID = "+254722000001", "+254733000001", "KE.1349120865530274"
A_WEEK = timedelta(days=7)


@pytest.fixture
async def boutique(database: Database) -> str:
    return await a_boutique(database)


async def was_written_to(
    conn: Connection, identity: str, *, days_ago: float = 0, source: str | None = None
) -> None:
    source = source or f"test:{identity}:{days_ago}"
    await marketing_contacts.reserve(conn, identities=[identity], sources=[source])
    await conn.execute(
        "update marketing_contacts set reserved_at = now() - %s where source = %s",
        (timedelta(days=days_ago), source),
    )


async def changes_number(conn: Connection, before: str | None, after: str) -> str | None:
    return await identities.move(
        conn, phone=before, wa_user_id=None, new_phone=after, new_wa_user_id=None
    )


async def why_not(conn: Connection, identity: str) -> str | None:
    """Why nothing may be sent to her now, as a campaign's claim asks."""
    return (await frequency.reserve(conn, [("test:now", identity)]))["test:now"]


async def test_the_days_between_two_count_on_after_a_new_number(
    database: Database, boutique: str
) -> None:
    # given a customer who was written to, and then changed her number
    customer = await a_customer(database, boutique, phone=PHONE)
    async with database.tenant_connection(boutique) as conn:
        await was_written_to(conn, PHONE, days_ago=1)
        await changes_number(conn, PHONE, NEW_PHONE)

    # then she is not written to again, at planning as at sending
    async with database.tenant_connection(boutique) as conn:
        [contact] = await audience.contacts(
            conn, customer_ids=[customer], at=datetime.now(UTC), within=A_WEEK
        )
        assert (contact.identity, contact.contacts) == (NEW_PHONE, 1)
        assert await why_not(conn, NEW_PHONE) == "cooldown"


async def test_the_weeks_limit_counts_what_reached_two_rows_of_one_person(
    database: Database, boutique: str
) -> None:
    # given two rows, each written to once, long enough ago for the days between two
    await a_customer(database, boutique, phone=PHONE, wa_user_id=None)
    await a_customer(database, boutique, phone=None, wa_user_id=USER_ID)
    async with database.tenant_connection(boutique) as conn:
        await was_written_to(conn, PHONE, days_ago=6)
        await was_written_to(conn, USER_ID, days_ago=5.5)
        assert await why_not(conn, PHONE) is None
        await marketing_contacts.release(conn, sources=["test:now"])

    # when a message shows that they are one
    async with database.tenant_connection(boutique) as conn:
        await customers.find_or_create(conn, phone=PHONE, wa_user_id=USER_ID)

    # then both count
    async with database.tenant_connection(boutique) as conn:
        assert await why_not(conn, PHONE) == "frequency_cap"


async def test_a_phone_learned_takes_the_user_ids_contacts(
    database: Database, boutique: str
) -> None:
    await a_customer(database, boutique, phone=None, wa_user_id=USER_ID)
    async with database.tenant_connection(boutique) as conn:
        await was_written_to(conn, USER_ID)
        await customers.find_or_create(conn, phone=PHONE, wa_user_id=USER_ID)

    async with database.tenant_connection(boutique) as conn:
        assert await why_not(conn, PHONE) == "cooldown"


async def test_the_next_holder_of_a_number_begins_with_none(
    database: Database, boutique: str
) -> None:
    # given a number whose holder of long ago was written to, and somebody who gets it now
    before = await a_customer(database, boutique, phone=NEW_PHONE)
    await a_customer(database, boutique, phone=PHONE)
    async with database.tenant_connection(boutique) as conn:
        await was_written_to(conn, NEW_PHONE)
        await conn.execute(
            "update customers set created_at = now() - interval '1 year' where id = %s", (before,)
        )
        await changes_number(conn, PHONE, NEW_PHONE)

    async with database.tenant_connection(boutique) as conn:
        assert await why_not(conn, NEW_PHONE) is None
        assert await why_not(conn, f"former:{before}") == "cooldown"


@pytest.mark.parametrize(
    ("reason", "follows"),
    # What a person decided is about the customer; who is not reached is so at the old number.
    [("by_a_person", True), ("complained", True), ("unreachable", False)],
)
async def test_who_is_left_alone_is_so_at_a_new_number(
    database: Database, boutique: str, reason: suppressed_identities.Reason, follows: bool
) -> None:
    await a_customer(database, boutique, phone=PHONE)
    async with database.tenant_connection(boutique) as conn:
        await suppressed_identities.add(conn, identity=PHONE, reason=reason)
        await changes_number(conn, PHONE, NEW_PHONE)

    async with database.tenant_connection(boutique) as conn:
        old = await suppressed_identities.why(conn, identity=PHONE)
        new = await suppressed_identities.why(conn, identity=NEW_PHONE)
    assert (old, new) == ((None, reason) if follows else (reason, None))


async def test_who_was_taken_out_under_a_name_that_a_merge_drops_stays_out(
    database: Database, boutique: str
) -> None:
    # given a number with a user id, and a row of another id that turns out to be hers
    await a_customer(database, boutique, phone=PHONE, wa_user_id="KE.0")
    await a_customer(database, boutique, phone=None, wa_user_id=USER_ID)
    async with database.tenant_connection(boutique) as conn:
        await suppressed_identities.add(conn, identity="KE.0", reason="by_a_person")
        await customers.find_or_create(conn, phone=PHONE, wa_user_id=USER_ID)

    async with database.tenant_connection(boutique) as conn:
        assert await suppressed_identities.why(conn, identity=PHONE) == "by_a_person"


async def test_a_portfolio_counts_her_once(database: Database, boutique: str) -> None:
    # given a number that may begin with one person a day, and did
    async with database.system_connection() as conn:
        await conn.execute(
            "insert into provider_credentials (boutique_id, provider, account, secrets)"
            " values (%s, 'meta', '1', 'x')",
            (boutique,),
        )
    await a_customer(database, boutique, phone=PHONE)
    async with database.tenant_connection(boutique) as conn:
        assert await may_begin_with(conn, PHONE)
        await changes_number(conn, PHONE, NEW_PHONE)

    async with database.tenant_connection(boutique) as conn:
        assert not await may_begin_with(conn, PHONE)
        assert await may_begin_with(conn, NEW_PHONE)


async def may_begin_with(conn: Connection, identity: str) -> bool:
    free_at = await portfolios.reserve_users(
        conn, provider="meta", identities=[identity], users_per_day=1
    )
    return free_at[identity] is None


async def test_another_boutiques_contacts_stay(database: Database, boutique: str) -> None:
    other = await a_boutique(database)
    for one in (boutique, other):
        await a_customer(database, one, phone=PHONE)
        async with database.tenant_connection(one) as conn:
            await was_written_to(conn, PHONE)

    async with database.tenant_connection(boutique) as conn:
        await changes_number(conn, PHONE, NEW_PHONE)

    async with database.tenant_connection(other) as conn:
        assert await why_not(conn, PHONE) == "cooldown"
        assert await why_not(conn, NEW_PHONE) is None
