"""The assistant shows pieces of Meta's catalogue, and a cart sent from there is priced anew."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from dukani.core.store import meta_catalogues
from tests.cases.brought.shop import Shop
from tests.cases.brought.test_catalogue import DIANI, an_item, an_order
from tests.wiring import rows

CATALOGUE = "900100"


async def connect(shop: Shop, *, but: str = "-") -> None:
    """All its pieces are approved in its catalogue at Meta, but the one of that name."""
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        await meta_catalogues.connect(conn, catalog_id=CATALOGUE, name="Ours")
        await conn.execute(
            """insert into catalogue_items
                 (boutique_id, retailer_id, variant_id, product_id, dirty, review)
               select v.boutique_id, v.id::text, v.id, v.product_id, false,
                 case when p.name = %(but)s then 'rejected' else 'approved' end
               from product_variants v join products p on p.id = v.product_id
               on conflict (boutique_id, retailer_id)
                 do update set dirty = false, review = excluded.review""",
            {"but": but},
        )


async def change(shop: Shop, statement: str) -> None:
    async with shop.services.database.operator_connection(shop.boutique_id) as conn:
        await conn.execute(statement.encode())


async def item_ids(shop: Shop) -> dict[str, str]:
    """The ids of the catalogue's items by our SKUs."""
    async with shop.services.database.tenant_connection(shop.boutique_id) as conn:
        cursor = await conn.execute("select id::text as id, sku from product_variants")
        return {row["sku"].upper(): row["id"] for row in await cursor.fetchall()}


def last(shop: Shop) -> dict[str, Any]:
    message = shop.providers.sent[-1]
    return dict(message.get("interactive") or {"type": message["type"]})


async def test_search_results_are_a_list_of_products_with_our_numbers(meta_shop: Shop) -> None:
    # given a shop whose pieces are all in its catalogue
    await connect(meta_shop)

    # when a customer asks what there is
    said = await meta_shop.says("what do you have?")

    # then it is one list of products below our numbers, and a number chooses
    shown = last(meta_shop)
    assert shown["type"] == "product_list" and shown["action"]["catalog_id"] == CATALOGUE
    [section] = shown["action"]["sections"]
    assert len(section["product_items"]) == 3 and shown["header"]["text"]
    second = next(line for line in said.splitlines() if "2. " in line)
    told = await meta_shop.says("2")
    assert second.split("2. ")[1].split("*")[0] in told


async def test_a_single_piece_is_a_card(meta_shop: Shop) -> None:
    await connect(meta_shop)

    await meta_shop.says("do you have a kaftan?")

    shown = last(meta_shop)
    assert shown["type"] == "product"
    kaftan = (await item_ids(meta_shop))["PWN-KFT-01/WHITE/M"]
    assert shown["action"] == {"catalog_id": CATALOGUE, "product_retailer_id": kaftan}


async def test_one_piece_that_meta_refused_makes_it_a_picture_as_before(meta_shop: Shop) -> None:
    await connect(meta_shop, but=DIANI)

    await meta_shop.says("what do you have?")

    kinds = [row["kind"] for row in await rows(meta_shop.services, "messages")]
    assert "options" in kinds and "products" not in kinds


async def test_without_a_catalogue_it_is_as_before(meta_shop: Shop) -> None:
    await meta_shop.says("what do you have?")

    kinds = [row["kind"] for row in await rows(meta_shop.services, "messages")]
    assert "options" in kinds and "products" not in kinds


async def test_what_meta_does_not_show_after_all_comes_as_a_picture(meta_shop: Shop) -> None:
    # given a catalogue that Meta does not connect with this number any more
    await connect(meta_shop)
    error = {"error": {"code": 131009, "message": "Parameter value is not valid"}}
    meta_shop.providers.next = [httpx.Response(400, json=error)]

    # when the list is refused
    said = await meta_shop.says("what do you have?")

    # then the same pieces are a picture with the same words
    assert "1. " in said and DIANI in said
    assert any(message["type"] == "image" for message in meta_shop.providers.sent)


# ── native orders ───────────────────────────────────────────────────────────


async def test_a_price_that_changed_meanwhile_is_said_and_counts(meta_shop: Shop) -> None:
    # given a card that showed 1,500, and a price raised since
    await connect(meta_shop)
    hat = (await item_ids(meta_shop))["PWN-HAT-01/BEIGE/ONE"]
    await change(meta_shop, "update products set price_minor = 170000 where sku = 'PWN-HAT-01'")

    # when the cart comes with the old price
    said = await meta_shop.sends(**an_order(an_item(hat, item_price=1500, quantity=2)))

    # then the new price is said and counts
    assert "is now *KES 1,700*" in said and "KES 3,400" in said
    assert await meta_shop.cart() == [("Malindi Straw Hat", "beige", "ONE", 2, 170000)]


@pytest.mark.parametrize(
    "statement",
    [
        "update products set active = false where sku = 'PWN-HAT-01'",
        "update product_variants set retired = true, quantity = 0 where sku ilike 'PWN-HAT-01%'",
    ],
)
async def test_what_is_no_longer_sold_is_named_and_left_out(
    meta_shop: Shop, statement: str
) -> None:
    ids = await item_ids(meta_shop)
    await change(meta_shop, statement)
    hat, kaftan = an_item(ids["PWN-HAT-01/BEIGE/ONE"]), an_item(ids["PWN-KFT-01/WHITE/M"])

    said = await meta_shop.sends(**an_order(hat, kaftan))

    assert "Malindi Straw Hat" in said and "no longer sold" in said
    assert [line[0] for line in await meta_shop.cart()] == ["Lamu Embroidered Kaftan"]


async def test_more_than_there_are_is_said(meta_shop: Shop) -> None:
    await change(
        meta_shop,
        "update product_variants set quantity = 1 where sku ilike 'PWN-HAT-01%'",
    )

    said = await meta_shop.sends(**an_order(an_item("PWN-HAT-01", quantity=2)))

    assert "Only *1*" in said


async def test_a_cart_sent_after_another_is_put_to_it_and_said(meta_shop: Shop) -> None:
    # given a hat in the cart
    await meta_shop.sends(**an_order(an_item("PWN-HAT-01")))

    # when a kaftan is sent from the catalogue
    said = await meta_shop.sends(**an_order(an_item("PWN-KFT-01/white/M")))

    # then both are there, and both are told
    assert {line[0] for line in await meta_shop.cart()} == {
        "Malindi Straw Hat",
        "Lamu Embroidered Kaftan",
    }
    assert "2 pieces" in said and "Lamu Embroidered Kaftan" in said


async def test_a_line_beyond_thirty_is_left_out_and_said(meta_shop: Shop) -> None:
    lines = [an_item("PWN-HAT-01", quantity=0) for _ in range(30)]

    said = await meta_shop.sends(**an_order(*lines, an_item("PWN-KFT-01/white/M")))

    assert "left out the last 1" in said
    assert await meta_shop.cart() == []
