"""Two years of a large shop, a million order lines: its page equals the rows, and costs no more
than the page of a shop with two months behind it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dukani.core.database import Connection, Database
from dukani.core.services import Services
from dukani.tools.daily_figures import write_boutique
from dukani.tools.figures import Period, figures
from tests.factories import a_boutique
from tests.integration.store.figures.past import ZONE, plain_figures, write_past
from tests.integration.store.figures.test_daily_figures import PRICES, check, page, today
from tests.wiring import some_services

pytestmark = pytest.mark.slow
ORDERS_A_DAY = 550  # of 2.5 lines each


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as services:
        yield services


async def a_shop(services: Services, superuser_url: str, *, days: int) -> str:
    boutique = await a_boutique(services.database)
    until = datetime.now(UTC) - timedelta(minutes=5)
    write_past(
        superuser_url,
        boutique,
        orders=ORDERS_A_DAY * days,
        days=days,
        until=until,
        customers=20_000,
    )
    await write_boutique(services, boutique_id=boutique, zone=ZONE)
    return boutique


async def test_a_page_of_a_million_lines_equals_the_rows_and_costs_no_more(
    services: Services, superuser_url: str
) -> None:
    # given shops with as many sales a day, one of two months and one of two years
    young = await a_shop(services, superuser_url, days=60)
    old = await a_shop(services, superuser_url, days=730)
    with psycopg.connect(superuser_url) as conn:
        row = conn.execute("select count(*) from order_items where boutique_id = %s", (old,))
        assert row.fetchone()[0] > 1_000_000  # type: ignore[index]

    # when a month and all of it are read
    month = Period(today() - timedelta(days=29), today())
    plain = plain_figures(superuser_url, old)

    # then all days are what the rows say
    check(await page(services.database, old, month), plain)
    check(await page(services.database, old, Period(today() - timedelta(days=740), today())), plain)
    # and a month costs what it costs in the young shop
    costs = [await _pages_read(services.database, shop, month) for shop in (young, old)]
    assert costs[1] < 1.5 * costs[0], costs


class _Counting:
    """A connection that adds up how many pages of the database its reads touch."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.pages = 0

    def cursor(self, **given: Any) -> Any:
        return _CountingCursor(self, given)

    async def execute(self, statement: bytes, params: Any = None) -> Any:
        await self._count(statement, params)
        return await self.conn.execute(statement, params)

    async def _count(self, statement: bytes, params: Any) -> None:
        explained = await self.conn.execute(
            b"explain (analyze, buffers, format json) " + statement, params
        )
        row = await explained.fetchone()
        assert row is not None
        plan = row["QUERY PLAN"][0]["Plan"]
        self.pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


class _CountingCursor:
    def __init__(self, counting: _Counting, given: dict[str, Any]) -> None:
        self._counting, self._given = counting, given

    async def __aenter__(self) -> _CountingCursor:
        self._cursor = self._counting.conn.cursor(**self._given)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._cursor.close()

    async def execute(self, statement: bytes, params: Any = None) -> None:
        await self._counting._count(statement, params)
        await self._cursor.execute(statement, params)

    async def fetchall(self) -> Any:
        return await self._cursor.fetchall()


async def _pages_read(database: Database, boutique: str, period: Period) -> int:
    async with database.tenant_connection(boutique) as conn:
        counting = _Counting(conn)
        await figures(counting, period, zone=ZONE, step="day", prices=PRICES)  # type: ignore[arg-type]
    assert isinstance(period.first, date)
    return counting.pages
