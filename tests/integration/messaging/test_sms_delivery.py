"""An SMS: who may get one, by whom it is carried, and that it waits for no WhatsApp message."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from dukani.core.services import Services
from dukani.core.store import consents, credentials, customers
from dukani.core.store.consents import Purpose
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.core.store.messages import Purpose as Sort
from dukani.tools import delivery, sending_rules, sweeper
from dukani.tools.sms import NoSms, queue_sms
from tests.fakes.providers import FakeProviders, meta_error, twilio_error
from tests.integration.messaging.test_delivery import a_chat, deliver, say, status_of
from tests.integration.messaging.test_purposes import close_the_window
from tests.wiring import jobs, rows

SENDER = "+254700000911"
KEYS = {
    "twilio_sms": {"account_sid": "AC911", "auth_token": "token"},
    "africastalking": {"username": "zuri", "api_key": "key", "callback_token": "t"},
}


async def a_sender(services: Services, chat: Conversation, provider: str = "twilio_sms") -> None:
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=chat.boutique_id,
            provider=provider,  # type: ignore[arg-type]
            account=SENDER if provider == "twilio_sms" else "ZURI",
            secrets=KEYS[provider],
            box=services.secrets,
        )


async def agree(services: Services, chat: Conversation, *to: Purpose, granted: bool = True) -> None:
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        for purpose in to:
            await consents.record(
                conn,
                customer_id=chat.customer_id,
                purpose=purpose,
                granted=granted,
                source="whatsapp",
            )


async def sms(
    services: Services, chat: Conversation, text: str = "Habari", purpose: Sort = "utility"
) -> Message | NoSms:
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        return await queue_sms(
            conn,
            boutique_id=chat.boutique_id,
            customer_id=chat.customer_id,
            text=text,
            purpose=purpose,
            reference="automation:1",
        )


async def deliver_sms(services: Services, chat: Conversation) -> None:
    await delivery.deliver(
        services, boutique_id=chat.boutique_id, conversation_id=chat.id, channel="sms"
    )


async def test_an_sms_goes_from_the_boutiques_sender_outside_whatsapps_window(
    services: Services, providers: FakeProviders
) -> None:
    # given
    chat = await a_chat(services, phone="+254712000001")
    await a_sender(services, chat)
    await agree(services, chat, "sms")
    await close_the_window(services)

    # when
    queued = await sms(services, chat, "Your *order* is here 👗")
    await deliver_sms(services, chat)

    # then
    assert isinstance(queued, Message)
    [kept] = await rows(services, "messages")
    assert (kept["channel"], kept["provider"], kept["status"]) == ("sms", "twilio_sms", "sent")
    [sent] = providers.sent
    assert (sent["From"], sent["To"], sent["Body"]) == (
        SENDER,
        "+254712000001",
        "Your order is here",
    )
    assert sent["StatusCallback"].endswith(f"/webhook/sms/twilio/status?message={kept['id']}")
    [job] = await jobs(services, "deliver")
    assert (job["args"]["channel"], job["lock"].endswith(f"deliver:{chat.id}:sms")) == (
        "sms",
        True,
    )


@pytest.mark.parametrize(
    ("purpose", "given", "taken_back", "ends"),
    [
        ("utility", ("sms",), (), ("sent", None)),
        ("utility", (), (), ("failed", "no_consent")),
        ("utility", ("marketing",), (), ("failed", "no_consent")),
        # A yes that is taken back ends what waits at once.
        ("utility", ("sms",), ("sms",), ("failed", "opted_out")),
        # A stop in the chat stops SMS as well.
        ("utility", ("sms",), ("assistant",), ("failed", "opted_out")),
        ("marketing", ("sms", "marketing"), (), ("sent", None)),
        ("marketing", ("sms",), (), ("failed", "no_consent")),
        ("marketing", ("marketing",), (), ("failed", "no_consent")),
        ("marketing", ("sms", "marketing"), ("marketing",), ("failed", "opted_out")),
        ("marketing", ("sms", "marketing"), ("sms",), ("failed", "opted_out")),
    ],
)
async def test_consent_counts_as_it_leaves(
    services: Services,
    providers: FakeProviders,
    purpose: Sort,
    given: tuple[Purpose, ...],
    taken_back: tuple[Purpose, ...],
    ends: tuple[str, str | None],
) -> None:
    chat = await a_chat(services, phone="+254712000001")
    await a_sender(services, chat)
    await agree(services, chat, *given)
    await sms(services, chat, purpose=purpose)
    await agree(services, chat, *taken_back, granted=False)

    await deliver_sms(services, chat)

    assert await status_of(services) == [ends]
    assert len(providers.sent) == (ends[0] == "sent")


async def test_neither_channel_waits_for_the_other(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an SMS and a WhatsApp message that both wait for another try
    chat = await a_chat(services, phone="+254712000001")
    await a_sender(services, chat)
    await agree(services, chat, "sms")
    await sms(services, chat, "one")
    providers.next = [twilio_error(20429, 429)]
    await deliver_sms(services, chat)
    await say(services, chat, "two")

    # when
    await deliver(services, chat)
    await say(services, chat, "three")
    providers.next = [meta_error(130429)]
    await deliver(services, chat)
    monkeypatch.setattr(sending_rules, "retry_wait", lambda code, attempts: timedelta(0))
    await deliver_sms(services, chat)

    # then
    assert providers.texts == ["two", "one"]
    assert await status_of(services) == [("sent", None), ("sent", None), ("sending", "130429")]


async def test_a_lost_job_of_an_sms_is_given_another(services: Services) -> None:
    chat = await a_chat(services, phone="+254712000001")
    await a_sender(services, chat)
    await sms(services, chat)
    async with services.database.system_connection() as conn:
        await conn.execute("delete from jobs.procrastinate_jobs")
        await conn.execute("update messages set created_at = now() - interval '1 hour'")

    await sweeper.sweep(services)

    [job] = await jobs(services, "deliver")
    assert job["args"]["channel"] == "sms"
    await sweeper.sweep(services)
    assert len(await jobs(services, "deliver")) == 1


@pytest.mark.parametrize(
    ("customer", "has_sender", "reason"),
    [
        ({"phone": "+254712000001"}, False, "no_sender"),
        ({"phone": None, "wa_user_id": "KE.1"}, True, "no_phone"),
    ],
)
async def test_without_a_sender_or_a_phone_there_is_none(
    services: Services, customer: dict[str, str | None], has_sender: bool, reason: str
) -> None:
    chat = await a_chat(services, **customer)
    if has_sender:
        await a_sender(services, chat)

    assert await sms(services, chat) == NoSms(reason)  # type: ignore[arg-type]
    assert await rows(services, "messages") == []


async def test_another_boutiques_sender_and_customers_are_not_there(services: Services) -> None:
    chat = await a_chat(services, "meta", phone="+254712000001")
    await a_sender(services, chat)
    other = await a_chat(services, "twilio", phone="+254712000002")

    assert await sms(services, other) == NoSms("no_sender")
    async with services.database.tenant_connection(other.boutique_id) as conn:
        assert await customers.get(conn, customer_id=chat.customer_id) is None
        assert not await consents.may_sms(conn, customer_id=chat.customer_id)


async def test_africas_talking_is_never_asked_twice_for_one_sms(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no list, and its reports do not name our message: a second try would be blind."""
    chat = await a_chat(services, phone="+254712000001")
    await a_sender(services, chat, "africastalking")
    await agree(services, chat, "sms")
    await sms(services, chat)
    providers.next = [httpx.Response(500)]
    await deliver_sms(services, chat)
    assert await status_of(services) == [("sending", "http_500")]
    monkeypatch.setattr(sending_rules, "retry_wait", lambda code, attempts: timedelta(0))

    await deliver_sms(services, chat)

    assert await status_of(services) == [("failed", "unclear")]
    assert providers.sent == []


async def test_twilios_stop_is_kept_as_a_stop(services: Services, providers: FakeProviders) -> None:
    chat = await a_chat(services, phone="+254712000001")
    await a_sender(services, chat)
    await agree(services, chat, "sms", "marketing")
    await sms(services, chat)
    providers.next = [twilio_error(21610)]

    await deliver_sms(services, chat)

    async with services.database.tenant_connection(chat.boutique_id) as conn:
        assert not await consents.may_sms(conn, customer_id=chat.customer_id)
        assert not await consents.may_market(conn, customer_id=chat.customer_id)
        assert await consents.may_answer(conn, customer_id=chat.customer_id)
