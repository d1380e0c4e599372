"""Who owes the shop: one line a person, payments to the oldest first, a polite reminder."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.database import Database
from dukani.core.errors import InvalidValue
from dukani.core.services import Services
from dukani.core.store import consents, message_templates
from dukani.core.store.debts import Debt
from dukani.domain.acts import Language
from dukani.domain.templates import DEBT_REMINDER
from dukani.sandbox.statement import Moved, as_csv
from dukani.tools import debts
from tests.factories import a_conversation, a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import sold
from tests.integration.api.test_daily_closes_api import now
from tests.wiring import rows

PRICE = 400000
PHONE = "+254722000111"


async def on_credit(person: Signed, database: Database, **fields: Any) -> Any:
    """A sale of 4,000 that Amina pays later."""
    [variant] = await a_product(database, person.boutique, stock={"blue": {"M": 9}})
    return await sold(person, variant.id, **({"paid_by": "credit", "buyer_name": "Amina"} | fields))


async def debtors(person: Signed, query: str = "") -> list[tuple[str, int, int]]:
    shown = (await person.get(f"/debtors{query}"))["items"]
    return [(one["name"], one["owed_minor"], one["sales"]) for one in shown]


async def pay(person: Signed, debtor: Any, amount_minor: int, **more: Any) -> Any:
    body = {"amount_minor": amount_minor, "method": "cash"} | more
    return await person.call("POST", f"/debtors/{debtor['id']}/payments", json=body)


async def the_debtor(person: Signed) -> Any:
    [one] = (await person.get("/debtors"))["items"]
    return await person.get(f"/debtors/{one['id']}")


def aged(superuser_url: str, sale: Any, days: int) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update counter_sales set created_at = created_at - %s where id = %s",
            (timedelta(days=days), sale["id"]),
        )


async def test_a_persons_sales_are_one_line_however_she_was_written_down(
    staff: Signed, database: Database
) -> None:
    # given a customer by her phone, one of a phone only, and one of a name only, twice each
    await a_customer(database, staff.boutique, phone=PHONE, name="Zawadi")
    for _ in range(2):
        await on_credit(staff, database, buyer_name="Mama Zawadi", buyer_phone="0722 000 111")
        await on_credit(staff, database, buyer_name="Faith", buyer_phone="0722 000 222")
        await on_credit(staff, database, buyer_name="Amina")
    await on_credit(staff, database, buyer_name=" amina ")

    assert sorted(await debtors(staff)) == [
        ("Faith", 2 * PRICE, 2), ("Zawadi", 2 * PRICE, 2), ("amina", 3 * PRICE, 3),
    ]  # fmt: skip


async def test_what_is_owed_is_told_by_its_age(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    sales = [await on_credit(staff, database, buyer_name=name) for name in ("A", "B", "B", "C")]
    for sale, days in zip(sales, (7, 8, 31, 0), strict=True):
        aged(superuser_url, sale, days)

    sums = (await staff.get("/debt-sums"))["items"]

    assert {one["age"]: (one["sales"], one["owed_minor"]) for one in sums} == {
        "week": (2, 2 * PRICE), "month": (1, PRICE), "older": (1, PRICE),
    }  # fmt: skip
    assert [name for name, *_ in await debtors(staff)] == ["B", "A", "C"]  # the longest first
    assert [name for name, *_ in await debtors(staff, "?age=older")] == ["B"]


async def test_a_payment_goes_to_the_oldest_sale_first(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    # given three sales of one person
    sales = [await on_credit(staff, database) for _ in range(3)]
    for sale, days in zip(sales, (1, 20, 10), strict=True):
        aged(superuser_url, sale, days)

    # when she pays for one and a half
    answer = (await pay(staff, await the_debtor(staff), 600000)).json()

    # then the oldest is paid off, and the next in half
    assert answer["owed_minor"] == 600000
    assert [one["owed_minor"] for one in (await the_debtor(staff))["debts"]] == [200000, PRICE]
    paid_off = await staff.get(f"/debts/{sales[1]['id']}")
    assert [one["amount_minor"] for one in paid_off["entries"]] == [PRICE, -PRICE]

    # when she pays the rest, then she owes nothing, and is in no list
    debtor = await the_debtor(staff)
    await pay(staff, debtor, 600000, method="mpesa", reference="TKR1ABCD23")
    assert await debtors(staff) == []
    assert (await staff.call("GET", f"/debtors/{debtor['id']}")).status_code == 404


async def test_more_than_she_owes_is_refused_and_nothing_is_noted(
    staff: Signed, database: Database, services: Services
) -> None:
    await on_credit(staff, database)

    answer = await pay(staff, await the_debtor(staff), PRICE + 1)

    assert answer.status_code == 422
    assert await rows(services, "debt_payments") == []


async def test_payments_at_the_same_moment_never_pay_more_than_she_owes(
    staff: Signed, owner: Signed, database: Database
) -> None:
    for _ in range(2):
        await on_credit(staff, database)
    debtor = await the_debtor(staff)

    answers = await asyncio.gather(*(pay(one, debtor, 500000) for one in (staff, owner)))

    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert await debtors(staff) == [("Amina", 300000, 1)]


@pytest.mark.parametrize("seed", range(3))
async def test_in_whatever_parts_she_pays_the_ledger_is_what_she_owes(
    staff: Signed, database: Database, superuser_url: str, seed: int
) -> None:
    rng = random.Random(seed)
    for _ in range(4):
        aged(superuser_url, await on_credit(staff, database), rng.randint(0, 40))
    owed = 4 * PRICE
    while owed:
        part = rng.randint(1, owed) if rng.random() < 0.8 else owed
        answer = (await pay(staff, await the_debtor(staff), part)).json()
        owed -= part
        assert answer["owed_minor"] == owed
        with psycopg.connect(superuser_url) as conn:
            found = conn.execute(
                "select (select sum(owed_minor) from counter_sales),"
                " (select sum(amount_minor) from credit_entries)"
            ).fetchone()
        assert found == (owed, owed)


@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=8).flatmap(
        lambda sums: st.tuples(st.just(sums), st.integers(1, sum(sums)))
    )
)
def test_a_payment_is_split_to_the_cent_and_in_order(case: tuple[list[int], int]) -> None:
    sums, amount = case
    owed = [
        Debt(f"{n:02}", "CS-1", None, "A", None, "KES", minor, minor, now() + timedelta(days=n), 0)
        for n, minor in enumerate(sums)
    ]

    parts = debts.split(amount, list(reversed(owed)))

    assert sum(parts.values()) == amount
    assert all(0 < parts[debt.id] <= debt.owed_minor for debt in owed if debt.id in parts)
    full = [parts.get(debt.id, 0) == debt.owed_minor for debt in owed]
    assert full == sorted(full, reverse=True)  # no sale gets anything before those ahead are paid


def test_a_payment_of_more_is_no_payment() -> None:
    with pytest.raises(InvalidValue, match="Only 0 is owed"):
        debts.split(1, [])


async def test_what_will_not_come_is_written_off_by_an_owner(
    owner: Signed, staff: Signed, database: Database, services: Services
) -> None:
    sale = await on_credit(staff, database)
    await pay(staff, await the_debtor(staff), 100000)

    shown = await owner.post(f"/debts/{sale['id']}/write-off", {"reason": "She moved away"})

    assert shown["owed_minor"] == 0
    entry = shown["entries"][-1]
    assert (entry["kind"], entry["amount_minor"], entry["reason"]) == (
        "write_off", -300000, "She moved away",
    )  # fmt: skip
    again = await owner.call("POST", f"/debts/{sale['id']}/write-off", json={"reason": "Again"})
    assert again.status_code == 409
    assert (await owner.call("POST", f"/counter-sales/{sale['id']}/undone")).status_code == 409
    # and no money came by it
    assert [one["amount_minor"] for one in await rows(services, "debt_payments")] == [100000]


async def test_a_slip_is_taken_back_and_owed_again(
    owner: Signed, staff: Signed, database: Database
) -> None:
    # given a payment of two sales under a wrong reference
    for _ in range(2):
        await on_credit(staff, database)
    debtor = await the_debtor(staff)
    paid = (await pay(staff, debtor, 2 * PRICE, method="mpesa", reference="TKR1WRONG1")).json()
    assert await debtors(staff) == []
    path, why = f"/debt-payments/{paid['id']}/taken-back", {"reason": "It was Faith's"}

    # when an owner takes it back, with two taps
    refused = await staff.call("POST", path, json=why)
    answers = await asyncio.gather(*(owner.call("POST", path, json=why) for _ in range(2)))

    # then all is owed again, once; no money of it is in the day, and its reference is free
    assert refused.status_code == 403
    assert sorted(answer.status_code for answer in answers) == [204, 404]
    assert await debtors(staff) == [("Amina", 2 * PRICE, 2)]
    takings = (await owner.get("/daily-close"))["takings"]
    assert [one["source"] for one in takings] == ["counter"]
    assert (await owner.get("/payments"))["items"] == []
    again = await pay(staff, debtor, PRICE, method="mpesa", reference="TKR1WRONG1")
    assert again.status_code == 201
    entries = (await owner.get(f"/debts/{(await the_debtor(owner))['debts'][0]['id']}"))["entries"]
    assert [(one["kind"], one["amount_minor"], one["reason"]) for one in entries][:3] == [
        ("debt", PRICE, None), ("payment", -PRICE, None), ("taken_back", PRICE, "It was Faith's"),
    ]  # fmt: skip


async def test_what_mpesa_took_back_of_a_debt_stands_once_in_the_day(
    owner: Signed, database: Database
) -> None:
    await on_credit(owner, database)
    paid = (
        await pay(owner, await the_debtor(owner), PRICE, method="mpesa", reference="TKA1111111")
    ).json()
    text = "Transaction Reversal of TKA1111111"
    await import_moves(
        owner,
        Moved("TKA1111111", now(), "Merchant Payment", PRICE),
        Moved("TKA1111112", now(), text, -PRICE, "", "TKA1111111"),
    )

    await owner.call("POST", f"/debt-payments/{paid['id']}/taken-back", json={"reason": "Reversed"})

    assert await debtors(owner) == [("Amina", PRICE, 1)]
    day = await owner.get("/daily-close")
    assert sum(one["sum_minor"] for one in day["takings"] if one["method"] == "mpesa") == 0
    assert day["statement"]["received_minor"] == 0


async def test_the_same_mpesa_money_is_a_debts_or_a_sales(
    staff: Signed, database: Database
) -> None:
    await on_credit(staff, database)
    debtor = await the_debtor(staff)
    await on_credit(staff, database, paid_by="mpesa", reference="TKR1SALE23")
    assert (
        await pay(staff, debtor, 1000, method="mpesa", reference="TKR1SALE23")
    ).status_code == 409

    await pay(staff, debtor, 1000, method="mpesa", reference="TKR1DEBT23")
    [variant] = await a_product(database, staff.boutique)
    item = {"variant_id": variant.id, "quantity": 1, "unit_price_minor": PRICE}
    sale = {"items": [item], "paid_by": "mpesa", "reference": "tkr1debt23"}
    answer = await staff.call("POST", "/counter-sales", json=sale)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


# M-Pesa's statement


async def import_moves(person: Signed, *moves: Moved) -> None:
    file = ("may.csv", as_csv("Zuri", moves))
    answer = await person.call("POST", "/statements", files={"file": file})
    assert answer.is_success, answer.text


async def test_a_debts_payment_is_found_on_the_statement_whichever_comes_first(
    owner: Signed, database: Database
) -> None:
    # given a payment that is noted before its statement, and one after
    await on_credit(owner, database)
    debtor = await the_debtor(owner)
    await pay(owner, debtor, 100000, method="mpesa", reference="TKA1111111")
    moves = [Moved(receipt, now(), "Merchant Payment", 100000)
             for receipt in ("TKA1111111", "TKA2222222")]  # fmt: skip
    await import_moves(owner, *moves)
    await pay(owner, debtor, 100000, method="mpesa", reference="TKA2222222")

    # then both are known, and the day agrees with the statement
    payments = (await owner.get("/payments"))["items"]
    assert {(one["source"], one["state"], one["receipt"], one["name"]) for one in payments} == {
        ("debt", "matched", "TKA1111111", "Amina"), ("debt", "matched", "TKA2222222", "Amina"),
    }  # fmt: skip
    assert (await owner.get("/statement-lines?state=left"))["items"] == []
    day = await owner.get("/daily-close")
    assert day["statement"]["received_minor"] == 200000
    assert day["statement"]["missing"]["payments"] == 0
    assert [(one["method"], one["source"], one["sum_minor"]) for one in day["takings"]] == [
        ("credit", "counter", PRICE), ("mpesa", "debt", 200000),
    ]  # fmt: skip


async def test_money_on_a_statement_pays_what_somebody_owes_with_one_tap(
    owner: Signed, database: Database
) -> None:
    # given money of the phone of somebody who owes more
    await on_credit(owner, database, buyer_phone="0722 000 111")
    party = "2547******111 - AMINA"
    await import_moves(
        owner, Moved("TKA3333333", now(), f"Merchant Payment from {party}", 150000, party)
    )
    [line] = (await owner.get("/statement-lines?state=left"))["items"]
    [choice] = (await owner.get(f"/statement-lines/{line['id']}"))["choices"]
    assert (choice["name"], choice["same_phone"], choice["number"]) == ("Amina", True, None)

    body = {"debtor_id": choice["debtor_id"]}
    for _ in range(2):
        answer = await owner.call("POST", f"/statement-lines/{line['id']}/match", json=body)

    # then she owes less, once
    assert answer.status_code == 409
    assert await debtors(owner) == [("Amina", PRICE - 150000, 1)]
    assert (await owner.get(f"/statement-lines/{line['id']}"))["state"] == "matched"


# the reminder


async def a_customer_who_owes(person: Signed, database: Database, *, approved: bool = True) -> str:
    customer = await a_customer(
        database, person.boutique, phone=PHONE, name="Amina Said", language="sw"
    )
    await a_conversation(database, person.boutique, customer)
    await on_credit(person, database, buyer_phone="0722 000 111")
    if approved:
        await approve(database, person.boutique)
    return customer


async def approve(database: Database, boutique: str) -> None:
    languages: tuple[Language, ...] = ("en", "sw")
    async with database.system_connection() as conn:
        for language in languages:
            await message_templates.put(
                conn,
                boutique_id=boutique,
                provider="twilio",
                name=DEBT_REMINDER.name,
                language=language,
                status="approved",
                content_sid=f"HX{len(language):032}",
            )


async def test_she_is_reminded_in_her_language_once_in_seven_days(
    staff: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    await a_customer_who_owes(staff, database)
    debtor = await the_debtor(staff)
    path = f"/debtors/{debtor['id']}/reminder"
    preview = await staff.get(path)
    assert (preview["language"], preview["obstacle"]) == ("sw", None)
    assert "Habari Amina" in preview["text"]
    assert "KES 4,000" in preview["text"]

    # when two of the shop remind her at once, and again
    answers = await asyncio.gather(*(staff.call("POST", path) for _ in range(2)))
    answers.append(await staff.call("POST", path))

    # then one message goes out, of the kind utility
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    [message] = await rows(services, "messages")
    assert (message["body"], message["purpose"], message["reference"]) == (
        preview["text"], "utility", "debt",
    )  # fmt: skip
    assert (await staff.get(path))["obstacle"] == "reminded_lately"
    assert (await the_debtor(staff))["reminded_at"] is not None

    # and after a week she may be reminded again
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update debt_reminders set reminded_at = now() - interval '8 days'")
    assert (await staff.call("POST", path)).status_code == 201


async def test_a_reminder_that_may_not_go_says_why(staff: Signed, database: Database) -> None:
    # given one who never wrote, and one who said stop
    await on_credit(staff, database, buyer_name="Faith")
    stopped = await a_customer_who_owes(staff, database)
    async with database.tenant_connection(staff.boutique) as conn:
        await consents.record(
            conn, customer_id=stopped, purpose="assistant",
            granted=False, source="whatsapp",
        )  # fmt: skip

    why = {}
    for one in (await staff.get("/debtors"))["items"]:
        answer = await staff.call("POST", f"/debtors/{one['id']}/reminder")
        preview = await staff.get(f"/debtors/{one['id']}/reminder")
        why[one["name"]] = (answer.json()["code"], preview["obstacle"])

    assert why == {
        "Faith": ("not_reminded", "no_chat"), "Amina Said": ("not_reminded", "opted_out"),
    }  # fmt: skip


async def test_without_an_approved_template_only_an_open_chat_is_reminded(
    staff: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    await a_customer_who_owes(staff, database, approved=False)
    debtor = await the_debtor(staff)
    path = f"/debtors/{debtor['id']}/reminder"
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set last_inbound_at = now() - interval '2 days'")
    assert (await staff.get(path))["obstacle"] == "not_approved"
    assert (await staff.call("POST", path)).status_code == 409

    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set last_inbound_at = now()")
    assert (await staff.call("POST", path)).status_code == 201
    assert [one["kind"] for one in await rows(services, "messages")] == ["text"]


async def test_another_shops_debtors_are_nobodys_here(
    staff: Signed, stranger: Signed, database: Database
) -> None:
    await a_customer_who_owes(staff, database)
    debtor = await the_debtor(staff)

    assert await debtors(stranger) == []
    assert (await stranger.get("/debt-sums"))["items"] == []
    for method, path in (("GET", ""), ("GET", "/reminder"), ("POST", "/reminder")):
        answer = await stranger.call(method, f"/debtors/{debtor['id']}{path}")
        assert answer.status_code == 404
    assert (await pay(stranger, debtor, 1000)).status_code == 404
