"""Money of an order goes back: once, never more than came in, and the shelf agrees."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import purchases, refunds
from dukani.tools import sizing
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order
from tests.integration.api.shop_orders import (
    PRICE,
    a_paid_order,
    available,
    items_of,
    pay_again,
)
from tests.wiring import rows


def a_refund(number: int = 1, amount_minor: int = PRICE, **values: Any) -> dict[str, Any]:
    given = {"reason": "faulty", "method": "mpesa", "reference": f"tjk4a1b2c{number}"}
    return {"number": number, "amount_minor": amount_minor} | given | values


def pieces(item: dict[str, Any], quantity: int, restocked: int = 0) -> list[dict[str, Any]]:
    return [{"item_id": item["id"], "quantity": quantity, "restocked": restocked}]


async def test_a_piece_is_refunded_and_goes_back_on_the_shelf_once(
    owner: Signed, database: Database, services: Services
) -> None:
    # given an order of two Amani and one Zawadi that is on its way
    bought = await a_paid_order(database, owner.boutique)
    await owner.post(f"{bought.path}/sent")
    items = await items_of(owner, bought)
    assert await available(owner, bought.amani) == 3

    # when one Amani is refunded and put back, with two taps
    refund = a_refund(items=pieces(items["Amani"], 1, restocked=1))
    for _ in range(2):
        shown = await owner.post(f"{bought.path}/refunds", refund)

    # then one sum went back, one piece is on the shelf, and one message tells of it
    assert (shown["status"], shown["details"]) == ("processing", ["partly_refunded"])
    assert (shown["refunded_minor"], shown["refundable_minor"]) == (PRICE, 2 * PRICE)
    assert [(r["amount_minor"], r["reference"]) for r in shown["refunds"]] == [
        (PRICE, "TJK4A1B2C1")
    ]
    assert await available(owner, bought.amani) == 4
    moved = [m for m in await rows(services, "stock_movements") if m["reason"] == "return"]
    assert [(m["delta"], str(m["order_id"])) for m in moved] == [(1, bought.order.id)]
    events = await rows(services, "conversation_events")
    assert [e["payload"]["news"] for e in events] == ["dispatched", "refunded"]
    line = next(one for one in shown["timeline"] if one["what"] == "refunded")
    assert (line["actor"], line["details"]["restocked"]) == (f"owner:{owner.user_id}", 1)
    assert any(
        line["what"] == "stock" and line["details"]["reason"] == "return"
        for line in shown["timeline"]
    )


async def test_an_order_whose_money_all_went_back_is_refunded(
    owner: Signed, database: Database
) -> None:
    bought = await a_paid_order(database, owner.boutique, delivery_minor=20_000)

    for number, amount in ((1, PRICE), (2, 2 * PRICE + 20_000)):
        shown = await owner.post(f"{bought.path}/refunds", a_refund(number, amount))

    assert (shown["status"], shown["steps"]) == ("refunded", [])
    assert (await owner.get("/orders?filter=to_send"))["items"] == []
    [row] = (await owner.get("/orders?filter=refunded"))["items"]
    assert (row["status"], row["refunded_minor"]) == ("refunded", 3 * PRICE + 20_000)
    more = await owner.call("POST", f"{bought.path}/refunds", json=a_refund(3, 1))
    assert (more.status_code, more.json()["detail"]) == (409, "All of it was given back.")


async def test_never_more_goes_back_than_came_in(owner: Signed, database: Database) -> None:
    bought = await a_paid_order(database, owner.boutique)
    await owner.post(f"{bought.path}/refunds", a_refund(1, PRICE))

    refused = await owner.call("POST", f"{bought.path}/refunds", json=a_refund(2, 2 * PRICE + 1))

    [error] = refused.json()["errors"]
    assert (refused.status_code, error["field"]) == (422, "amount_minor")
    assert error["remedy"] == "at most KES 9,000 of it can go back."


async def test_two_refunds_at_once_are_one(owner: Signed, database: Database) -> None:
    bought = await a_paid_order(database, owner.boutique)
    bodies = [a_refund(1, 2 * PRICE, reference=f"REF{n}") for n in range(2)]

    answers = await asyncio.gather(
        *(owner.call("POST", f"{bought.path}/refunds", json=body) for body in bodies)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert (await owner.get(bought.path))["refunded_minor"] == 2 * PRICE


async def test_what_is_not_paid_is_not_refunded(owner: Signed, database: Database) -> None:
    placed = await an_order(database, owner.boutique)

    refused = await owner.call("POST", f"/orders/{placed.order.id}/refunds", json=a_refund())

    assert (refused.status_code, refused.json()["detail"]) == (409, "No money came in for it.")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reference": None}, "reference"),  # M-Pesa's money has a code
        ({"reason": "other"}, "words"),
        ({"amount_minor": 0}, "amount_minor"),
    ],
)
async def test_a_refund_says_where_the_money_is_and_why(
    owner: Signed, database: Database, change: dict[str, Any], field: str
) -> None:
    bought = await a_paid_order(database, owner.boutique)

    refused = await owner.call("POST", f"{bought.path}/refunds", json=a_refund() | change)

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


async def test_a_reference_refunds_once(owner: Signed, database: Database) -> None:
    first = await a_paid_order(database, owner.boutique)
    second = await a_paid_order(database, owner.boutique)
    await owner.post(f"{first.path}/refunds", a_refund())

    refused = await owner.call("POST", f"{second.path}/refunds", json=a_refund())

    assert (refused.status_code, refused.json()["code"]) == (409, "refund_reference_taken")


async def test_no_more_pieces_come_back_than_were_sold(owner: Signed, database: Database) -> None:
    # given an order of two Amani of which one is back on the shelf
    bought = await a_paid_order(database, owner.boutique)
    item = (await items_of(owner, bought))["Amani"]
    await owner.post(f"{bought.path}/refunds", a_refund(1, PRICE, items=pieces(item, 1, 1)))

    # when two more are to come back
    refused = await owner.call(
        "POST", f"{bought.path}/refunds", json=a_refund(2, PRICE, items=pieces(item, 2, 2))
    )

    # then only the one that is left may
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "items")
    assert await available(owner, bought.amani) == 4


async def test_a_piece_refunded_before_it_went_is_not_waited_for(
    owner: Signed, database: Database
) -> None:
    # given an order of which one Amani went
    bought = await a_paid_order(database, owner.boutique)
    items = await items_of(owner, bought)
    part = {"number": 1, "items": [{"item_id": items["Amani"]["id"], "quantity": 1}]}
    await owner.post(f"{bought.path}/dispatches", part)

    # when what has not gone is refunded, piece by piece
    gone = a_refund(1, PRICE, reason="out_of_stock", items=pieces(items["Zawadi"], 1, 1))
    shown = await owner.post(f"{bought.path}/refunds", gone)
    assert shown["fulfilment_status"] == "partly_dispatched"
    assert {i["name"]: i["left"] for i in shown["items"]} == {"Amani": 1, "Zawadi": 0}
    rest = a_refund(2, PRICE, reason="out_of_stock", items=pieces(items["Amani"], 1, 1))
    shown = await owner.post(f"{bought.path}/refunds", rest)

    # then nothing is left to send
    assert (shown["fulfilment_status"], [i["left"] for i in shown["items"]]) == (
        "dispatched", [0, 0],
    )  # fmt: skip


async def test_a_piece_that_came_back_is_no_evidence_of_a_fit(
    owner: Signed, database: Database
) -> None:
    # given a customer who bought a size 38 and an M
    bought = await a_paid_order(database, owner.boutique)
    items = await items_of(owner, bought)

    # when the 38 comes back as too small
    await owner.post(f"{bought.path}/sent")
    back = a_refund(1, PRICE, reason="too_small", items=pieces(items["Zawadi"], 1))
    await owner.post(f"{bought.path}/refunds", back)

    # then only the M was bought, and that the 38 was too small is known
    async with database.tenant_connection(owner.boutique) as conn:
        kept = await purchases.of_wearer(conn, customer_id=bought.customer_id)
        fits = await refunds.fitted_back(conn, customer_id=bought.customer_id)
        known = await sizing.evidence(conn, customer_id=bought.customer_id)
    assert [one.size for one in kept] == ["M"]
    assert [(one.size, one.fit) for one in fits] == [("38", "too_small")]
    assert len(known) == 2


async def test_another_boutiques_refunds_are_not_there(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    await owner.post(f"{bought.path}/refunds", a_refund())
    async with database.tenant_connection(stranger.boutique) as conn:
        assert await refunds.of_order(conn, order_id=bought.order.id) == []
        assert await refunds.received(conn, order_id=bought.order.id) == 0
        assert await refunds.fitted_back(conn, customer_id=bought.customer_id) == []
        used = await refunds.of_reference(conn, method="mpesa", reference="TJK4A1B2C1")
        assert used is None


async def test_the_database_too_refunds_no_more_than_came_in(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    """Whoever writes the row."""
    bought = await a_paid_order(database, owner.boutique)
    with pytest.raises(psycopg.errors.CheckViolation), psycopg.connect(superuser_url) as conn:
        conn.execute(
            """insert into refunds (boutique_id, order_id, number, amount_minor, currency, reason,
                 method, refunded_by)
               values (%s, %s, 1, %s, 'KES', 'other', 'cash', 'system')""",
            (owner.boutique, bought.order.id, bought.order.total_minor + 1),
        )


async def test_what_was_paid_twice_goes_back_and_the_order_goes_on(
    owner: Signed, database: Database
) -> None:
    # given an order whose customer paid a second prompt too
    bought = await a_paid_order(database, owner.boutique)
    total = bought.order.total_minor
    await pay_again(database, owner.boutique, bought)
    shown = await owner.get(bought.path)
    assert (shown["details"], shown["refundable_minor"]) == (["in_review"], 2 * total)

    # when the second payment is given back
    twice = a_refund(1, total, reason="paid_twice")
    shown = await owner.post(f"{bought.path}/refunds", twice)

    # then nothing waits for a review, the order is still to be sent, and the first payment is kept
    assert (shown["status"], shown["details"]) == ("confirmed", ["partly_refunded"])
    assert shown["refundable_minor"] == total
    assert "send" in shown["steps"]


async def test_todays_figures_say_what_was_given_back(owner: Signed, database: Database) -> None:
    bought = await a_paid_order(database, owner.boutique)
    await owner.post(f"{bought.path}/refunds", a_refund())

    today = await owner.get("/today")

    assert (today["paid_orders_minor"], today["refunded_minor"]) == (3 * PRICE, PRICE)
