"""Rules lock every identity of a batch before the wallet, so that nobody waits in a circle."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from dukani.campaigns import wallet
from dukani.core.services import Services
from dukani.core.store import marketing_contacts
from dukani.domain.domain_events import CartAbandoned
from tests.factories import a_product, put_in_cart
from tests.integration.campaigns.a_campaign import TEMPLATE, a_shop
from tests.integration.campaigns.automations.a_rule import (
    LEFT,
    a_rule,
    a_shopper,
    happened,
    rows,
    run,
    sends,
)


async def a_shop_that_pays(services: Services) -> str:
    """Its rule says it in a template that costs tokens."""
    shop = await a_shop(services, "twilio")
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update message_templates set form = '{"body": "Hi {{customer_name}}",
                 "examples": {"customer_name": "Amina"}}'"""
        )
    in_template = {"after_minutes": 0, "message": LEFT | {"template": TEMPLATE}}
    await a_rule(services, shop, "cart_abandoned", steps=[in_template])
    return shop


async def who_left_a_cart(services: Services, shop: str) -> str:
    customer = await a_shopper(services, shop, window=False)
    [variant] = await a_product(services.database, shop)
    cart = await put_in_cart(services.database, shop, customer, variant)
    await happened(services, shop, CartAbandoned(pieces=1), subject_id=cart, customer_id=customer)
    [row] = await rows(services, shop, f"select phone from customers where id = '{customer}'")
    return str(row["phone"])


async def waits_for_a_lock(services: Services) -> None:
    async with services.database.system_connection() as conn:
        for _ in range(500):
            cursor = await conn.execute(
                "select from pg_locks where locktype = 'advisory' and not granted"
            )
            if await cursor.fetchone() is not None:
                return
            await asyncio.sleep(0.01)
    raise AssertionError("nobody waits")


async def test_a_campaign_takes_tokens_while_the_rules_wait_for_its_people(
    services: Services,
) -> None:
    # given two who are due, and a campaign that decides about the second
    shop = await a_shop_that_pays(services)
    await who_left_a_cart(services, shop)
    second = await who_left_a_cart(services, shop)
    async with services.database.tenant_connection(shop) as campaign:
        await marketing_contacts.lock(campaign, identities=[second])
        # when the rules have come as far as they can, and it takes tokens
        rules = asyncio.create_task(run(services, shop))
        await waits_for_a_lock(services)
        async with asyncio.timeout(5):
            await wallet.hold(campaign, key=str(uuid4()), tokens=1)
    # then both go on
    await rules
    assert len(await sends(services, shop)) == 2
