"""Trying again for an order's money."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.agent.facts import NothingToPay, PaymentPending
from dukani.core.errors import OutOfStock
from dukani.core.lanes import defer_check
from dukani.core.store import payments as payment_store
from dukani.core.store import products
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.graph.context import Context
from dukani.graph.order_placing import ask_for_money, sold_to_another
from dukani.graph.state import State, rest, said
from dukani.tools import orders

PROMPT_LASTS = timedelta(seconds=60)


async def try_again(state: State, context: Context, order: Order) -> State:
    """Another prompt, unless one may still be open on her phone."""
    latest = await payment_store.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.in_flight and latest.provider != "manual":
        return await _wait(state, context, order, latest)
    try:
        async with context.conn.transaction():
            return await ask_for_money(state, context, order)
    except OutOfStock as gone:
        return await _sold_meanwhile(state, context, order, gone)


async def _wait(state: State, context: Context, order: Order, payment: Payment) -> State:
    """One payment in flight an order: M-Pesa is asked what became of the open one."""
    age = datetime.now(UTC) - (payment.sent_at or payment.created_at)
    checking = age >= PROMPT_LASTS
    if checking:
        await defer_check(context.conn, boutique_id=context.boutique.id, payment_id=payment.id)
    fact = PaymentPending(order_number=order.number, checking=checking)
    return {"acts": rest(state), "facts": said(state, fact)}


async def _sold_meanwhile(state: State, context: Context, order: Order, gone: OutOfStock) -> State:
    """Her pieces were given back and sold: the order ends, its cart can be changed."""
    await orders.cancel(context.conn, order, actor="assistant")
    variant = await products.variant(context.conn, variant_id=gone.variant_id)
    if variant is None:
        return {"acts": rest(state), "facts": said(state, NothingToPay()), "step": "start"}
    told = await sold_to_another(state, context, variant, wanted=gone.wanted)
    return told | {"order_id": None}
