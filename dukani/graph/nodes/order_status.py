"""Says how her last order stands."""

from __future__ import annotations

from typing import Literal

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, NoOrders, OrderStatus
from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.graph.context import Context
from dukani.graph.state import State, rest, said
from dukani.tools.lines import as_lines

Standing = Literal[
    "awaiting_payment", "payment_failed", "paid", "dispatched", "delivered", "returned",
    "cancelled", "needs_review",
]  # fmt: skip


async def order_status(state: State, runtime: Runtime[Context]) -> State:
    context = runtime.context
    order = await orders.latest(context.conn, customer_id=context.customer.id)
    fact: Fact = NoOrders()
    if order is not None:
        items = await orders.items(context.conn, order_id=order.id)
        fact = OrderStatus(
            order_number=order.number,
            state=standing(order),
            total_minor=order.total_minor,
            lines=as_lines(items),
        )
    return {"acts": rest(state), "facts": said(state, fact)}


def standing(order: Order) -> Standing:
    """One word for the three statuses of an order."""
    if order.payment_status == "needs_review":
        return "needs_review"
    if order.status == "cancelled":
        return "cancelled"
    match order.fulfilment_status:
        case "dispatched" | "delivered" | "returned" as arrived:
            return arrived
    if order.payment_status == "paid":
        return "paid"
    return "payment_failed" if order.payment_status == "failed" else "awaiting_payment"
