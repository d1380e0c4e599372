"""The month that a demo's boutique has behind it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from dukani.core import days
from dukani.core.audit.running import audit
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.services import Services
from dukani.core.store import boutiques, debtors, left_carts, payment_list, statements
from dukani.core.store.payment_list import Wanted
from dukani.core.store.today import today
from dukani.demo_people import add_demo_people
from dukani.sandbox.accounts import ZURI
from dukani.sandbox.catalogue import demo_boutiques
from dukani.sandbox.history import past
from dukani.sandbox.history.filling import add_history
from dukani.sandbox.history.leaving import AGES, NEARLY
from dukani.sandbox.journal import Journal
from dukani.sandbox.models import TillPayment
from dukani.sandbox.seed import add_boutique, add_products
from dukani.sandbox.statement import Moved, as_csv
from dukani.tools import daily_closes
from dukani.tools.statements import importing
from dukani.tools.statements.reading import read_statement
from tests.copies import copy_of
from tests.wiring import jobs, rows, some_services

DAYS = 12
KEY = new_key()  # what was sealed while the month was written is opened in each copy


@dataclass(frozen=True, slots=True)
class Written:
    """Where a month was written, and what is known of the shop before."""

    database_name: str
    folder: Path
    boutique_id: str
    stock_before: dict[str, int]
    began: datetime  # when its past was made: whatever bears a later time was not moved there


@dataclass
class Month:
    services: Services
    boutique_id: str
    stock_before: dict[str, int]
    began: datetime

    async def rows(self, table: str) -> list[dict[str, Any]]:
        return await rows(self.services, table)


@pytest.fixture(scope="module")
def written(
    server: EmbeddedServer, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Written]:
    with copy_of(server, template) as name:
        yield asyncio.run(write_month(server, name, tmp_path_factory.mktemp("written")))


async def write_month(server: EmbeddedServer, name: str, folder: Path) -> Written:
    zuri = next(one for one in demo_boutiques() if one.slug == "zuri")
    few = zuri.model_copy(update={"products": zuri.products[:30]})
    async with open_month(server, name, folder) as services:
        boutique_id = await add_boutique(services, few, ZURI)
        assert boutique_id is not None
        await add_products(services, boutique_id, few)
        await add_demo_people(services)
        stock_before = {
            str(v["id"]): v["quantity"] for v in await rows(services, "product_variants")
        }
        began = datetime.now(UTC)
        await add_history(services)
    return Written(name, folder, boutique_id, stock_before, began)


@asynccontextmanager
async def open_month(server: EmbeddedServer, name: str, folder: Path) -> AsyncIterator[Services]:
    values: dict[str, Any] = {
        "sandbox": {"history_days": DAYS},
        "security": {"encryption_keys": [KEY]},
    }
    async with (
        Database(server.url(name)) as database,
        some_services(database, folder, **values) as services,
    ):
        yield services


@pytest.fixture
async def month(server: EmbeddedServer, written: Written, tmp_path: Path) -> AsyncIterator[Month]:
    """The month that was written once, in a database and a folder of the test's own."""
    shutil.copytree(written.folder, tmp_path, dirs_exist_ok=True)
    with copy_of(server, written.database_name) as name:
        async with open_month(server, name, tmp_path) as services:
            yield Month(services, written.boutique_id, written.stock_before, written.began)


async def test_the_months_statement_leaves_what_nobody_knows(month: Month) -> None:
    async with month.services.database.tenant_connection(month.boutique_id) as conn:
        [statement] = await statements.page(conn, after=None, limit=5)
        counts = await statements.counts(conn, statement_id=statement.id)
        sums = {one.state: one for one in await payment_list.sums(conn, Wanted())}

    assert statement.bad == []
    assert statement.created_at < month.began
    assert {"matched", "unclaimed", "reversed"} <= sums.keys()
    assert sums["unclaimed"].payments >= 2
    by_state = {one.state: one.sum_minor for one in counts if one.kind == "paid_in"}
    assert by_state["left"] == sums["unclaimed"].sum_minor
    assert {one.kind for one in counts} >= {"paid_in", "charge", "reversal"}


async def test_the_day_closes_to_the_shilling(month: Month) -> None:
    # given what M-Pesa's portal has since the month's statement
    state = month.services.settings.data_dir / "sandbox.json"
    told = [TillPayment.model_validate_json(body) for _, body in Journal(state).read("till")]
    async with month.services.database.tenant_connection(month.boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=month.boutique_id)
        assert boutique is not None
        zone = ZoneInfo(boutique.timezone)
        moves = [
            Moved(one.receipt, datetime.fromtimestamp(one.at, zone), "Merchant Payment", one.cents)
            for one in told
        ]
        data = as_csv(boutique.name, moves)
        read = read_statement(data, timezone=boutique.timezone, currency="KES")
        await importing.take_in(
            conn, read, digest=importing.digest_of(data), file_name="today.csv", imported_by=None
        )

        day = await daily_closes.look(conn, boutique, days.today(boutique.timezone))

    # then it is what the shop took, and nothing is left but a sale whose receipt nobody wrote down
    taken = sum(one.sum_minor for one in day.takings if one.method == "mpesa")
    assert day.statement.received_minor == taken
    assert day.statement.missing == day.statement.unclaimed


async def test_some_buyers_owe_and_one_has_paid_a_part(month: Month) -> None:
    async with month.services.database.tenant_connection(month.boutique_id) as conn:
        owing = await debtors.page(conn, age=None, after=None, limit=10)
    paid = await month.rows("debt_payments")

    assert len(owing) >= 2
    assert {one.customer_id is None for one in owing} == {True, False}
    assert all(one.since < month.began for one in owing)
    assert all(one["created_at"] < month.began for one in paid)


async def test_a_month_is_believable_and_right_to_the_last_shilling(month: Month) -> None:
    now = datetime.now(UTC)

    # orders, sales and messages lie in the days before now
    orders = await month.rows("orders")
    assert len(orders) >= DAYS
    for table in (
        "orders",
        "messages",
        "counter_sales",
        "payments",
        "audit_log",
        "stock_movements",
    ):
        times = [row["created_at"] for row in await month.rows(table)]
        assert times and max(times) <= month.began, table
        assert min(times) < now - timedelta(days=DAYS - 2), table
    events = await month.rows("domain_events")
    assert max(event["occurred_at"] for event in events) <= month.began

    # what is paid came in, and left the stock, once
    payments = await month.rows("payments")
    received = {p["order_id"]: p["received_minor"] for p in payments if p["status"] == "succeeded"}
    paid = [order for order in orders if order["payment_status"] == "paid"]
    assert {order["id"]: order["total_minor"] for order in paid} == received
    sold = [m for m in await month.rows("stock_movements") if m["reason"] == "sale"]
    items = await month.rows("order_items")
    paid_ids = {order["id"] for order in paid}
    assert sum(-m["delta"] for m in sold if m["order_id"]) == sum(
        item["quantity"] for item in items if item["order_id"] in paid_ids
    )
    # and the stock is what the ledger says, with something left of everything that was there
    left = {str(v["id"]): v["quantity"] for v in await month.rows("product_variants")}
    moved: dict[str, int] = {}
    for movement in await month.rows("stock_movements"):
        key = str(movement["variant_id"])
        moved[key] = moved.get(key, 0) + movement["delta"]
    assert left == {key: moved.get(key, 0) for key in left}
    assert all(left[key] > 0 for key, before in month.stock_before.items() if before > 2)

    # nobody is told anything of it today
    told = {m["status"] for m in await month.rows("messages")}
    assert {"received", "read"} <= told <= {"received", "read", "delivered"}
    assert await month.rows("conversation_events") == []
    # and nothing waits to be done but to learn what the buyers like
    assert {job["task_name"] for job in await jobs(month.services)} == {"renew_profile"}

    # an owner finds on her desk what waits
    async with month.services.database.tenant_connection(month.boutique_id) as conn:
        desk = await today(conn)
    assert (desk.chats_waiting, desk.to_review, desk.open_requests) == (2, 1, 2)
    assert desk.to_send > 0

    # and a boutique that has customers gets no second month
    before = len(await month.rows("messages"))
    await add_history(month.services)
    assert len(await month.rows("messages")) == before

    # nor can its opening be moved any more
    with pytest.raises(psycopg.errors.RaiseException, match="its past is written"):
        async with month.services.database.tenant_connection(month.boutique_id) as conn:
            await past.opened_before(conn, boutique_id=month.boutique_id, by=timedelta(days=1))


async def test_the_owners_list_came_in_during_the_month(month: Month) -> None:
    [one] = await month.rows("piece_imports")

    assert one["status"] == "imported"
    assert (one["new"], one["changed"], one["refused"]) == (0, 1, 2)
    assert one["unchanged"] > 20
    assert one["finished_at"] < month.began - timedelta(days=5)
    # and nothing of it moved the stock
    assert not [m for m in await month.rows("stock_movements") if m["reason"] == "adjustment"]


async def test_some_carts_of_the_last_days_were_left(month: Month) -> None:
    async with month.services.database.tenant_connection(month.boutique_id) as conn:
        left = await left_carts.page(conn, idle=timedelta(hours=24), after=None, limit=100)

    # beside those whose order was given up, which puts the pieces back
    ages = [month.began - one.changed_at for one in left]
    for wanted in AGES:
        assert any(_is_nearly(age, wanted) for age in ages), wanted
    assert all(one.total_minor > 0 and one.conversation_id for one in left)
    # and each was told of an hour later, so that the clock tells nothing of them today
    told = [e for e in await month.rows("domain_events") if e["kind"] == "cart_abandoned"]
    ages = [month.began - one["occurred_at"] for one in told]
    for wanted in AGES:
        assert any(_is_nearly(age, wanted - timedelta(hours=1)) for age in ages), wanted


def _is_nearly(age: timedelta, wanted: timedelta) -> bool:
    return wanted - NEARLY - timedelta(minutes=10) < age < wanted + timedelta(minutes=10)


async def test_rules_have_written_to_some_and_brought_orders(month: Month) -> None:
    sends = [one for one in await month.rows("automation_sends") if one["state"] != "queued"]
    sold = await month.rows("automation_sends where converted_at is not null")
    assert len(sends) >= 2 and sold
    # each at its hour of the past, in its order
    for one in sends:
        told = [one["created_at"], one["delivered_at"], one["clicked_at"], one["converted_at"]]
        told = [at for at in told if at is not None]
        assert told == sorted(told) and told[-1] < month.began
    # of orders that were paid, for their sums
    sales = {str(one["order_id"]): one for one in await rows_of_sales(month)}
    orders = {str(one["id"]): one for one in await month.rows("orders")}
    for order_id, sale in sales.items():
        assert orders[order_id]["payment_status"] == "paid"
        paid = orders[order_id]["total_minor"] - orders[order_id]["refunded_minor"]
        assert sale["amount_minor"] == paid


async def test_the_month_breaks_no_invariant(month: Month) -> None:
    report = await audit(month.services.database)

    assert (report.findings, report.unanswered) == ([], [])


async def rows_of_sales(month: Month) -> list[dict[str, Any]]:
    async with month.services.database.system_connection() as conn:
        return list(await (await conn.execute("select * from automation_conversions")).fetchall())
