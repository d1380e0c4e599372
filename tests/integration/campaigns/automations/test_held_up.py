"""One rule or step that cannot be done holds up nobody else's messages."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.domain.domain_events import CartAbandoned
from tests.factories import a_product, put_in_cart
from tests.integration.campaigns.a_campaign import a_shop
from tests.integration.campaigns.automations.a_rule import (
    LEFT,
    a_rule,
    a_shopper,
    happened,
    rows,
    run,
    sends,
    verdicts,
)
from tests.integration.campaigns.automations.test_ways_and_fallback import (
    a_shop_with_sms,
    failed,
    leave_a_cart,
)


async def leaves_a_cart(services: Services, shop: str) -> str:
    customer = await a_shopper(services, shop)
    [variant] = await a_product(services.database, shop)
    cart = await put_in_cart(services.database, shop, customer, variant)
    await happened(services, shop, CartAbandoned(pieces=1), subject_id=cart, customer_id=customer)
    return customer


async def breaks(services: Services, rule: str) -> None:
    """Its definition is one that this program does not know any more."""
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update automation_rules set definition = definition || '{"moon": "full"}'
               where id = %s""",
            (rule,),
        )


async def test_a_rule_that_cannot_be_read_hears_nothing_and_the_others_do(
    services: Services,
) -> None:
    shop = await a_shop(services, "twilio")
    await breaks(services, await a_rule(services, shop, "cart_abandoned"))
    await a_rule(services, shop, "cart_abandoned")
    customers = [await leaves_a_cart(services, shop) for _ in range(2)]
    await run(services, shop)
    assert {one for one, _, _ in await sends(services, shop)} == set(customers)


async def test_a_step_that_cannot_be_judged_is_tried_again_later(services: Services) -> None:
    # given two who are due, one by a rule that breaks meanwhile
    shop = await a_shop(services, "twilio")
    later_on = [{"after_minutes": 120, "message": LEFT}]
    broken = await a_rule(services, shop, "cart_abandoned", steps=later_on)
    await leaves_a_cart(services, shop)
    await run(services, shop)
    await a_rule(services, shop, "cart_abandoned")
    await breaks(services, broken)
    async with services.database.tenant_connection(shop) as conn:
        await conn.execute("update automation_enrolments set due_at = now()")
    other = await leaves_a_cart(services, shop)
    # when both are judged
    await run(services, shop)
    # then the other is written to, and this one waits
    assert [one for one, _, _ in await sends(services, shop)] == [other]
    [waits] = await rows(
        services, shop,
        "select due_at > now() + interval '50 minutes' as later from automation_enrolments"
        f" where rule_id = '{broken}' and step = 0 and state = 'active'"
        " and due_at < now() + interval '70 minutes'",
    )  # fmt: skip
    assert waits["later"]


async def test_what_did_not_arrive_of_a_step_that_is_no_more_ends_there(
    services: Services,
) -> None:
    # given a message of a second step, which the owner then took away
    shop = await a_shop_with_sms(services)
    await leave_a_cart(services, shop, sms=True)
    async with services.database.system_connection() as conn:
        await conn.execute("update automation_sends set step = 1")
    await failed(services, shop, "131026")
    # when it did not arrive
    await run(services, shop)
    # then nothing goes in its place, and nothing is left to be tried
    assert [channel for _, channel, _ in await sends(services, shop)] == ["whatsapp"]
    assert (await verdicts(services, shop))[-1] == ("skipped", "rule_off")
    assert await rows(services, shop, "select from automation_fallbacks_due") == []
