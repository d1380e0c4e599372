"""Paid orders of several pieces, for the tests of sending and refunding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from dukani.core.database import Connection, Database
from dukani.core.store import carts, payments
from dukani.core.store.orders import Order
from dukani.tools import orders as order_tools
from dukani.tools.orders import Delivery
from dukani.tools.payments import settlement
from dukani.tools.payments.judgement import Result
from tests.factories import Variant, a_conversation, a_customer, a_product
from tests.integration.api.conftest import Signed

PRICE = 450_000


@dataclass(frozen=True, slots=True)
class Bought:
    """A paid order of two Amani (M) and one Zawadi (38); five of each were in the shop."""

    order: Order
    amani: Variant
    zawadi: Variant
    customer_id: str
    conversation_id: str

    @property
    def path(self) -> str:
        return f"/orders/{self.order.id}"


async def a_paid_order(database: Database, boutique: str, *, delivery_minor: int = 0) -> Bought:
    """Placed, and paid by M-Pesa as a chat's turn settles it."""
    [amani] = await a_product(database, boutique, stock={"blue": {"M": 5}}, name="Amani")
    [zawadi] = await a_product(database, boutique, stock={"red": {"38": 5}}, name="Zawadi")
    customer = await a_customer(database, boutique)
    chat = await a_conversation(database, boutique, customer)
    async with database.tenant_connection(boutique) as conn:
        cart = await carts.open_cart(conn, boutique_id=boutique, customer_id=customer)
        wanted = [(amani.id, 2, PRICE), (zawadi.id, 1, PRICE)]
        await carts.replace_items(conn, cart_id=cart, items=wanted)
        order = await order_tools.place(
            conn, boutique_id=boutique, customer_id=customer, conversation_id=chat,
            currency="KES", delivery=Delivery("Kilimani"), delivery_minor=delivery_minor,
            items=await carts.items(conn, customer_id=customer),
        )  # fmt: skip
        await _pay(conn, boutique, order, receipt=f"R{order.number}")
    return Bought(order, amani, zawadi, customer, chat)


async def pay_again(database: Database, boutique: str, bought: Bought) -> None:
    """The customer answers a second prompt as well."""
    async with database.tenant_connection(boutique) as conn:
        await _pay(conn, boutique, bought.order, receipt=f"S{bought.order.number}")


async def _pay(conn: Connection, boutique: str, order: Order, *, receipt: str) -> None:
    attempt = await payments.add(
        conn, boutique_id=boutique, order_id=order.id, provider="daraja",
        phone="+254722000009", amount_minor=order.total_minor, callback_token=receipt,
    )  # fmt: skip
    assert attempt is not None
    result = Result(code="0", amount_minor=order.total_minor, receipt=receipt)
    await settlement.settle(conn, boutique_id=boutique, payment_id=attempt, result=result)


async def items_of(person: Signed, bought: Bought) -> dict[str, dict[str, Any]]:
    """The order's items by the names of their pieces."""
    return {item["name"]: item for item in (await person.get(bought.path))["items"]}


async def available(person: Signed, variant: Variant) -> int:
    """What the shop can still sell of a variant."""
    shown = await person.get(f"/products/{variant.product_id}")
    return next(int(v["available"]) for v in shown["variants"] if v["id"] == variant.id)


def close_the_window(superuser_url: str) -> None:
    """Make the customers' last messages a day old."""
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")
