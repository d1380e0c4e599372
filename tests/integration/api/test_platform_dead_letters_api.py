"""Dead letters and failed messages by the platform's API."""

from __future__ import annotations

import httpx
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from tests.factories import a_conversation
from tests.integration.api.platform_room import Admin
from tests.wiring import jobs, rows


@pytest.fixture
def admin(client: httpx.AsyncClient, superuser_url: str) -> Admin:
    return Admin(client, superuser_url)


async def a_dead_letter(database: Database, boutique: str, body: str = "Nipigie 0712000001") -> int:
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        cursor = await conn.execute(
            """with m as (
                 insert into messages (boutique_id, conversation_id, direction, author, provider,
                   status, body)
                 values (%(b)s, %(v)s, 'in', 'customer', 'twilio', 'received', %(body)s)
                 returning id)
               insert into conversation_events (boutique_id, conversation_id, kind, message_id,
                 handled_at, dead_letter, failures, last_error)
               select %(b)s, %(v)s, 'message', id, now(), true, 5, 'KeyError: size' from m
               returning id""",
            {"b": boutique, "v": conversation, "body": body},
        )
        row = await cursor.fetchone()
    assert row is not None
    return int(row["id"])


async def a_failed_message(database: Database, boutique: str, code: str | None) -> str:
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        cursor = await conn.execute(
            """insert into messages (boutique_id, conversation_id, direction, author, provider,
                 status, body, error_code, attempts)
               values (%s, %s, 'out', 'assistant', 'twilio', 'failed', 'Karibu', %s, 3)
               returning id::text""",
            (boutique, conversation, code),
        )
        row = await cursor.fetchone()
    assert row is not None
    return str(row["id"])


async def test_a_letter_is_read_masked_and_retried_with_a_trace(
    admin: Admin, services: Services, database: Database, boutique: str
) -> None:
    # given
    event_id = await a_dead_letter(database, boutique)

    # when
    [letter] = (await admin.get("/dead-letters"))["items"]
    done = await admin.post("/dead-letters/retry", {"event_ids": [event_id, 4_000_000]})

    # then
    assert (letter["id"], letter["error"], letter["fate"]) == (event_id, "KeyError: size", "answer")
    assert letter["boutique_id"] == boutique and letter["may_be_retried"]
    assert "712000001" not in letter["body"].replace(" ", "") and "Nipigie" in letter["body"]
    assert done == {"changed": [event_id], "left": [4_000_000]}
    [event] = await rows(services, "conversation_events")
    assert (event["handled_at"], event["dead_letter"], event["failures"]) == (None, False, 0)
    [turn] = await jobs(services, "handle_turn")
    assert turn["args"]["boutique_id"] == boutique
    [line] = [r for r in await rows(services, "audit_log") if r["action"] == "retry_dead_letter"]
    assert line["actor"] == admin.actor
    assert str(line["boutique_id"]) == boutique
    assert (await admin.get("/dead-letters"))["items"] == []


async def test_letters_are_read_page_by_page_and_dismissed_with_a_reason(
    admin: Admin, services: Services, database: Database, boutique: str
) -> None:
    ids = [await a_dead_letter(database, boutique) for _ in range(3)]
    first = await admin.get("/dead-letters", limit=2)
    rest = await admin.get("/dead-letters", limit=2, cursor=first["next_cursor"])
    assert [one["id"] for one in first["items"] + rest["items"]] == ids[::-1]

    body = {"event_ids": ids, "reason": "answered by phone"}
    assert (await admin.post("/dead-letters/dismiss", body))["changed"] == ids

    assert (await admin.get("/dead-letters"))["items"] == []
    assert len(await rows(services, "conversation_events")) == 3
    assert await jobs(services, "handle_turn") == []
    acts = await rows(services, "private.platform_acts")
    assert [act["details"] for act in acts] == [{"reason": "answered by phone"}] * 3


@pytest.mark.parametrize(
    ("code", "ours"),
    [("132000", True), (None, True), ("no_picture", True), ("131026", False), ("131047", False)],
)
async def test_a_message_that_failed_for_a_reason_of_ours_is_sent_once_more(
    admin: Admin, services: Services, database: Database, boutique: str, code: str, ours: bool
) -> None:
    # given
    message_id = await a_failed_message(database, boutique, code)

    # when
    found = (await admin.get("/failed-messages"))["items"]
    done = await admin.post("/failed-messages/retry", {"message_ids": [message_id]})
    again = await admin.post("/failed-messages/retry", {"message_ids": [message_id]})

    # then
    assert [one["id"] for one in found] == ([message_id] if ours else [])
    assert done["changed"] == ([message_id] if ours else [])
    assert again["changed"] == []
    copies = [row for row in await rows(services, "messages") if row["status"] == "sending"]
    assert [(row["body"], row["error_code"]) for row in copies] == (
        [("Karibu", "unavailable")] if ours else []
    )
    assert len(await jobs(services, "deliver")) == ours


async def test_a_dismissed_message_is_not_sent(
    admin: Admin, services: Services, database: Database, boutique: str
) -> None:
    message_id = await a_failed_message(database, boutique, "132000")
    body = {"message_ids": [message_id], "reason": "told by phone"}
    assert (await admin.post("/failed-messages/dismiss", body))["changed"] == [message_id]
    assert (await admin.get("/failed-messages"))["items"] == []
    assert (await admin.post("/failed-messages/retry", {"message_ids": [message_id]}))["left"]
    assert await jobs(services, "deliver") == []
