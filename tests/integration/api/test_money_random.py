"""Days of all kinds of money: each agrees with its statement, and the days with the whole."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
import pytest

from dukani.core.database import Database
from dukani.sandbox.statement import Moved
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import sold
from tests.integration.api.shop_orders import a_paid_order
from tests.integration.api.test_daily_closes_api import a_piece, look, now
from tests.integration.api.test_money_cases import agrees, mpesa, upload


@dataclass
class TwoDays:
    """Sales, debts and orders of today and yesterday; `undo` are sales to be undone afterwards."""

    today: datetime
    moves: list[Moved]
    undo: list[str]


async def two_days(
    owner: Signed, database: Database, superuser_url: str, rng: random.Random, *, share: float
) -> TwoDays:
    """Of all their money a statement has the `share`."""
    piece = await a_piece(owner, database)
    today = now().replace(hour=0, minute=0, second=0)

    def t() -> datetime:
        return today - timedelta(days=rng.randint(0, 1)) + timedelta(seconds=rng.randint(0, 60))

    def sql(text: str, *values: object) -> None:
        with psycopg.connect(superuser_url) as conn:
            conn.execute("set session_replication_role = replica")
            conn.execute(text.encode(), values)

    n = 0

    def receipt() -> str:
        nonlocal n
        n += 1
        return f"T{n:07}AB"

    moves: list[Moved] = []

    def line(code: str, cents: int, text: str = "Merchant Payment", linked: str = "") -> None:
        if rng.random() < share:
            moves.append(Moved(code, t(), text, cents, "", linked))

    undo: list[str] = []
    for _ in range(3):
        code = receipt()
        sale = await sold(owner, piece, reference=code)
        sql("update counter_sales set created_at = %s where id = %s", t(), sale["id"])
        line(code, sale["total_minor"])
        if rng.random() < 0.3:
            line(receipt(), -sale["total_minor"], f"Reversal of {code}", code)
        if rng.random() < 0.3:
            undo.append(sale["id"])
    for _ in range(2):
        credit = await sold(owner, piece, paid_by="credit", buyer_name="Amina")
        for minor in (1000, 2500):
            code = receipt()
            await owner.post(
                f"/debts/{credit['id']}/payments",
                {"amount_minor": minor, "method": "mpesa", "reference": code},
            )
            sql("update debt_payments set created_at = %s where reference = %s", t(), code)
            line(code, minor)
            if rng.random() < 0.3:
                line(receipt(), -minor, f"Reversal of {code}", code)
    for _ in range(3):
        code = receipt()
        bought = await a_paid_order(database, owner.boutique)
        total = bought.order.total_minor
        sql(
            "update payments set receipt = %s, resolved_at = %s where order_id = %s",
            code,
            t(),
            bought.order.id,
        )
        line(code, total)
        kind = rng.choice(["none", "reversed", "refund", "refund_by_reversal", "returned", "cash"])
        back = receipt()
        if kind in ("refund", "refund_by_reversal", "returned", "cash"):
            await owner.post(
                f"{bought.path}/refunds",
                {
                    "number": 1,
                    "amount_minor": total,
                    "reason": "late",
                    "method": "cash" if kind == "cash" else "mpesa",
                    "reference": back,
                },
            )
            sql("update refunds set created_at = %s where order_id = %s", t(), bought.order.id)
        if kind in ("reversed", "refund_by_reversal"):
            line(back, -total, f"Reversal of {code}", code)
        if kind in ("refund", "returned"):
            line(back, -total, "Business Payment")
        if kind == "returned":
            line(receipt(), total, f"Reversal of {back}", back)
    for _ in range(3 if share < 1 else 0):
        line(receipt(), rng.randint(1, 9999))
    return TwoDays(today, moves, undo)


@pytest.mark.parametrize("seed", range(6))
async def test_each_day_agrees_with_its_statement_and_what_is_named(
    owner: Signed, database: Database, superuser_url: str, seed: int
) -> None:
    told = await two_days(owner, database, superuser_url, random.Random(seed), share=0.8)
    if told.moves:
        await upload(owner, *told.moves)
    for one in told.undo:
        with psycopg.connect(superuser_url) as conn:
            conn.execute("set session_replication_role = replica")
            conn.execute(
                "update counter_sales set undone_at = now(), undone_by = sold_by where id = %s",
                (one,),
            )
    for left in (await owner.get("/statement-lines?state=left"))["items"][:1]:
        await owner.post(f"/statement-lines/{left['id']}/set-aside", {"reason": "personal"})
    for day in (told.today, told.today - timedelta(days=1)):
        shown = await look(owner, f"{day.date()}")
        assert agrees(shown), (mpesa(shown), shown["statement"], shown["takings"])


@pytest.mark.parametrize("seed", range(6))
async def test_the_days_are_the_whole_statement(
    owner: Signed, database: Database, superuser_url: str, seed: int
) -> None:
    told = await two_days(owner, database, superuser_url, random.Random(seed), share=1)
    await upload(owner, *told.moves)
    days = [
        await look(owner, f"{day.date()}") for day in (told.today, told.today - timedelta(days=1))
    ]
    assert sum(mpesa(one) for one in days) == sum(one.cents for one in told.moves), [
        d["takings"] for d in days
    ]
    assert sum(one["statement"]["received_minor"] for one in days) == sum(
        one.cents for one in told.moves
    )
