"""A partition is sent in order, each message once, whatever the provider does."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dukani.agent.facts import Reply
from dukani.core.queue import lock_of
from dukani.core.services import Services
from dukani.core.store import boutiques, consents, conversations, outbox, owner_notices
from dukani.core.store.conversations import Conversation
from dukani.tools import delivery, messaging, sending_rules
from tests.factories import a_conversation, a_customer
from tests.fakes.providers import FakeProviders, meta_error, twilio_error
from tests.wiring import META_NUMBER, TWILIO_NUMBER, a_line, jobs, rows

REFUSED = httpx.ConnectError("refused")
SILENT = httpx.ReadTimeout("silence")


async def a_chat(
    services: Services, provider: str = "meta", **customer: str | None
) -> Conversation:
    account = META_NUMBER if provider == "meta" else TWILIO_NUMBER
    boutique = await a_line(services, provider, account)  # type: ignore[arg-type]
    shopper = await a_customer(services.database, boutique, **customer)
    conversation = await a_conversation(services.database, boutique, shopper, provider=provider)
    async with services.database.tenant_connection(boutique) as conn:
        found = await conversations.get(conn, conversation_id=conversation)
    assert found is not None
    return found


async def say(services: Services, chat: Conversation, *texts: str) -> None:
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        for text in texts:
            await messaging.queue_reply(conn, chat, Reply(text=text), language="en")


async def deliver(services: Services, chat: Conversation) -> None:
    await delivery.deliver(services, boutique_id=chat.boutique_id, conversation_id=chat.id)


async def status_of(services: Services) -> list[tuple[str, str | None]]:
    return [(row["status"], row["error_code"]) for row in await rows(services, "messages")]


@pytest.mark.parametrize("provider", ["meta", "twilio"])
async def test_replies_go_out_in_order_with_our_id_in_them(
    services: Services, providers: FakeProviders, provider: str
) -> None:
    chat = await a_chat(services, provider, phone="+254712000001")
    await say(services, chat, "one", "two", "three")

    await deliver(services, chat)

    assert providers.texts == ["one", "two", "three"]
    kept = await rows(services, "messages")
    assert [row["status"] for row in kept] == ["sent"] * 3
    first = providers.sent[0]
    if provider == "meta":
        assert (first["to"], kept[0]["provider_id"]) == ("254712000001", "wamid.1")
        assert first["biz_opaque_callback_data"] == str(kept[0]["id"])
    else:
        assert (first["To"], kept[0]["provider_id"]) == ("whatsapp:+254712000001", "SM1")
        assert first["StatusCallback"].endswith(f"/webhook/whatsapp/status?message={kept[0]['id']}")


async def test_a_reply_needs_no_job_of_its_own(services: Services) -> None:
    """The turn's job delivers what the turn said."""
    chat = await a_chat(services)
    await say(services, chat, "one")
    assert await jobs(services, "deliver") == []


async def test_delivering_again_sends_nothing_again(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one")

    for _ in range(3):
        await deliver(services, chat)

    assert providers.texts == ["one"]


async def test_another_boutique_cannot_deliver_a_conversation(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services)
    other = await a_line(services, "meta", "100000000000902")
    await say(services, chat, "one")

    await delivery.deliver(services, boutique_id=other, conversation_id=chat.id)

    assert providers.sent == []


async def test_someone_without_a_phone_is_answered_by_her_whatsapp_id(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services, phone=None, wa_user_id="KE.1")
    await say(services, chat, "one")

    await deliver(services, chat)

    assert providers.sent[0]["recipient"] == "KE.1"


@pytest.mark.parametrize(
    ("refusal", "code", "wait_s"),
    [
        # Nobody there.
        (REFUSED, "unavailable", 2),
        (httpx.Response(503), "unavailable", 2),
        (httpx.Response(429, headers={"retry-after": "40"}), "unavailable", 40),
        # Meta says wait: for this pair, for this number, or a while.
        (meta_error(131056), "131056", 6),
        (meta_error(130429), "130429", 2),
        (meta_error(131000, 500), "131000", 2),
        # Not reachable: three spaced tries.
        (meta_error(131026), "131026", 60),
        (meta_error(133004, 503), "133004", 2),
        # A fault that may hide a message that was sent: its status is given time.
        (httpx.Response(500), "http_500", 15),
        (httpx.Response(502, text="<html>"), "http_502", 15),
    ],
)
async def test_a_refusal_that_may_pass_stops_the_partition_and_comes_back(
    services: Services,
    providers: FakeProviders,
    monkeypatch: pytest.MonkeyPatch,
    refusal: httpx.Response | Exception,
    code: str,
    wait_s: int,
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one", "two")
    providers.next = [refusal]

    await deliver(services, chat)

    assert providers.sent == []
    assert await status_of(services) == [("sending", code), ("queued", None)]
    again = (await jobs(services, "deliver"))[-1]
    waits = again["scheduled_at"] - datetime.now(UTC)
    assert timedelta(seconds=wait_s - 2) < waits <= timedelta(seconds=wait_s)

    # Too early nothing is sent; when the time has come, everything, in order.
    await deliver(services, chat)
    assert providers.sent == []
    monkeypatch.setattr(sending_rules, "retry_wait", lambda code, attempts: timedelta(0))
    await deliver(services, chat)
    assert providers.texts == ["one", "two"]
    assert await status_of(services) == [("sent", None), ("sent", None)]


@pytest.mark.parametrize(
    ("provider", "refusal", "code"),
    [
        ("meta", meta_error(131047), "131047"),
        ("meta", meta_error(100), "100"),
        ("meta", meta_error(130472), "130472"),
        ("twilio", twilio_error(63016), "63016"),
        # A code nobody has described: sending it again may double.
        ("twilio", twilio_error(99999), "99999"),
    ],
)
async def test_a_final_refusal_fails_the_message_and_the_partition_goes_on(
    services: Services,
    providers: FakeProviders,
    provider: str,
    refusal: httpx.Response,
    code: str,
) -> None:
    chat = await a_chat(services, provider)
    await say(services, chat, "one", "two")
    providers.next = [refusal]

    await deliver(services, chat)

    assert providers.texts == ["two"]
    assert await status_of(services) == [("failed", code), ("sent", None)]


@pytest.mark.parametrize(
    ("provider", "refusal", "code"),
    [
        ("meta", meta_error(190, 401), "190"),
        ("meta", meta_error(368, 403), "368"),
        ("meta", meta_error(133010), "133010"),
        ("meta", meta_error(131042), "131042"),
        ("meta", meta_error(210, 403), "210:http_403"),  # in no table
        ("twilio", twilio_error(63038, 429), "63038"),
        ("twilio", twilio_error(20003, 401), "20003"),
        ("twilio", twilio_error(21212), "21212"),
    ],
)
async def test_what_the_set_up_refuses_is_held_and_the_owner_told_once_until_it_is_mended(
    services: Services,
    providers: FakeProviders,
    monkeypatch: pytest.MonkeyPatch,
    provider: str,
    refusal: httpx.Response,
    code: str,
) -> None:
    monkeypatch.setattr(sending_rules, "retry_wait", lambda code, attempts: timedelta(0))
    chat = await a_chat(services, provider)
    await say(services, chat, "one", "two")

    # given a set-up that refuses again and again
    providers.next = [refusal] * 3
    for _ in range(3):
        await deliver(services, chat)
    said, waiting, *notes = await rows(services, "messages")

    # then everything is kept, and one note to the owner
    assert (said["status"], said["error_code"]) == ("sending", code)
    assert waiting["status"] == "queued"
    (note,) = notes
    assert code in note["body"]
    assert note["recipient"] is not None

    # when it is mended, then all of it is sent in order, and another refusal is news again
    await deliver(services, chat)
    assert providers.texts == ["one", "two"]
    await say(services, chat, "three")
    providers.next = [refusal]
    await deliver(services, chat)
    notes = [row for row in await rows(services, "messages") if row["recipient"] is not None]
    assert len(notes) == 2


async def test_another_boutiques_alarm_is_not_this_ones(
    services: Services, providers: FakeProviders
) -> None:
    first = await a_chat(services)
    other = await a_line(services, "meta", "100000000000902")
    await say(services, first, "one")
    providers.next = [meta_error(190, 401)]
    await deliver(services, first)

    async with services.database.tenant_connection(other) as conn:
        assert await owner_notices.note_over(conn, prefix="sending:") == []
        assert await owner_notices.is_news(conn, about="sending:key")


async def test_a_stop_told_in_the_answer_is_a_stop(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one")
    providers.next = [meta_error(131050)]

    await deliver(services, chat)

    assert await status_of(services) == [("failed", "131050")]
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        told = await consents.latest(conn, customer_id=chat.customer_id, purpose="marketing")
    assert told is not None
    assert (told.granted, told.source) == (False, "meta_answer")


async def test_a_provider_that_is_ill_for_an_hour_loses_no_message(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_rules, "retry_wait", lambda code, attempts: timedelta(0))
    chat = await a_chat(services)
    await say(services, chat, "one")
    ill = [
        meta_error(131016, 503),
        httpx.Response(500),
        meta_error(133004, 503),
        meta_error(2, 503),
    ]
    providers.next = ill * 5

    for _ in range(21):
        await deliver(services, chat)

    assert providers.texts == ["one"]
    assert await status_of(services) == [("sent", None)]


async def test_twilio_that_cannot_be_asked_either_is_not_sent_to_blindly(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a message Twilio took without an answer, and then a Twilio that cannot be asked
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(milliseconds=50))
    monkeypatch.setattr(sending_rules, "LONGEST_WAIT", timedelta(milliseconds=50))
    chat = await a_chat(services, "twilio", phone="+254712000001")
    await say(services, chat, "one")
    providers.silent_next, providers.lists_nothing = 1, True
    for _ in range(2):
        await deliver(services, chat)
        await asyncio.sleep(0.15)
    assert await status_of(services) == [("sending", None)]

    # when it can be asked again
    providers.lists_nothing = False
    await deliver(services, chat)

    # then the first attempt counts, and nothing was sent twice
    assert providers.texts == ["one"]
    assert await status_of(services) == [("sent", None)]


async def test_a_message_refused_again_and_again_is_given_up(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_rules, "retry_wait", lambda code, attempts: timedelta(0))
    chat = await a_chat(services)
    await say(services, chat, "one", "two")
    providers.next = [meta_error(131026)] * 3

    for _ in range(3):
        await deliver(services, chat)

    assert providers.texts == ["two"]
    assert await status_of(services) == [("failed", "131026"), ("sent", None)]


async def test_a_provider_that_is_down_costs_no_message(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_rules, "retry_wait", lambda code, attempts: timedelta(0))
    chat = await a_chat(services)
    await say(services, chat, "one")
    providers.next = [REFUSED] * 20

    for _ in range(21):
        await deliver(services, chat)

    assert providers.texts == ["one"]


async def test_an_unanswered_call_waits_for_its_status_instead_of_sending_again(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one", "two")
    providers.next = [SILENT]

    await deliver(services, chat)
    await deliver(services, chat)

    assert providers.sent == []
    assert await status_of(services) == [("sending", None), ("queued", None)]
    (message, _) = await rows(services, "messages")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await outbox.apply_status(
            conn, provider_id="wamid.9", status="delivered", message_id=str(message["id"])
        )
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(0))
    await deliver(services, chat)
    assert providers.texts == ["two"]
    assert await status_of(services) == [("delivered", None), ("sent", None)]


async def test_without_a_status_it_is_sent_once_more_and_never_a_third_time(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one", "two")
    providers.next = [SILENT, SILENT]

    await deliver(services, chat)
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(0))
    await deliver(services, chat)
    await deliver(services, chat)

    assert providers.next == []
    assert providers.texts == ["two"]
    assert await status_of(services) == [("failed", "unclear"), ("sent", None)]


async def test_twilio_is_asked_before_a_message_is_sent_again(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given the same words twice, the second taken by Twilio whose answer and status were lost
    chat = await a_chat(services, "twilio", phone="+254712000001")
    await say(services, chat, "Which size?")
    await deliver(services, chat)
    await say(services, chat, "Which size?")
    providers.silent_next = 1
    await deliver(services, chat)

    # when its time is over
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(0))
    await deliver(services, chat)

    # then Twilio's list tells, and nothing is sent a third time
    assert providers.texts == ["Which size?"] * 2
    kept = await rows(services, "messages")
    assert [(row["status"], row["provider_id"]) for row in kept] == [
        ("sent", "SM1"),
        ("sent", "SM2"),
    ]


async def test_what_twilio_does_not_list_is_sent_again(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await a_chat(services, "twilio", phone="+254712000001")
    await say(services, chat, "one")
    providers.next = [SILENT]
    await deliver(services, chat)
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(0))

    await deliver(services, chat)

    assert providers.texts == ["one"]
    assert await status_of(services) == [("sent", None)]


async def test_what_a_dead_worker_left_is_sent_once_after_the_wait(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        left = await outbox.next_to_send(conn, conversation_id=chat.id)
        assert left is not None
        await outbox.mark_sending(conn, message=left.message)

    await deliver(services, chat)
    early = list(providers.texts)
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(0))
    await deliver(services, chat)
    await deliver(services, chat)

    assert early == []
    assert (await jobs(services, "deliver"))[-1]["scheduled_at"] is not None
    assert providers.texts == ["one"]


async def test_outside_the_window_free_text_is_not_sent(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")

    await deliver(services, chat)

    assert providers.sent == []
    assert await status_of(services) == [("failed", "outside_window")]


async def test_without_credentials_the_messages_are_held(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services)
    await say(services, chat, "one")
    async with services.database.system_connection() as conn:
        await conn.execute("update provider_credentials set active = false")

    await deliver(services, chat)
    held = await status_of(services)
    async with services.database.system_connection() as conn:
        await conn.execute("update provider_credentials set active = true")
    await deliver(services, chat)

    assert held == [("queued", None)]
    assert (await jobs(services, "deliver"))[-1]["scheduled_at"] is not None
    assert providers.texts == ["one"]


async def test_notes_to_the_owner_go_to_her_phone_in_their_own_partition(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services)
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=chat.boutique_id)
        assert boutique is not None
        await messaging.queue_owner_note(conn, boutique, "Paid: DK-1")
    await say(services, chat, "Asante")

    await delivery.deliver(services, boutique_id=chat.boutique_id)

    (job,) = await jobs(services, "deliver")
    assert job["lock"] == lock_of(chat.boutique_id, f"deliver:{chat.boutique_id}:owner")
    assert providers.texts == ["Paid: DK-1"]
    assert f"+{providers.sent[0]['to']}" == boutique.owner_phone


async def test_a_boutique_without_an_owners_phone_queues_no_note(services: Services) -> None:
    boutique_id = await a_line(services, "meta", META_NUMBER, owner_phone=None)
    async with services.database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        assert boutique is not None
        assert await messaging.queue_owner_note(conn, boutique, "Paid") == []

    assert await jobs(services) == []


async def test_a_long_reply_is_split_for_the_channel(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services, "twilio")
    paragraphs = [letter * 900 for letter in "abc"]
    await say(services, chat, "\n\n".join(paragraphs))

    await deliver(services, chat)

    assert providers.texts == paragraphs


async def test_a_mark_is_as_fresh_as_it_is_made_not_as_its_transaction(
    services: Services, providers: FakeProviders
) -> None:
    """A turn that took long would leave a mark that had run out when it is committed."""
    chat = await a_chat(services)
    await say(services, chat, "one")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await conn.execute("select pg_sleep(0.3)")
        waiting = await outbox.next_to_send(conn, conversation_id=chat.id)
        assert waiting is not None
        await outbox.mark_sending(conn, message=waiting.message)
        cursor = await conn.execute(
            "select clock_timestamp() - updated_at < interval '0.2 s' as fresh from messages"
        )
        assert await cursor.fetchone() == {"fresh": True}
