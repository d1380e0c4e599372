"""What came while our webhooks were down is read from Twilio's list, and kept once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from dukani.agent.local_reader import LocalReader
from dukani.app import create_app
from dukani.core.clients import twilio_inbox
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import credentials, messages, webhook_events
from dukani.graph.context import Senses
from dukani.sandbox.accounts import ZURI
from dukani.tools.catalogue import NewProduct, add_product
from dukani.webhooks.missed import read_missed_messages
from dukani.worker import build_worker
from tests.factories import a_boutique
from tests.integration.sandbox.outside import SHOPPER, Phone, Target, served
from tests.journeys.talk import ScriptedEye
from tests.wiring import Caller, doors_of, jobs, rows, some_services

HAT = NewProduct(
    sku="HAT", name="Savannah Straw Hat", category="hat", occasions=("beach",),
    price_minor=150000, stock={"beige": {"ONE": 5}},
)  # fmt: skip
AT_ONCE = timedelta(0)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
async def target() -> AsyncIterator[Target]:
    async with served() as target:
        yield target


@pytest.fixture
async def phone(target: Target) -> AsyncIterator[Phone]:
    async with httpx.AsyncClient(base_url=f"{target.url}/sandbox") as http:
        yield Phone(http)


@pytest.fixture
async def services(database: Database, tmp_path: Path, target: Target) -> AsyncIterator[Services]:
    where = {"base_url": f"{target.url}/sandbox"}
    quiet = {"quiet_time_s": 0.0}
    async with some_services(database, tmp_path, twilio=where, conversation=quiet) as made:
        yield made


async def zuri(services: Services, *, number: str = ZURI.number) -> str:
    """The sandbox's own boutique, whose webhooks were never called."""
    boutique = await a_boutique(services.database, whatsapp_provider="twilio")
    secrets = {"account_sid": ZURI.account_sid, "auth_token": ZURI.auth_token}
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=boutique,
            provider="twilio",
            account=number,
            secrets=secrets,
            box=services.secrets,
        )
    return boutique


async def test_messages_that_were_posted_while_we_were_down_are_recorded_in_their_order(
    services: Services, phone: Phone
) -> None:
    # given a shopper who wrote while nobody listened
    boutique = await zuri(services)
    await phone.write(text="Habari")
    await phone.write(kind="image", media=await phone.picture(), text="Hii iko?")

    # when the list is read
    assert await read_missed_messages(services, settled=AT_ONCE) == 2

    # then both are there as if they had come by the webhook, the photo with its address
    first, second = await rows(services, "messages")
    assert (first["body"], first["kind"], first["status"]) == ("Habari", "text", "received")
    assert (second["body"], second["kind"]) == ("Hii iko?", "image")
    reference = second["payload"]["media"]["reference"]
    auth = (ZURI.account_sid, ZURI.auth_token)
    async with httpx.AsyncClient() as http:
        assert (await http.get(reference, auth=auth)).status_code == 200
    (customer,) = await rows(services, "customers")
    assert customer["phone"] == SHOPPER
    assert {job["args"]["boutique_id"] for job in await jobs(services, "handle_turn")} == {boutique}
    (conversation,) = await conversations(services)
    assert datetime.now(UTC) - conversation["last_inbound_at"] < timedelta(minutes=1)


async def test_reading_again_records_nothing_again(services: Services, phone: Phone) -> None:
    await zuri(services)
    await phone.write(text="Habari")

    read = [await read_missed_messages(services, settled=AT_ONCE) for _ in range(3)]

    assert read == [1, 0, 0]
    assert len(await rows(services, "messages")) == 1


async def test_what_came_by_the_webhook_is_not_recorded_twice(
    services: Services, phone: Phone, target: Target
) -> None:
    # given a message our webhook took
    await zuri(services)
    await phone.write(text="Habari")
    form = await target.next("/webhook/whatsapp")
    async with doors_of(services) as client:
        await Caller(client).twilio(token=ZURI.auth_token, **form)

    # when the list is read, and it comes by the webhook once more
    assert await read_missed_messages(services, settled=AT_ONCE) == 0
    async with doors_of(services) as client:
        await Caller(client).twilio(token=ZURI.auth_token, **form)

    assert len(await rows(services, "messages")) == 1


async def test_a_missed_yes_is_no_yes_to_a_total_that_was_told_since(
    services: Services, phone: Phone, target: Target
) -> None:
    # given a shopper who is asked where to deliver
    boutique = await zuri(services)
    async with services.database.tenant_connection(boutique) as conn:
        await add_product(conn, HAT, boutique_id=boutique)
    await heard(services, phone, target, "I want the Savannah Straw Hat")
    await heard(services, phone, target, "checkout")

    # when her "yes" meets no webhook, and the total is told after it was written
    await phone.write(text="yes")
    await target.next("/webhook/whatsapp")
    await asyncio.sleep(1.1)  # the list dates by the second
    await heard(services, phone, target, "Kilimani, Rose Apartments B4")
    assert await read_missed_messages(services, settled=AT_ONCE) == 1
    await work(services)

    # then nothing is ordered, and she is asked again
    assert await rows(services, "orders") == []
    last = (await rows(services, "messages"))[-1]
    assert (last["direction"], "Reply *YES*" in last["body"]) == ("out", True)

    # and what she writes to that is a yes
    await heard(services, phone, target, "yes")
    assert len(await rows(services, "orders")) == 1


async def heard(services: Services, phone: Phone, target: Target, text: str) -> None:
    """She writes, our webhook takes it, and she is answered."""
    await phone.write(text=text)
    form = await target.next("/webhook/whatsapp")
    async with doors_of(services) as client:
        await Caller(client).twilio(token=ZURI.auth_token, **form)
    await work(services)


async def work(services: Services) -> None:
    senses = Senses(reader=LocalReader(), eye=ScriptedEye())
    queue = build_worker(services, senses, url=services.database.url)
    async with queue.open_async():
        await queue.run_worker_async(wait=False, concurrency=1)


async def test_words_written_again_since_are_not_acted_on_twice(
    services: Services, phone: Phone, target: Target
) -> None:
    # given "checkout", lost to us, and the same words and others, which our webhook took
    boutique = await zuri(services)
    await phone.write(text="Nataka gauni jekundu")
    await phone.write(text="checkout")
    for _ in range(2):
        await target.next("/webhook/whatsapp")
    await asyncio.sleep(1.1)  # the list dates by the second
    await phone.write(text="Checkout ")
    form = await target.next("/webhook/whatsapp")
    async with doors_of(services) as client:
        await Caller(client).twilio(token=ZURI.auth_token, **form)

    # when the list is read, once and again
    assert await read_missed_messages(services, settled=AT_ONCE) == 2
    assert await read_missed_messages(services, settled=AT_ONCE) == 0

    # then what was written but once is heard, and the repeated words are only kept
    heard = {row["body"].strip() for row in await rows(services, "messages")}
    assert heard == {"Checkout", "Nataka gauni jekundu"}
    kept = [row for row in await rows(services, "webhook_events") if row["outcome"] == "ignored"]
    assert [row["payload"]["Body"] for row in kept] == ["checkout"]

    # and another boutique's customer has said nothing
    other = await a_boutique(services.database)
    words = {"phone": SHOPPER, "wa_user_id": None, "body": "checkout", "since": LONG_AGO}
    async with services.database.tenant_connection(other) as conn:
        assert not await messages.has_said_since(conn, **words)
    async with services.database.tenant_connection(boutique) as conn:
        assert await messages.has_said_since(conn, **words)


async def test_what_was_read_from_the_list_may_still_come_by_the_webhook(
    services: Services, phone: Phone, target: Target
) -> None:
    await zuri(services)
    await phone.write(text="Habari")
    await read_missed_messages(services, settled=AT_ONCE)

    form = await target.next("/webhook/whatsapp")
    async with doors_of(services) as client:
        await Caller(client).twilio(token=ZURI.auth_token, **form)

    assert len(await rows(services, "messages")) == 1


async def test_the_list_is_read_to_its_end(
    services: Services, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio_inbox, "PAGE_SIZE", 2)
    await zuri(services)
    for n in range(5):
        await phone.write(text=f"line {n}")

    assert await read_missed_messages(services, settled=AT_ONCE) == 5

    assert [row["body"] for row in await rows(services, "messages")] == [
        f"line {n}" for n in range(5)
    ]


async def test_what_is_on_its_way_to_the_webhook_is_left_to_it(
    services: Services, phone: Phone
) -> None:
    await zuri(services)
    await phone.write(text="Habari")

    assert await read_missed_messages(services) == 0


async def test_what_was_sent_before_the_number_was_ours_is_not_ours(
    services: Services, phone: Phone
) -> None:
    await phone.write(text="to whoever answered here before")
    await zuri(services)
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update provider_credentials set created_at = now() + interval '5 seconds'"
        )

    assert await read_missed_messages(services, settled=AT_ONCE) == 0


async def test_one_number_that_cannot_be_read_is_not_the_others(
    services: Services, phone: Phone
) -> None:
    # given a boutique Twilio does not know, and one it knows
    await zuri(services, number="+254700000999")
    await zuri(services)
    await phone.write(text="Habari")

    assert await read_missed_messages(services, settled=AT_ONCE) == 1

    # and the unread one is read from the same time on the next time
    async with services.database.system_connection() as conn:
        cursor = await conn.execute(
            "select account, inbound_read_until is null as unread from provider_credentials"
        )
        unread = {row["account"]: row["unread"] for row in await cursor.fetchall()}
    assert unread == {"+254700000999": True, ZURI.number: False}


async def test_another_boutique_knows_nothing_of_what_came(
    services: Services, phone: Phone
) -> None:
    mine, theirs = await zuri(services), await a_boutique(services.database)
    sid = (await phone.write(text="Habari"))["id"]
    await read_missed_messages(services, settled=AT_ONCE)

    found = []
    for boutique in (mine, theirs):
        async with services.database.tenant_connection(boutique) as conn:
            found.append(await webhook_events.known(conn, provider="twilio", event_keys=[sid]))
    assert found == [{sid}, set()]


async def test_a_start_asks_for_what_was_missed(services: Services) -> None:
    app = create_app(services)
    async with app.router.lifespan_context(app):
        first, second = await jobs(services, "read_missed_messages")

    assert first["scheduled_at"] < second["scheduled_at"]


async def conversations(services: Services) -> list[dict[str, datetime]]:
    async with services.database.system_connection() as conn:
        cursor = await conn.execute("select last_inbound_at from conversations")
        return list(await cursor.fetchall())
