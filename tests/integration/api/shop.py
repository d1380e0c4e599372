"""A shop with an order, for the tests of the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from dukani.core.database import Database
from dukani.core.store import carts
from dukani.core.store.orders import Order
from dukani.tools import orders as order_tools
from dukani.tools.orders import Delivery
from tests.factories import Variant, a_conversation, a_customer, a_product, put_in_cart
from tests.integration.api.conftest import Signed


@dataclass(frozen=True, slots=True)
class Placed:
    order: Order
    variant: Variant
    conversation_id: str


async def an_order(database: Database, boutique: str, *, units: int = 5) -> Placed:
    """An order of one piece, of which there were `units`, not paid yet."""
    [variant] = await a_product(database, boutique, stock={"blue": {"M": units}}, name="Amani")
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    await put_in_cart(database, boutique, customer, variant)
    async with database.tenant_connection(boutique) as conn:
        order = await order_tools.place(
            conn,
            boutique_id=boutique,
            customer_id=customer,
            conversation_id=conversation,
            currency="KES",
            delivery=Delivery("Kilimani"),
            delivery_minor=0,
            items=await carts.items(conn, customer_id=customer),
        )
    return Placed(order, variant, conversation)


def set_order(superuser_url: str, order: Order, **columns: str) -> None:
    """Put an order into a state that others bring about."""
    changes = psycopg.sql.SQL(", ").join(
        psycopg.sql.SQL("{} = {}").format(psycopg.sql.Identifier(name), value)
        for name, value in columns.items()
    )
    with psycopg.connect(superuser_url) as conn:
        statement = psycopg.sql.SQL("update orders set {} where id = {}")
        conn.execute(statement.format(changes, order.id))


def pay(superuser_url: str, order: Order) -> None:
    set_order(superuser_url, order, status="confirmed", payment_status="paid", paid_at="now")


async def sold(person: Signed, variant_id: str, *, quantity: int = 1, **fields: Any) -> Any:
    """A sale over the counter, of one piece at 4,000."""
    item = {"variant_id": variant_id, "quantity": quantity, "unit_price_minor": 400000}
    return await person.post("/counter-sales", {"items": [item], "paid_by": "mpesa"} | fields)
