"""A rule's message is queued as an offer or a service message, with what a "yes" takes up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from uuid import uuid4

import pytest

from dukani.campaigns.automations.cards import (
    Card,
    CardButton,
    InstagramCard,
    SmsText,
    WhatsAppCard,
)
from dukani.campaigns.automations.queueing import queue, queue_as_sms
from dukani.core.clients.templates import Template
from dukani.core.database import Database
from dukani.core.store import boutiques, conversations
from dukani.core.store.messages import Message
from dukani.tools.sms import NoSms
from tests.factories import a_boutique, a_conversation, a_customer, a_product

CART = str(uuid4())


@dataclass(frozen=True)
class ASend:
    id: str
    customer_id: str
    send_class: Literal["service", "marketing"] = "marketing"
    subject_kind: str = "cart"
    subject_id: str = CART


def a_card(whatsapp: WhatsAppCard) -> Card:
    return Card("en", whatsapp, SmsText("Hi", 1, "GSM-7"), InstagramCard("Zuri", "", "Hi"))


async def queued(
    database: Database, whatsapp: WhatsAppCard, send_class: Literal["service", "marketing"]
) -> tuple[Message, ASend, list[str]]:
    shop = await a_boutique(database, whatsapp_provider="meta")
    amina = await a_customer(database, shop)
    chat_id = await a_conversation(database, shop, customer_id=amina)
    send = ASend(str(uuid4()), amina, send_class)
    if whatsapp.picture:  # in the shop's own folder
        whatsapp = replace(whatsapp, picture=f"{shop}/{whatsapp.picture}")
    async with database.tenant_connection(shop) as conn:
        boutique = await boutiques.get(conn, boutique_id=shop)
        chat = await conversations.get(conn, conversation_id=chat_id)
        assert boutique is not None
        assert chat is not None
        message = await queue(conn, boutique, send, a_card(whatsapp), chat)
    async with database.system_connection() as conn:
        cursor = await conn.execute("select task_name from procrastinate_jobs order by id")
        tasks = [row["task_name"] for row in await cursor.fetchall()]
    return message, send, tasks


async def test_an_offer_leaves_behind_all_answers(database: Database) -> None:
    message, send, tasks = await queued(database, WhatsAppCard("Still yours"), "marketing")

    assert (message.purpose, message.status, message.kind) == ("marketing", "queued", "text")
    assert message.reference == f"automation:{send.id}"
    assert message.payload == {"recover": {"kind": "cart", "id": CART}}
    assert tasks == ["deliver_bulk"]


async def test_a_service_message_leaves_at_once(database: Database) -> None:
    message, _, tasks = await queued(database, WhatsAppCard("It did not go through"), "service")

    assert message.purpose == "utility"
    assert tasks == ["deliver"]


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        (WhatsAppCard("Yours", "a.jpg"), "image"),
        (WhatsAppCard("Yours", "a.jpg", (CardButton("recover:yes", "Yes"),)), "buttons"),
        (WhatsAppCard("Yours", buttons=(CardButton("cta", "Order", "https://a.ke"),)), "link"),
        (WhatsAppCard("Yours", template=Template("cart_left", "en")), "template"),
    ],
)
async def test_its_kind_is_what_it_shows(
    database: Database, shown: WhatsAppCard, kind: str
) -> None:
    message, _, _ = await queued(database, shown, "marketing")

    assert message.kind == kind
    assert message.media_path == (shown.picture and f"{message.boutique_id}/{shown.picture}")
    assert message.payload.get("buttons", []) == [
        {"id": one.id, "title": one.title} for one in shown.buttons if not one.url
    ]
    opens = [{"title": one.title, "url": one.url} for one in shown.buttons if one.url]
    assert message.payload.get("link") == (opens[0] if opens else None)
    assert (message.template is None) == (shown.template is None)


async def test_several_pieces_are_numbered_in_one_picture(database: Database) -> None:
    # given a cart of two pieces, to be shown together
    shop = await a_boutique(database)
    amina = await a_customer(database, shop)
    chat_id = await a_conversation(database, shop, customer_id=amina)
    (dress,), (kanga,) = await a_product(database, shop), await a_product(database, shop)
    async with database.tenant_connection(shop) as conn:
        boutique = await boutiques.get(conn, boutique_id=shop)
        chat = await conversations.get(conn, conversation_id=chat_id)
        assert boutique is not None
        assert chat is not None
        # when
        message = await queue(
            conn,
            boutique,
            ASend(str(uuid4()), amina),
            a_card(WhatsAppCard("Both are yours")),
            chat,
            pieces=(dress.product_id, kanga.product_id),
        )

    # then delivery draws the picture, and she is understood when she answers by a number
    assert (message.kind, message.media_path) == ("options", None)
    shown = [(one["number"], one["product_id"]) for one in message.payload["options"]]
    assert shown == [(1, dress.product_id), (2, kanga.product_id)]


async def test_an_sms_needs_a_sender_and_leaves_from_it(database: Database) -> None:
    # given a shop without a sender of SMS
    shop = await a_boutique(database)
    amina = await a_customer(database, shop, phone="+254712345678")
    send = ASend(str(uuid4()), amina)

    async def by_sms() -> Message | NoSms:
        async with database.tenant_connection(shop) as conn:
            boutique = await boutiques.get(conn, boutique_id=shop)
            assert boutique is not None
            return await queue_as_sms(conn, boutique, send, a_card(WhatsAppCard("Yours")))

    assert await by_sms() == NoSms("no_sender")

    # when it has one
    async with database.system_connection() as conn:
        await conn.execute(
            """insert into provider_credentials (boutique_id, provider, account, secrets)
               values (%(shop)s, 'twilio_sms', 'ZURI', 'sealed')""",
            {"shop": shop},
        )
    queued = await by_sms()

    # then
    assert isinstance(queued, Message)
    assert (queued.channel, queued.provider, queued.body) == ("sms", "twilio_sms", "Hi")
    assert queued.reference == f"automation:{send.id}"
    assert queued.payload == {"recover": {"kind": "cart", "id": CART}}
