"""Profit: what pieces brought less what they cost, of what is known, to the cent."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from tests.factories import Variant, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import sold
from tests.integration.api.shop_orders import PRICE, a_paid_order, items_of
from tests.integration.api.test_daily_closes_api import now

A_SALE = 400000


async def cost(owner: Signed, product_id: str, minor: int | None, **more: Any) -> Any:
    body = {"cost_minor": minor} | more
    answer = await owner.call("PUT", f"/products/{product_id}/cost", json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def a_piece(owner: Signed, database: Database, **fields: Any) -> Variant:
    [variant] = await a_product(
        database, owner.boutique, **({"stock": {"blue": {"M": 50}}} | fields)
    )
    return variant


async def report(owner: Signed, query: str = "") -> tuple[int, int, int]:
    """Revenue and cost of what is known, and the revenue of what is not."""
    shown = await owner.get(f"/margin{query}")
    assert shown["profit_minor"] == (
        shown["revenue_minor"] - shown["cost_minor"] - shown["refunds_minor"]
    )
    return shown["revenue_minor"], shown["cost_minor"], shown["unknown_minor"]


async def test_profit_is_of_what_has_a_cost_and_the_rest_is_said(
    owner: Signed, database: Database
) -> None:
    # given two pieces, of one of which the cost is known, each sold, and an order of others
    known = await a_piece(owner, database)
    other = await a_piece(owner, database, name="Zuhura")
    await cost(owner, known.product_id, 150000)
    await sold(owner, known.id, quantity=2)
    await sold(owner, other.id)
    bought = await a_paid_order(database, owner.boutique, delivery_minor=25000)
    await cost(owner, bought.amani.product_id, 100000, always=True)

    shown = await owner.get("/margin")

    assert await report(owner) == (2 * A_SALE + 2 * PRICE, 300000 + 200000, A_SALE + PRICE)
    assert (shown["profit_minor"], shown["delivery_minor"]) == (
        2 * A_SALE + 2 * PRICE - 500000,
        25000,
    )
    assert (shown["units"], shown["unknown_units"], shown["unknown_pieces"]) == (4, 2, 2)
    best, *_ = (await owner.get("/margin/pieces"))["items"]
    assert (best["name"], best["profit_minor"]) == ("Amani", 2 * PRICE - 200000)
    without = (await owner.get("/margin/pieces?unknown=true&sort=revenue"))["items"]
    assert [one["name"] for one in without] == ["Zawadi", "Zuhura"]


async def test_a_cost_counts_from_when_it_is_said_unless_it_is_for_always(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a sale of ten days ago, and one of today after the cost was said
    piece = await a_piece(owner, database)
    early = await sold(owner, piece.id)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update counter_sales set created_at = now() - interval '10 days' where id = %s",
            (early["id"],),
        )
    await cost(owner, piece.product_id, 150000)
    await sold(owner, piece.id)
    month = f"?since={now().date() - timedelta(days=20)}"
    assert await report(owner, month) == (A_SALE, 150000, A_SALE)

    # when it is said for always, then for the early one too
    said = await cost(owner, piece.product_id, 120000, always=True)
    assert await report(owner, month) == (2 * A_SALE, 240000, 0)
    assert [(one["cost_minor"], one["always"]) for one in said["said"]] == [
        (120000, True), (150000, False),
    ]  # fmt: skip

    # and a cost of 0 is a cost, while none is none
    await cost(owner, piece.product_id, 0, always=True)
    assert await report(owner, month) == (2 * A_SALE, 0, 0)
    await cost(owner, piece.product_id, None, always=True)
    assert await report(owner, month) == (0, 0, 2 * A_SALE)


async def test_what_was_undone_leaves_nothing(owner: Signed, database: Database) -> None:
    piece = await a_piece(owner, database)
    await cost(owner, piece.product_id, 150000)
    sale = await sold(owner, piece.id)
    await owner.post(f"/counter-sales/{sale['id']}/undone")

    assert await report(owner) == (0, 0, 0)
    assert (await owner.get("/margin/pieces"))["items"] == []


async def test_a_refund_takes_its_price_and_a_piece_on_the_shelf_its_cost(
    owner: Signed, database: Database
) -> None:
    # given two Amani and one Zawadi, of a known cost
    bought = await a_paid_order(database, owner.boutique)
    await owner.post(f"{bought.path}/sent")
    for one, minor in ((bought.amani, 200000), (bought.zawadi, 100000)):
        await cost(owner, one.product_id, minor, always=True)
    items = await items_of(owner, bought)

    # when one Amani comes back to the shelf, and Zawadi is lost; 1 cent less than their price back
    body = {
        "number": 1, "amount_minor": 2 * PRICE - 1, "reason": "faulty", "method": "cash",
        "items": [{"item_id": items["Amani"]["id"], "quantity": 1, "restocked": 1},
                  {"item_id": items["Zawadi"]["id"], "quantity": 1, "restocked": 0}],
    }  # fmt: skip
    await owner.post(f"{bought.path}/refunds", body)

    # then the money is off both, and only the cost of the one on the shelf
    assert await report(owner) == (3 * PRICE - (2 * PRICE - 1), 200000 + 100000, 0)

    # when some is given back for no piece, it is off the whole
    goodwill = {"number": 2, "amount_minor": 5000, "reason": "goodwill", "method": "cash"}
    await owner.post(f"{bought.path}/refunds", goodwill)
    shown = await owner.get("/margin")
    assert (shown["refunds_minor"], shown["profit_minor"]) == (5000, PRICE + 1 - 300000 - 5000)


@pytest.mark.parametrize("seed", range(3))
async def test_the_pieces_and_the_kinds_add_up_to_the_whole(
    owner: Signed, database: Database, seed: int
) -> None:
    rng = random.Random(seed)
    stock = {"blue": {"M": 99}}
    kinds = ("dress", "shirt", "scarf")
    made = [
        await a_piece(owner, database, name=f"P{n}", category=rng.choice(kinds), stock=stock)
        for n in range(5)
    ]
    revenue = known = spent = 0
    costs: dict[str, int | None] = dict.fromkeys((one.product_id for one in made), None)
    for _ in range(25):
        piece = rng.choice(made)
        if rng.random() < 0.3:
            costs[piece.product_id] = rng.choice([None, rng.randint(0, 300000)])
            await cost(owner, piece.product_id, costs[piece.product_id])
        units = rng.randint(1, 3)
        await sold(owner, piece.id, quantity=units)
        revenue += units * A_SALE
        unit = costs[piece.product_id]
        if unit is not None:
            known += units * A_SALE
            spent += units * unit

    shown = await owner.get("/margin")

    assert (shown["revenue_minor"], shown["cost_minor"]) == (known, spent)
    assert shown["revenue_minor"] + shown["unknown_minor"] == revenue
    for sort in ("profit", "revenue", "units"):
        rows, cursor = [], ""
        while True:
            page = await owner.get(f"/margin/pieces?sort={sort}&limit=2{cursor}")
            rows += page["items"]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert len({row["id"] for row in rows}) == len(rows)
        for one in ("revenue_minor", "cost_minor", "unknown_minor", "units", "unknown_units"):
            assert sum(row[one] for row in rows) == shown[one]
            assert sum(kind[one] for kind in shown["kinds"]) == shown[one]


@pytest.mark.parametrize(
    ("query", "field"),
    [("?since=2026-02-01&until=2026-01-01", "since"), ("?since=2001-01-01", "since")],
)
async def test_days_that_are_none_are_told(owner: Signed, query: str, field: str) -> None:
    answer = await owner.call("GET", f"/margin{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_costs_are_for_owners_of_the_shop(
    owner: Signed, staff: Signed, stranger: Signed, database: Database
) -> None:
    piece = await a_piece(owner, database)
    await cost(owner, piece.product_id, 150000)
    await sold(owner, piece.id)

    # staff are refused, and see no cost in a piece; another shop sees nothing
    for path in ("/margin", "/margin/pieces", f"/products/{piece.product_id}/cost"):
        assert (await staff.call("GET", path)).status_code == 403
    assert "cost" not in str(await staff.get(f"/products/{piece.product_id}"))
    assert await report(stranger) == (0, 0, 0)
    assert (await stranger.call("GET", f"/products/{piece.product_id}/cost")).status_code == 404
    body = {"cost_minor": 1}
    answer = await stranger.call("PUT", f"/products/{piece.product_id}/cost", json=body)
    assert answer.status_code == 404
