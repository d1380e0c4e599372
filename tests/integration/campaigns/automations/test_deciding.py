"""From an event to one message, under every restraint."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from dukani.core.services import Services
from dukani.core.store import consents, domain_events
from dukani.domain.domain_events import (
    BackInStock,
    CartAbandoned,
    PaymentFailed,
    ViewProduct,
)
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

STEPS = [{"after_minutes": m, "message": LEFT} for m in (60, 24 * 60, 72 * 60)]


async def a_left_cart(services: Services, shop: str, customer: str) -> str:
    [variant] = await a_product(services.database, shop)
    cart = await put_in_cart(services.database, shop, customer, variant)
    await happened(services, shop, CartAbandoned(pieces=1), subject_id=cart, customer_id=customer)
    return cart


async def test_a_left_cart_becomes_one_message(services: Services) -> None:
    # given a rule about left carts, and who left one
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    await a_left_cart(services, shop, customer)
    # when the rules run twice
    await run(services, shop)
    await run(services, shop)
    # then she is sent one message, which names her piece and stands in the outbox
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
    [message] = await rows(
        services, shop,
        "select body, purpose, reference, payload from messages where direction = 'out'",
    )  # fmt: skip
    assert "you left Dress" in message["body"]
    assert message["purpose"] == "marketing"
    assert message["reference"].startswith("automation:")
    assert message["payload"]["recover"]["kind"] == "cart"
    assert await verdicts(services, shop) == [("enrolled", None), ("sent", None)]


async def test_two_jobs_at_once_send_one_message(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    await a_left_cart(services, shop, customer)
    await asyncio.gather(*(run(services, shop) for _ in range(4)))
    assert len(await sends(services, shop)) == 1


async def test_three_steps_are_never_three_offers_in_a_week(services: Services) -> None:
    # given a rule of three steps
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned", steps=STEPS)
    customer = await a_shopper(services, shop)
    await a_left_cart(services, shop, customer)
    # when the hours of all three come: the first as the cart counts as left, after an hour
    await run(services, shop)
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
    for by in (timedelta(hours=23), timedelta(hours=48)):
        await later(services, shop, by)
        await run(services, shop)
    # then one was sent, and of the others it is written why not
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
    assert await verdicts(services, shop) == [
        ("enrolled", None), ("sent", None), ("skipped", "cooldown"), ("skipped", "cooldown"),
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["bought", "stopped", "empty"])
async def test_what_she_did_since_ends_it(services: Services, what: str) -> None:
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    cart = await a_left_cart(services, shop, customer)
    async with services.database.tenant_connection(shop) as conn:
        if what == "bought":
            await conn.execute(
                """insert into orders (boutique_id, number, customer_id, currency, items_minor,
                     address) values (%s, 'DK-1', %s, 'KES', 100, 'Kilimani')""",
                (shop, customer),
            )
        elif what == "stopped":
            await consents.record(
                conn, customer_id=customer, purpose="assistant", granted=False, source="test"
            )
        else:
            await conn.execute("delete from cart_items where cart_id = %s", (cart,))
    await run(services, shop)
    assert await sends(services, shop) == []
    reason = {"bought": "bought", "stopped": "opted_out", "empty": "nothing_left"}[what]
    assert ("stopped", reason) in await verdicts(services, shop)


async def test_without_consent_it_is_held_until_she_gives_it(services: Services) -> None:
    # given who has not agreed to offers
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop, offers=False)
    await a_left_cart(services, shop, customer)
    await run(services, shop)
    assert await sends(services, shop) == []
    assert (await verdicts(services, shop))[-1] == ("waits", "no_consent")
    # when she agrees, and it is asked again
    async with services.database.tenant_connection(shop) as conn:
        await consents.record(
            conn, customer_id=customer, purpose="marketing", granted=True, source="test"
        )
        await conn.execute("update automation_enrolments set due_at = now()")
    await run(services, shop)
    # then it goes
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]


async def test_a_price_that_flaps_makes_one_message(services: Services) -> None:
    # given who looked at a piece
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "price_dropped", conditions={"least_drop_percent": 10})
    [variant] = await a_product(services.database, shop, price_minor=100000)
    customer = await a_shopper(services, shop)
    piece = variant.product_id
    await happened(services, shop, ViewProduct(sku="x"), subject_id=piece, customer_id=customer)
    # when its price goes 1,000 → 900 → 1,000 → 900, with the rules running in between
    for price in (90000, 100000, 90000):
        async with services.database.tenant_connection(shop) as conn:
            await conn.execute("update products set price_minor = %s where id = %s", (price, piece))
        await run(services, shop)
    # then she is told once
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
    # and of a lower price after a week, once more
    await later(services, shop, timedelta(days=8))
    async with services.database.tenant_connection(shop) as conn:
        await conn.execute("update products set price_minor = 70000 where id = %s", (piece,))
    await run(services, shop)
    assert len(await sends(services, shop)) == 2


async def test_one_unit_and_many_who_wait_make_one_wave_in_order(services: Services) -> None:
    # given eight who wait for a sold-out piece
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "back_in_stock")
    [variant] = await a_product(services.database, shop, stock={"blue": {"M": 1}})
    waiting = [await a_shopper(services, shop) for _ in range(8)]
    async with services.database.tenant_connection(shop) as conn:
        for one in waiting:
            await conn.execute(
                """insert into stock_waits (boutique_id, customer_id, product_id, variant_id,
                     source) values (%s, %s, %s, %s, 'chat')""",
                (shop, one, variant.product_id, variant.id),
            )
    event = BackInStock(variant_id=variant.id, quantity=1)
    # when one unit comes in, and is told of twice
    for _ in range(2):
        await happened(services, shop, event, subject_id=variant.product_id)
        await run(services, shop)
    # then the first three are told, in their order
    assert [one for one, _, _ in await sends(services, shop)] == waiting[:3]
    # and when it is sold before the next wave, nobody else is
    async with services.database.tenant_connection(shop) as conn:
        await conn.execute(
            """insert into stock_movements (boutique_id, variant_id, delta, reason)
               values (%s, %s, -1, 'adjustment')""",
            (shop, variant.id),
        )
    await later(services, shop, timedelta(hours=7))
    await run(services, shop)
    assert len(await sends(services, shop)) == 3


async def test_two_events_in_a_second_make_one_message(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "payment_failed", **{"class": "service"})
    customer = await a_shopper(services, shop, offers=False)
    order = await an_order(services, shop, customer)
    for attempt in (1, 2):
        event = PaymentFailed(number="DK-1", attempt=attempt, amount_minor=100, result_code=None)
        await happened(services, shop, event, subject_id=order, customer_id=customer)
    await run(services, shop)
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]


async def test_of_two_rules_the_one_that_goes_before_goes(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    low = await a_rule(services, shop, "cart_abandoned", precedence=10)
    high = await a_rule(services, shop, "cart_abandoned", precedence=90)
    customer = await a_shopper(services, shop)
    await a_left_cart(services, shop, customer)
    await run(services, shop)
    sent = await rows(services, shop, "select rule_id::text as id from automation_sends")
    assert [row["id"] for row in sent] == [high] != [low]


async def test_who_is_held_out_gets_nothing_and_is_kept(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned", experiment={"holdout": 0.5})
    shoppers = [await a_shopper(services, shop) for _ in range(12)]
    for one in shoppers:
        await a_left_cart(services, shop, one)
    await run(services, shop)
    kept = await rows(services, shop, "select held_out, state from automation_enrolments")
    held = [row for row in kept if row["held_out"]]
    assert len(kept) == 12 and 0 < len(held) < 12
    assert len(await sends(services, shop)) == 12 - len(held)
    assert all(row["state"] == "done" for row in held)


async def test_an_event_that_commits_late_is_not_lost(services: Services) -> None:
    # given one event whose transaction is still open, and a later one that has committed
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    first, second = [await a_shopper(services, shop) for _ in range(2)]
    carts = []
    for one in (first, second):
        [variant] = await a_product(services.database, shop)
        carts.append(await put_in_cart(services.database, shop, one, variant))
    async with services.database.tenant_connection(shop) as slow:
        await domain_events.append(
            slow, CartAbandoned(pieces=1), subject_id=carts[0], customer_id=first
        )
        await happened(
            services, shop, CartAbandoned(pieces=1), subject_id=carts[1], customer_id=second
        )
        # when the rules run meanwhile, and again after it has committed
        await run(services, shop)
    await run(services, shop)
    # then both are heard, once each
    assert sorted(one for one, _, _ in await sends(services, shop)) == sorted((first, second))


async def test_a_rule_hears_nothing_from_before_it_was_on(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    customer = await a_shopper(services, shop)
    await a_left_cart(services, shop, customer)
    await a_rule(services, shop, "cart_abandoned")
    await run(services, shop)
    assert await verdicts(services, shop) == []


async def an_order(services: Services, shop: str, customer: str) -> str:
    async with services.database.tenant_connection(shop) as conn:
        row = await (
            await conn.execute(
                """insert into orders (boutique_id, number, customer_id, currency, items_minor,
                     address) values (%s, 'DK-1', %s, 'KES', 100, 'Kilimani')
                   returning id::text""",
                (shop, customer),
            )
        ).fetchone()
        assert row is not None
        await conn.execute(
            """insert into order_items (boutique_id, order_id, sku, name, category, colour, size,
                 unit_price_minor, quantity)
               values (%s, %s, 'A', 'Amani', 'dress', 'blue', 'M', 100, 1)""",
            (shop, row["id"]),
        )
    return str(row["id"])
