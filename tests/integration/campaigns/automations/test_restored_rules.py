"""Rules after a restore: nothing of before it is sent again, and they go on hearing."""

from __future__ import annotations

from datetime import timedelta

import psycopg

from dukani.campaigns.automations.left_carts import find_left_carts
from dukani.campaigns.automations.running import look_after_automations
from dukani.core.services import Services
from dukani.core.store import automation_events
from dukani.domain.automations import TRIGGERS
from dukani.domain.domain_events import CartAbandoned
from dukani.tools.platform_pausing import resume
from tests.factories import a_product, put_in_cart
from tests.integration.campaigns.a_campaign import a_shop
from tests.integration.campaigns.automations.a_rule import (
    LEFT,
    a_rule,
    a_shopper,
    happened,
    later,
    rows,
    run,
    sends,
    verdicts,
)
from tests.restoring import rest

# Numbers of another server's transactions, far ahead of a new one's.
OTHER_SERVER = 4_000_000_000


async def a_cart(services: Services, shop: str, customer: str) -> str:
    [variant] = await a_product(services.database, shop)
    return await put_in_cart(services.database, shop, customer, variant)


async def go_on(services: Services, shop: str) -> None:
    async with services.database.operator_connection(shop) as conn:
        await resume(conn, provider=None)


def as_of_another_server(superuser_url: str) -> None:
    """What happened has that server's numbers, and the rules have read as far."""
    with psycopg.connect(superuser_url) as conn:
        conn.execute("set session_replication_role = replica")
        for statement in (
            "update domain_events set transaction_id = (%s + id)::text::xid8",
            "update messages set transaction_id = (%s + seq)::text::xid8",
            "update automation_cursors set transaction_id = (%s + 1000)::text::xid8",
            "update private.automation_watermark set transaction_id = (%s + 1000)::text::xid8",
        ):
            conn.execute(statement, (OTHER_SERVER,))


async def test_a_step_that_was_due_is_not_sent_a_second_time(
    services: Services, superuser_url: str
) -> None:
    # given a rule of two steps, of which the second was to come, and who waits for another's first
    shop = await a_shop(services, "twilio")
    steps = [{"after_minutes": m, "message": LEFT} for m in (60, 24 * 60)]
    await a_rule(services, shop, "cart_abandoned", steps=steps)
    first, second = [await a_shopper(services, shop) for _ in range(2)]
    for customer in (first, second):
        cart = await a_cart(services, shop, customer)
        event = CartAbandoned(pieces=1)
        await happened(services, shop, event, subject_id=cart, customer_id=customer)
    await run(services, shop)
    before = await sends(services, shop)
    assert len(before) == 2

    # when the backup is restored, and the hour of the second step has come
    assert rest(superuser_url).enrolments == 2
    await later(services, shop, timedelta(days=8))
    await look_after_automations(services)
    await run(services, shop)
    await go_on(services, shop)
    await run(services, shop)

    # then nobody is written to again, and the timeline says why
    assert await sends(services, shop) == before
    assert (await verdicts(services, shop))[-2:] == [("stopped", "restored")] * 2


async def test_what_was_queued_goes_by_no_other_way(services: Services, superuser_url: str) -> None:
    # given a rule's message in the outbox, and another's that waits for its SMS
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    first, second = [await a_shopper(services, shop, sms=True) for _ in range(2)]
    for customer in (first, second):
        cart = await a_cart(services, shop, customer)
        event = CartAbandoned(pieces=1)
        await happened(services, shop, event, subject_id=cart, customer_id=customer)
    await run(services, shop)
    async with services.database.tenant_connection(shop) as conn:
        await conn.execute(
            """update messages set status = 'failed', error_code = '131026'
               where reference = 'automation:' || (select id from automation_sends
                 where customer_id = %s)""",
            (first,),
        )
    assert len(await rows(services, shop, "select 1 from automation_fallbacks_due")) == 1

    # when the backup is restored
    assert rest(superuser_url).messages == 1

    # then neither leaves, on any channel
    await run(services, shop)
    await go_on(services, shop)
    await run(services, shop)
    assert {channel for _, channel, _ in await sends(services, shop)} == {"whatsapp"}
    found = await rows(services, shop, "select state, error_code from automation_sends order by 2")
    assert [(row["state"], row["error_code"]) for row in found] == [
        ("failed", "131026"), ("failed", "restored"),
    ]  # fmt: skip


async def test_a_cart_left_before_the_backup_is_reminded_of_by_the_old_installation_alone(
    services: Services, superuser_url: str
) -> None:
    # given a cart that does not count as left yet
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    cart = await a_cart(services, shop, customer)
    assert rest(superuser_url).carts == 1
    await go_on(services, shop)

    # when its hour comes in the restored installation
    async def hour_comes() -> None:
        async with services.database.system_connection() as conn:
            await conn.execute("update carts set left_at = now() where id = %s", (cart,))
        await find_left_carts(services)
        await run(services, shop)

    await hour_comes()

    # then nothing is sent; and once the customer changes it, it counts again
    assert await sends(services, shop) == []
    [variant] = await a_product(services.database, shop)
    await put_in_cart(services.database, shop, customer, variant)
    await hour_comes()
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]


async def test_rules_hear_on_a_new_server_what_happens_and_nothing_of_before(
    services: Services, superuser_url: str
) -> None:
    # given a shop on a server with high transaction numbers, where something was not heard yet
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    old, new = [await a_shopper(services, shop) for _ in range(2)]
    event = CartAbandoned(pieces=1)
    cart = await a_cart(services, shop, old)
    await happened(services, shop, event, subject_id=cart, customer_id=old)
    as_of_another_server(superuser_url)

    # when it is restored on this one, whose numbers are low, and goes on
    rest(superuser_url)
    await go_on(services, shop)
    cart = await a_cart(services, shop, new)
    await happened(services, shop, event, subject_id=cart, customer_id=new)

    # then what happens now is heard, and what happened then is not
    async with services.database.system_connection() as conn:
        assert shop in await automation_events.boutiques_with_news(conn, kinds=TRIGGERS)
    await run(services, shop)
    assert [customer for customer, *_ in await sends(services, shop)] == [new]
