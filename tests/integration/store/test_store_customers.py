"""One person is one row, whichever of her two names a message shows."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import (
    consents,
    customer_merge,
    customers,
    identities,
    inbox,
    memories,
    messages,
    outbox,
    requests,
)
from tests.every_table import fill_every_table
from tests.factories import a_boutique, a_conversation, a_customer, an_arrival, open_events

PHONE = "+254712000001"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        # The same phone again.
        ((PHONE, None), (PHONE, None)),
        # A WhatsApp id beside the phone we know.
        ((PHONE, None), (PHONE, "KE.1")),
        # A phone beside the WhatsApp id we know.
        ((None, "KE.1"), (PHONE, "KE.1")),
        # Only one of the two is shown later.
        ((PHONE, "KE.1"), (None, "KE.1")),
        ((PHONE, "KE.1"), (PHONE, None)),
        # Registered anew at WhatsApp: the phone is what she is known by.
        ((PHONE, "KE.1"), (PHONE, "KE.2")),
    ],
)
async def test_a_customer_is_found_again_by_phone_or_whatsapp_id(
    database: Database, first: tuple[str | None, str | None], then: tuple[str | None, str | None]
) -> None:
    boutique = await a_boutique(database)
    async with database.tenant_connection(boutique) as conn:
        met = await customers.find_or_create(conn, phone=first[0], wa_user_id=first[1])

        again = await customers.find_or_create(conn, phone=then[0], wa_user_id=then[1])

        assert again.id == met.id
        assert again.phone == (then[0] or first[0])
        assert again.wa_user_id == (then[1] or first[1])


async def test_a_name_is_learned_once_and_kept(database: Database) -> None:
    boutique = await a_boutique(database)
    async with database.tenant_connection(boutique) as conn:
        nameless = await customers.find_or_create(conn, phone=PHONE)
        named = await customers.find_or_create(conn, phone=PHONE, name="Wanjiku")
        renamed = await customers.find_or_create(conn, phone=PHONE, name="🌸")

    assert nameless.name is None
    assert (named.name, renamed.name) == ("Wanjiku", "Wanjiku")


async def test_two_boutiques_never_share_a_customer(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    async with database.tenant_connection(mine) as conn:
        here = await customers.find_or_create(conn, phone=PHONE, name="Wanjiku")

    async with database.tenant_connection(theirs) as conn:
        there = await customers.find_or_create(conn, phone=PHONE)
        known = await inbox.known(conn, phone=PHONE, wa_user_id=None)

    assert there.id != here.id
    assert there.name is None
    assert [customer.customer_id for customer in known] == [there.id]


async def test_two_halves_of_one_person_become_one_with_everything_of_both(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    by_phone = await a_customer(database, boutique, phone=PHONE, name=None)
    by_id = await a_customer(database, boutique, phone=None, wa_user_id="KE.1", name="Wanjiku")
    kept = await a_conversation(database, boutique, by_phone)
    other = await a_conversation(database, boutique, by_id)
    async with database.tenant_connection(boutique) as conn:
        await consents.record(
            conn, customer_id=by_phone, purpose="marketing", granted=True, source="whatsapp"
        )
        await consents.record(
            conn, customer_id=by_id, purpose="marketing", granted=False, source="whatsapp"
        )
        await an_arrival(conn, other, body="Habari")
        await requests.add(
            conn, customer_id=by_id, conversation_id=other, kind="complaint", words="it came torn"
        )

        one = await customers.find_or_create(conn, phone=PHONE, wa_user_id="KE.1")

        assert (one.id, one.phone, one.wa_user_id, one.name) == (
            by_phone,
            PHONE,
            "KE.1",
            "Wanjiku",
        )
        assert [message.body for message in await messages.recent(conn, conversation_id=kept)] == [
            "Habari"
        ]
        assert len(await open_events(conn, conversation_id=kept)) == 1
        assert await open_events(conn, conversation_id=other) == []
        assert not await consents.may_market(conn, customer_id=one.id)
        cursor = await conn.execute("select customer_id, conversation_id from requests")
        [asked] = await cursor.fetchall()
        assert [str(of) for of in asked.values()] == [by_phone, kept]
        assert (await customers.find_or_create(conn, phone=None, wa_user_id="KE.1")).id == by_phone


@pytest.mark.parametrize("last", ["by_phone", "by_id"])
async def test_of_two_halves_memories_the_later_one_stays(database: Database, last: str) -> None:
    boutique = await a_boutique(database)
    by_phone = await a_customer(database, boutique, phone=PHONE)
    by_id = await a_customer(database, boutique, phone=None, wa_user_id="KE.1")
    kept = await a_conversation(database, boutique, by_phone)
    other = await a_conversation(database, boutique, by_id)
    talked = {"by_phone": kept, "by_id": other}
    first = next(half for half in talked if half != last)
    for half in (first, last):
        async with database.tenant_connection(boutique) as conn:
            state = {"order_id": half}
            await memories.remember(conn, conversation_id=talked[half], state=state)

    async with database.tenant_connection(boutique) as conn:
        await customers.find_or_create(conn, phone=PHONE, wa_user_id="KE.1")

        assert await memories.recall(conn, conversation_id=kept) == {"order_id": last}
        assert await memories.recall(conn, conversation_id=other) == {}


async def test_a_merge_hands_over_the_only_conversation_cart_and_order(database: Database) -> None:
    boutique = await a_boutique(database)
    by_phone = await a_customer(database, boutique, phone=PHONE)
    by_id = await a_customer(database, boutique, phone=None, wa_user_id="KE.1")
    conversation = await a_conversation(database, boutique, by_id)
    async with database.tenant_connection(boutique) as conn:
        await conn.execute(
            "insert into carts (boutique_id, customer_id) values (%s, %s)", (boutique, by_id)
        )
        await conn.execute(
            "insert into orders (boutique_id, number, customer_id, conversation_id, currency,"
            " items_minor, address) values (%s, 'DK-1', %s, %s, 'KES', 100, 'Kilimani')",
            (boutique, by_id, conversation),
        )

        await customers.find_or_create(conn, phone=PHONE, wa_user_id="KE.1")

        [moved] = await inbox.known(conn, phone=PHONE, wa_user_id="KE.1")
        assert moved.conversation_id == conversation
        for table in ("carts", "orders"):
            rows = await conn.execute(f"select customer_id::text as of from {table}".encode())
            assert [row["of"] for row in await rows.fetchall()] == [by_phone]


async def test_a_merge_keeps_the_cart_touched_last(database: Database) -> None:
    boutique = await a_boutique(database)
    by_phone = await a_customer(database, boutique, phone=PHONE)
    by_id = await a_customer(database, boutique, phone=None, wa_user_id="KE.1")
    for owner in (by_phone, by_id):  # one transaction each: the second is touched later
        async with database.tenant_connection(boutique) as conn:
            await conn.execute(
                "insert into carts (boutique_id, customer_id) values (%s, %s)", (boutique, owner)
            )

    async with database.tenant_connection(boutique) as conn:
        await customer_merge.merge(conn, kept_id=by_phone, retired_id=by_id)
        rows = await conn.execute(
            "select customer_id::text as of, status from carts order by created_at"
        )
        carts = [(row["of"], row["status"]) for row in await rows.fetchall()]

    assert carts == [(by_phone, "abandoned"), (by_phone, "active")]


async def test_two_complete_people_are_not_joined(database: Database) -> None:
    boutique = await a_boutique(database)
    first = await a_customer(database, boutique, phone=PHONE, wa_user_id="KE.1")
    second = await a_customer(database, boutique, phone="+254712000002", wa_user_id="KE.2")

    async with database.tenant_connection(boutique) as conn:
        answered = await customers.find_or_create(conn, phone=PHONE, wa_user_id="KE.2")
        other = await customers.find_or_create(conn, phone="+254712000002")

    assert (answered.id, answered.wa_user_id) == (first, "KE.1")
    assert (other.id, other.wa_user_id) == (second, "KE.2")


async def test_a_merge_leaves_nothing_behind_in_any_table(
    database: Database, superuser_url: str
) -> None:
    # given a customer with a row in every table there is
    boutique = await a_boutique(database)
    await fill_every_table(superuser_url, boutique)
    kept = await a_customer(database, boutique, phone=PHONE)
    kept_talk = await a_conversation(database, boutique, kept)
    async with database.tenant_connection(boutique) as conn:
        rows = await conn.execute(
            "select c.id::text as id, v.id::text as talk from customers c"
            " join conversations v on v.customer_id = c.id where c.id <> %s",
            (kept,),
        )
        [retired] = await rows.fetchall()

        # when she turns out to be another
        await customer_merge.merge(conn, kept_id=kept, retired_id=retired["id"])

    # then nothing is the retired one's, but the ledgers' old lines and an emptied conversation
    async with await psycopg.AsyncConnection.connect(superuser_url) as past_the_walls:
        cursor = await past_the_walls.execute(
            """select table_name, column_name from information_schema.columns
               where table_schema = 'public' and column_name in ('customer_id', 'conversation_id')
               order by 1, 2"""
        )
        of = {"customer_id": retired["id"], "conversation_id": retired["talk"]}
        left = []
        for table, column in await cursor.fetchall():
            query = f"select count(*) from {table} where {column} = %s"
            counted = await past_the_walls.execute(query.encode(), (of[column],))
            [number] = await counted.fetchone() or [0]
            left += [f"{table}.{column}"] if number else []
    assert left == ["consents.customer_id", "conversation_memories.conversation_id",
                    "conversations.customer_id",
                    "customer_totals.customer_id",  # of nothing, and not listed
                    "daily_buyers.customer_id",  # until the day is written anew
                    "domain_events.conversation_id",
                        "domain_events.customer_id"]  # fmt: skip
    assert kept_talk


async def test_another_boutiques_former_names_are_not_seen(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    names: dict[str, str | None] = {"phone": PHONE, "wa_user_id": None}
    before = datetime.now(UTC) - timedelta(hours=1)
    await a_customer(database, mine, phone=PHONE)

    async with database.tenant_connection(mine) as conn:
        moved = await identities.move(conn, **names, new_phone="+254733000009", new_wa_user_id=None)
        assert await identities.former_holder(conn, **names, at=before) == moved

    async with database.tenant_connection(theirs) as conn:
        assert await identities.former_holder(conn, **names, at=before) is None
        assert (
            await identities.move(conn, **names, new_phone="+254733000010", new_wa_user_id=None)
            is None
        )
        assert await customers.get(conn, customer_id=str(moved)) is None


@pytest.mark.parametrize(
    ("kept_row", "other_row"),
    [
        # Her phone's row knows no id: the id is hers, though another phone was shown with it.
        ((PHONE, None), ("+254712000009", "KE.1")),
        # Her id's row knows no phone: the phone is hers, though another id was shown with it.
        ((PHONE, "KE.0"), (None, "KE.1")),
    ],
)
async def test_a_row_that_lacks_a_name_is_a_half(
    database: Database,
    kept_row: tuple[str | None, str | None],
    other_row: tuple[str | None, str | None],
) -> None:
    boutique = await a_boutique(database)
    kept = await a_customer(database, boutique, phone=kept_row[0], wa_user_id=kept_row[1])
    other = await a_customer(database, boutique, phone=other_row[0], wa_user_id=other_row[1])
    async with database.tenant_connection(boutique) as conn:
        await consents.record(
            conn, customer_id=other, purpose="assistant", granted=False, source="whatsapp"
        )

        one = await customers.find_or_create(conn, phone=PHONE, wa_user_id="KE.1")

        assert (one.id, one.phone, one.wa_user_id) == (kept, PHONE, "KE.1")
        assert not await consents.may_answer(conn, customer_id=kept)


async def test_a_merge_waits_for_the_turn_under_way(database: Database) -> None:
    boutique = await a_boutique(database)
    by_phone = await a_customer(database, boutique, phone=PHONE)
    by_id = await a_customer(database, boutique, phone=None, wa_user_id="KE.1")
    kept = await a_conversation(database, boutique, by_phone)
    other = await a_conversation(database, boutique, by_id)

    async def meet() -> None:
        async with database.tenant_connection(boutique) as conn:
            await customers.find_or_create(conn, phone=PHONE, wa_user_id="KE.1")

    async with database.tenant_connection(boutique) as turn:
        await turn.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", (other,))
        meeting = asyncio.create_task(meet())
        await asyncio.sleep(0.2)
        waited = not meeting.done()
        await messages.queue_outbound(turn, conversation_id=other, provider="meta", body="Karibu")
    await meeting

    assert waited
    async with database.tenant_connection(boutique) as conn:
        moved = await outbox.next_to_send(conn, conversation_id=kept)
    assert moved is not None
    assert moved.message.body == "Karibu"
