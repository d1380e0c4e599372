"""A customer says that she has paid."""

from __future__ import annotations

import structlog

from dukani.agent.facts import AlreadyPaid, PaymentPending, PaymentUnderReview
from dukani.core.errors import OutOfStock
from dukani.core.lanes import defer_check
from dukani.core.store import payments
from dukani.core.store.orders import Order
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import review_note
from dukani.graph.state import State, said
from dukani.tools import orders

log = structlog.get_logger()


async def claim_paid(state: State, context: Context, order: Order) -> State:
    """ "I have paid": believed when M-Pesa says so, shown to the owner when she must look."""
    if order.payment_status == "paid":
        fact = AlreadyPaid(order_number=order.number)
        return {"facts": said(state, fact)}
    latest = await payments.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.is_unanswered:
        await defer_check(context.conn, boutique_id=context.boutique.id, payment_id=latest.id)
    elif latest is not None:
        await _await_the_owner(context, order)
    if latest is None or latest.is_unanswered or latest.provider == "manual":
        pending = PaymentPending(order_number=order.number, checking=True)
        return {"facts": said(state, pending)}
    # Its prompt is over, but after a failed one she was shown the till.
    review = PaymentUnderReview(order_number=order.number)
    return {"facts": said(state, review)}


async def _await_the_owner(context: Context, order: Order) -> None:
    """Only she sees the till: until she has looked, the order must not run out."""
    if order.payment_status == "needs_review":
        return
    await review_note(context, order, "manual_claim")
    if order.status == "open":
        await _hold_what_is_left(context, order)
    await orders.await_review(context.conn, order, reason="manual_claim")


async def _hold_what_is_left(context: Context, order: Order) -> None:
    """A failed prompt gave the pieces back; when they are gone the owner must decide anyway."""
    try:
        async with context.conn.transaction():
            await orders.hold_again(context.conn, order, boutique_id=context.boutique.id)
    except OutOfStock:
        log.warning("claimed_pieces_are_gone", order=order.number)
