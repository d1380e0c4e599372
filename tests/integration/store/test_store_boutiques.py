"""Whose number it is, with which keys, and what was said to it."""

from __future__ import annotations

import pytest

from dukani.core.crypto import SecretBox, new_key
from dukani.core.database import Connection, Database
from dukani.core.errors import ConfigurationError
from dukani.core.store import boutiques, credentials, webhook_events
from tests.factories import a_boutique

BOX = SecretBox([new_key()])
NUMBER = "+254700000901"


async def with_twilio(database: Database, boutique_id: str, number: str = NUMBER) -> None:
    async with database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=boutique_id,
            provider="twilio",
            account=number,
            secrets={"account_sid": "AC1", "auth_token": "t-1"},
            box=BOX,
        )


async def test_a_number_leads_to_its_boutique_on_its_own_provider_only(
    database: Database,
) -> None:
    boutique = await a_boutique(database, name="Zuri")
    await with_twilio(database, boutique)

    async with database.system_connection() as conn:
        found = await boutiques.by_inbound_number(conn, provider="twilio", account=NUMBER)
        elsewhere = await boutiques.by_inbound_number(conn, provider="meta", account=NUMBER)
        unknown = await boutiques.by_inbound_number(conn, provider="twilio", account="+1")

    assert found is not None
    assert (found.id, found.name, found.country) == (boutique, "Zuri", "KE")
    assert (elsewhere, unknown) == (None, None)


async def test_a_closed_boutique_answers_no_number(database: Database) -> None:
    boutique = await a_boutique(database, active=False)
    await with_twilio(database, boutique)

    async with database.system_connection() as conn:
        assert await boutiques.by_inbound_number(conn, provider="twilio", account=NUMBER) is None


async def test_secrets_are_sealed_and_opened_by_their_own_boutique_only(
    database: Database,
) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    await with_twilio(database, mine)

    async with database.tenant_connection(mine) as conn:
        opened = await credentials.get(conn, boutique_id=mine, provider="twilio", box=BOX)
        sealed = await (await conn.execute("select secrets from provider_credentials")).fetchone()
    async with database.tenant_connection(theirs) as conn:
        stolen = await credentials.get(conn, boutique_id=mine, provider="twilio", box=BOX)
        seen = await boutiques.get(conn, boutique_id=mine)

    assert opened is not None
    assert opened.secrets == {"account_sid": "AC1", "auth_token": "t-1"}
    assert "t-1" not in repr(opened)
    assert sealed is not None
    assert "t-1" not in sealed["secrets"]
    assert (stolen, seen) == (None, None)


async def test_new_credentials_replace_the_old(database: Database) -> None:
    boutique = await a_boutique(database)
    await with_twilio(database, boutique)
    await with_twilio(database, boutique, "+254700000902")

    async with database.system_connection() as conn:
        old = await boutiques.by_inbound_number(conn, provider="twilio", account=NUMBER)
        new = await boutiques.by_inbound_number(conn, provider="twilio", account="+254700000902")

    assert old is None
    assert new is not None


async def test_a_lost_key_is_named_not_swallowed(database: Database) -> None:
    boutique = await a_boutique(database)
    await with_twilio(database, boutique)

    async with database.tenant_connection(boutique) as conn:
        with pytest.raises(ConfigurationError, match="ENCRYPTION_KEYS"):
            await credentials.get(
                conn, boutique_id=boutique, provider="twilio", box=SecretBox([new_key()])
            )


async def test_an_event_is_kept_once_for_each_provider(database: Database) -> None:
    async with database.system_connection() as conn:
        ids = [
            await webhook_events.store(
                conn, provider=provider, event_key="k1", kind="message", payload={"n": 1}
            )
            for provider in ("twilio", "twilio", "meta")
        ]

    assert ids[0] is not None
    assert ids[1] is None
    assert ids[2] is not None


async def test_unmatched_payments_are_found_by_their_checkout_id(database: Database) -> None:
    callback = {"Body": {"stkCallback": {"CheckoutRequestID": "ws_CO_1"}}}
    async with database.system_connection() as conn:
        waiting, done = [
            await webhook_events.store(
                conn, provider="daraja", event_key=key, kind="payment", payload=callback
            )
            for key in ("a", "b")
        ]
        assert waiting is not None
        assert done is not None
        await webhook_events.set_outcome(conn, event_id=waiting, outcome="unmatched")
        await webhook_events.set_outcome(conn, event_id=done, outcome="handled")

        found = await webhook_events.unmatched_payments(conn, checkout_request_id="ws_CO_1")
        other = await webhook_events.unmatched_payments(conn, checkout_request_id="ws_CO_2")

    assert [event.id for event in found] == [waiting]
    assert found[0].payload == callback
    assert other == []


async def test_another_boutique_sees_no_event_nor_that_it_came(database: Database) -> None:
    # given an event of one boutique
    mine, theirs = await a_boutique(database), await a_boutique(database)

    async def stored(conn: Connection, boutique_id: str) -> int | None:
        return await webhook_events.store(
            conn, provider="meta", event_key="k", kind="message", payload={},
            boutique_id=boutique_id,
        )  # fmt: skip

    async with database.tenant_connection(mine) as conn:
        event = await stored(conn, mine)
        again = await stored(conn, mine)
    assert event is not None

    # when another asks for it, and is sent one by the same key
    async with database.tenant_connection(theirs) as conn:
        seen = await webhook_events.get(conn, event_id=event)
        own = await stored(conn, theirs)

    # then the key tells it nothing: only the first boutique has been told so before
    assert (again, seen) == (None, None)
    assert own is not None
