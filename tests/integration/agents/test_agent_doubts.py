"""A total that moved after the link was made, and a key for one call used for another."""

from __future__ import annotations

import httpx

from dukani.core.database import Database
from tests.integration.agents.conftest import SHOPPER, AgentShop, Caller
from tests.integration.agents.test_agent_shops import YES, a_dress
from tests.wiring import jobs, rows


async def a_link(agent: Caller, shop: AgentShop, **given: object) -> tuple[str, int]:
    """Its page, and the total that it was made for."""
    link = await agent.call("checkout_link", shopper_id=SHOPPER, **given)
    return f"{shop.base}/s/pay/{link['url'].rsplit('/', 1)[1]}", int(link["total_minor"])


async def a_filled_cart(agent: Caller, **given: object) -> str:
    found = (await agent.call("search_products", words="a red dress"))["items"][0]
    await agent.call(
        "edit_cart", shopper_id=SHOPPER, action="add", product_id=found["product_id"],
        colour=found["colours"][0], size=found["sizes"][0], **given,
    )  # fmt: skip
    return str(found["product_id"])


async def test_a_total_that_moved_after_the_link_is_not_asked_for(
    shop: AgentShop, database: Database
) -> None:
    await a_dress(database, shop)
    async with shop.agent() as agent:
        await a_filled_cart(agent)
        page, total = await a_link(agent, shop)
    async with database.tenant_connection(shop.boutique) as conn:
        await conn.execute("update products set price_minor = price_minor + 100000")
        await conn.execute("update product_variants set price_minor = price_minor + 100000")

    async with httpx.AsyncClient() as http:
        await http.post(f"{page}/order", data=YES | {"agreed_minor": str(total)})

    assert await jobs(shop.services, "push_payment") == []
    assert await rows(shop.services, "orders") == []


async def test_a_once_key_is_of_one_shopper_and_one_call(
    shop: AgentShop, database: Database
) -> None:
    await a_dress(database, shop)
    async with shop.agent() as agent:
        piece = await a_filled_cart(agent, idempotency_key="k-1")
        other = await agent.refused(
            "edit_cart", shopper_id="another-shopper", action="remove", product_id=piece,
            idempotency_key="k-1",
        )  # fmt: skip
        link = await agent.refused("checkout_link", shopper_id=SHOPPER, idempotency_key="k-1")

        assert "key_of_another_call" in other and "key_of_another_call" in link
        assert (await agent.call("view_cart", shopper_id="another-shopper"))["pieces"] == 0
