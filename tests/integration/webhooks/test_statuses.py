"""What a provider tells about a message of ours finds it, in whatever order it comes."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import psycopg
import pytest

from dukani.core.jobs import Partition
from dukani.core.services import Services
from dukani.core.store import consents, messages, outbox
from dukani.tools.resend import MAX_COPIES
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


async def a_sent_message(services: Services, boutique: str, provider_id: str = "") -> str:
    """The id of a message under way; the answer to the send is there with a `provider_id`."""
    (conversation,) = await rows(services, "conversations")
    async with services.database.tenant_connection(boutique) as conn:
        message = await messages.queue_outbound(
            conn,
            conversation_id=str(conversation["id"]),
            provider=conversation["provider"],
            body="Karibu",
        )
        await outbox.mark_sending(conn, message=message)
        if provider_id:
            await outbox.mark_sent(conn, message_id=message.id, provider_id=provider_id)
    return message.id


async def an_owners_note(services: Services, boutique: str, body: str) -> str:
    """The id of a note to the owner, queued."""
    async with services.database.tenant_connection(boutique) as conn:
        note = await messages.queue_outbound(
            conn, recipient="+254712000009", provider="twilio", body=body
        )
    return note.id


async def test_statuses_out_of_order_end_at_the_furthest(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")

    for status in ("queued", "read", "sent", "delivered"):
        assert (await caller.twilio_status(status)).status_code == 200

    assert (await rows(services, "messages"))[-1]["status"] == "read"


async def test_a_status_that_postgresql_aborts_for_a_deadlock_is_stored_again(
    services: Services, caller: Caller, superuser_url: str
) -> None:
    # given: somebody keeps failures from being stored, and wants the message that one is about
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    message_id = await a_sent_message(services, boutique, "SM9")
    async with await psycopg.AsyncConnection.connect(superuser_url) as other:
        await other.execute("set local deadlock_timeout = '30s'")  # the webhook notices it first
        await other.execute("lock table webhook_events in share mode")
        told = asyncio.create_task(caller.twilio_status("failed", message_id=message_id))
        await asyncio.sleep(0.4)
        assert not told.done()

        # when
        await other.execute("select from messages where id = %s for update", [message_id])

    # then
    assert (await told).status_code == 200
    assert (await rows(services, "messages"))[-1]["status"] == "failed"


async def test_a_status_before_the_answer_to_the_send_counts(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    message_id = await a_sent_message(services, boutique)

    await caller.twilio_status("delivered", message_id=message_id)

    last = (await rows(services, "messages"))[-1]
    assert (last["status"], last["provider_id"]) == ("delivered", "SM9")


@pytest.mark.parametrize("status", ["delivered", "failed"])
async def test_what_waited_behind_an_unclear_message_leaves_once_it_is_told_of(
    services: Services, caller: Caller, status: str
) -> None:
    # given a note to the owner whose worker died while it was sent, and one behind it
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    first = await an_owners_note(services, boutique, "first")
    await an_owners_note(services, boutique, "second")
    async with services.database.tenant_connection(boutique) as conn:
        message = await messages.get(conn, message_id=first)
        assert message is not None
        await outbox.mark_sending(conn, message=message)
    await asyncio.sleep(outbox.UNCLEAR_AFTER_S + 0.1)
    before = len(await jobs(services, "deliver"))

    # when its status comes
    await caller.twilio_status(status, message_id=first)

    # then the one behind it need not wait until the first would have been asked about
    due = (await jobs(services, "deliver"))[before:]
    assert [job["args"]["conversation_id"] for job in due] == [None]
    assert due[0]["scheduled_at"] is None
    assert due[0]["lock"] != f"{boutique}/{Partition(boutique, None).lock}"


async def test_a_status_of_a_message_just_sent_defers_nothing(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    message_id = await a_sent_message(services, boutique)
    await a_sent_message(services, boutique, "SM10")
    before = await jobs(services, "deliver")

    await caller.twilio_status("delivered", message_id=message_id)

    assert await jobs(services, "deliver") == before


async def test_a_status_at_the_message_address_works_too(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")

    response = await caller.twilio(
        MessageSid="SM9",
        MessageStatus="delivered",
        From=f"whatsapp:{TWILIO_NUMBER}",
        To="whatsapp:+254712000001",
    )

    assert response.status_code == 200
    assert (await rows(services, "messages"))[-1]["status"] == "delivered"


@pytest.mark.parametrize("message_id", ["not-an-id", str(uuid4())], ids=["no-id", "unknown-id"])
async def test_a_status_of_nothing_we_sent_is_kept_and_changes_nothing(
    services: Services, caller: Caller, message_id: str
) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()

    response = await caller.twilio_status("delivered", sid="SM404", message_id=message_id)

    assert response.status_code == 200
    assert [event["kind"] for event in await rows(services, "webhook_events")] == [
        "message",
        "status",
    ]
    assert (await rows(services, "messages"))[-1]["status"] == "received"


async def test_a_failure_because_marketing_was_stopped_is_an_opt_out(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")
    (customer,) = await rows(services, "customers")

    for _ in range(2):
        await caller.twilio_status("failed", ErrorCode="21610")

    assert (await rows(services, "messages"))[-1]["error_code"] == "21610"
    assert len(await rows(services, "consents")) == 1
    async with services.database.tenant_connection(boutique) as conn:
        said = await consents.latest(conn, customer_id=str(customer["id"]), purpose="marketing")
    assert said is not None
    assert not said.granted


@pytest.mark.parametrize(
    "code", ["63018", "20429", "131056", "131000", "63012", "133004", "131026", "30008", "131016"]
)
async def test_what_failed_for_a_passing_reason_is_said_once_more_later(
    services: Services, caller: Caller, code: str
) -> None:
    # given a message Twilio took
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")

    # when it says in two ways that it did not bring it
    for status in ("failed", "undelivered"):
        await caller.twilio_status(status, ErrorCode=code)

    # then one copy waits, and a delivery comes for it after a while
    _, failed, copy = await rows(services, "messages")
    assert (failed["status"], failed["error_code"]) == ("failed", code)
    assert (copy["status"], copy["body"]) == ("sending", failed["body"])
    assert copy["error_code"] == code  # it waits as one that was refused at once
    (job,) = await jobs(services, "deliver")
    assert job["scheduled_at"] > failed["updated_at"]


@pytest.mark.parametrize("code", ["63038", "190", "131042", "63007", "368"])
async def test_what_the_set_up_refused_later_is_held_and_the_owner_told_once(
    services: Services, caller: Caller, code: str
) -> None:
    # given two messages Twilio took
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    for sid in ("SM9", "SM10"):
        await a_sent_message(services, boutique, sid)

    # when it says of both that the account refuses
    for sid in ("SM9", "SM10"):
        await caller.twilio_status("failed", sid=sid, ErrorCode=code)

    # then a copy of each is kept, and one note waits for the owner
    kept = [row for row in await rows(services, "messages") if row["status"] != "failed"]
    copies = [row for row in kept if row["error_code"] == code]
    notes = [row for row in kept if row["recipient"] is not None]
    assert [row["body"] for row in copies] == ["Karibu"] * 2
    assert len(notes) == 1
    assert code in notes[0]["body"]


async def test_a_message_that_never_arrives_is_given_up_at_last(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM10")

    for n in range(10):
        await caller.twilio_status("failed", sid=f"SM{10 + n}", ErrorCode="63018")
        async with services.database.tenant_connection(boutique) as conn:
            await conn.execute(
                "update messages set status = 'sent', provider_id = %s where status = 'sending'",
                (f"SM{11 + n}",),
            )

    told = [row["status"] for row in await rows(services, "messages")]
    assert told == ["received", *["failed"] * (1 + MAX_COPIES)]


@pytest.mark.parametrize(
    "code", ["63016", "63005", "99999", "131047", "131049", "63049", "131051", "100", "130472"]
)
async def test_what_failed_for_good_is_not_said_again(
    services: Services, caller: Caller, code: str
) -> None:
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await a_sent_message(services, boutique, "SM9")

    await caller.twilio_status("failed", ErrorCode=code)

    assert len(await rows(services, "messages")) == 2
    assert await jobs(services, "deliver") == []


async def test_of_a_message_sent_twice_the_failure_of_the_other_copy_changes_nothing(
    services: Services, caller: Caller
) -> None:
    # given a message sent a second time, because nobody knew of the first
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    message_id = await a_sent_message(services, boutique, "SM2")

    # when the first fails late, and the second arrives
    await caller.twilio_status("failed", sid="SM1", message_id=message_id, ErrorCode="63018")
    await caller.twilio_status("delivered", sid="SM2", message_id=message_id)

    # then it has arrived
    _, message = await rows(services, "messages")
    assert (message["status"], message["error_code"]) == ("delivered", None)


async def test_statuses_find_their_message_by_either_id(services: Services, caller: Caller) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)
    await caller.meta(a_change(messages=[a_meta_message()]))
    message_id = await a_sent_message(services, boutique)
    early = {"id": "wamid.9", "status": "sent", "biz_opaque_callback_data": message_id}
    later = {"id": "wamid.9", "status": "delivered"}

    # In one batch and out of order, before our own send call has heard back.
    await caller.meta(a_change(statuses=[early, later, early]))

    last = (await rows(services, "messages"))[-1]
    assert (last["status"], last["provider_id"]) == ("delivered", "wamid.9")
    assert [event["kind"] for event in await rows(services, "webhook_events")] == ["message"]


async def test_a_failed_status_keeps_its_code(services: Services, caller: Caller) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)
    await caller.meta(a_change(messages=[a_meta_message()]))
    await a_sent_message(services, boutique, "wamid.9")

    failed = {"id": "wamid.9", "status": "failed", "errors": [{"code": 131026, "title": "x"}]}
    await caller.meta(a_change(statuses=[failed]))

    failed_row = (await rows(services, "messages"))[1]
    assert (failed_row["status"], failed_row["error_code"]) == ("failed", "131026")
    assert (await rows(services, "webhook_events"))[-1]["payload"] == failed


async def test_a_status_at_another_number_does_not_touch_the_message(
    services: Services, caller: Caller
) -> None:
    boutique = await a_line(services, "meta", META_NUMBER)
    await a_line(services, "meta", "100000000000902")
    await caller.meta(a_change(messages=[a_meta_message()]))
    message_id = await a_sent_message(services, boutique)

    forged = {"id": "wamid.9", "status": "failed", "biz_opaque_callback_data": message_id}
    await caller.meta(a_change(account="100000000000902", statuses=[forged]))

    assert (await rows(services, "messages"))[-1]["status"] == "sending"
