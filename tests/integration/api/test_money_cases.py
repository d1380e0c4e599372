"""Money in odd cases, by somebody who had not written the code: what an owner would expect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import closing, payments
from dukani.sandbox.statement import Moved, as_csv
from dukani.tools.payments import settlement
from dukani.tools.payments.judgement import Result
from tests.factories import a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, sold
from tests.integration.api.shop_orders import PRICE, a_paid_order, items_of, pay_again
from tests.integration.api.test_daily_closes_api import A_SALE, a_piece, look, now, sums
from tests.integration.api.test_debtors_api import PHONE, debtors, on_credit, pay, the_debtor
from tests.integration.api.test_margins_api import cost
from tests.integration.api.test_tax_api import a_sale, documents, note


async def upload(person: Signed, *moves: Moved) -> None:
    answer = await person.call("POST", "/statements", files={"file": ("m.csv", as_csv("Z", moves))})
    assert answer.is_success, answer.text


def mpesa(shown: Any) -> int:
    return sum(minor for (method, _), minor in sums(shown).items() if method == "mpesa")


def yesterday() -> str:
    return f"{(now() - timedelta(days=1)).date()}"


def agrees(shown: Any) -> bool:
    said = shown["statement"]
    named = sum(
        said[one]["sum_minor"] for one in ("unclaimed", "undone", "of_other_days", "differs")
    )
    return bool(said["received_minor"] == mpesa(shown) - said["missing"]["sum_minor"] + named)


# 1. the day


async def test_ending_a_review_does_not_move_yesterdays_money(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    await pay_again(database, owner.boutique, bought)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set resolved_at = resolved_at - interval '1 day'")
    before = mpesa(await look(owner, yesterday()))
    await owner.post(f"{bought.path}/reviewed", {"outcome": "settled", "note": "ok"})
    assert (before, mpesa(await look(owner, yesterday())), mpesa(await look(owner))) == (
        2 * bought.order.total_minor,
        2 * bought.order.total_minor,
        0,
    )


async def test_one_receipt_told_of_two_attempts_is_money_once(
    owner: Signed, database: Database
) -> None:
    # given a prompt that M-Pesa did not answer, money taken by hand by its receipt, and then the
    # callback of the prompt with that receipt
    placed = await an_order(database, owner.boutique)
    total, order_id = placed.order.total_minor, placed.order.id
    async with database.tenant_connection(owner.boutique) as conn:
        first = await payments.add(
            conn,
            boutique_id=owner.boutique,
            order_id=order_id,
            provider="daraja",
            phone="+254722000009",
            amount_minor=total,
            callback_token="t1",
        )
        assert first
        await settlement.settle(
            conn,
            boutique_id=owner.boutique,
            payment_id=first,
            result=Result("no_answer", "M-Pesa did not answer"),
        )
    answer = await owner.call(
        "POST", f"/orders/{order_id}/paid-outside", json={"reference": "TKZ1234567"}
    )
    assert answer.status_code == 202, answer.text
    async with database.tenant_connection(owner.boutique) as conn:
        latest = await payments.latest_of_order(conn, order_id=order_id)
        assert latest and latest.provider == "manual"
        result = Result("0", amount_minor=total, receipt="TKZ1234567")
        await settlement.settle(
            conn, boutique_id=owner.boutique, payment_id=latest.id, result=result
        )
        await settlement.settle(conn, boutique_id=owner.boutique, payment_id=first, result=result)
    assert mpesa(await look(owner)) == total
    assert (await owner.get(f"/orders/{order_id}"))["refundable_minor"] == total


async def test_an_order_paid_in_cash_is_not_counted_as_mpesa(
    owner: Signed, database: Database
) -> None:
    placed = await an_order(database, owner.boutique)
    await owner.call(
        "POST",
        f"/orders/{placed.order.id}/paid-outside",
        json={"reference": "CASH 12", "paid_by": "cash"},
    )
    async with database.tenant_connection(owner.boutique) as conn:
        latest = await payments.latest_of_order(conn, order_id=placed.order.id)
        assert latest
        await settlement.settle(
            conn,
            boutique_id=owner.boutique,
            payment_id=latest.id,
            result=Result("0", amount_minor=placed.order.total_minor, receipt="CASH 12"),
        )
    assert mpesa(await look(owner)) == 0


async def test_a_refund_by_reversal_is_taken_off_once(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    total = bought.order.total_minor
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = 'TKA3333333'")
    refund = {
        "number": 1,
        "amount_minor": total,
        "reason": "changed_mind",
        "method": "mpesa",
        "reference": "TKA3333334",
    }
    await owner.post(f"{bought.path}/refunds", refund)
    await upload(
        owner,
        Moved("TKA3333333", now(), "Merchant Payment", total),
        Moved("TKA3333334", now(), "Transaction Reversal of TKA3333333", -total, "", "TKA3333333"),
    )
    shown = await look(owner)
    assert (mpesa(shown), shown["statement"]["received_minor"]) == (0, 0)


async def test_a_refund_that_mpesa_returned_is_money_again(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    total = bought.order.total_minor
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = 'TKA3333333'")
    refund = {
        "number": 1,
        "amount_minor": total,
        "reason": "changed_mind",
        "method": "mpesa",
        "reference": "TKA4444444",
    }
    await owner.post(f"{bought.path}/refunds", refund)
    await upload(
        owner,
        Moved("TKA3333333", now(), "Merchant Payment", total),
        Moved("TKA4444444", now(), "Business Payment", -total),
        Moved("TKA4444445", now(), "Reversal of TKA4444444", total, "", "TKA4444444"),
    )
    shown = await look(owner)
    assert (mpesa(shown), shown["statement"]["received_minor"]) == (total, total)


@pytest.mark.parametrize("cents", [A_SALE + 50000, A_SALE - 50000])
async def test_a_line_of_another_sum_than_its_sale_is_named(
    owner: Signed, database: Database, cents: int
) -> None:
    await sold(owner, await a_piece(owner, database), reference="TKA1111111")
    await upload(owner, Moved("TKA1111111", now(), "Merchant Payment", cents))
    shown = await look(owner)
    assert agrees(shown), shown["statement"]


async def test_a_slip_written_again_after_the_statement_claims_its_line(
    owner: Signed, database: Database
) -> None:
    piece = await a_piece(owner, database)
    slip = await sold(owner, piece, reference="TKA1111111")
    await upload(owner, Moved("TKA1111111", now(), "Merchant Payment", A_SALE))
    await owner.post(f"/counter-sales/{slip['id']}/undone")
    await sold(owner, piece, reference="TKA1111111")
    shown = await look(owner)
    assert shown["statement"]["undone"]["payments"] == 0
    assert shown["statement"]["missing"]["payments"] == 0


# 2. debts


async def test_an_orders_money_pays_no_debt(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    await a_paid_order(database, owner.boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = 'TKA3333333'")
    await on_credit(owner, database)
    answer = await pay(owner, await the_debtor(owner), 1000, method="mpesa", reference="TKA3333333")
    assert answer.status_code == 409


async def test_a_debts_money_pays_no_order(owner: Signed, database: Database) -> None:
    await on_credit(owner, database)
    await pay(owner, await the_debtor(owner), 1000, method="mpesa", reference="TKA3333333")
    placed = await an_order(database, owner.boutique)
    answer = await owner.call(
        "POST", f"/orders/{placed.order.id}/paid-outside", json={"reference": "TKA3333333"}
    )
    assert answer.status_code == 409


async def test_money_of_yesterdays_line_pays_a_debt_yesterday(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    sale = await on_credit(owner, database)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update counter_sales set created_at = created_at - interval '3 days' where id = %s",
            (sale["id"],),
        )
    await upload(owner, Moved("TKA3333333", now() - timedelta(days=1), "Merchant Payment", A_SALE))
    [line] = (await owner.get("/statement-lines?state=left"))["items"]
    debtor = await the_debtor(owner)
    await owner.post(f"/statement-lines/{line['id']}/match", {"debtor_id": debtor["id"]})
    today, then = await look(owner), await look(owner, yesterday())
    assert (mpesa(today), mpesa(then)) == (0, A_SALE)


async def test_who_owes_by_her_phone_is_not_erased(owner: Signed, database: Database) -> None:
    sale = await on_credit(owner, database, buyer_phone="0722 000 111")
    her = await a_customer(database, owner.boutique, phone=PHONE, name="Zawadi")
    assert (await the_debtor(owner))["customer_id"] == her
    answer = await owner.call("POST", f"/customers/{her}/erase")
    assert answer.status_code == 409, (sale["number"], await debtors(owner))


async def test_two_erased_persons_are_not_one_debtor(owner: Signed, database: Database) -> None:
    for phone, e164 in (("0722 000 111", PHONE), ("0722 000 222", "+254722000222")):
        await on_credit(owner, database, buyer_phone=phone)
        her = await a_customer(database, owner.boutique, phone=e164, name="Z")
        await owner.call("POST", f"/customers/{her}/erase")
    assert len(await debtors(owner)) == 2


async def test_a_reference_with_spaces_is_the_same_money(owner: Signed, database: Database) -> None:
    await on_credit(owner, database)
    debtor = await the_debtor(owner)
    await pay(owner, debtor, 1000, method="mpesa", reference="TKA3333333")
    answer = await pay(owner, debtor, 1000, method="mpesa", reference="TKA 333 3333")
    assert answer.status_code == 409


async def test_a_shop_with_a_debt_on_a_statement_can_be_deleted(
    owner: Signed, database: Database
) -> None:
    await on_credit(owner, database)
    await pay(owner, await the_debtor(owner), 1000, method="mpesa", reference="TKA3333333")
    await upload(owner, Moved("TKA3333333", now(), "Merchant Payment", 1000))
    async with database.system_connection() as conn:
        assert await closing.must_be_kept(conn, boutique_id=owner.boutique) is None
        await closing.delete(conn, boutique_id=owner.boutique)


# 3. margin


async def test_what_was_paid_twice_and_given_back_costs_no_profit(
    owner: Signed, database: Database
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    for one in (bought.amani, bought.zawadi):
        await cost(owner, one.product_id, 100000, always=True)
    before = (await owner.get("/margin"))["profit_minor"]
    await pay_again(database, owner.boutique, bought)
    refund = {
        "number": 1,
        "amount_minor": bought.order.total_minor,
        "reason": "paid_twice",
        "method": "cash",
    }
    await owner.post(f"{bought.path}/refunds", refund)
    assert (await owner.get("/margin"))["profit_minor"] == before


async def test_a_whole_refund_with_its_delivery_leaves_no_loss(
    owner: Signed, database: Database
) -> None:
    bought = await a_paid_order(database, owner.boutique, delivery_minor=25000)
    for one in (bought.amani, bought.zawadi):
        await cost(owner, one.product_id, 100000, always=True)
    items = await items_of(owner, bought)
    await owner.post(
        f"{bought.path}/refunds",
        {
            "number": 1,
            "amount_minor": bought.order.total_minor,
            "reason": "out_of_stock",
            "method": "cash",
            "items": [
                {"item_id": it["id"], "quantity": it["quantity"], "restocked": it["quantity"]}
                for it in items.values()
            ],
        },
    )
    shown = await owner.get("/margin")
    assert (shown["revenue_minor"], shown["cost_minor"], shown["profit_minor"]) == (0, 0, 0), shown


async def test_what_is_written_off_is_no_profit(owner: Signed, database: Database) -> None:
    piece = await a_piece(owner, database)
    sale = await sold(owner, piece, paid_by="credit", buyer_name="Amina")
    product = sale["items"][0]["product_id"]
    await cost(owner, product, 100000, always=True)
    await owner.post(f"/debts/{sale['id']}/write-off", {"reason": "gone"})
    assert (await owner.get("/margin"))["profit_minor"] == -100000


# 4. tax


async def test_what_was_paid_twice_and_given_back_is_no_less_tax(
    owner: Signed, database: Database
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    await pay_again(database, owner.boutique, bought)
    refund = {
        "number": 1,
        "amount_minor": bought.order.total_minor,
        "reason": "paid_twice",
        "method": "cash",
    }
    await owner.post(f"{bought.path}/refunds", refund)
    assert (await owner.get("/tax-report"))["total_minor"] == 3 * PRICE


async def test_money_given_back_of_an_order_that_was_never_sold_is_no_less_tax(
    owner: Signed, database: Database
) -> None:
    placed = await an_order(database, owner.boutique)
    total = placed.order.total_minor
    async with database.tenant_connection(owner.boutique) as conn:
        attempt = await payments.add(
            conn,
            boutique_id=owner.boutique,
            order_id=placed.order.id,
            provider="daraja",
            phone="+254722000009",
            amount_minor=total,
            callback_token="t1",
        )
    await owner.post(f"/orders/{placed.order.id}/cancelled")
    async with database.tenant_connection(owner.boutique) as conn:
        assert attempt
        await settlement.settle(
            conn,
            boutique_id=owner.boutique,
            payment_id=attempt,
            result=Result("0", amount_minor=total, receipt="TKA3333333"),
        )
    refund = {
        "number": 1,
        "amount_minor": total,
        "reason": "other",
        "words": "late",
        "method": "cash",
    }
    await owner.post(f"/orders/{placed.order.id}/refunds", refund)
    assert (await owner.get("/tax-report"))["total_minor"] == 0, await documents(owner)


async def test_the_number_of_an_undone_sale_can_be_used_for_the_sale_written_anew(
    owner: Signed, database: Database
) -> None:
    slip = await a_sale(owner, database)
    await note(owner, slip["id"], "KRA-1")
    await owner.post(f"/counter-sales/{slip['id']}/undone")
    again = await a_sale(owner, database)
    answer = await note(owner, again["id"], "KRA-1")
    free = await note(owner, slip["id"], None)
    assert 200 in (answer.status_code, free.status_code), (answer.status_code, free.status_code)


async def test_an_order_paid_in_cash_is_not_said_to_be_paid_by_mpesa(
    owner: Signed, database: Database
) -> None:
    placed = await an_order(database, owner.boutique)
    await owner.call(
        "POST",
        f"/orders/{placed.order.id}/paid-outside",
        json={"reference": "BANK 77", "paid_by": "bank"},
    )
    async with database.tenant_connection(owner.boutique) as conn:
        latest = await payments.latest_of_order(conn, order_id=placed.order.id)
        assert latest
        await settlement.settle(
            conn,
            boutique_id=owner.boutique,
            payment_id=latest.id,
            result=Result("0", amount_minor=placed.order.total_minor, receipt="BANK 77"),
        )
    [one] = await documents(owner)
    assert one["paid_with"] != "mpesa"


async def test_sales_of_two_persons_of_one_cost_change_at_month_end(
    owner: Signed, database: Database
) -> None:
    """The last second of a month is of that month by the boutique's clock."""
    [variant] = await a_product(database, owner.boutique, stock={"blue": {"M": 5}})
    await sold(owner, variant.id)
    assert (await owner.get(f"/tax-report?month={now():%Y-%m}"))["documents"] == 1


async def test_the_rest_of_a_sum_taken_by_hand_is_the_rest(
    owner: Signed, database: Database
) -> None:
    placed = await an_order(database, owner.boutique)
    total, order_id = placed.order.total_minor, placed.order.id
    async with database.tenant_connection(owner.boutique) as conn:
        first = await payments.add(
            conn,
            boutique_id=owner.boutique,
            order_id=order_id,
            provider="daraja",
            phone="+254722000009",
            amount_minor=total,
            callback_token="t1",
        )
        assert first
        await settlement.settle(
            conn,
            boutique_id=owner.boutique,
            payment_id=first,
            result=Result("0", amount_minor=total - 150000, receipt="TKA1111111"),
        )
    answer = await owner.call(
        "POST", f"/orders/{order_id}/paid-outside", json={"reference": "TKZ1234567"}
    )
    assert answer.status_code == 202, answer.text
    async with database.tenant_connection(owner.boutique) as conn:
        latest = await payments.latest_of_order(conn, order_id=order_id)
        assert latest and latest.provider == "manual"
        result = Result("0", amount_minor=latest.amount_minor, receipt="TKZ1234567")
        await settlement.settle(
            conn, boutique_id=owner.boutique, payment_id=latest.id, result=result
        )
    shown = await owner.get(f"/orders/{order_id}")
    assert (mpesa(await look(owner)), shown["refundable_minor"]) == (total, total)
