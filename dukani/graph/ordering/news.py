"""Makes the fact that tells a customer what the shop did with an order."""

from __future__ import annotations

from dukani.agent.facts import (
    Fact,
    OrderCancelledByShop,
    OrderMoved,
    OrderSentInPart,
    PaymentNotFound,
    Refunded,
)
from dukani.core.database import Connection
from dukani.core.store import dispatches, order_progress, orders, refunds
from dukani.core.store.orders import Order
from dukani.domain.pieces import Line
from dukani.graph.happenings import OrderNews
from dukani.tools.order_parts import left_after, lines_of


async def fact_of(conn: Connection, task: OrderNews) -> Fact | None:
    """None when the order has got further since, so that the news is old."""
    order = await orders.get(conn, order_id=task.order_id)
    if order is None:
        return None
    match task.news:
        case "partly_dispatched":
            return await _part(conn, order, task)
        case "dispatched" | "delivered" as to:
            if order.fulfilment_status != to:
                return None
            return OrderMoved(order_number=order.number, to=to, lines=await _rest(conn, task))
        case "refunded":
            return await _refunded(conn, order, task)
        case "cancelled":
            return OrderCancelledByShop(order_number=order.number)
        case "not_paid":
            unpaid = order.payment_status == "failed"
            return PaymentNotFound(order_number=order.number) if unpaid else None


async def _part(conn: Connection, order: Order, task: OrderNews) -> Fact | None:
    """What went and what follows; None once nothing follows any more: that is told by itself."""
    part = await dispatches.get(conn, dispatch_id=task.subject_id or "")
    items = await order_progress.items(conn, order_id=order.id)
    left = lines_of(items, left_after(items))
    if part is None or not left:
        return None
    return OrderSentInPart(order_number=order.number, lines=lines_of(items, part.items), left=left)


async def _rest(conn: Connection, task: OrderNews) -> tuple[Line, ...]:
    """The pieces of the last part; none when the order went in one."""
    part = await dispatches.get(conn, dispatch_id=task.subject_id) if task.subject_id else None
    if part is None or part.number == 1:
        return ()
    items = await order_progress.items(conn, order_id=task.order_id)
    return lines_of(items, part.items)


async def _refunded(conn: Connection, order: Order, task: OrderNews) -> Fact | None:
    refund = await refunds.get(conn, refund_id=task.subject_id or "")
    if refund is None:
        return None
    items = await order_progress.items(conn, order_id=order.id)
    return Refunded(
        order_number=order.number,
        amount_minor=refund.amount_minor,
        method=refund.method,
        receipt=refund.reference,
        lines=lines_of(items, {item.item_id: item.quantity for item in refund.items}),
    )
