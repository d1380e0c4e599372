"""Handles payment requests, retries, claims to have paid, and cancelling an order."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    AlreadyPaid,
    Cancelled,
    CannotCancel,
    NothingToPay,
    PaymentUnderReview,
)
from dukani.core.store import carts, orders
from dukani.core.store.orders import Order
from dukani.domain.acts import Cancel, ClaimPaid, PayAgain
from dukani.domain.questions import Question
from dukani.domain.steps import CHOOSING, FILLING_A_CART
from dukani.graph.context import Context
from dukani.graph.happenings import AskForMoney, ShowTotal
from dukani.graph.money.claim import claim_paid
from dukani.graph.money.retry import agreed_to, ask_for_money
from dukani.graph.ordering.keeping import NOTHING_KEPT
from dukani.graph.ordering.placed import prompt_is_out
from dukani.graph.ordering.quote import quote_of_order
from dukani.graph.ordering.showing import ask_payment_phone, phone_of
from dukani.graph.routes import TAKES
from dukani.graph.state import State, Task, as_plain, questions_in, tasks_without, with_facts
from dukani.tools import orders as order_tools


async def payment(state: State, runtime: Runtime[Context]) -> State:
    """Handles one task; the router returns here for further ones."""
    context = runtime.context
    task = next(t for t in state["acts"] if isinstance(t, TAKES["payment"]))
    others: list[Task] = tasks_without(state, task)
    state = {**state, "acts": others}
    order = await _order(state, context, task)
    match task:
        case AskForMoney():
            assert order is not None  # placed in this transaction
            phone = phone_of(state, context)
            assert phone is not None  # the total was shown with the payer's number
            return {"acts": others, **await ask_for_money(state, context, order, phone=phone)}
        case Cancel():
            return {"acts": others, **await _cancel(state, context, order)}
        case ClaimPaid() if order is not None:
            claimed = await claim_paid(state, context, order, receipt=task.receipt)
            return {"acts": others, **claimed}
        case PayAgain() if order is not None:
            return {"acts": others, **await _again(state, context, order)}
    return {"acts": others, "facts": with_facts(state, NothingToPay())}


async def _order(state: State, context: Context, task: Task) -> Order | None:
    order_id = task.order_id if isinstance(task, AskForMoney) else state.get("order_id")
    if order_id is not None:
        return await orders.get(context.conn, order_id=order_id, lock=True)
    return await orders.latest(context.conn, customer_id=context.customer.id)


async def _again(state: State, context: Context, order: Order) -> State:
    """Retries the payment if the total last shown still holds; else shows the total first."""
    if order.payment_status == "paid":
        return {"facts": with_facts(state, AlreadyPaid(order_number=order.number))}
    if order.status == "cancelled":
        return {"facts": with_facts(state, NothingToPay())}
    if order.payment_status == "needs_review":
        return {"facts": with_facts(state, PaymentUnderReview(order_number=order.number))}
    phone = phone_of(state, context)
    if phone is None:  # the customer has started over since giving a number
        asking = [*questions_in(state), Question(field="payment_phone")]
        return {
            "facts": with_facts(state, ask_payment_phone(context)),
            "questions": as_plain(asking),
        }
    quote = await quote_of_order(context, order, phone=phone)
    if not await prompt_is_out(context, order) and not agreed_to(state, quote):
        return {"acts": [*state.get("acts", ()), ShowTotal()]}
    return await ask_for_money(state, context, order, phone=phone)


async def _cancel(state: State, context: Context, order: Order | None) -> State:
    """Cancels the unpaid order and abandons the cart; refuses for a paid order without a cart."""
    over: State = {
        "questions": [],
        "focus": None,
        "last_variant_id": None,
        "checking_out": False,
        **NOTHING_KEPT,
        "replaces": None,
        "left_out": [],
        "shares": {},
        "without_effect": [],
        "step": "start",
    }
    mine = order if order is not None and state.get("order_id") == order.id else None
    browsing = state.get("step") in FILLING_A_CART | CHOOSING | {"start"}
    if mine is not None and mine.status == "open" and mine.payment_status != "needs_review":
        # If a prompt is still open and gets paid, the money is put under review.
        await order_tools.cancel(context.conn, mine, actor="customer")
        await carts.abandon_open(context.conn, customer_id=context.customer.id)
        cancelled = with_facts(state, Cancelled(order_number=mine.number))
        return {**over, "facts": cancelled, "order_id": None}
    had_cart = await carts.abandon_open(context.conn, customer_id=context.customer.id)
    if order is None or browsing or had_cart or order.status == "cancelled":
        return {**over, "facts": with_facts(state, Cancelled())}
    under_review = order.payment_status == "needs_review"
    fact = CannotCancel(order_number=order.number, under_review=under_review)
    return {"facts": with_facts(state, fact)}
