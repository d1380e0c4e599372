"""Money at once, and money that adds up whatever came back: cases of somebody else."""

from __future__ import annotations

import asyncio
import random

import psycopg
import pytest

from dukani.core.database import Database
from tests.integration.api.conftest import Signed
from tests.integration.api.shop_orders import a_paid_order, items_of
from tests.integration.api.test_daily_closes_api import A_SALE, a_piece, line, look
from tests.integration.api.test_debtors_api import debtors, on_credit, pay, the_debtor
from tests.integration.api.test_margins_api import cost


async def test_same_reference_at_once(owner: Signed, staff: Signed, database: Database) -> None:
    await on_credit(owner, database)
    await on_credit(owner, database, buyer_name="Faith")
    one, two = (await owner.get("/debtors"))["items"]
    piece = await a_piece(owner, database)
    item = {"variant_id": piece, "quantity": 1, "unit_price_minor": 1000}
    for n in range(6):
        ref = f"TKR1ABCD{n:02}"
        answers = await asyncio.gather(
            pay(owner, one, 1000, method="mpesa", reference=ref),
            pay(staff, two, 1000, method="mpesa", reference=ref),
            staff.call(
                "POST",
                "/counter-sales",
                json={"items": [item], "paid_by": "mpesa", "reference": ref},
            ),
        )
        assert sorted(a.status_code for a in answers) == [201, 409, 409], [a.text for a in answers]


async def test_pay_undo_write_off_at_once(
    owner: Signed, staff: Signed, database: Database, superuser_url: str
) -> None:
    for _ in range(6):
        sale = await on_credit(owner, database)
        answers = await asyncio.gather(
            staff.call("POST", f"/counter-sales/{sale['id']}/undone"),
            staff.call(
                "POST",
                f"/debts/{sale['id']}/payments",
                json={"amount_minor": A_SALE, "method": "cash"},
            ),
            owner.call("POST", f"/debts/{sale['id']}/write-off", json={"reason": "gone"}),
        )
        assert all(a.status_code < 500 for a in answers), [a.text for a in answers]
        assert sum(a.is_success for a in answers) == 1, [a.text for a in answers]
        with psycopg.connect(superuser_url) as conn:
            assert conn.execute("select sum(owed_minor) from counter_sales").fetchone() == (0,)


@pytest.mark.parametrize("seed", range(5))
async def test_refunds_add_up(owner: Signed, database: Database, seed: int) -> None:
    rng = random.Random(seed)
    money = spent = 0
    for _ in range(3):
        bought = await a_paid_order(database, owner.boutique)
        await owner.post(f"{bought.path}/sent")
        for one in (bought.amani, bought.zawadi):
            if rng.random() < 0.6:
                await cost(owner, one.product_id, rng.randint(0, 99999), always=True)
        money += bought.order.total_minor
        items = list((await items_of(owner, bought)).values())
        back = rng.randint(1, bought.order.total_minor)
        spent += back
        await owner.post(
            f"{bought.path}/refunds",
            {
                "number": 1,
                "amount_minor": back,
                "reason": "late",
                "method": "cash",
                "items": [
                    {"item_id": i["id"], "quantity": 1, "restocked": rng.randint(0, 1)}
                    for i in items
                    if rng.random() < 0.7
                ],
            },
        )
    shown = await owner.get("/margin")
    assert shown["revenue_minor"] + shown["unknown_minor"] - shown["refunds_minor"] == money - spent
    pieces = (await owner.get("/margin/pieces?limit=100"))["items"]
    for one in ("revenue_minor", "cost_minor", "unknown_minor", "units", "unknown_units"):
        assert sum(row[one] for row in pieces) == shown[one] == sum(k[one] for k in shown["kinds"])


async def test_a_close_with_key_twice(owner: Signed) -> None:
    body = {"day": (await look(owner))["day"], "lines": [line("cash", 0), line("mpesa", 0)]}
    key = {"Idempotency-Key": "a-key-of-twenty-letters"}
    answers = [await owner.call("POST", "/daily-closes", json=body, headers=key) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201] and answers[0].json() == answers[1].json()


async def test_payment_to_customer_and_name_debtor(staff: Signed, database: Database) -> None:
    await on_credit(staff, database)
    debtor = await the_debtor(staff)
    await on_credit(staff, database, buyer_name="AMINA ")
    assert (await pay(staff, debtor, 2 * A_SALE)).status_code == 201
    assert await debtors(staff) == []
