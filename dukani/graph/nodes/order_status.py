"""Tells the status of an order, by default the last one and those that are still coming."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from langgraph.runtime import Runtime

from dukani.agent.facts import Fact, NoOrders, OrderStatus
from dukani.core.store import delivery_zones, orders, payments
from dukani.core.store.orders import Order
from dukani.domain.acts import AskShop, ViewOrder
from dukani.domain.acts import OrderStatus as AskStatus
from dukani.domain.shop_facts import ShopFacts
from dukani.graph.context import Context
from dukani.graph.state import State, Task, tasks_of, tasks_without, with_facts
from dukani.tools import cart
from dukani.tools.lines import as_lines
from dukani.tools.shop_answers import answer

Standing = Literal[
    "awaiting_payment", "payment_failed", "paid", "partly_dispatched", "dispatched", "delivered",
    "returned", "cancelled", "refunded", "needs_review",
]  # fmt: skip


# Orders of these days that are still on their way are told beside the last one.
RECENT = timedelta(days=14)
MOST_TOLD = 3
_ARRIVING = ("paid", "partly_dispatched", "dispatched")


async def order_status(state: State, runtime: Runtime[Context]) -> State:
    context, act = runtime.context, tasks_of(state, AskStatus)[0]
    others: list[Task] = tasks_without(state, act)
    meant = await _orders_meant(context, act)
    if not meant and act.order_ref is None and await _has_a_cart(context):
        return {"acts": [ViewOrder(), *others]}  # "show me my order" before there is one
    if not meant:
        return {"acts": others, "facts": with_facts(state, NoOrders())}
    told: list[Fact] = [await _told(context, order, brief=act.brief) for order in meant]
    told += await _how_long(state, context, meant[0])
    return {"acts": others, "facts": with_facts(state, *told)}


async def _told(context: Context, order: Order, *, brief: bool) -> OrderStatus:
    state = standing(order)
    return OrderStatus(
        order_number=order.number,
        state=state,
        total_minor=order.total_minor,
        lines=as_lines(await orders.items(context.conn, order_id=order.id)),
        note=order.note,
        fee_to_confirm=order.fee_to_confirm,
        address=order.address if state in _ARRIVING else "",
        brief=brief,
    )


async def _has_a_cart(context: Context) -> bool:
    return bool(await cart.current_items(context.conn, customer_id=context.customer.id))


async def _how_long(state: State, context: Context, order: Order) -> list[Fact]:
    """The shop's delivery times, for a paid order that has not been sent out."""
    if standing(order) != "paid":
        return []
    asked = AskShop(topic="delivery", place=order.zone or None)
    told = answer(
        asked,
        ShopFacts.read(context.boutique.shop_info),
        await delivery_zones.of_boutique(context.conn),
        language=context.language(state),
        flat_fee_minor=context.boutique.delivery_fee_minor,
    )
    return [told] if told.text or told.zone else []


async def _orders_meant(context: Context, act: AskStatus) -> list[Order]:
    """The order of that number, or paid with that code; else the last and those still coming."""
    if (named := await _order_named(context, act)) is not None:
        return [named]
    customer = context.customer.id
    last = await orders.latest(context.conn, customer_id=customer)
    if last is None:
        return []
    coming = await orders.on_their_way(context.conn, customer_id=customer, within=RECENT)
    return [last, *(order for order in coming if order.id != last.id)][:MOST_TOLD]


async def _order_named(context: Context, act: AskStatus) -> Order | None:
    if act.order_ref:
        named = await orders.by_number(
            context.conn, customer_id=context.customer.id, number=act.order_ref
        )
        if named is not None:
            return named
    if act.receipt:
        paid = await payments.holder_of_receipt(context.conn, receipt=act.receipt.upper())
        order = await orders.get(context.conn, order_id=paid.order_id) if paid else None
        if order is not None and order.customer_id == context.customer.id:
            return order
    return None


def standing(order: Order) -> Standing:
    """One status from order status, payment status and fulfilment status."""
    if order.payment_status == "needs_review":
        return "needs_review"
    if order.refund_status == "all":
        return "refunded"
    if order.status == "cancelled":
        return "cancelled"
    match order.fulfilment_status:
        case "partly_dispatched" | "dispatched" | "delivered" | "returned" as arrived:
            return arrived
    if order.payment_status == "paid":
        return "paid"
    return "payment_failed" if order.payment_status == "failed" else "awaiting_payment"
