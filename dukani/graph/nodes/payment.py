"""Everything about money after the order is placed: results, another try, another phone."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    AlreadyPaid,
    AskPaymentPhone,
    Cancelled,
    CannotCancel,
    NothingToPay,
    PaymentUnderReview,
)
from dukani.agent.steps import FILLING_A_CART, PAYING
from dukani.core.phone import BadPhoneNumber, mask_phone, to_e164
from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.graph.context import Context
from dukani.graph.hold import expire_hold
from dukani.graph.payment_claim import claim_paid
from dukani.graph.payment_results import take_result
from dukani.graph.payment_retry import try_again
from dukani.graph.state import QueuedAct, State, current, rest, said
from dukani.tools import orders as order_tools


async def payment(state: State, runtime: Runtime[Context]) -> State:
    context, act = runtime.context, current(state)
    if act["kind"] == "payment_result":
        return await take_result(state, context, act)
    if act["kind"] == "payment_phone":
        return await _other_phone(state, context, act)
    order = await _order(state, context, act)
    if order is None:
        return {"acts": rest(state), "facts": said(state, NothingToPay())}
    match act["kind"]:
        case "timer":
            return await expire_hold(state, context, order)
        case "cancel":
            return await _cancel(state, context, order)
        case "payment_done":
            return await claim_paid(state, context, order)
        case _:
            return await _again(state, context, order)


async def _order(state: State, context: Context, act: QueuedAct) -> Order | None:
    order_id = act.get("order_id") or state.get("order_id")
    if order_id is not None:
        return await orders.get(context.conn, order_id=order_id, lock=True)
    return await orders.latest(context.conn, customer_id=context.customer.id)


async def _again(state: State, context: Context, order: Order) -> State:
    if order.payment_status == "paid":
        fact = AlreadyPaid(order_number=order.number)
        return {"acts": rest(state), "facts": said(state, fact)}
    if order.status == "cancelled":
        return {"acts": rest(state), "facts": said(state, NothingToPay())}
    if order.payment_status == "needs_review":
        review = PaymentUnderReview(order_number=order.number)
        return {"acts": rest(state), "facts": said(state, review)}
    return await try_again(state, context, order)


async def _cancel(state: State, context: Context, order: Order) -> State:
    if order.payment_status in ("paid", "needs_review"):
        if state.get("step") in FILLING_A_CART:  # the next order is what is going on
            return {"acts": [{"kind": "clear_cart"}, *rest(state)]}
        under_review = order.payment_status == "needs_review"
        fact = CannotCancel(order_number=order.number, under_review=under_review)
        return {"acts": rest(state), "facts": said(state, fact)}
    await order_tools.cancel(context.conn, order, actor="customer")
    return {
        "acts": rest(state),
        "facts": said(state, Cancelled(order_number=order.number)),
        "order_id": None,
        "question": None,
        "step": "start",
    }


async def _other_phone(state: State, context: Context, act: QueuedAct) -> State:
    """The number to pay with, and then what was waiting for it."""
    given = act.get("phone")
    if not given:
        return {
            "acts": rest(state),
            "facts": said(state, AskPaymentPhone()),
            "question": "payment_phone",
        }
    try:
        phone = to_e164(given, region=context.boutique.country)
    except BadPhoneNumber:
        wrong = AskPaymentPhone(wrong=mask_phone(given))
        return {"acts": rest(state), "facts": said(state, wrong), "question": "payment_phone"}
    quote, later = state.get("quote"), rest(state)
    if quote and state.get("step") == "awaiting_confirmation" and later[:1] == [{"kind": "affirm"}]:
        # "Yes, with this number": her yes is to the total she saw, and to the phone she named.
        return {"acts": later, "payment_phone": phone, "quote": {**quote, "phone": phone}}
    waiting = state.get("step") in PAYING
    return {
        "acts": [{"kind": "payment_retry" if waiting else "checkout"}, *rest(state)],
        "payment_phone": phone,
        "question": None,
    }
