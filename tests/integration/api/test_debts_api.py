"""Sold on credit: what is owed, part payments, never more than is owed, money noted once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import customer_merge
from tests.factories import a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import sold


async def on_credit(person: Signed, database: Database, **fields: Any) -> Any:
    """A sale of 4,000 that Amina pays later."""
    [variant] = await a_product(database, person.boutique)
    return await sold(person, variant.id, **({"paid_by": "credit", "buyer_name": "Amina"} | fields))


async def pay(person: Signed, sale: Any, **paid: Any) -> Any:
    body = {"amount_minor": 150000, "method": "cash"} | paid
    return await person.call("POST", f"/debts/{sale['id']}/payments", json=body)


async def owed(person: Signed) -> list[int]:
    return [one["owed_minor"] for one in (await person.get("/debts"))["items"]]


async def test_a_sale_on_credit_is_owed_until_it_is_paid_in_parts(
    staff: Signed, database: Database
) -> None:
    # given one on credit, and one that was paid
    sale = await on_credit(staff, database)
    await on_credit(staff, database, paid_by="cash")
    assert await owed(staff) == [400000]

    # when it is paid in two parts
    first = await pay(staff, sale)
    assert (first.status_code, first.json()["owed_minor"]) == (201, 250000)
    assert await owed(staff) == [250000]
    await pay(staff, sale, amount_minor=250000, method="mpesa", reference="tkr1abcd23")

    # then nothing is owed, and the ledger tells how that came
    assert await owed(staff) == []
    entries = (await staff.get(f"/debts/{sale['id']}"))["entries"]
    assert [(one["kind"], one["amount_minor"], one["reference"]) for one in entries] == [
        ("debt", 400000, None),
        ("payment", -150000, None),
        ("payment", -250000, "TKR1ABCD23"),
    ]


async def test_who_owes_longest_comes_first(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    new, old = [await on_credit(staff, database, buyer_name=name) for name in ("New", "Old")]
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update counter_sales set created_at = now() - %s where id = %s",
            (timedelta(days=40), old["id"]),
        )

    shown = (await staff.get("/debts"))["items"]

    assert [(one["buyer_name"], one["days"]) for one in shown] == [("Old", 40), ("New", 0)]
    assert new["id"] == shown[1]["id"]


@pytest.mark.parametrize(
    "paid",
    [
        {"amount_minor": 400001},  # a cent more than is owed
        {"amount_minor": 0},
        {"method": "mpesa"},  # without its reference
        {"reference": "TKR1ABCD23"},  # of cash
    ],
)
async def test_what_cannot_be_a_payment_changes_nothing(
    staff: Signed, database: Database, paid: dict[str, Any]
) -> None:
    sale = await on_credit(staff, database)

    answer = await pay(staff, sale, **paid)

    assert answer.status_code == 422
    assert await owed(staff) == [400000]


async def test_payments_at_the_same_moment_never_pay_more_than_is_owed(
    staff: Signed, owner: Signed, database: Database
) -> None:
    sale = await on_credit(staff, database)

    answers = await asyncio.gather(*(pay(one, sale, amount_minor=300000) for one in (staff, owner)))

    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert await owed(staff) == [100000]


async def test_the_same_mpesa_money_pays_one_thing(staff: Signed, database: Database) -> None:
    # given money that paid a sale, and money that paid a part of a debt
    await on_credit(staff, database, paid_by="mpesa", reference="TKR1SALE23")
    first = await on_credit(staff, database)
    second = await on_credit(staff, database)
    await pay(staff, first, method="mpesa", reference="TKR1DEBT23")

    # when either is to pay another debt
    answers = [
        await pay(staff, second, method="mpesa", reference=one)
        for one in ("TKR1SALE23", "TKR1DEBT23")
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert sorted(await owed(staff)) == [250000, 400000]


async def test_a_payment_that_is_sent_twice_counts_once(staff: Signed, database: Database) -> None:
    sale = await on_credit(staff, database)
    path = f"/debts/{sale['id']}/payments"

    for _ in range(2):
        await staff.call(
            "POST",
            path,
            json={"amount_minor": 150000, "method": "cash"},
            headers={"Idempotency-Key": "tap"},
        )

    assert await owed(staff) == [250000]


async def test_undoing_a_sale_takes_its_debt_back(staff: Signed, database: Database) -> None:
    sale = await on_credit(staff, database)

    for _ in range(2):
        await staff.post(f"/counter-sales/{sale['id']}/undone")

    assert await owed(staff) == []
    assert (await staff.get(f"/debts/{sale['id']}"))["owed_minor"] == 0
    assert (await pay(staff, sale)).status_code == 422


async def test_a_sale_that_was_paid_in_part_is_not_undone(
    staff: Signed, database: Database
) -> None:
    sale = await on_credit(staff, database)
    await pay(staff, sale)

    answer = await staff.call("POST", f"/counter-sales/{sale['id']}/undone")

    assert answer.status_code == 409
    assert await owed(staff) == [250000]


async def test_a_debt_follows_its_customer_into_the_one_she_is_merged_with(
    staff: Signed, database: Database
) -> None:
    # given a debt of a customer who is known by her phone, paid in part
    retired = await a_customer(database, staff.boutique, phone="+254722000111")
    kept = await a_customer(database, staff.boutique)
    sale = await on_credit(staff, database, buyer_phone="0722 000 111")
    await pay(staff, sale)
    assert (await staff.get("/debts"))["items"][0]["customer_id"] == retired

    async with database.tenant_connection(staff.boutique) as conn:
        await customer_merge.merge(conn, kept_id=kept, retired_id=retired)

    # then the kept one owes what is left of it
    [debt] = (await staff.get("/debts"))["items"]
    assert (debt["customer_id"], debt["owed_minor"]) == (kept, 250000)
