"""The phone page shows product messages, and sends WhatsApp's own cart as an order."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from dukani.core.clients.messenger import OutboundMessage, Products, ProductSection
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import main_catalogue
from tests.integration.sandbox import test_phone_kinds
from tests.integration.sandbox.outside import Target
from tests.integration.sandbox.test_phone_kinds import heard, write
from tests.integration.sandbox.test_phone_page import AMINA, in_a_browser

pytestmark = [pytest.mark.slow, in_a_browser]
errors, page = test_phone_kinds.errors, test_phone_kinds.page


async def show(target: Target, sections: dict[str, tuple[str, ...]], **values: Any) -> None:
    """The shop sends these items of its catalogue."""
    told = tuple(ProductSection(title, ids) for title, ids in sections.items())
    account = MetaAccount(PWANI.phone_number_id, PWANI.access_token)
    async with httpx.AsyncClient() as http:
        for ids in sections.values():
            for item in ids:
                await http.post(
                    f"{target.url}/sandbox/catalogues/pwani/items/{item}",
                    json={"title": f"Dress {item}", "price": "1500.00 KES", "review": "APPROVED"},
                )
        products = Products(main_catalogue(PWANI), told, **values)
        messenger = MetaMessenger(http, f"{target.url}/sandbox", account)
        await messenger.send(OutboundMessage(AMINA, "Look at these", products=products))


async def test_pieces_of_a_list_go_into_a_cart_that_is_sent(page: Page, target: Target) -> None:
    # given a list of products in her chat
    await write(page, "Habari")
    await heard(target)
    await show(target, {"New": ("A", "B"), "Old": ("C",)}, header="For you")

    # when she opens it, and puts in two of one piece and one of another
    await page.get_by_role("button", name="View items").click()
    await expect(page.get_by_role("heading", name="Old")).to_be_visible()
    for name in ("Dress A", "Dress A", "Dress C"):
        await page.get_by_role("button", name=f"Add {name}").click()
    await page.get_by_role("button", name="Send order (3 items)").click()

    # then the shop gets an order as Meta tells of it
    order = (await heard(target))["order"]
    assert order["catalog_id"] == main_catalogue(PWANI)
    assert [(one["product_retailer_id"], one["quantity"]) for one in order["product_items"]] == [
        ("A", 2),
        ("C", 1),
    ]
    assert order["product_items"][0]["item_price"] == 1500
    await expect(page.get_by_text("3 items in the cart")).to_be_visible()


@pytest.mark.parametrize(
    ("ids", "values", "opens"),
    [(("A",), {}, "View"), (("A", "B"), {"carousel": True}, "View items")],
)
async def test_a_card_and_a_carousel_open_their_pieces(
    page: Page, target: Target, ids: tuple[str, ...], values: dict[str, Any], opens: str
) -> None:
    await write(page, "Habari")
    await heard(target)
    await show(target, {"": ids}, **values)

    await page.get_by_role("button", name=opens, exact=True).click()

    for item in ids:
        await expect(page.get_by_role("button", name=f"Add Dress {item}")).to_be_visible()
    await expect(page.get_by_role("button", name="The cart is empty")).to_be_disabled()
