"""Colours and sizes of a piece: added as a grid, renamed, retired; their stock and its history."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import products
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order
from tests.integration.api.test_products_api import a_piece
from tests.wiring import rows


def left(piece: Any) -> dict[tuple[str, str], int]:
    return {(v["colour"], v["size"]): v["available"] for v in piece["variants"]}


def variant_of(piece: Any, colour: str, size: str) -> Any:
    return next(v for v in piece["variants"] if (v["colour"], v["size"]) == (colour, size))


async def change(owner: Signed, piece: Any, variant: Any, **changes: Any) -> Any:
    path = f"/products/{piece['id']}/variants/{variant['id']}"
    return await owner.call("PATCH", path, json=changes, headers={"if-match": "*"})


async def test_a_grid_is_added_whole_or_not_at_all(owner: Signed, services: Services) -> None:
    # given a piece in blue M and L
    made = await a_piece(owner)
    path = f"/products/{made['id']}/variant-grid"

    # when two colours come in, and then a grid that has one of theirs
    added = await owner.post(path, {"stock": {"Red": {"M": 2, "L": 0}, "navy": {"M": 1}}})
    refused = await owner.call("POST", path, json={"stock": {"pink": {"M": 1}, "red": {"M": 1}}})

    # then the first is in with its opening stock, and nothing of the second
    assert left(added) == {
        ("blue", "L"): 0, ("blue", "M"): 3, ("navy", "M"): 1, ("red", "L"): 0, ("red", "M"): 2,
    }  # fmt: skip
    assert (refused.status_code, refused.json()["code"]) == (409, "variant_there")
    assert "red M" in refused.json()["detail"]
    assert left(await owner.get(f"/products/{made['id']}")) == left(added)
    assert {m["reason"] for m in await rows(services, "stock_movements")} == {"opening"}


async def test_a_renamed_size_and_colour_keep_ledger_orders_and_pictures(
    owner: Signed, database: Database, services: Services
) -> None:
    # given an order of blue M
    placed = await an_order(database, owner.boutique)
    product = f"/products/{placed.variant.product_id}"
    piece = await owner.get(product)
    variant = variant_of(piece, "blue", "M")

    # when the size and then the colour get other names
    await change(owner, piece, variant, size="Medium")
    renamed = await owner.call(
        "PATCH", f"{product}/colours/blue", json={"name": "Navy"}, headers={"if-match": "*"}
    )

    # then it is the same variant with the shop's own SKU, and its order says what was bought
    now = variant_of(renamed.json(), "navy", "Medium")
    assert (now["id"], now["sku"]) == (variant["id"], variant["sku"])
    assert now["reserved"] == 1
    [item] = await rows(services, "order_items")
    assert (item["colour"], item["size"]) == ("blue", "M")


async def test_an_sku_of_ours_follows_the_name(owner: Signed) -> None:
    made = await a_piece(owner, sku="A-1")

    anything = {"if-match": "*"}
    path = f"/products/{made['id']}/colours/blue"
    renamed = await owner.call("PATCH", path, json={"name": "navy"}, headers=anything)

    assert {one["sku"] for one in renamed.json()["variants"]} == {"A-1/navy/L", "A-1/navy/M"}


async def test_a_name_that_is_taken_is_refused(owner: Signed) -> None:
    made = await a_piece(owner, stock={"blue": {"M": 1, "L": 1}, "red": {"M": 1}})
    path = f"/products/{made['id']}/colours"

    size = await change(owner, made, variant_of(made, "blue", "M"), size="L")
    taken = await owner.call(
        "PATCH", f"{path}/blue", json={"name": "red"}, headers={"if-match": "*"}
    )
    missing = await owner.call(
        "PATCH", f"{path}/pink", json={"name": "teal"}, headers={"if-match": "*"}
    )

    assert (size.status_code, size.json()["code"]) == (409, "variant_there")
    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (422, "name")
    assert missing.status_code == 404


async def test_a_size_is_retired_when_none_is_left_and_comes_back_with_its_stock(
    owner: Signed, database: Database
) -> None:
    # given three of M and none of L
    made = await a_piece(owner)
    medium, large = variant_of(made, "blue", "M"), variant_of(made, "blue", "L")

    # when both are retired
    still = await change(owner, made, medium, retired=True)
    gone = await change(owner, made, large, retired=True)

    # then the one with stock is refused, and customers do not hear of the other
    assert (still.status_code, still.json()["code"]) == (409, "still_there")
    assert variant_of(gone.json(), "blue", "L")["retired"]
    async with database.tenant_connection(owner.boutique) as conn:
        offered = await products.variants(conn, product_ids=[made["id"]])
    assert [one.size for one in offered] == ["M"]

    # and when one comes in, it is on sale again
    path = f"/products/{made['id']}/variants/{large['id']}/stock-movements"
    back = await owner.post(path, {"delta": 1, "reason": "return"})
    again = variant_of(back, "blue", "L")
    assert (again["retired"], again["available"]) == (False, 1)


async def test_what_an_open_order_holds_and_the_last_of_a_piece_are_not_retired(
    owner: Signed, database: Database
) -> None:
    placed = await an_order(database, owner.boutique, units=1)
    held = await owner.get(f"/products/{placed.variant.product_id}")
    single = await a_piece(owner, stock={"blue": {"M": 0}})

    ordered = await change(owner, held, held["variants"][0], retired=True)
    last = await change(owner, single, single["variants"][0], retired=True)

    assert (ordered.status_code, ordered.json()["code"]) == (409, "held_by_orders")
    assert (last.status_code, last.json()["code"]) == (409, "last_of_the_piece")


async def test_a_retired_size_is_made_again(owner: Signed) -> None:
    made = await a_piece(owner)
    await change(owner, made, variant_of(made, "blue", "L"), retired=True)

    grid = {"stock": {"blue": {"L": 4}}}
    again = await owner.post(f"/products/{made['id']}/variant-grid", grid)

    assert (variant_of(again, "blue", "L")["retired"], left(again)["blue", "L"]) == (False, 4)


async def test_the_history_says_how_many_came_and_went_why_and_by_whom(
    owner: Signed, staff: Signed
) -> None:
    # given a piece that two people moved
    made = await a_piece(owner)
    variant = variant_of(made, "blue", "M")
    path = f"/products/{made['id']}/variants/{variant['id']}/stock-movements"
    await staff.post(path, {"delta": -1, "reason": "damaged"})
    await owner.post(path, {"delta": 5, "reason": "restock"})

    # when its history is read, page by page
    history = f"/products/{made['id']}/stock-movements"
    first = await staff.get(history, params={"limit": 2})
    rest = await staff.get(history, params={"limit": 2, "cursor": first["next_cursor"]})

    # then each has its reason and its member, the newest first
    moved = [(m["delta"], m["reason"], m["moved_by"]) for m in first["items"] + rest["items"]]
    assert moved == [
        (5, "restock", f"owner:{owner.user_id}"),
        (-1, "damaged", f"staff:{staff.user_id}"),
        (3, "opening", f"owner:{owner.user_id}"),
    ]
    assert rest["next_cursor"] is None
    assert {(m["colour"], m["size"]) for m in first["items"]} == {("blue", "M")}


@pytest.mark.parametrize(
    ("own", "shops", "low"),
    [
        (None, 2, False),  # three are left
        (None, 3, True),
        (3, 2, True),  # the piece's own number counts first
        (0, 3, False),
    ],
)
async def test_few_is_what_the_piece_says_else_the_boutique(
    owner: Signed, own: int | None, shops: int, low: bool
) -> None:
    # given three in stock
    made = await a_piece(owner, stock={"blue": {"M": 3}})
    anything = {"if-match": "*"}

    # when the piece and the boutique say what is few
    await owner.call(
        "PATCH", f"/products/{made['id']}", json={"low_stock_at": own}, headers=anything
    )
    await owner.call("PATCH", "", json={"low_stock_at": shops}, headers=anything)

    # then the list, the piece and today agree
    listed = (await owner.get("/products?filter=low_stock"))["items"]
    shown = await owner.get(f"/products/{made['id']}")
    today = await owner.get("/today")
    assert [len(listed), shown["variants"][0]["low"], today["low_stock"]] == [low, low, low]
    # and a size that comes in later is counted the same
    grid = {"stock": {"blue": {"L": 3}}}
    later = await owner.post(f"/products/{made['id']}/variant-grid", grid)
    assert variant_of(later, "blue", "L")["low"] is low


async def test_one_boutiques_few_is_not_anothers(owner: Signed, stranger: Signed) -> None:
    theirs = await a_piece(stranger, stock={"blue": {"M": 3}})

    await owner.call("PATCH", "", json={"low_stock_at": 9}, headers={"if-match": "*"})

    assert not (await stranger.get(f"/products/{theirs['id']}"))["variants"][0]["low"]


async def test_the_alert_that_few_are_left_counts_by_the_same_number(
    owner: Signed, services: Services
) -> None:
    # given a boutique in which four are few
    made = await a_piece(owner, stock={"blue": {"M": 6}})
    await owner.call("PATCH", "", json={"low_stock_at": 4}, headers={"if-match": "*"})
    path = f"/products/{made['id']}/variants/{made['variants'][0]['id']}/stock-movements"

    async def told() -> int:
        kinds = [one["kind"] for one in await rows(services, "domain_events")]
        return kinds.count("stock_low")

    # then the fifth is no news, and the fourth is
    await owner.post(path, {"delta": -1, "reason": "damaged"})
    assert await told() == 0
    await owner.post(path, {"delta": -1, "reason": "damaged"})
    assert await told() == 1
