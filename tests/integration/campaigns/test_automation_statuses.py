"""A send shows how far its message came, in whatever order that is told, and what follows of it."""

from __future__ import annotations

from itertools import permutations

import psycopg
import pytest

from dukani.campaigns import frequency
from dukani.campaigns.automations.fallback_codes import FALLBACK_CODES
from dukani.campaigns.automations.statuses import (
    account_for,
    account_for_the_rest,
    note_told,
    source_of,
)
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import automation_statuses, messages, wallet
from dukani.domain.domain_events import AutomationTold, read_event
from tests.factories import a_boutique
from tests.integration.campaigns.an_automation import Automated, an_automation
from tests.wiring import rows

IDENTITY = "+254722000009"


async def reserved(made: Automated) -> None:
    """A contact and three tokens are set aside for the send."""
    async with made.database.operator_connection(made.boutique_id) as conn:
        await wallet.grant(conn, key="start", tokens=10, note="")
    async with made.database.tenant_connection(made.boutique_id) as conn:
        await frequency.reserve(conn, [(source_of(made.send_id), IDENTITY)])
        await wallet.hold(conn, hold=made.send_id, key=made.send_id, tokens=3, campaign_id=None)
        await wallet.take(
            conn, hold=made.send_id, recipient=made.send_id, tokens=3, message_id=None
        )


async def tokens(made: Automated) -> tuple[int, int, int]:
    async with made.database.tenant_connection(made.boutique_id) as conn:
        it = await wallet.balance(conn)
    return it.available, it.held, it.spent


async def may_write_again(made: Automated) -> bool:
    async with made.database.tenant_connection(made.boutique_id) as conn:
        verdicts = await frequency.reserve(conn, [("another", IDENTITY)])
    return verdicts["another"] is None


async def told_by_webhook(made: Automated, message_id: str, status: str, code: str | None) -> None:
    async with made.database.tenant_connection(made.boutique_id) as conn:
        await note_told(
            conn, message_id=message_id, send_id=made.send_id, status=status, code=code,  # type: ignore[arg-type]
        )  # fmt: skip


async def test_a_send_comes_as_far_as_its_message(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url)
    message_id = await made.says()
    assert str(made.send()["message_id"]) == message_id

    await made.told(message_id, "sending", "sent", "delivered", "read")

    send = made.send()
    assert send["state"] == "read"
    assert send["sent_at"] <= send["delivered_at"] <= send["read_at"]
    events = made.rows(
        "select payload from domain_events where kind = 'automation_told' order by id"
    )
    heard = [read_event("automation_told", row["payload"]) for row in events]
    assert heard == [
        AutomationTold(rule_id=made.rule_id, step=0, channel="whatsapp", what=what)
        for what in ("sent", "delivered", "read")  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize("order", list(permutations(("sent", "delivered", "read", "failed"))))
async def test_what_arrived_has_arrived_in_whatever_order_it_is_told(
    database: Database, superuser_url: str, order: tuple[str, ...]
) -> None:
    # given
    made = await an_automation(database, superuser_url)
    message_id = await made.says()

    # when each is told twice, as a webhook does
    for status in order:
        for _ in range(2):
            await made.told(message_id, status, code="131026")
            await told_by_webhook(made, message_id, status, "131026")

    # then
    send = made.send()
    assert (send["state"], send["error_code"]) == ("read", None)
    assert None not in (send["sent_at"], send["delivered_at"], send["read_at"])
    assert not made.falls_back()


@pytest.mark.parametrize(
    ("code", "falls_back"),
    [
        *((code, True) for code in FALLBACK_CODES),
        ("131049", False),  # WhatsApp limits marketing to her
        ("63049", False),
        ("130472", False),  # kept out by WhatsApp's own experiment
        ("131050", False),  # she stopped marketing in WhatsApp
        ("opted_out", False),
        ("no_consent", False),
        ("63033", False),  # she blocked the shop
        ("190", False),  # the shop's key
        (None, False),
    ],
)
async def test_only_what_whatsapp_cannot_reach_falls_back(
    database: Database, superuser_url: str, code: str | None, falls_back: bool
) -> None:
    made = await an_automation(database, superuser_url)
    await made.told(await made.says(), "failed", code=code)
    assert made.falls_back() is falls_back


async def test_an_sms_falls_back_to_nothing(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url, channel="sms")
    await made.told(await made.says(channel="sms"), "failed", code="131026")
    assert made.send()["state"] == "failed"
    assert not made.falls_back()


def test_the_database_knows_the_same_codes(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        row = conn.execute("select private.automation_fallback_codes()").fetchone()
    assert row is not None
    assert set(row[0]) == set(FALLBACK_CODES)


async def test_another_try_of_a_failed_message_is_waited_for(
    database: Database, superuser_url: str
) -> None:
    # given a message that failed
    made = await an_automation(database, superuser_url)
    first = await made.says()
    await made.told(first, "sent", "failed", code="131026")
    assert made.falls_back()

    # when it is queued once more
    async with database.tenant_connection(made.boutique_id) as conn:
        await messages.queue_again(
            conn, message_id=first, error_code="131026", attempts=2, noted={"copies": 1}
        )

    # then nothing goes in its place, and only the new one can fail
    assert made.send()["state"] == "queued"
    assert not made.falls_back()
    await told_by_webhook(made, first, "failed", "131026")
    assert made.send()["state"] == "queued"
    copy_id = str(made.send()["message_id"])
    await made.told(copy_id, "failed", code="131026", provider_id="wamid.10")
    assert (made.send()["state"], made.falls_back()) == ("failed", True)


async def test_one_who_stopped_before_it_left_is_no_failure(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    await made.told(await made.says(), "failed", code="opted_out")
    assert (made.send()["state"], made.falls_back()) == ("cancelled", False)


async def test_an_arrival_settles_the_tokens_once(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url)
    await reserved(made)
    message_id = await made.says()

    for status in ("sent", "delivered", "read"):
        await made.told(message_id, status)
        await told_by_webhook(made, message_id, status, None)

    assert await tokens(made) == (7, 0, 3)
    assert not await may_write_again(made)
    assert made.send()["owed"] is False


async def test_a_failure_gives_tokens_and_contact_back(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    await reserved(made)
    message_id = await made.says()

    for _ in range(2):
        await made.told(message_id, "failed", code="131026")
        await told_by_webhook(made, message_id, "failed", "131026")

    assert await tokens(made) == (10, 0, 0)
    assert await may_write_again(made)


async def test_who_gets_too_much_marketing_stays_counted(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    await reserved(made)
    message_id = await made.says()

    await made.told(message_id, "failed", code="131049")
    await told_by_webhook(made, message_id, "failed", "131049")

    assert await tokens(made) == (10, 0, 0)
    assert not await may_write_again(made)


async def test_one_that_arrives_after_it_failed_is_paid_and_counted(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    await reserved(made)
    message_id = await made.says()
    await made.told(message_id, "failed", code="131026")
    await told_by_webhook(made, message_id, "failed", "131026")

    await told_by_webhook(made, message_id, "delivered", None)

    assert made.send()["state"] == "delivered"
    assert await tokens(made) == (7, 0, 3)
    assert not await may_write_again(made)


async def test_the_clock_accounts_for_what_no_webhook_did(
    services: Services, superuser_url: str
) -> None:
    # given one that the outbox gave up by itself, and one that was called off
    made = await an_automation(services.database, superuser_url)
    await reserved(made)
    await made.told(await made.says(), "failed", code="too_old")
    other = await an_automation(services.database, superuser_url, boutique_id=made.boutique_id)
    other.run("update automation_sends set state = 'cancelled' where id = %(send)s")

    assert await account_for_the_rest(services) == 2

    assert await tokens(made) == (10, 0, 0)
    assert await account_for_the_rest(services) == 0
    contacts = await rows(services, "marketing_contacts")
    assert [one["released_at"] is not None for one in contacts] == [True]


async def test_another_boutique_tells_nothing_of_it(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url)
    message_id = await made.says()
    async with database.tenant_connection(await a_boutique(database)) as conn:
        await automation_statuses.tell(conn, message_id=message_id, status="read", code=None)
        await account_for(conn, send_id=made.send_id)
        assert await automation_statuses.lock_owed(conn, send_id=made.send_id) is None
    assert made.send()["state"] == "queued"
