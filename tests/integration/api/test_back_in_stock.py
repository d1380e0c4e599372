"""A sold-out piece is told to be there again once, by whichever way it came back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import stock
from dukani.tools import orders as order_tools
from tests.factories import Variant, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, sold
from tests.integration.api.shop_orders import PRICE, a_paid_order, items_of
from tests.integration.api.test_piece_imports_api import Lists
from tests.wiring import rows

Way = Callable[[Signed, Database, Services], Awaitable[Variant]]


async def told(services: Services) -> list[dict[str, Any]]:
    events = await rows(services, "domain_events")
    return [event["payload"] for event in events if event["kind"] == "back_in_stock"]


async def emptied(database: Database, boutique: str, variant: Variant) -> None:
    async with database.tenant_connection(boutique) as conn:
        [level] = (await stock.lock_levels(conn, variant_ids=[variant.id])).values()
        await stock.move(
            conn, boutique_id=boutique, variant_id=variant.id, delta=-level.available,
            reason="adjustment",
        )  # fmt: skip


async def by_the_owners_count(owner: Signed, database: Database, _: Services) -> Variant:
    [variant] = await a_product(database, owner.boutique)
    await emptied(database, owner.boutique, variant)
    path = f"/products/{variant.product_id}/variants/{variant.id}/stock-movements"
    for _ in range(2):
        await owner.post(path, {"delta": 2, "reason": "restock"})
    return variant


async def by_undoing_a_sale(owner: Signed, database: Database, _: Services) -> Variant:
    [variant] = await a_product(database, owner.boutique, stock={"blue": {"M": 2}})
    sale = await sold(owner, variant.id, quantity=2)
    for _ in range(2):
        await owner.post(f"/counter-sales/{sale['id']}/undone")
    return variant


async def by_a_refund(owner: Signed, database: Database, _: Services) -> Variant:
    bought = await a_paid_order(database, owner.boutique)
    await emptied(database, owner.boutique, bought.amani)
    [amani] = [one for name, one in (await items_of(owner, bought)).items() if name == "Amani"]
    refund = {
        "number": 1, "amount_minor": PRICE, "reason": "faulty", "method": "mpesa",
        "reference": "TJK4A1B2C1",
        "items": [{"item_id": amani["id"], "quantity": 1, "restocked": 1}],
    }  # fmt: skip
    for _ in range(2):
        await owner.post(f"{bought.path}/refunds", refund)
    return bought.amani


async def by_an_order_that_ends(owner: Signed, database: Database, _: Services) -> Variant:
    placed = await an_order(database, owner.boutique, units=1)
    for _ in range(2):
        async with database.tenant_connection(owner.boutique) as conn:
            await order_tools.cancel(conn, placed.order, actor="customer")
    return placed.variant


async def by_a_list(owner: Signed, database: Database, services: Services) -> Variant:
    lists = Lists(owner, services)
    line = "SKU,Name,Kind,Price,Colour,Size,Units\nAMANI,Amani Dress,dress,3500,blue,M,"
    await lists.imported(line + "5")
    [row] = await rows(services, "product_variants")
    variant = Variant(str(row["id"]), str(row["product_id"]), row["sku"], "blue", "M")
    await emptied(database, owner.boutique, variant)
    for _ in range(2):
        await lists.imported(line + "4")
    return variant


@pytest.mark.parametrize(
    "way",
    [by_the_owners_count, by_undoing_a_sale, by_a_refund, by_an_order_that_ends, by_a_list],
)
async def test_it_is_told_once(
    owner: Signed, database: Database, services: Services, way: Way
) -> None:
    variant = await way(owner, database, services)
    assert [event["variant_id"] for event in await told(services)] == [variant.id]
