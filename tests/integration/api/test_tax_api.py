"""Tax: the shop's registration, a month to the cent, KRA's numbers noted and corrected."""

from __future__ import annotations

import csv
import io
import random
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from tests.factories import a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import sold
from tests.integration.api.shop_orders import PRICE, a_paid_order
from tests.integration.api.test_daily_closes_api import now

PIN = "A123456789Z"


async def register(owner: Signed, **said: Any) -> Any:
    body = {"kra_pin": PIN, "vat": "standard"} | said
    return await owner.call("PUT", "/tax-settings", json=body)


async def documents(person: Signed, query: str = "") -> list[Any]:
    return list((await person.get(f"/tax-documents{query}"))["items"])


async def note(person: Signed, document_id: str, number: str | None) -> Any:
    path = f"/tax-documents/{document_id}/etims-number"
    return await person.call("PUT", path, json={"number": number})


async def a_sale(person: Signed, database: Database, minor: int = 116000) -> Any:
    [variant] = await a_product(database, person.boutique, name="=Amani")
    item = {"variant_id": variant.id, "quantity": 1, "unit_price_minor": minor}
    return await person.post("/counter-sales", {"items": [item], "paid_by": "cash"})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kra_pin": "12345"}, "kra_pin"),
        ({"kra_pin": "B123456789Z"}, "kra_pin"),
        ({"kra_pin": None, "vat": "standard"}, "kra_pin"),
    ],
)
async def test_what_is_no_pin_is_told(owner: Signed, said: dict[str, Any], field: str) -> None:
    answer = await register(owner, **said)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert (await owner.get("/tax-settings"))["kra_pin"] is None


async def test_a_pin_is_taken_as_people_write_it_and_each_change_is_noted(
    owner: Signed, staff: Signed, superuser_url: str
) -> None:
    shown = (await register(owner, kra_pin=" a123456789z ")).json()
    await register(owner)  # the same again

    assert (shown["kra_pin"], shown["counts_from"], shown["is_kenyan"]) == (PIN, None, True)
    assert (await staff.get("/tax-settings"))["kra_pin"] == PIN
    assert (await register(staff)).status_code == 403
    with psycopg.connect(superuser_url) as conn:
        changes = conn.execute(
            "select details from audit_log where action = 'tax_settings_changed'"
        ).fetchall()
    assert changes == [
        ({"was": [None, "not_registered"], "now": [PIN, "standard"], "since": None},)
    ]


async def test_a_shop_of_another_country_is_told_that_etims_is_kenyas(
    owner: Signed, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update boutiques set country = 'UG' where id = %s", (owner.boutique,))

    answer = await register(owner)

    assert (answer.status_code, "Kenya" in answer.json()["errors"][0]["remedy"]) == (422, True)
    assert (await owner.get("/tax-settings"))["is_kenyan"] is False


async def test_a_month_has_its_sales_and_refunds_and_adds_up(
    owner: Signed, database: Database
) -> None:
    # given a registered shop, a sale, one that was undone, an order and a refund of it
    await register(owner)
    await a_sale(owner, database)
    slip = await a_sale(owner, database)
    await owner.post(f"/counter-sales/{slip['id']}/undone")
    bought = await a_paid_order(database, owner.boutique)
    refund = {"number": 1, "amount_minor": 11600, "reason": "goodwill", "method": "cash"}
    await owner.post(f"{bought.path}/refunds", refund)

    shown = await owner.get("/tax-report")
    found = await documents(owner)

    assert shown["total_minor"] == 116000 + 3 * PRICE - 11600
    assert shown["taxable_minor"] + shown["vat_minor"] == shown["total_minor"]
    assert (shown["documents"], shown["without_number"]) == (3, 3)
    assert {(one["kind"], one["total_minor"], one["vat_minor"]) for one in found} == {
        ("sale", 116000, 16000), ("order", 3 * PRICE, 186207), ("refund", -11600, -1600),
    }  # fmt: skip
    assert sum(one["vat_minor"] for one in found) == shown["vat_minor"]
    [back] = [one for one in found if one["kind"] == "refund"]
    assert back["of_number"] == bought.order.number


@pytest.mark.parametrize("vat", ["not_registered", "zero_rated", "exempt"])
async def test_without_the_standard_rate_nothing_of_a_price_is_tax(
    owner: Signed, database: Database, vat: str
) -> None:
    await register(owner, vat=vat)
    await a_sale(owner, database)

    shown = await owner.get("/tax-report")

    assert (shown["taxable_minor"], shown["vat_minor"]) == (116000, 0)


async def test_tax_is_in_the_prices_from_the_day_of_registration(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a sale of ten days ago and one of today, of a shop that was not registered
    await register(owner, vat="not_registered")
    early = await a_sale(owner, database)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update counter_sales set created_at = now() - interval '10 days' where id = %s",
            (early["id"],),
        )
    late = await a_sale(owner, database)

    async def tax_of(sale: Any) -> int:
        return int((await owner.get(f"/tax-documents/{sale['id']}"))["vat_minor"])

    # when it registers today, then only today's holds tax; when it had been since before, both
    await register(owner)
    assert (await tax_of(early), await tax_of(late)) == (0, 16000)
    await register(owner, since=f"{(now() - timedelta(days=20)).date()}", vat="standard")
    assert (await tax_of(early), await tax_of(late)) == (16000, 16000)
    answer = await register(owner, since=f"{(now() + timedelta(days=2)).date()}")
    assert answer.status_code == 422


async def test_the_tax_in_a_price_is_right_to_the_cent_whatever_the_price(
    superuser_url: str,
) -> None:
    rng = random.Random(16)
    prices = [0, 1, 3, 4, 7, 58, *(rng.randint(1, 10**12) for _ in range(500))]
    with psycopg.connect(superuser_url) as conn:
        for price in prices:
            row = conn.execute(
                "select private.vat_contained(%(p)s::bigint, 16),"
                " private.vat_contained(-%(p)s::bigint, 16), private.vat_contained(%(p)s, 0)",
                {"p": price},
            ).fetchone()
            exact = (Decimal(price) * 16 / 116).quantize(Decimal(1), ROUND_HALF_UP)
            assert row == (int(exact), -int(exact), 0)


async def test_kras_number_is_noted_corrected_and_of_one_sale(
    owner: Signed, staff: Signed, database: Database, superuser_url: str
) -> None:
    one, other = [await a_sale(owner, database) for _ in range(2)]

    # when staff note a number, with the spaces of a copy, and use it for another sale
    first = await note(staff, one["id"], " kra-smart 0012 ")
    taken = await note(staff, other["id"], "KRA-SMART 0012")
    bad = await note(staff, other["id"], "=1+1")

    # then it is that of the first
    assert first.json()["etims_number"] == "KRA-SMART 0012"
    assert (taken.status_code, taken.json()["code"]) == (409, "etims_number_taken")
    assert bad.status_code == 422
    assert [row["id"] for row in await documents(owner, "?open=true")] == [other["id"]]

    # when it was the wrong one, it is corrected, and free again
    assert (await note(owner, one["id"], "KRA-SMART 0013")).status_code == 200
    assert (await note(owner, other["id"], "KRA-SMART 0012")).status_code == 200
    assert (await note(owner, other["id"], None)).json()["etims_number"] is None
    with psycopg.connect(superuser_url) as conn:
        noted = conn.execute(
            "select actor, details from audit_log where action = 'etims_number_noted' order by id"
        ).fetchall()
    assert [(actor.split(":")[0], details) for actor, details in noted] == [
        ("staff", {"was": None, "now": "KRA-SMART 0012"}),
        ("owner", {"was": "KRA-SMART 0012", "now": "KRA-SMART 0013"}),
        ("owner", {"was": None, "now": "KRA-SMART 0012"}),
        ("owner", {"was": "KRA-SMART 0012", "now": None}),
    ]


async def test_what_is_not_paid_has_no_number(owner: Signed, database: Database) -> None:
    slip = await a_sale(owner, database)
    await owner.post(f"/counter-sales/{slip['id']}/undone")

    assert (await note(owner, slip["id"], "KRA-1")).status_code == 404


async def test_the_export_is_the_month_and_runs_nothing(
    owner: Signed, staff: Signed, database: Database, superuser_url: str
) -> None:
    # given a sale of this month with its number, and one of a month ago
    await register(owner)
    sale = await a_sale(owner, database, 116050)
    await note(owner, sale["id"], "KRA-77")
    early = await a_sale(owner, database)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update counter_sales set created_at = created_at - interval '35 days' where id = %s",
            (early["id"],),
        )

    answer = await owner.call("GET", "/tax-export")

    [line] = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert (line["Our number"], line["eTIMS number"]) == (sale["number"], "KRA-77")
    assert (line["Total"], line["Taxable value"], line["VAT"]) == ("1160.50", "1000.43", "160.07")
    assert line["Items"] == "1 × =Amani"
    assert f"{now():%Y-%m}" in answer.headers["content-disposition"]
    assert (await staff.call("GET", "/tax-export")).status_code == 403
    then = f"{now() - timedelta(days=35):%Y-%m}"
    assert (await owner.get(f"/tax-report?month={then}"))["documents"] == 1
    assert (await owner.call("GET", "/tax-report?month=2026-13")).status_code == 422


async def test_a_receipt_shows_kras_number_and_is_no_tax_invoice(
    owner: Signed, database: Database
) -> None:
    await register(owner)
    sale = await a_sale(owner, database)
    await note(owner, sale["id"], "KRA-88")

    receipt = await owner.call("GET", f"/counter-sales/{sale['id']}/receipt?paper=80mm")

    assert receipt.headers["content-type"] == "application/pdf"


async def test_another_shops_month_is_empty_and_its_sales_are_not_there(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    await register(owner)
    sale = await a_sale(owner, database)
    [variant] = await a_product(database, stranger.boutique)
    await sold(stranger, variant.id)

    assert (await stranger.get("/tax-report"))["documents"] == 1
    assert (await stranger.get("/tax-settings"))["kra_pin"] is None
    assert (await stranger.call("GET", f"/tax-documents/{sale['id']}")).status_code == 404
    assert (await note(stranger, sale["id"], "KRA-1")).status_code == 404
