"""The owner writes to her own boutique: a job takes it, and a reply to a note is passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from dukani.core.services import Services
from dukani.core.store import (
    boutiques,
    consents,
    conversations,
    customers,
    outbox,
    owner_sessions,
)
from dukani.core.store.messages import ABOUT
from dukani.owner.desk import OwnerDesk
from dukani.tools import messaging
from tests.factories import a_conversation, a_customer
from tests.journeys.talk import ScriptedEye
from tests.wiring import (
    META_NUMBER,
    TWILIO_NUMBER,
    Caller,
    a_change,
    a_line,
    a_meta_message,
    jobs,
    rows,
)

OWNER = "+254711000777"
OWNER_AT_META = OWNER.removeprefix("+")


@dataclass
class Shop:
    """A boutique whose owner was told of customers that wait."""

    services: Services
    boutique_id: str

    async def waits(self, *, note_id: str, **customer: Any) -> str:
        """A conversation handed to people, and the note about it, sent as `note_id`."""
        database = self.services.database
        customer_id = await a_customer(database, self.boutique_id, **customer)
        conversation_id = await a_conversation(database, self.boutique_id, customer_id)
        async with database.tenant_connection(self.boutique_id) as conn:
            await conversations.hand_off(conn, conversation_id=conversation_id, reason="asked")
        await self.told(note_id=note_id, about=conversation_id)
        return conversation_id

    async def told(self, *, note_id: str, about: str | None) -> None:
        async with self.services.database.tenant_connection(self.boutique_id) as conn:
            boutique = await boutiques.get(conn, boutique_id=self.boutique_id)
            assert boutique is not None
            [note] = await messaging.queue_owner_note(
                conn, boutique, "A customer wants you. “done”", about=about
            )
            await outbox.mark_sent(conn, message_id=note.id, provider_id=note_id)

    async def handled(self) -> None:
        """Run the job that the webhook deferred."""
        deferred = await jobs(self.services, "handle_owner_messages")
        if any(job["args"] == {"boutique_id": self.boutique_id} for job in deferred):
            desk = OwnerDesk(self.services, ScriptedEye())
            await desk.handle(boutique_id=self.boutique_id)

    async def said_to(self, conversation_id: str) -> list[str]:
        await self.handled()
        sent = await rows(self.services, "messages")
        return [
            m["body"]
            for m in sent
            if str(m["conversation_id"]) == conversation_id and m["author"] == "staff"
        ]

    async def told_to_owner(self) -> list[str]:
        """The notes after those that `waits` made."""
        await self.handled()
        notes = [m for m in await rows(self.services, "messages") if m["recipient"] == OWNER]
        return [note["body"] for note in notes if note["status"] == "queued"]

    async def events_of(self, conversation_id: str) -> list[str]:
        await self.handled()
        events = await rows(self.services, "conversation_events")
        return [e["kind"] for e in events if str(e["conversation_id"]) == conversation_id]


@pytest.fixture
async def shop(services: Services) -> Shop:
    return Shop(services, await a_line(services, "twilio", TWILIO_NUMBER, owner_phone=OWNER))


async def writes(caller: Caller, text: str, *, sid: str = "SM1", **fields: str) -> None:
    """The owner, to her boutique's number at Twilio."""
    sender = {"From": f"whatsapp:{OWNER}", "WaId": OWNER_AT_META, "MessageSid": sid}
    response = await caller.twilio(**(sender | {"Body": text} | fields))
    assert response.status_code == 200


async def test_a_reply_to_the_note_reaches_that_customer_and_pauses_the_assistant(
    shop: Shop, caller: Caller
) -> None:
    # given two customers who wait
    asha = await shop.waits(note_id="SMasha", name="Asha")
    zawadi = await shop.waits(note_id="SMzawadi", name="Zawadi")

    # when the owner quotes the note about one of them, and Twilio tells it twice
    for _ in range(2):
        await writes(caller, "Yes, we have it in green", OriginalRepliedMessageSid="SMasha")

    # then that one gets her words, once
    assert await shop.said_to(asha) == ["Yes, we have it in green"]
    assert await shop.said_to(zawadi) == []
    assert await shop.events_of(asha) == ["staff_message"]
    assert await shop.told_to_owner() == []


async def test_a_reply_at_meta_finds_the_note_by_its_context(
    services: Services, caller: Caller
) -> None:
    shop = Shop(services, await a_line(services, "meta", META_NUMBER, owner_phone=OWNER))
    asha = await shop.waits(note_id="wamid.note")

    reply = a_meta_message(
        **{"from": OWNER_AT_META}, context={"id": "wamid.note"}, text={"body": "Karibu dukani"}
    )
    await caller.meta(a_change(messages=[reply]))

    assert await shop.said_to(asha) == ["Karibu dukani"]


async def test_at_meta_a_change_is_asked_with_buttons_and_done_at_a_tap(
    services: Services, caller: Caller
) -> None:
    # given an owner at Meta, who is asked whether to pause
    shop = Shop(services, await a_line(services, "meta", META_NUMBER, owner_phone=OWNER))
    said = {"from": OWNER_AT_META}
    await caller.meta(a_change(messages=[a_meta_message(**said, text={"body": "pause"})]))
    await shop.handled()
    [asked] = [m for m in await rows(services, "messages") if m["direction"] == "out"]
    assert asked["kind"] == "buttons"
    yes, _no = asked["payload"]["buttons"]

    # when she taps yes
    tap = {"type": "button_reply", "button_reply": yes}
    answer = a_meta_message(**said, id="wamid.tap", type="interactive", interactive=tap)
    del answer["text"]
    await caller.meta(a_change(messages=[answer]))
    await shop.handled()

    # then the shop is paused
    async with services.database.tenant_connection(shop.boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=shop.boutique_id)
    assert boutique is not None and boutique.paused_at is not None


async def test_without_a_quote_it_is_for_the_only_one_who_waits(shop: Shop, caller: Caller) -> None:
    asha = await shop.waits(note_id="SMasha")
    await writes(caller, "I am here now")
    assert await shop.said_to(asha) == ["I am here now"]


async def test_without_a_quote_and_with_several_waiting_it_goes_to_nobody(
    shop: Shop, caller: Caller
) -> None:
    asha = await shop.waits(note_id="SMasha")
    zawadi = await shop.waits(note_id="SMzawadi")

    await writes(caller, "I am here now")

    assert await shop.said_to(asha) == await shop.said_to(zawadi) == []
    [note] = await shop.told_to_owner()
    assert "Several customers are waiting" in note


@pytest.mark.parametrize(
    "word", ["done", "Done.", "assistant", "msaidizi", "nimemaliza", "back", "rudisha"]
)
async def test_one_word_gives_the_customer_back(shop: Shop, caller: Caller, word: str) -> None:
    asha = await shop.waits(note_id="SMasha", name="Asha")

    await writes(caller, word, OriginalRepliedMessageSid="SMasha")

    assert await shop.said_to(asha) == []
    assert await shop.events_of(asha) == ["hand_back"]
    [note] = await shop.told_to_owner()
    assert "The assistant answers *Asha*" in note


async def test_a_note_about_a_customer_who_does_not_wait_can_be_answered_too(
    shop: Shop, caller: Caller, services: Services
) -> None:
    conversation = await a_conversation(services.database, shop.boutique_id)
    await shop.told(note_id="SMpaid", about=conversation)
    await writes(caller, "Your parcel leaves at 3", OriginalRepliedMessageSid="SMpaid")
    assert await shop.said_to(conversation) == ["Your parcel leaves at 3"]


async def test_nobody_elses_reply_is_taken_for_the_owners(shop: Shop, caller: Caller) -> None:
    # given a customer who somehow knows a note's id, and words that would be a command
    asha = await shop.waits(note_id="SMasha")

    # when she quotes it
    await caller.twilio(Body="done", OriginalRepliedMessageSid="SMasha")

    # then it is her own message
    assert await shop.said_to(asha) == []
    assert await shop.events_of(asha) == []
    [heard] = [m for m in await rows(shop.services, "messages") if m["direction"] == "in"]
    assert (heard["body"], heard["author"]) == ("done", "customer")


async def test_the_owners_commands_are_a_customers_words_from_any_other_phone(
    shop: Shop, caller: Caller
) -> None:
    said = ["sent DK-1", "sales today", "I am the owner, pause", "sold HAT 2"]
    for number, words in enumerate(said):
        await caller.twilio(Body=words, MessageSid=f"SM{number}")
    heard = await rows(shop.services, "messages")
    assert [(m["body"], m["author"]) for m in heard] == [(one, "customer") for one in said]
    assert await jobs(shop.services, "handle_owner_messages") == []


async def test_an_owner_is_a_customer_like_any_in_another_boutique(
    shop: Shop, caller: Caller, services: Services
) -> None:
    # given a customer who waits in the owner's boutique and one in another's
    asha = await shop.waits(note_id="SMasha")
    other = Shop(services, await a_line(services, "twilio", "+254700000902"))
    theirs = await other.waits(note_id="SMtheirs")

    # when the owner writes to the other, quoting either note
    for sid, quoted in (("SM1", "SMasha"), ("SM2", "SMtheirs")):
        fields = {"To": "whatsapp:+254700000902", "OriginalRepliedMessageSid": quoted}
        await writes(caller, "done", sid=sid, **fields)

    # then nobody is answered in her name
    assert await shop.said_to(asha) == await other.said_to(theirs) == []
    assert await shop.events_of(asha) == await other.events_of(theirs) == []


async def test_the_webhook_only_records_and_defers(shop: Shop, caller: Caller) -> None:
    # when the owner writes, and Twilio tells it twice
    for _ in range(2):
        await writes(caller, "pause")

    # then her message waits for one job, and nothing is done yet
    [message] = await rows(shop.services, "messages")
    assert (message["author"], message["direction"], message["status"]) == (
        "owner", "in", "received",
    )  # fmt: skip
    [job] = await jobs(shop.services, "handle_owner_messages")
    assert job["lock"] == f"{shop.boutique_id}/owner"
    assert await rows(shop.services, "conversations") == []
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        session = await owner_sessions.get(conn)
    assert session.pending is None and session.last_inbound_at is not None


async def test_an_owner_who_shops_is_a_customer_in_a_chat_of_her_own(
    shop: Shop, caller: Caller
) -> None:
    # given a customer who waits, and an owner who shops
    asha = await shop.waits(note_id="SMasha")
    await writes(caller, "shop", sid="SM1")
    await writes(caller, "show me hats", sid="SM2")

    # then her words are her own conversation's
    await shop.handled()
    heard = [m for m in await rows(shop.services, "messages") if m["author"] == "customer"]
    assert [m["body"] for m in heard] == ["show me hats"]
    mine = str(heard[0]["conversation_id"])
    assert await shop.events_of(mine) == ["message"]
    # her own call for a person is not hers to answer
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        await conversations.hand_off(conn, conversation_id=mine, reason="asked")
    await writes(caller, "desk", sid="SM3")
    await writes(caller, "I am here", sid="SM4")
    assert await shop.said_to(asha) == ["I am here"]


async def test_a_command_wins_over_the_one_who_waits_and_a_quoted_note_over_a_command(
    shop: Shop, caller: Caller
) -> None:
    asha = await shop.waits(note_id="SMasha")
    await writes(caller, "pending", sid="SM1")
    assert await shop.said_to(asha) == []
    await writes(caller, "sales today", sid="SM2", OriginalRepliedMessageSid="SMasha")
    await writes(caller, "yes", sid="SM3")  # an answer to her: nothing was to be confirmed
    assert await shop.said_to(asha) == ["sales today", "yes"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {
                "Body": "",
                "NumMedia": "1",
                "MediaUrl0": "https://api.twilio.com/m/1",
                "MediaContentType0": "image/jpeg",
            },
            "only pass on written words",
        ),
    ],
)
async def test_what_cannot_be_passed_on_is_said(
    shop: Shop, caller: Caller, fields: dict[str, str], why: str
) -> None:
    asha = await shop.waits(note_id="SMasha")
    await writes(caller, "", OriginalRepliedMessageSid="SMasha", **fields)
    assert await shop.said_to(asha) == []
    [note] = await shop.told_to_owner()
    assert why in note


async def test_after_a_day_of_silence_the_owner_hears_that_it_was_not_sent(
    shop: Shop, caller: Caller, services: Services
) -> None:
    asha = await shop.waits(note_id="SMasha")
    async with services.database.system_connection() as conn:
        await conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")
    await writes(caller, "It is here", OriginalRepliedMessageSid="SMasha")
    assert await shop.said_to(asha) == []
    [note] = await shop.told_to_owner()
    assert "24 hours" in note


async def test_whoever_said_stop_is_not_written_to(
    shop: Shop, caller: Caller, services: Services
) -> None:
    asha = await shop.waits(note_id="SMasha")
    async with services.database.tenant_connection(shop.boutique_id) as conn:
        conversation = await conversations.get(conn, conversation_id=asha)
        assert conversation is not None
        await consents.record(
            conn,
            customer_id=conversation.customer_id,
            purpose="assistant",
            granted=False,
            source="whatsapp",
            words="STOP",
        )
    await writes(caller, "It is here", OriginalRepliedMessageSid="SMasha")
    assert await shop.said_to(asha) == []
    [note] = await shop.told_to_owner()
    assert "asked us not to write" in note


async def test_the_note_follows_a_customer_whose_two_halves_are_joined(
    shop: Shop, caller: Caller, services: Services
) -> None:
    # given a customer known by her id alone, about whom the owner was told
    await shop.waits(note_id="SMasha", phone=None, wa_user_id="KE.1349120865530274")
    phone = "+254722999111"
    async with services.database.tenant_connection(shop.boutique_id) as conn:
        first = await customers.find_or_create(conn, phone=phone, wa_user_id=None, name=None)
        await conversations.find_or_create(conn, customer_id=first.id, provider="twilio")
        # when she turns out to be the one with that phone
        kept = await customers.find_or_create(
            conn, phone=phone, wa_user_id="KE.1349120865530274", name=None
        )
        own = await conversations.find_or_create(conn, customer_id=kept.id, provider="twilio")
        await conn.execute("update conversations set last_inbound_at = now()")

    # then a reply to the note still reaches her
    await writes(caller, "Karibu", OriginalRepliedMessageSid="SMasha")
    assert await shop.said_to(own.id) == ["Karibu"]
    notes = [m for m in await rows(services, "messages") if m["recipient"] == OWNER]
    assert notes[0]["payload"][ABOUT] == own.id
