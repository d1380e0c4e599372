"""Templates, hours and consent: what may go to whom, and when."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from dukani.core.clients.templates import Template, Variable
from dukani.core.services import Services
from dukani.core.store import consents
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Purpose
from dukani.core.store.sending_paces import BURST
from dukani.tools import messaging, sweeper
from tests.fakes.providers import FakeProviders
from tests.integration.messaging.test_delivery import a_chat, deliver, say, status_of
from tests.wiring import jobs, rows

HELLO = Template("hello", "en", (Variable("Asha"),), content_sid="HX1")


async def queue(
    services: Services,
    chat: Conversation,
    *,
    purpose: Purpose = "utility",
    after: timedelta | None = None,
) -> None:
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await messaging.queue_template(
            conn, chat, HELLO, "Hello Asha", purpose=purpose, after=after, reference="campaign:1"
        )


async def consent(services: Services, chat: Conversation, *, granted: bool) -> None:
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await consents.record(
            conn,
            customer_id=chat.customer_id,
            purpose="marketing",
            granted=granted,
            source="whatsapp",
        )


async def close_the_window(services: Services) -> None:
    async with services.database.system_connection() as conn:
        await conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")


@pytest.mark.parametrize("provider", ["meta", "twilio"])
async def test_a_template_goes_outside_the_window(
    services: Services, providers: FakeProviders, provider: str
) -> None:
    chat = await a_chat(services, provider, phone="+254712000001")
    await close_the_window(services)
    await queue(services, chat)
    await say(services, chat, "free words")

    await deliver(services, chat)

    sent = providers.sent[0]
    if provider == "meta":
        assert (sent["type"], sent["template"]["name"]) == ("template", "hello")
    else:
        assert (sent["ContentSid"], sent["ContentVariables"]) == ("HX1", '{"1": "Asha"}')
        assert "Body" not in sent
    assert await status_of(services) == [("sent", None), ("failed", "outside_window")]


async def test_marketing_needs_a_recorded_yes_that_still_holds(
    services: Services, providers: FakeProviders
) -> None:
    # given one queued without a yes, one with it, and one whose yes is taken back before it leaves
    chat = await a_chat(services, phone="+254712000001")
    await queue(services, chat, purpose="marketing")
    await deliver(services, chat)
    await consent(services, chat, granted=True)
    await queue(services, chat, purpose="marketing")
    await deliver(services, chat)
    await queue(services, chat, purpose="marketing")
    await consent(services, chat, granted=False)
    await deliver(services, chat)

    assert await status_of(services) == [
        ("failed", "no_consent"), ("sent", None), ("failed", "opted_out"),
    ]  # fmt: skip


async def test_what_has_its_hour_leaves_no_earlier_and_holds_nothing_up(
    services: Services, providers: FakeProviders
) -> None:
    # given a message for later, and an answer after it
    chat = await a_chat(services, phone="+254712000001")
    await queue(services, chat, after=timedelta(hours=1))
    await say(services, chat, "an answer")

    # when everything that could send it runs
    await deliver(services, chat)
    await sweeper.sweep(services)
    await deliver(services, chat)

    # then the answer has gone, and the other waits under a lock of its own
    assert providers.texts == ["an answer"]
    assert [status for status, _ in await status_of(services)] == ["queued", "sent"]
    (later,) = await jobs(services, "deliver")
    assert "later:" in later["lock"]

    # and when its hour has come, it goes
    async with services.database.system_connection() as conn:
        await conn.execute("update messages set send_after = now() where send_after is not null")
    await deliver(services, chat)
    assert [status for status, _ in await status_of(services)] == ["sent", "sent"]


async def test_a_lost_job_of_a_later_message_is_found_when_its_hour_is_over(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services, phone="+254712000001")
    await queue(services, chat, after=timedelta(hours=1))
    async with services.database.system_connection() as conn:
        await conn.execute("delete from jobs.procrastinate_jobs")
        await conn.execute("update messages set send_after = now() - interval '3 minutes'")

    await sweeper.sweep(services)

    assert len(await jobs(services, "deliver")) == 1


async def test_a_later_message_does_not_age_before_its_hour(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services, phone="+254712000001")
    await queue(services, chat, after=timedelta(hours=72))
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update messages set created_at = now() - interval '72 hours', send_after = now()"
        )
    await deliver(services, chat)
    assert await status_of(services) == [("sent", None)]


async def test_offers_leave_at_the_numbers_pace_and_answers_pass_them_by(
    services: Services, providers: FakeProviders
) -> None:
    # given more offers than may leave at once, one in ten seconds, and an answer after them
    services.settings.meta.marketing_per_second = 0.1
    chat = await a_chat(services, phone="+254712000001")
    await consent(services, chat, granted=True)
    for _ in range(BURST + 3):
        await queue(services, chat, purpose="marketing")
    await say(services, chat, "an answer")

    # when they are delivered
    await deliver(services, chat)

    # then some went at once and the answer too, and each of the others has its own moment
    status = [status for status, _ in await status_of(services)]
    assert status == ["sent"] * BURST + ["queued"] * 3 + ["sent"]
    moments = [
        row["send_after"] for row in await rows(services, "messages") if row["status"] == "queued"
    ]
    apart = [later - earlier for earlier, later in pairwise(moments)]
    assert apart == [timedelta(seconds=10)] * 2
    assert len(await jobs(services, "deliver_bulk")) == BURST + 3 + 3

    # and goes when it has come, without taking another
    async with services.database.system_connection() as conn:
        await conn.execute("update messages set send_after = now() where status = 'queued'")
    await deliver(services, chat)
    assert {status for status, _ in await status_of(services)} == {"sent"}


async def test_one_boutiques_offers_do_not_slow_anothers(
    services: Services, providers: FakeProviders
) -> None:
    services.settings.meta.marketing_per_second = 0.1
    busy = await a_chat(services, phone="+254712000001")
    beside = await a_chat(services, "twilio", phone="+254712000002")
    for chat, offers in ((busy, BURST + 2), (beside, 1)):
        await consent(services, chat, granted=True)
        for _ in range(offers):
            await queue(services, chat, purpose="marketing")

    await deliver(services, busy)
    await deliver(services, beside)

    waiting = [m for m in await rows(services, "messages") if m["status"] == "queued"]
    assert [str(m["boutique_id"]) for m in waiting] == [busy.boutique_id] * 2
