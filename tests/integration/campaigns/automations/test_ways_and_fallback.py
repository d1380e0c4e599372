"""WhatsApp first; an SMS in its place with consent to SMS, never around WhatsApp's limits."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.services import Services
from dukani.core.store import automation_channels, consents
from dukani.domain.domain_events import CartAbandoned
from tests.factories import a_product, put_in_cart
from tests.integration.campaigns.a_campaign import TEMPLATE, a_shop
from tests.integration.campaigns.automations.a_rule import (
    a_rule,
    a_shopper,
    happened,
    rows,
    run,
    sends,
    verdicts,
)


async def a_shop_with_sms(services: Services) -> str:
    shop = await a_shop(services, "twilio")
    async with services.database.system_connection() as conn:
        await conn.execute(
            """insert into provider_credentials (boutique_id, provider, account, secrets)
               values (%s, 'twilio_sms', 'ZURI', 'sealed')""",
            (shop,),
        )
    await a_rule(services, shop, "cart_abandoned")
    return shop


async def leave_a_cart(services: Services, shop: str, **shopper: Any) -> str:
    customer = await a_shopper(services, shop, **shopper)
    [variant] = await a_product(services.database, shop)
    cart = await put_in_cart(services.database, shop, customer, variant)
    await happened(services, shop, CartAbandoned(pieces=1), subject_id=cart, customer_id=customer)
    await run(services, shop)
    return customer


async def failed(services: Services, shop: str, code: str) -> None:
    """WhatsApp tells that it did not arrive."""
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update messages set status = 'failed', error_code = %s
               where boutique_id = %s and channel = 'whatsapp' and direction = 'out'""",
            (code, shop),
        )


async def test_whatsapp_is_paused_and_the_next_goes_by_sms(services: Services) -> None:
    # given a shop whose owner has paused WhatsApp
    shop = await a_shop_with_sms(services)
    async with services.database.tenant_connection(shop) as conn:
        await automation_channels.pause(conn, channel="whatsapp", reason=None, by=None)
    # when who agreed to SMS leaves a cart
    customer = await leave_a_cart(services, shop, sms=True)
    # then she gets an SMS, with a short link and the way out
    assert await sends(services, shop) == [(customer, "sms", 0)]
    [message] = await rows(
        services, shop, "select body, channel, purpose from messages where direction = 'out'"
    )
    [send] = await rows(services, shop, "select code from automation_sends")
    assert message["channel"] == "sms"
    assert f"/l/{send['code']}" in message["body"]
    assert f"/o/{send['code']}" in message["body"]  # a name as sender cannot be answered


async def test_without_consent_to_sms_it_is_held(services: Services) -> None:
    shop = await a_shop_with_sms(services)
    async with services.database.tenant_connection(shop) as conn:
        await automation_channels.pause(conn, channel="whatsapp", reason=None, by=None)
    customer = await leave_a_cart(services, shop)
    assert await sends(services, shop) == []
    assert (await verdicts(services, shop))[-1] == ("waits", "no_consent")
    # and goes once she has given it
    async with services.database.tenant_connection(shop) as conn:
        await consents.record(
            conn, customer_id=customer, purpose="sms", granted=True, source="window"
        )
        await conn.execute("update automation_enrolments set due_at = now()")
    await run(services, shop)
    assert await sends(services, shop) == [(customer, "sms", 0)]


@pytest.mark.parametrize("code", ["131026", "63003", "63024"])
async def test_what_whatsapp_cannot_deliver_goes_by_sms_once(services: Services, code: str) -> None:
    # given a message that WhatsApp took
    shop = await a_shop_with_sms(services)
    customer = await leave_a_cart(services, shop, sms=True)
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
    # when it did not arrive, and the rules run twice
    await failed(services, shop, code)
    await run(services, shop)
    await run(services, shop)
    # then one SMS goes in its place, which is no second contact
    assert await sends(services, shop) == [(customer, "whatsapp", 0), (customer, "sms", 0)]
    contacts = await rows(
        services, shop, "select from marketing_contacts where released_at is null"
    )
    assert len(contacts) == 1


@pytest.mark.parametrize("code", ["131049", "63049", "131050"])
async def test_whatsapps_limits_and_her_stop_are_not_gone_around(
    services: Services, code: str
) -> None:
    shop = await a_shop_with_sms(services)
    customer = await leave_a_cart(services, shop, sms=True)
    await failed(services, shop, code)
    await run(services, shop)
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]


async def test_without_consent_to_sms_what_did_not_arrive_is_held(services: Services) -> None:
    # given a message that WhatsApp cannot deliver, and who has not agreed to SMS
    shop = await a_shop_with_sms(services)
    customer = await leave_a_cart(services, shop)
    await failed(services, shop, "131026")
    await run(services, shop)
    await run(services, shop)
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
    assert (await verdicts(services, shop))[-1] == ("waits", "no_consent")
    # when she agrees to SMS, then it goes
    async with services.database.tenant_connection(shop) as conn:
        await consents.record(
            conn, customer_id=customer, purpose="sms", granted=True, source="window"
        )
    await run(services, shop)
    assert await sends(services, shop) == [(customer, "whatsapp", 0), (customer, "sms", 0)]


async def test_outside_of_24_hours_without_a_template_it_goes_by_sms(services: Services) -> None:
    shop = await a_shop_with_sms(services)
    customer = await leave_a_cart(services, shop, sms=True, window=False)
    assert await sends(services, shop) == [(customer, "sms", 0)]


async def test_what_is_still_in_the_outbox_goes_another_way_when_its_channel_is_paused(
    services: Services,
) -> None:
    # given a message that is queued for WhatsApp
    shop = await a_shop_with_sms(services)
    customer = await leave_a_cart(services, shop, sms=True)
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
    # when the owner pauses WhatsApp before it has left
    async with services.database.tenant_connection(shop) as conn:
        await automation_channels.pause(conn, channel="whatsapp", reason=None, by=None)
    await run(services, shop)
    # then an SMS goes in its place, and nothing by WhatsApp
    assert await sends(services, shop) == [(customer, "whatsapp", 0), (customer, "sms", 0)]
    [left] = await rows(
        services, shop, "select status, error_code from messages where channel = 'whatsapp'"
    )
    assert (left["status"], left["error_code"]) == ("failed", "channel_paused")


async def test_a_template_that_cannot_be_filled_in_leaves_it_to_sms(services: Services) -> None:
    # given an approved template whose text we do not have, and who may be written by SMS
    shop = await a_shop_with_sms(services)
    await name_the_template(services, shop)
    # when her 24 hours are over
    customer = await leave_a_cart(services, shop, sms=True, window=False)
    # then it goes by SMS, and without consent to SMS not at all
    other = await leave_a_cart(services, shop, window=False)
    assert await sends(services, shop) == [(customer, "sms", 0)]
    assert other and (await verdicts(services, shop))[-1] == ("skipped", "no_content")


async def name_the_template(services: Services, shop: str) -> None:
    """In the messages of all rules."""
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update automation_rules set definition =
                 jsonb_set(definition, '{steps,0,message,template}', to_jsonb(%s::text))
               where boutique_id = %s""",
            (TEMPLATE, shop),
        )
