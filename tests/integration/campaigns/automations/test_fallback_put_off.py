"""What stops an SMS in place of WhatsApp for a while puts it off; a rule switched off ends it."""

from __future__ import annotations

from dukani.core.services import Services
from tests.integration.campaigns.automations.a_rule import rows, run, sends, verdicts
from tests.integration.campaigns.automations.test_ways_and_fallback import (
    a_shop_with_sms,
    failed,
    leave_a_cart,
)


async def system(services: Services, statement: str) -> None:
    async with services.database.system_connection() as conn:
        await conn.execute(statement.encode())


async def channels(services: Services, shop: str) -> list[str]:
    return [channel for _, channel, _ in await sends(services, shop)]


async def test_while_a_person_talks_with_her_it_waits(services: Services) -> None:
    # given a message that did not arrive, and a person who has the chat now
    shop = await a_shop_with_sms(services)
    await leave_a_cart(services, shop, sms=True)
    await system(services, "update conversations set handed_off_at = now(), last_staff_at = now()")
    await failed(services, shop, "131026")
    # when it is looked at, then it waits
    await run(services, shop)
    assert await channels(services, shop) == ["whatsapp"]
    assert (await verdicts(services, shop))[-1] == ("waits", "with_person")
    # when the person has given the chat back, then the SMS goes, once
    await system(services, "update conversations set handed_off_at = null, last_staff_at = null")
    for _ in range(2):
        await system(services, "update automation_fallbacks_due set at = now()")
        await run(services, shop)
    assert await channels(services, shop) == ["whatsapp", "sms"]


async def test_what_arrives_while_it_waits_needs_no_sms(services: Services) -> None:
    shop = await a_shop_with_sms(services)
    await leave_a_cart(services, shop, sms=True)
    await system(services, "update conversations set handed_off_at = now(), last_staff_at = now()")
    await failed(services, shop, "131026")
    await run(services, shop)
    # when WhatsApp tells that it arrived after all, and the row of the fallback was seen too late
    await system(services, "update automation_sends set state = 'delivered'")
    await system(services, "update conversations set handed_off_at = null, last_staff_at = null")
    await system(services, "update automation_fallbacks_due set at = now()")
    await run(services, shop)
    assert await channels(services, shop) == ["whatsapp"]


async def test_a_rule_that_was_switched_off_sends_no_sms_either(services: Services) -> None:
    shop = await a_shop_with_sms(services)
    await leave_a_cart(services, shop, sms=True)
    await system(services, "update automation_rules set is_on = false")
    await failed(services, shop, "131026")
    await run(services, shop)
    assert await channels(services, shop) == ["whatsapp"]
    assert await rows(services, shop, "select from automation_fallbacks_due") == []


async def test_what_a_person_sent_by_a_rule_that_is_off_goes_by_sms(services: Services) -> None:
    shop = await a_shop_with_sms(services)
    await leave_a_cart(services, shop, sms=True)
    await system(services, "update automation_rules set is_on = false")
    await system(
        services,
        "update automation_sends set forced_by = '11111111-1111-4111-8111-111111111111'",
    )
    await failed(services, shop, "131026")
    await run(services, shop)
    assert await channels(services, shop) == ["whatsapp", "sms"]
