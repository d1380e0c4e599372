"""An offer outside of the 24 hours takes tokens once, and gives them back if it does not arrive."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from dukani.campaigns.automations.cards import Card, InstagramCard, SmsText, WhatsAppCard
from dukani.campaigns.automations.paying import give_back, pay, settle
from dukani.core.clients.templates import Template
from dukani.core.database import Database
from dukani.core.store import wallet
from dukani.core.store.message_templates import RegisteredTemplate
from tests.factories import a_boutique
from tests.ledger import assert_adds_up, give

PHONE = "+254712345678"


def a_card(*, in_template: bool = True) -> Card:
    template = Template("cart_left", "en") if in_template else None
    whatsapp = WhatsAppCard("Still yours", template=template)
    return Card("en", whatsapp, SmsText("Hi", 1, "GSM-7"), InstagramCard("Zuri", "", "Hi"))


def a_template(category: Any) -> RegisteredTemplate:
    nothing = dict.fromkeys((
        "content_sid", "form", "quality", "reason", "provider_id", "media_base", "next_category",
        "category_changes_at", "submitted_at",
    ))  # fmt: skip
    now = datetime.now(UTC)
    return RegisteredTemplate(
        id=str(uuid4()), provider="meta", name="cart_left", language="en", status="approved",
        checked_at=now, updated_at=now, locale="en", category=category, **nothing,
    )  # fmt: skip


async def balance(database: Database, shop: str) -> tuple[int, int, int]:
    async with database.tenant_connection(shop) as conn:
        found = await wallet.balance(conn)
    return found.available, found.held, found.spent


async def paid(database: Database, shop: str, send: str, **how: Any) -> bool:
    settings = {"category": "marketing", "marketing": True, "in_template": True} | how
    async with database.tenant_connection(shop) as conn:
        return await pay(
            conn,
            a_card(in_template=settings["in_template"]),
            a_template(settings["category"]),
            send_id=send,
            marketing=settings["marketing"],
            phone=PHONE,
        )


async def test_an_offer_in_a_template_is_paid_once_and_spent_when_it_arrives(
    database: Database, superuser_url: str
) -> None:
    # given
    shop, send = await a_boutique(database), str(uuid4())
    await give(database, shop, 10)
    # when it is paid, twice
    assert await paid(database, shop, send)
    available, held, spent = await balance(database, shop)
    assert (available + held, spent) == (10, 0)
    assert held > 0
    assert await paid(database, shop, send)
    assert await balance(database, shop) == (available, held, spent)
    # and arrives
    async with database.tenant_connection(shop) as conn:
        await settle(conn, send_id=send)
    # then
    assert await balance(database, shop) == (available, 0, held)
    assert_adds_up(superuser_url, shop)


async def test_what_does_not_arrive_costs_nothing(database: Database, superuser_url: str) -> None:
    shop, send = await a_boutique(database), str(uuid4())
    await give(database, shop, 10)
    assert await paid(database, shop, send)

    async with database.tenant_connection(shop) as conn:
        await give_back(conn, send_id=send)

    assert await balance(database, shop) == (10, 0, 0)
    assert_adds_up(superuser_url, shop)


async def test_an_empty_wallet_sends_no_offer(database: Database) -> None:
    shop = await a_boutique(database)

    assert not await paid(database, shop, str(uuid4()))
    assert await balance(database, shop) == (0, 0, 0)


@pytest.mark.parametrize(
    "how",
    [
        {"in_template": False},  # within the 24 hours
        {"marketing": False, "category": "utility"},  # a service message
    ],
)
async def test_what_whatsapp_charges_as_no_offer_is_free(
    database: Database, how: dict[str, Any]
) -> None:
    shop, send = await a_boutique(database), str(uuid4())

    assert await paid(database, shop, send, **how)

    async with database.tenant_connection(shop) as conn:
        await settle(conn, send_id=send)
    assert await balance(database, shop) == (0, 0, 0)
