"""Sets the timer of an order's stock reservation, and releases the stock when it expires."""

from __future__ import annotations

from datetime import timedelta

from dukani.agent.facts import OrderExpired
from dukani.core.jobs import defer_reservation_timer, timer_lock
from dukani.core.store import orders as order_store
from dukani.core.store import payments, stock
from dukani.core.store.orders import Order
from dukani.domain.steps import SILENT
from dukani.graph.context import Context
from dukani.graph.state import State, with_facts
from dukani.tools import orders

_NEARLY_OVER = timedelta(seconds=5)


async def set_reservation_timer(
    context: Context, order: Order, *, lasts: timedelta = orders.RESERVED_FOR
) -> None:
    """Sets a timer that checks the order when its reservation ends."""
    await defer_reservation_timer(
        context.conn,
        lock=timer_lock("hold_over", context.conversation.id),
        boutique_id=context.boutique.id,
        conversation_id=context.conversation.id,
        order_id=order.id,
        delay=lasts,
    )


async def expire_reservation(state: State, context: Context, order: Order) -> State:
    """Cancels an unpaid order and releases its pieces, unless the money may still come."""
    if order.status != "open" or order.payment_status in ("failed", "needs_review"):
        # A review reserves for a day; then others may buy, and the money stays under review.
        await stock.release_expired(context.conn, order_id=order.id)
        return {}
    latest = await payments.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.in_flight and latest.provider != "manual":
        await stock.extend(context.conn, order_id=order.id, lasts=orders.RESERVED_FOR)
        await set_reservation_timer(context, order)
        return {}
    left = await stock.time_left(context.conn, order_id=order.id)
    if left > _NEARLY_OVER:  # a later payment attempt has reserved anew
        await set_reservation_timer(context, order, lasts=left)
        return {}
    if latest is not None:
        await payments.resolve(context.conn, payment_id=latest.id, status="failed")
    await order_store.set_payment_status(context.conn, order_id=order.id, payment_status="failed")
    await orders.cancel(context.conn, order, actor="system")
    mine = state.get("order_id") == order.id
    silent = state.get("step") in SILENT
    return {
        "facts": with_facts(state, OrderExpired(order_number=order.number)),
        "order_id": None if mine else state.get("order_id"),
        "left_out": [] if mine else state.get("left_out", []),
        "step": "cart_updated" if mine and not silent else state.get("step", "start"),
        "checking_out": False if mine else state.get("checking_out", False),
    }
