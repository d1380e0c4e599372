"""Trying again for an order's money, and what happens when its hold runs out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.agent.facts import AlreadyPaid, NothingToPay, OrderExpired, PaymentPending
from dukani.agent.steps import SILENT
from dukani.core import errors
from dukani.core.lanes import defer_check
from dukani.core.store import orders as order_store
from dukani.core.store import payments as payment_store
from dukani.core.store import products, stock
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.graph.context import Context
from dukani.graph.ordering import ask_for_money, sold_to_another, watch_the_hold
from dukani.graph.owner_notes import review_note
from dukani.graph.state import State, rest, said
from dukani.tools import orders

PROMPT_LASTS = timedelta(seconds=60)
_NEARLY_OVER = timedelta(seconds=5)


async def try_again(state: State, context: Context, order: Order) -> State:
    """Another prompt, unless one may still be open on her phone."""
    latest = await payment_store.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.in_flight and latest.provider != "manual":
        return await _wait(state, context, order, latest)
    try:
        async with context.conn.transaction():
            return await ask_for_money(state, context, order)
    except errors.OutOfStock as gone:
        return await _sold_meanwhile(state, context, order, gone)


async def _wait(state: State, context: Context, order: Order, payment: Payment) -> State:
    """One payment in flight an order: M-Pesa is asked what became of the open one."""
    age = datetime.now(UTC) - (payment.sent_at or payment.created_at)
    checking = age >= PROMPT_LASTS
    if checking:
        await check_now(context, payment)
    fact = PaymentPending(order_number=order.number, checking=checking)
    return {"acts": rest(state), "facts": said(state, fact)}


async def check_now(context: Context, payment: Payment) -> None:
    await defer_check(context.conn, boutique_id=context.boutique.id, payment_id=payment.id)


async def _sold_meanwhile(
    state: State, context: Context, order: Order, gone: errors.OutOfStock
) -> State:
    """Her pieces were given back and sold: the order ends, its cart can be changed."""
    await orders.cancel(context.conn, order, actor="assistant")
    variant = await products.variant(context.conn, variant_id=gone.variant_id)
    if variant is None:
        return {"acts": rest(state), "facts": said(state, NothingToPay()), "step": "start"}
    told = await sold_to_another(state, context, variant, wanted=gone.wanted)
    return told | {"order_id": None}


async def claim_paid(state: State, context: Context, order: Order) -> State:
    """ "I have paid": believed when M-Pesa says so, shown to the owner when she must look."""
    if order.payment_status == "paid":
        fact = AlreadyPaid(order_number=order.number)
        return {"acts": rest(state), "facts": said(state, fact)}
    latest = await payment_store.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.provider == "manual":
        await _await_the_owner(context, order)
    elif latest is not None:
        await check_now(context, latest)
    pending = PaymentPending(order_number=order.number, checking=True)
    return {"acts": rest(state), "facts": said(state, pending)}


async def _await_the_owner(context: Context, order: Order) -> None:
    """Only she sees the till: until she has looked, the order must not run out."""
    if order.payment_status != "needs_review":
        await review_note(context, order, "manual_claim")
        await orders.await_review(context.conn, order, reason="manual_claim")


async def hold_over(state: State, context: Context, order: Order) -> State:
    """Fifteen minutes are over: pieces are given back unless the money may still come."""
    nothing: State = {"acts": rest(state)}
    if order.status != "open" or order.payment_status in ("failed", "needs_review"):
        # A review has a day. Then others may buy them; the money stays under review.
        await stock.release_expired(context.conn, order_id=order.id)
        return nothing
    latest = await payment_store.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.in_flight and latest.provider != "manual":
        await stock.extend(context.conn, order_id=order.id, lasts=orders.HOLD)
        await watch_the_hold(context, order)
        return nothing
    left = await stock.time_left(context.conn, order_id=order.id)
    if left > _NEARLY_OVER:  # of another attempt, begun after this timer
        await watch_the_hold(context, order, lasts=left)
        return nothing
    if latest is not None:
        await payment_store.resolve(context.conn, payment_id=latest.id, status="failed")
    await order_store.set_payment_status(context.conn, order_id=order.id, payment_status="failed")
    await orders.cancel(context.conn, order, actor="system")
    mine = state.get("order_id") == order.id
    silent = state.get("step") in SILENT
    return {
        "acts": rest(state),
        "facts": said(state, OrderExpired(order_number=order.number)),
        "order_id": None if mine else state.get("order_id"),
        "step": "cart_updated" if mine and not silent else state.get("step", "start"),
    }
