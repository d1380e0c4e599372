"""Sold in the shop: the till's pieces, a sale of several, who pays later, the way back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from tests.factories import Variant, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, sold


def line(variant: Variant, **fields: Any) -> dict[str, Any]:
    return {"variant_id": variant.id, "unit_price_minor": 450000} | fields


async def on_hand(person: Signed, variant: Variant) -> int:
    shown = await person.get(f"/products/{variant.product_id}")
    return next(int(one["on_hand"]) for one in shown["variants"] if one["id"] == variant.id)


async def refused(person: Signed, *items: Any, **fields: Any) -> Any:
    body = {"items": list(items), "paid_by": "cash"} | fields
    answer = await person.call("POST", "/counter-sales", json=body)
    assert not answer.is_success
    return answer.json()


async def test_a_sale_takes_its_pieces_and_its_undoing_brings_them_back_once(
    staff: Signed, database: Database
) -> None:
    # given two pieces of one, and one of another
    [dress] = await a_product(database, staff.boutique, stock={"red": {"S": 2}})
    [hat] = await a_product(database, staff.boutique, stock={"black": {"One size": 1}}, name="Hat")

    # when all are sold in one sale, at prices of their own
    sale = await staff.post(
        "/counter-sales",
        {
            "items": [line(dress, quantity=2), line(hat, unit_price_minor=99950)],
            "paid_by": "cash",
        },
    )
    assert sale["total_minor"] == 2 * 450000 + 99950
    assert [item["name"] for item in sale["items"]][1] == "Hat"
    assert (await on_hand(staff, dress), await on_hand(staff, hat)) == (0, 0)

    # and the sale is undone, twice
    for _ in range(2):
        undone = await staff.post(f"/counter-sales/{sale['id']}/undone")

    # then they are there again, once
    assert undone["undone_at"] is not None
    assert (await on_hand(staff, dress), await on_hand(staff, hat)) == (2, 1)


async def test_a_sale_of_which_one_piece_is_gone_sells_nothing(
    staff: Signed, database: Database
) -> None:
    [dress] = await a_product(database, staff.boutique)
    [hat] = await a_product(database, staff.boutique, stock={"black": {"M": 1}})

    said = await refused(staff, line(dress), line(hat, quantity=2))

    # then the till is told which
    assert (said["code"], said["errors"][0]["value"]) == ("out_of_stock", hat.id)
    assert (await on_hand(staff, dress), await on_hand(staff, hat)) == (5, 1)


async def test_two_cashiers_sell_the_last_one_once(
    staff: Signed, owner: Signed, database: Database
) -> None:
    [last] = await a_product(database, staff.boutique, stock={"red": {"S": 1}})
    body = {"items": [line(last)], "paid_by": "cash"}

    answers = await asyncio.gather(
        *(one.call("POST", "/counter-sales", json=body) for one in (staff, owner))
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert await on_hand(staff, last) == 0


async def test_a_sale_of_another_day_stays(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    [variant] = await a_product(database, staff.boutique)
    sale = await sold(staff, variant.id)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update counter_sales set created_at = now() - %s", (timedelta(days=1),))

    answer = await staff.call("POST", f"/counter-sales/{sale['id']}/undone")

    assert answer.status_code == 409
    assert (await staff.get("/counter-sales?filter=today"))["items"] == []
    assert len((await staff.get("/counter-sales"))["items"]) == 1


async def test_a_piece_held_by_an_order_is_not_sold_over_the_counter(
    staff: Signed, database: Database
) -> None:
    placed = await an_order(database, staff.boutique, units=1)

    assert (await refused(staff, line(placed.variant)))["code"] == "out_of_stock"


async def test_credit_is_somebodys(staff: Signed, database: Database) -> None:
    # given a customer the shop knows
    placed = await an_order(database, staff.boutique)
    [variant] = await a_product(database, staff.boutique)
    order = await staff.get(f"/orders/{placed.order.id}")

    # when a piece is sold on credit to nobody, then to her by her phone
    nobody = await refused(staff, line(variant), paid_by="credit")
    wrong = await refused(
        staff, line(variant), paid_by="credit", buyer_name="Amina", buyer_phone="12"
    )
    sale = await sold(
        staff,
        variant.id,
        paid_by="credit",
        buyer_name="Amina",
        buyer_phone=order["customer_phone"].replace("+254", "0"),
    )

    # then it is hers
    assert nobody["errors"][0]["field"] == "buyer_name"
    assert wrong["errors"][0]["field"] == "buyer_phone"
    assert (sale["buyer_name"], sale["customer_id"]) == ("Amina", order["customer_id"])
    assert "••" in sale["buyer_phone"]


async def test_the_days_totals_are_told_for_each_way_of_paying(
    staff: Signed, database: Database
) -> None:
    [variant] = await a_product(database, staff.boutique)
    await sold(staff, variant.id, paid_by="cash")
    await sold(staff, variant.id, quantity=2)
    slip = await sold(staff, variant.id)
    await staff.post(f"/counter-sales/{slip['id']}/undone")

    totals = (await staff.get("/counter-sales/totals"))["items"]

    assert [(one["paid_by"], one["sales"], one["total_minor"]) for one in totals] == [
        ("cash", 1, 400000),
        ("mpesa", 1, 800000),
    ]


async def test_the_till_shows_what_sells_first_and_nothing_that_is_gone(
    staff: Signed, database: Database
) -> None:
    # given an old piece that sells, a newer one, and one that is sold out
    [sells, gone] = await a_product(
        database, staff.boutique, stock={"red": {"S": 3, "M": 0}}, name="Amani"
    )
    [newer] = await a_product(database, staff.boutique, name="Baraka")
    [over] = await a_product(database, staff.boutique, stock={"red": {"S": 1}}, name="Chai")
    await sold(staff, sells.id)
    await sold(staff, over.id)

    # when the till is opened, and a piece is looked for
    shown = (await staff.get("/counter-pieces"))["items"]
    found = (await staff.get("/counter-pieces?search=bara"))["items"]

    # then
    assert [piece["name"] for piece in shown] == ["Amani", "Baraka"]
    assert [one["id"] for one in shown[0]["variants"]] == [sells.id]
    assert gone.id not in str(shown)
    assert [one["variants"][0]["id"] for one in found] == [newer.id]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"items": []}, "items"),
        ({"items": [{"variant_id": "x", "unit_price_minor": 1}]}, "items.0.variant_id"),
        ({"paid_by": "cheque"}, "paid_by"),
        ({"paid_by": "unsaid"}, "paid_by"),
        ({"reference": "a;b"}, "reference"),
    ],
)
async def test_a_wrong_sale_is_refused(staff: Signed, body: Any, field: str) -> None:
    item = {"variant_id": staff.boutique, "unit_price_minor": 1}
    answer = await staff.call(
        "POST", "/counter-sales", json={"items": [item], "paid_by": "cash"} | body
    )

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_piece_named_twice_is_refused(staff: Signed, database: Database) -> None:
    [variant] = await a_product(database, staff.boutique)

    assert (await refused(staff, line(variant), line(variant)))["errors"][0]["field"] == "items"
