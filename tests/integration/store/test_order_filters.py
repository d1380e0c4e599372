"""The lists of orders hold exactly those whose status says so, whatever their columns."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import get_args

import psycopg

from dukani.core.database import Database
from dukani.core.store import order_list
from dukani.core.store.order_list import ListedOrder, OrderFilter
from dukani.core.store.orders import (
    FulfilmentStatus,
    OrderColumn,
    OrderPaymentStatus,
    RefundStatus,
)
from dukani.domain.order_states import is_in_review, may, status_of
from tests.factories import a_boutique, a_customer

BELONGS: dict[OrderFilter, Callable[[ListedOrder], bool]] = {
    "all": lambda _: True,
    "to_send": lambda order: "send" in may(order),
    "on_the_way": lambda order: (
        order.fulfilment_status in ("partly_dispatched", "dispatched")
        and order.refund_status != "all"
    ),
    "done": lambda order: (
        order.fulfilment_status in ("delivered", "returned") and order.refund_status != "all"
    ),
    "review": is_in_review,
    "unpaid": lambda order: order.status == "open",
    "cancelled": lambda order: status_of(order) == "cancelled",
    "refunded": lambda order: order.refund_status != "none",
}


def test_every_filter_is_tried() -> None:
    assert set(BELONGS) == set(get_args(OrderFilter))


async def test_each_list_holds_what_its_status_says(database: Database, superuser_url: str) -> None:
    # given an order in each combination of its columns, reachable or not
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    combinations = product(
        get_args(OrderColumn), get_args(OrderPaymentStatus), get_args(FulfilmentStatus),
        get_args(RefundStatus), (None, "oversold", "manual_claim"),
    )  # fmt: skip
    with psycopg.connect(superuser_url) as conn, conn.cursor() as cursor:
        cursor.executemany(
            """insert into orders (boutique_id, number, customer_id, currency, items_minor, address,
                 status, payment_status, fulfilment_status, refund_status, review_reason)
               values (%s, %s, %s, 'KES', 1, 'Kilimani', %s, %s, %s, %s, %s)""",
            [
                (boutique, f"DK-{n:04}", customer, *columns)
                for n, columns in enumerate(combinations)
            ],
        )
    async with database.tenant_connection(boutique) as conn:
        every = await order_list.page(conn, which="all", after=None, limit=10_000)
        assert len(every) == 3 * 5 * 5 * 3 * 3

        # when each list is read
        for which, belongs in BELONGS.items():
            listed = await order_list.page(conn, which=which, after=None, limit=10_000)

            # then it holds those and no others
            assert {o.number for o in listed} == {o.number for o in every if belongs(o)}, which


async def test_another_boutique_lists_none(database: Database, superuser_url: str) -> None:
    full, other = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, full)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            """insert into orders (boutique_id, number, customer_id, currency, items_minor, address)
               values (%s, 'DK-0001', %s, 'KES', 1, 'Kilimani')""",
            (full, customer),
        )
    async with database.tenant_connection(other) as conn:
        for which in get_args(OrderFilter):
            assert await order_list.page(conn, which=which, after=None, limit=9) == []


async def test_a_list_that_waits_for_somebody_has_an_index(database: Database) -> None:
    """The condition is that of a partial index, so that a long history costs nothing."""
    boutique = await a_boutique(database)
    indexes: dict[OrderFilter, str] = {
        "to_send": "orders_to_send",
        "on_the_way": "orders_on_the_way",
        "review": "orders_to_review",
        "unpaid": "orders_open",
        "cancelled": "orders_cancelled",
        "refunded": "orders_refunded",
    }
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("set local enable_seqscan = off")
        await conn.execute("set local enable_sort = off")
        for which, index in indexes.items():
            statement = order_list._LIST.format(which=order_list._FILTERS[which], after="")
            rows = await conn.execute(("explain " + statement).encode(), {"limit": 51})
            plan = "\n".join(next(iter(row.values())) for row in await rows.fetchall())
            assert index in plan, f"{which}: {plan}"
