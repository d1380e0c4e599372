"""A page of figures equals the rows at every moment: before a day is written, after it, and after
something of it has changed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.settings import ModelPrice
from dukani.tools.daily_figures import write_boutique, write_every_boutique
from dukani.tools.figures import Figures, Period, figures
from tests.factories import a_boutique, a_customer
from tests.integration.store.figures.past import ZONE, PlainDay, plain_figures, write_past
from tests.wiring import some_services

PRICES = {"gemini-2.5-flash": ModelPrice(input_usd="0.30", output_usd="2.50")}  # type: ignore[arg-type]


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as services:
        yield services


async def a_past(database: Database, superuser_url: str, *, orders: int = 400) -> str:
    boutique = await a_boutique(database)
    until = datetime.now(UTC) - timedelta(minutes=5)
    write_past(superuser_url, boutique, orders=orders, days=45, until=until, customers=60)
    return boutique


async def page(database: Database, boutique: str, period: Period) -> Figures:
    async with database.tenant_connection(boutique) as conn:
        return await figures(conn, period, zone=ZONE, step="day", prices=PRICES)


def today() -> date:
    return datetime.now(ZONE).date()


def check(found: Figures, plain: dict[date, PlainDay]) -> None:
    """All of the page, and each of its days."""
    days = [plain.get(point.first, PlainDay()) for point in found.points]
    for point, day in zip(found.points, days, strict=True):
        assert (point.orders, point.orders_minor) == (day.orders, day.orders_minor)
        assert (point.counter_sales, point.counter_minor) == (day.counter_sales, day.counter_minor)
        assert (point.refunds_minor, point.sessions) == (day.refunds_minor, day.sessions)
        assert point.paid == day.stages[4]
    now = found.now
    for name in ("orders", "orders_minor", "alone", "counter_sales", "counter_minor", "refunds",
                 "refunds_minor", "sessions", "misunderstood"):  # fmt: skip
        assert getattr(now, name) == sum(getattr(day, name) for day in days), name
    stages = [sum(day.stages[nth] for day in days) for nth in range(5)]
    assert [now.sessions, now.shown, now.in_cart, now.quoted, now.paid] == stages
    assert now.buyers == len(set().union(*(day.buyers for day in days)))
    assert now.first_buyers == sum(len(day.first_buyers) for day in days)
    for kind in found.kinds:
        sold = [day.kinds.get(kind.category, (0, 0)) for day in days]
        assert (kind.pieces, kind.minor) == (sum(s[0] for s in sold), sum(s[1] for s in sold))
    assert sum(one.input_tokens for one in found.models) == sum(day.input_tokens for day in days)
    for nth in range(6):
        answered = sum(day.assistant_answers[nth] for day in days)
        assert now.assistant_answers[nth] == answered
        assert now.person_answers[nth] == sum(day.person_answers[nth] for day in days)


async def test_a_page_equals_the_rows_before_and_after_its_days_are_written(
    services: Services, superuser_url: str
) -> None:
    # given a past, of which nothing is written, and one shop beside it
    database = services.database
    boutique = await a_past(database, superuser_url)
    await a_past(database, superuser_url, orders=40)
    plain = plain_figures(superuser_url, boutique)
    period = Period(today() - timedelta(days=30), today())

    # when it is read, and read again once its days are written
    before = await page(database, boutique, period)
    assert await write_boutique(services, boutique_id=boutique, zone=ZONE) > 40
    after = await page(database, boutique, period)

    # then both equal the rows, and there is nothing left to write
    check(before, plain)
    check(after, plain)
    assert before == after
    assert sum(day.orders for day in plain.values()) > 200
    assert await write_boutique(services, boutique_id=boutique, zone=ZONE) == 0


CHANGES = {
    "a sale in the shop is undone": """
      update counter_sales set undone_at = now(), undone_by = gen_random_uuid()
      where id in (select id from counter_sales where boutique_id = %(b)s and undone_at is null
        and created_at < now() - interval '3 days' order by created_at limit 5)""",
    "an order turns out to be paid on an earlier day": """
      update orders set payment_status = 'paid', status = 'confirmed',
        paid_at = created_at + interval '1 hour'
      where id in (select id from orders where boutique_id = %(b)s and payment_status = 'unpaid'
        and created_at < now() - interval '3 days' order by created_at limit 5)""",
    "an order was not paid after all": """
      update orders set payment_status = 'needs_review', paid_at = null
      where id in (select id from orders where boutique_id = %(b)s and payment_status = 'paid'
        and paid_at < now() - interval '3 days' order by paid_at limit 5)""",
    "two customers are one": """
      with two as (select customer_id from orders where boutique_id = %(b)s and paid_at is not null
        group by customer_id order by min(paid_at) limit 2),
      one as (select max(customer_id::text)::uuid as kept, min(customer_id::text)::uuid as gone
        from two),
      in_the_shop as (update counter_sales s set customer_id = one.kept from one
        where s.boutique_id = %(b)s and s.customer_id = one.gone)
      update orders o set customer_id = one.kept from one
      where o.boutique_id = %(b)s and o.customer_id = one.gone""",
    "a person comes into a talk of an earlier day": """
      update chat_sessions set with_person = true
      where boutique_id = %(b)s and started_at < now() - interval '3 days'
        and not with_person and turns = 3""",
    "a customer is gone, with her talks": """
      with her as (select id from conversations where boutique_id = %(b)s order by id limit 1),
      apart as (update orders set conversation_id = null
        where conversation_id in (select id from her))
      delete from chat_sessions where conversation_id in (select id from her)""",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
async def test_a_page_follows_what_changes_an_earlier_day(
    services: Services, superuser_url: str, change: str
) -> None:
    # given days that are written
    database = services.database
    boutique = await a_past(database, superuser_url)
    await write_boutique(services, boutique_id=boutique, zone=ZONE)
    period = Period(today() - timedelta(days=45), today())
    before = await page(database, boutique, period)

    # when something of them changes
    with psycopg.connect(superuser_url) as conn:
        assert conn.execute(change.encode(), {"b": boutique}).rowcount > 0

    # then the page has it at once, and still when the days are written anew
    plain = plain_figures(superuser_url, boutique)
    at_once = await page(database, boutique, period)
    check(at_once, plain)
    assert at_once != before
    assert await write_boutique(services, boutique_id=boutique, zone=ZONE) > 0
    check(await page(database, boutique, period), plain)
    assert await write_boutique(services, boutique_id=boutique, zone=ZONE) == 0


async def test_a_day_is_written_only_once_it_is_long_over(
    services: Services, superuser_url: str
) -> None:
    boutique = await a_past(services.database, superuser_url, orders=60)
    midnight = datetime(today().year, today().month, today().day, tzinfo=ZONE)

    await write_boutique(
        services, boutique_id=boutique, zone=ZONE, now=midnight + timedelta(minutes=90)
    )

    assert await last_written(services.database, boutique) == today() - timedelta(days=2)
    await write_boutique(
        services, boutique_id=boutique, zone=ZONE, now=midnight + timedelta(minutes=130)
    )
    assert await last_written(services.database, boutique) == today() - timedelta(days=1)


async def last_written(database: Database, boutique: str) -> date:
    async with database.tenant_connection(boutique) as conn:
        cursor = await conn.execute(b"select max(on_day) as last from daily_figures")
        row = await cursor.fetchone()
    assert row is not None
    return row["last"]  # type: ignore[no-any-return]


async def test_answers_outlive_their_messages(services: Services, superuser_url: str) -> None:
    # given written days, whose messages are not kept any longer
    database = services.database
    boutique = await a_past(database, superuser_url)
    await write_boutique(services, boutique_id=boutique, zone=ZONE)
    period = Period(today() - timedelta(days=40), today() - timedelta(days=10))
    before = await page(database, boutique, period)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("delete from messages where boutique_id = %s", (boutique,))
        conn.execute("update chat_sessions set turns = turns where boutique_id = %s", (boutique,))

    # when the days are written anew
    assert await write_boutique(services, boutique_id=boutique, zone=ZONE) > 0

    # then how fast was answered is still known
    assert sum(before.now.assistant_answers) > 0
    assert (await page(database, boutique, period)).now == before.now


async def test_another_time_zone_has_other_days(services: Services, superuser_url: str) -> None:
    database = services.database
    boutique = await a_past(database, superuser_url, orders=60)
    await write_boutique(services, boutique_id=boutique, zone=ZONE)

    with psycopg.connect(superuser_url) as conn:
        conn.execute("update boutiques set timezone = 'Africa/Lagos' where id = %s", (boutique,))

    async with database.tenant_connection(boutique) as conn2:
        cursor = await conn2.execute(b"select count(*) as days from daily_figures")
        row = await cursor.fetchone()
    assert row is not None and row["days"] == 0


async def test_who_buys_where_midnight_comes_twice_buys_for_the_first_time_once(
    database: Database, superuser_url: str
) -> None:
    # given a shop on the Azores, where clocks go back from 1 to 0 o'clock
    zone = ZoneInfo("Atlantic/Azores")
    boutique = await a_boutique(database, timezone=zone.key)
    customer = await a_customer(database, boutique)
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half past midnight, of summer time
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into orders (boutique_id, number, customer_id, currency, items_minor,"
            " delivery_minor, address, status, payment_status, created_at, paid_at)"
            " values (%s, 'NA0001', %s, 'EUR', 100, 0, 'Ponta', 'confirmed', 'paid', %s, %s)",
            (boutique, customer, at, at),
        )

    # when the figures of that day are read
    day = date(2026, 10, 25)
    async with database.tenant_connection(boutique) as tenant:
        found = await figures(tenant, Period(day, day), zone=zone, step="day", prices=PRICES)

    # then she is new
    assert (found.now.orders, found.now.first_buyers) == (1, 1)


async def test_a_shop_that_cannot_be_counted_keeps_no_other_back(
    services: Services, superuser_url: str
) -> None:
    # given shops with a past, of which one cannot be written
    shops = [await a_past(services.database, superuser_url, orders=20) for _ in range(3)]
    ill = shops[1]
    with psycopg.connect(superuser_url) as conn:
        conn.execute(f"alter table daily_kinds add check (boutique_id <> '{ill}')".encode())

    # when all are written
    with pytest.raises(psycopg.errors.CheckViolation):
        await write_every_boutique(services)

    # then the others have their days
    with psycopg.connect(superuser_url) as conn:
        rows = conn.execute("select distinct boutique_id::text from daily_figures").fetchall()
    assert {row[0] for row in rows} == set(shops) - {ill}
