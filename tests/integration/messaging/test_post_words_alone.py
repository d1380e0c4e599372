"""When a provider cannot fetch a picture, what was written below it still arrives."""

from __future__ import annotations

from dukani.agent.facts import Reply
from dukani.core.services import Services
from dukani.core.store import consents, messages
from dukani.tools import messaging
from tests.fakes.providers import FakeProviders, meta_error, twilio_error
from tests.integration.messaging.test_delivery import a_chat, deliver, jobs, say, status_of
from tests.integration.messaging.test_post_pictures import OPTIONS
from tests.wiring import Caller, doors_of, rows

WORDS = "1. Amani\n2. Amani"


async def test_a_picture_refused_at_once_leaves_the_words(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services, "twilio", phone="+254712000001")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await messaging.queue_reply(conn, chat, Reply(text=WORDS, options=OPTIONS), language="en")
    providers.next = [twilio_error(63019)]

    await deliver(services, chat)

    (sent,) = providers.sent
    assert (sent["Body"], "MediaUrl" in sent) == (WORDS, False)
    assert await status_of(services) == [("failed", "63019"), ("sent", None)]


async def test_a_picture_that_fails_later_is_followed_by_its_words_once(
    services: Services, providers: FakeProviders
) -> None:
    # given options that Twilio took
    chat = await a_chat(services, "twilio", phone="+254712000001")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await messaging.queue_reply(conn, chat, Reply(text=WORDS, options=OPTIONS), language="en")
    await deliver(services, chat)
    (picture,) = await rows(services, "messages")

    # when it says, twice, that it could not fetch their picture
    async with doors_of(services) as client:
        for _ in range(2):
            await Caller(client).twilio_status(
                "failed", sid=picture["provider_id"], ErrorCode="63019"
            )
    await deliver(services, chat)

    # then the words went once more, without it, and an answer to them finds the pieces
    assert providers.texts == [WORDS, WORDS]
    assert "MediaUrl" not in providers.sent[1]
    assert len(await jobs(services, "deliver")) == 1
    (_, words) = await rows(services, "messages")
    assert [option["number"] for option in words["payload"]["options"]] == [1, 2, 3]


async def test_an_offer_without_its_picture_is_still_an_offer_of_its_rule(
    services: Services, providers: FakeProviders
) -> None:
    # given a rule's offer with a picture and a button, to a customer who agreed to offers
    chat = await a_chat(services, "meta", phone="+254712000001")
    link = {"title": "Finish my order", "url": "https://dukani.example/l/1"}
    payload = {"link": link, "recover": {"kind": "cart", "id": "1"}}
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await consents.record(
            conn, customer_id=chat.customer_id, purpose="marketing", granted=True, source="test"
        )
        await messages.queue_outbound(
            conn,
            conversation_id=chat.id,
            provider="meta",
            kind="link",
            body="Still yours",
            media_path=f"{chat.boutique_id}/dress.jpg",
            payload=payload,
            purpose="marketing",
            reference="automation:1",
        )
    providers.next = [meta_error(131053)]

    await deliver(services, chat)

    (first, words) = await rows(services, "messages")
    assert (first["status"], first["error_code"]) == ("failed", "131053")
    assert (words["kind"], words["media_path"]) == ("link", None)
    assert words["payload"].items() >= payload.items()
    assert (words["purpose"], words["reference"]) == ("marketing", "automation:1")


async def test_words_that_failed_for_another_reason_are_not_repeated(
    services: Services, providers: FakeProviders
) -> None:
    chat = await a_chat(services, "twilio", phone="+254712000001")
    await say(services, chat, "one")
    await deliver(services, chat)
    (told,) = await rows(services, "messages")

    async with doors_of(services) as client:
        await Caller(client).twilio_status("failed", sid=told["provider_id"], ErrorCode="63019")
    await deliver(services, chat)

    assert providers.texts == ["one"]


async def test_words_alone_do_not_follow_a_stop(
    services: Services, providers: FakeProviders
) -> None:
    # given options that Twilio took, and a customer who then said stop
    chat = await a_chat(services, "twilio", phone="+254712000001")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await messaging.queue_reply(conn, chat, Reply(text=WORDS, options=OPTIONS), language="en")
    await deliver(services, chat)
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await consents.record(
            conn,
            customer_id=chat.customer_id,
            purpose="assistant",
            granted=False,
            source="whatsapp",
        )

    # when it says that it could not fetch their picture
    (picture,) = await rows(services, "messages")
    async with doors_of(services) as client:
        await Caller(client).twilio_status("failed", sid=picture["provider_id"], ErrorCode="63019")
    await deliver(services, chat)

    # then nothing more is sent
    assert providers.texts == [WORDS]
    assert (await status_of(services))[-1] == ("failed", "opted_out")
