"""A day is closed: what should be there by the rows themselves, what was counted, and why not."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from dukani.core.database import Database
from dukani.sandbox.statement import Moved, as_csv
from tests.factories import a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import sold
from tests.integration.api.shop_orders import PRICE, a_paid_order

NAIROBI = ZoneInfo("Africa/Nairobi")
A_SALE = 400000


def now() -> datetime:
    return datetime.now(UTC).astimezone(NAIROBI).replace(microsecond=0)


async def look(person: Signed, day: str = "") -> Any:
    return await person.get(f"/daily-close?day={day}" if day else "/daily-close")


def sums(shown: Any) -> dict[tuple[str, str], int]:
    """By method and source, whoever took it."""
    found: dict[tuple[str, str], int] = {}
    for one in shown["takings"]:
        key = (one["method"], one["source"])
        found[key] = found.get(key, 0) + one["sum_minor"]
    return found


def line(method: str, expected: int, counted: int | None = None, **more: Any) -> dict[str, Any]:
    counted = expected if counted is None else counted
    return {"method": method, "expected_minor": expected, "counted_minor": counted} | more


async def close(person: Signed, lines: list[dict[str, Any]], **more: Any) -> Any:
    body = {"day": f"{now().date()}", "lines": lines} | more
    return await person.call("POST", "/daily-closes", json=body)


async def a_piece(person: Signed, database: Database) -> str:
    [variant] = await a_product(database, person.boutique, stock={"blue": {"M": 50}})
    return variant.id


async def test_the_day_adds_up_what_came_and_went_by_method_and_person(
    owner: Signed, staff: Signed, database: Database
) -> None:
    # given sales of two persons, one of them undone, an order, a debt paid in part, two refunds
    piece = await a_piece(owner, database)
    await sold(owner, piece, paid_by="cash")
    await sold(staff, piece, paid_by="cash", quantity=2)
    await sold(staff, piece, reference="TKR1AAAA11")
    slip = await sold(staff, piece, paid_by="cash")
    await staff.post(f"/counter-sales/{slip['id']}/undone")
    credit = await sold(staff, piece, paid_by="credit", buyer_name="Amina")
    await staff.post(f"/debts/{credit['id']}/payments", {"amount_minor": 150000, "method": "cash"})
    bought = await a_paid_order(database, owner.boutique)
    refund = {"number": 1, "amount_minor": 50000, "reason": "goodwill", "method": "cash"}
    await owner.post(f"{bought.path}/refunds", refund)
    refund |= {"number": 2, "amount_minor": 70000, "method": "mpesa", "reference": "TJK4A1B2C2"}
    await owner.post(f"{bought.path}/refunds", refund)

    shown = await look(owner)

    assert sums(shown) == {
        ("cash", "counter"): 3 * A_SALE,
        ("cash", "debt"): 150000,
        ("cash", "refund"): -50000,
        ("credit", "counter"): A_SALE,
        ("mpesa", "counter"): A_SALE,
        ("mpesa", "order"): bought.order.total_minor,
        ("mpesa", "refund"): -70000,
    }
    cash_of = {one["user_id"]: one["sum_minor"] for one in shown["takings"]
               if (one["method"], one["source"]) == ("cash", "counter")}  # fmt: skip
    assert cash_of == {owner.user_id: A_SALE, staff.user_id: 2 * A_SALE}
    assert {one["user_id"] for one in shown["people"]} == {owner.user_id, staff.user_id}


async def test_a_day_is_closed_with_its_differences_named(
    owner: Signed, staff: Signed, database: Database
) -> None:
    piece = await a_piece(owner, database)
    await sold(owner, piece, paid_by="cash")
    await sold(staff, piece, paid_by="cash")

    # when staff is counted alone and is short of 200, and a rider was paid from the drawer
    made = (
        await close(
            owner,
            [
                line("cash", 500000 + A_SALE - 20000),
                line("cash", A_SALE, A_SALE - 20000, user_id=staff.user_id, reason="wrong_change"),
                line("mpesa", 0),
            ],
            float_minor=500000,
            left_minor=300000,
            paid_out=[{"what": "Boda", "amount_minor": 20000}],
            note="Baraka gave change for 1,000",
        )
    ).json()

    # then it stands as it was, and tomorrow's drawer begins with what was left in it
    assert (made["version"], made["closed_by"], made["note"][:6]) == (1, owner.user_id, "Baraka")
    assert [(one["user_id"], one["counted_minor"] - one["expected_minor"], one["reason"])
            for one in made["lines"]] == [
        (None, 0, None), (staff.user_id, -20000, "wrong_change"), (None, 0, None),
    ]  # fmt: skip
    shown = await look(owner)
    assert (shown["latest"]["id"], shown["changed"]) == (made["id"], [])
    assert (await owner.get("/daily-closes"))["items"] == [made]
    assert await owner.get(f"/daily-closes/{made['id']}") == made


async def test_the_float_is_what_the_last_day_left(owner: Signed, superuser_url: str) -> None:
    made = (await close(owner, [line("cash", 0, 300000, reason="not_written_down"),
                                line("mpesa", 0)], left_minor=300000)).json()  # fmt: skip
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update daily_closes set day = day - 3 where id = %s", (made["id"],))

    assert (await look(owner))["float_minor"] == 300000


async def test_money_that_comes_after_the_close_is_told_and_closed_again(
    owner: Signed, database: Database
) -> None:
    # given a day that was closed, and a sale after it
    piece = await a_piece(owner, database)
    first = (await close(owner, [line("cash", 0), line("mpesa", 0)])).json()
    await sold(owner, piece, paid_by="cash")

    # then it is told, and what was written stays
    shown = await look(owner)
    assert shown["changed"] == [{"method": "cash", "sum_minor": A_SALE}]
    assert shown["latest"] == first

    # when she closes again
    again = await close(owner, [line("cash", A_SALE), line("mpesa", 0)], after_version=1)

    # then there are two versions, and the list shows the later
    assert again.json()["version"] == 2
    assert (await look(owner))["changed"] == []
    assert [one["version"] for one in (await owner.get("/daily-closes"))["items"]] == [2]
    of_day = await owner.get(f"/daily-closes?day={now().date()}")
    assert [one["version"] for one in of_day["items"]] == [2, 1]


async def test_takings_that_changed_while_she_counted_close_nothing(
    owner: Signed, database: Database
) -> None:
    piece = await a_piece(owner, database)
    counted = [line("cash", 0), line("mpesa", 0)]
    await sold(owner, piece, paid_by="cash")

    answer = await close(owner, counted)

    assert (answer.status_code, answer.json()["code"]) == (409, "takings_changed")
    assert (await look(owner))["latest"] is None


async def test_two_who_close_at_once_make_one_version(owner: Signed, staff: Signed) -> None:
    counted = [line("cash", 0), line("mpesa", 0)]

    answers = await asyncio.gather(*(close(one, counted) for one in (owner, staff)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert (await close(owner, counted, after_version=7)).status_code == 409  # there is no 7
    assert len((await owner.get(f"/daily-closes?day={now().date()}"))["items"]) == 1


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        ([line("cash", 0)], {}),  # M-Pesa was not counted
        ([line("cash", 0), line("cash", 0), line("mpesa", 0)], {}),
        ([line("cash", 0, 100), line("mpesa", 0)], {}),  # a difference without a reason
        ([line("cash", 0, reason="spent"), line("mpesa", 0)], {}),
        ([line("cash", 0), line("mpesa", 0),
          line("cash", 0, user_id="00000000-0000-4000-8000-000000000001")], {}),  # who is that?
        ([line("cash", 0), line("mpesa", 0)], {"day": "2100-01-01"}),
        ([line("cash", 0), line("mpesa", 0)], {"day": "2020-01-01"}),
        ([line("cash", 0), line("mpesa", 0)], {"float_minor": -1}),
    ],
)  # fmt: skip
async def test_what_is_no_close_is_told_and_closes_nothing(
    owner: Signed, lines: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    answer = await close(owner, lines, **more)

    assert answer.status_code == 422
    assert (await owner.get("/daily-closes"))["items"] == []


async def test_the_statement_says_what_to_count_and_names_the_difference(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given two sales and an order that were paid by M-Pesa
    piece = await a_piece(owner, database)
    await sold(owner, piece, reference="TKA1111111")
    slip = await sold(owner, piece, reference="TKA2222222")
    bought = await a_paid_order(database, owner.boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = 'TKA3333333'")

    # when the statement tells of them, that M-Pesa took the order's back, of money nobody knows,
    # and of her own; and one sale is undone
    at = now()
    moves = [
        Moved("TKA1111111", at, "Merchant Payment", A_SALE),
        Moved("TKA2222222", at, "Merchant Payment", A_SALE),
        Moved("TKA3333333", at, "Merchant Payment", bought.order.total_minor),
        Moved("TKA3333334", at, "Transaction Reversal of TKA3333333", -bought.order.total_minor,
              "", "TKA3333333"),
        Moved("TKA4444444", at, "Merchant Payment", 30000),
        Moved("TKA5555555", at, "Customer Payment", 990000),
        Moved("TKA6666666", at, "Merchant Payment", 11100),
        Moved("TKA6666667", at, "Transaction Reversal of TKA6666666", -11100, "", "TKA6666666"),
    ]  # fmt: skip
    file = ("may.csv", as_csv("Zuri", moves))
    await owner.call("POST", "/statements", files={"file": file})
    await owner.post(f"/counter-sales/{slip['id']}/undone")
    [own] = [one for one in (await owner.get("/statement-lines?state=left"))["items"]
             if one["amount_minor"] == 990000]  # fmt: skip
    await owner.post(f"/statement-lines/{own['id']}/set-aside", {"reason": "personal"})

    shown = await look(owner)

    # then what stayed is what is expected and what is named beside it
    expected = sum(minor for (method, _), minor in sums(shown).items() if method == "mpesa")
    statement = shown["statement"]
    assert expected == A_SALE
    assert statement["unclaimed"] == {"payments": 1, "sum_minor": 30000}
    assert statement["undone"] == {"payments": 1, "sum_minor": A_SALE}
    assert statement["missing"] == {"payments": 0, "sum_minor": 0}
    assert statement["received_minor"] == expected + 30000 + A_SALE
    assert datetime.fromisoformat(statement["until"]) == at


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happened_the_statement_is_the_takings_and_what_is_named(
    owner: Signed, database: Database, superuser_url: str, seed: int
) -> None:
    """Sales and money of two days: on one of them only, undone, taken back, set aside, unknown."""
    rng = random.Random(seed)
    piece = await a_piece(owner, database)
    today = now().replace(hour=0, minute=0, second=0)

    def some_time() -> datetime:
        return today - timedelta(days=rng.randint(0, 1)) + timedelta(seconds=rng.randint(0, 60))

    moves: list[Moved] = []
    sales: list[Any] = []
    for number in range(12):
        receipt = f"TKA{seed}{number:03}AB"
        sale = await sold(owner, piece, reference=receipt, quantity=rng.randint(1, 2))
        sales.append(sale)
        with psycopg.connect(superuser_url) as conn:
            conn.execute(
                "update counter_sales set created_at = %s where id = %s", (some_time(), sale["id"])
            )
        if rng.random() < 0.7:
            moves.append(Moved(receipt, some_time(), "Merchant Payment", sale["total_minor"]))
        if rng.random() < 0.3:
            unknown = f"TKB{seed}{number:03}AB"
            moves.append(Moved(unknown, some_time(), "Merchant Payment", rng.randint(1, 99999)))
    for number, move in enumerate(list(moves)):
        if rng.random() < 0.25:
            at = max(move.at, some_time())
            text = f"Transaction Reversal of {move.receipt}"
            back = Moved(f"TKC{seed}{number:03}AB", at, text, -move.cents, "", move.receipt)
            moves.append(back)
    await owner.call("POST", "/statements", files={"file": ("may.csv", as_csv("Zuri", moves))})
    with psycopg.connect(superuser_url) as conn:
        for sale in rng.sample(sales, 3):
            conn.execute(
                "update counter_sales set undone_at = now(), undone_by = sold_by where id = %s",
                (sale["id"],),
            )
    for left in (await owner.get("/statement-lines?state=left"))["items"][:1]:
        await owner.post(f"/statement-lines/{left['id']}/set-aside", {"reason": "personal"})

    for day in (today, today - timedelta(days=1)):
        shown = await look(owner, f"{day.date()}")
        taken = sum(minor for (method, _), minor in sums(shown).items() if method == "mpesa")
        said = shown["statement"]
        named = sum(
            said[one]["sum_minor"] for one in ("unclaimed", "undone", "of_other_days", "differs")
        )
        assert said["received_minor"] == taken - said["missing"]["sum_minor"] + named


async def test_a_day_ends_at_the_boutiques_midnight(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a sale a second before the boutique's midnight, and one at it
    piece = await a_piece(owner, database)
    midnight = now().replace(hour=0, minute=0, second=0)
    late, early = [await sold(owner, piece, paid_by="cash", quantity=n) for n in (1, 2)]
    with psycopg.connect(superuser_url) as conn:
        for sale, at in ((late, midnight - timedelta(seconds=1)), (early, midnight)):
            conn.execute("update counter_sales set created_at = %s where id = %s", (at, sale["id"]))

    yesterday = f"{(midnight - timedelta(days=1)).date()}"
    assert sums(await look(owner, yesterday)) == {("cash", "counter"): A_SALE}
    assert sums(await look(owner)) == {("cash", "counter"): 2 * A_SALE}


async def test_another_shops_day_is_its_own(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    piece = await a_piece(owner, database)
    await sold(owner, piece, paid_by="cash")
    await a_paid_order(database, owner.boutique)
    made = (await close(owner, [line("cash", A_SALE), line("mpesa", 3 * PRICE)])).json()

    shown = await look(stranger)

    assert (shown["takings"], shown["latest"], shown["people"]) == ([], None, [])
    assert (await stranger.get("/daily-closes"))["items"] == []
    answer = await stranger.call("GET", f"/daily-closes/{made['id']}")
    assert answer.status_code == 404
