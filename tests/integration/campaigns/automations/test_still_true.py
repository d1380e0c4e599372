"""What was true when it happened is looked at anew as a message leaves: her size, the cart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dukani.core.services import Services
from dukani.domain.domain_events import BackInStock, CartAbandoned, ViewProduct
from tests.factories import Variant, a_product, put_in_cart
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

IN_AN_HOUR = [{"after_minutes": 60, "message": LEFT}]


async def moved(services: Services, shop: str, variant: Variant, units: int) -> None:
    async with services.database.tenant_connection(shop) as conn:
        await conn.execute(
            """insert into stock_movements (boutique_id, variant_id, delta, reason)
               values (%s, %s, %s, 'adjustment')""",
            (shop, variant.id, units),
        )


@pytest.mark.parametrize("gone", [True, False])
async def test_her_size_must_be_there_and_not_just_another(services: Services, gone: bool) -> None:
    # given who waits for M, of which one came in; L was there all the time
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "back_in_stock", steps=IN_AN_HOUR)
    medium, _large = await a_product(services.database, shop, stock={"blue": {"M": 1, "L": 5}})
    customer = await a_shopper(services, shop)
    async with services.database.tenant_connection(shop) as conn:
        await conn.execute(
            """insert into stock_waits (boutique_id, customer_id, product_id, variant_id, source)
               values (%s, %s, %s, %s, 'chat')""",
            (shop, customer, medium.product_id, medium.id),
        )
    event = BackInStock(variant_id=medium.id, quantity=1)
    await happened(services, shop, event, subject_id=medium.product_id)
    await run(services, shop)
    # when it is sold before she is told
    if gone:
        await moved(services, shop, medium, -1)
    await later(services, shop, timedelta(minutes=61))
    await run(services, shop)
    # then she is not
    assert len(await sends(services, shop)) == (0 if gone else 1)
    assert (("stopped", "out_of_stock") in await verdicts(services, shop)) == gone


@pytest.mark.parametrize(
    ("shows", "sent"), [({}, 0), ({"product": "best_match"}, 1)], ids=["it", "another"]
)
async def test_nobody_is_shown_again_what_is_sold_out(
    services: Services, shows: dict[str, Any], sent: int
) -> None:
    shop = await a_shop(services, "twilio")
    await a_rule(
        services, shop, "view_product", steps=[{"after_minutes": 0, "message": LEFT | shows}]
    )
    [variant] = await a_product(services.database, shop, stock={"blue": {"M": 0}})
    customer = await a_shopper(services, shop)
    seen = ViewProduct(sku="SKU")
    await happened(services, shop, seen, subject_id=variant.product_id, customer_id=customer)
    await run(services, shop)
    assert len(await sends(services, shop)) == sent


async def test_who_fills_her_cart_again_is_written_to_when_she_leaves_it_again(
    services: Services,
) -> None:
    # given who left a cart, and is to be written to an hour later
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned", steps=[{"after_minutes": 120, "message": LEFT}])
    customer = await a_shopper(services, shop)
    one, other = await a_product(services.database, shop, stock={"blue": {"M": 5, "L": 5}})
    cart = await put_in_cart(services.database, shop, customer, one)
    version = (await rows(services, shop, "select version from carts"))[0]["version"]
    left = CartAbandoned(pieces=1, version=version)
    await happened(services, shop, left, subject_id=cart, customer_id=customer)
    await run(services, shop)
    # when she puts one more in just before that
    await later(services, shop, timedelta(minutes=61))
    await put_in_cart(services.database, shop, customer, other)
    await run(services, shop)
    # then nothing goes to her while she is at it
    assert await sends(services, shop) == []
    # and once she has left it again, her hour comes
    version = (await rows(services, shop, "select version from carts"))[0]["version"]
    async with services.database.tenant_connection(shop) as conn:
        await conn.execute("update carts set told_version = version")
    left = CartAbandoned(pieces=2, version=version)
    await happened(services, shop, left, subject_id=cart, customer_id=customer)
    await run(services, shop)
    assert await sends(services, shop) == []
    await later(services, shop, timedelta(minutes=63))
    await run(services, shop)
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
