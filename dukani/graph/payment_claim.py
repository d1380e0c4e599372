"""A customer says that she has paid."""

from __future__ import annotations

from dukani.agent.facts import AlreadyPaid, PaymentPending
from dukani.core.lanes import defer_check
from dukani.core.store import payments
from dukani.core.store.orders import Order
from dukani.graph.context import Context
from dukani.graph.owner_notes import review_note
from dukani.graph.state import State, rest, said
from dukani.tools import orders


async def claim_paid(state: State, context: Context, order: Order) -> State:
    """ "I have paid": believed when M-Pesa says so, shown to the owner when she must look."""
    if order.payment_status == "paid":
        fact = AlreadyPaid(order_number=order.number)
        return {"acts": rest(state), "facts": said(state, fact)}
    latest = await payments.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.provider == "manual":
        await _await_the_owner(context, order)
    elif latest is not None:
        await defer_check(context.conn, boutique_id=context.boutique.id, payment_id=latest.id)
    pending = PaymentPending(order_number=order.number, checking=True)
    return {"acts": rest(state), "facts": said(state, pending)}


async def _await_the_owner(context: Context, order: Order) -> None:
    """Only she sees the till: until she has looked, the order must not run out."""
    if order.payment_status != "needs_review":
        await review_note(context, order, "manual_claim")
        await orders.await_review(context.conn, order, reason="manual_claim")
