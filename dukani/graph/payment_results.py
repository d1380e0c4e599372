"""What M-Pesa said of a payment: settled once, told to the customer and to the owner."""

from __future__ import annotations

from dukani.agent.facts import (
    Fact,
    FailureReason,
    PaymentFailed,
    PaymentPending,
    PaymentReceived,
    PaymentUnderReview,
)
from dukani.agent.steps import AGREEING, CHOOSING, SILENT
from dukani.core.clients.daraja_results import PaymentAction
from dukani.core.errors import OutOfStock
from dukani.core.store import orders
from dukani.graph.context import Context
from dukani.graph.owner_notes import paid_note, review_note
from dukani.graph.state import QueuedAct, State, rest, said
from dukani.tools.lines import as_lines
from dukani.tools.payments import accounts, settlement
from dukani.tools.payments.judgement import Result, Verdict
from dukani.tools.payments.request import AUTOMATIC_RETRY_DELAY, request_payment
from dukani.tools.payments.settlement import Outcome

_REASONS: dict[PaymentAction, FailureReason] = {
    PaymentAction.LOW_BALANCE: "low_balance",
    PaymentAction.BUSY: "busy",
    PaymentAction.PROMPT_OPEN: "prompt_open",
    PaymentAction.EXPIRED: "expired",
    PaymentAction.PUSH_ERROR: "push_error",
    PaymentAction.CANCELLED: "cancelled",
    PaymentAction.UNREACHABLE: "unreachable",
    PaymentAction.WRONG_PIN: "wrong_pin",
}


# What was agreed for this order does not carry over to the next, nor what was looked at.
_AGREED: State = {"address": None, "payment_phone": None}
_DONE: State = _AGREED | {
    "step": "order_completed",
    "options": [],
    "focus": None,
    "search": None,
    "question": None,
    "last_variant_id": None,
    "later": [],
}


async def take_result(state: State, context: Context, act: QueuedAct) -> State:
    result = Result(
        code=str(act["code"]),
        text=act.get("text") or "",
        amount_minor=act.get("amount_minor"),
        receipt=act.get("receipt"),
    )
    outcome = await settlement.settle(
        context.conn,
        boutique_id=context.boutique.id,
        payment_id=act["payment_id"],
        result=result,
    )
    update: State = {"acts": rest(state)}
    if outcome is None or outcome.judgement.verdict is Verdict.NOTHING:
        return update
    match outcome.judgement.verdict:
        case Verdict.PAID:
            return update | await _paid(state, context, outcome)
        case Verdict.RETRYING:
            return update | await _retrying(state, context, outcome)
        case Verdict.FAILED:
            return update | _failed(state, context, outcome)
        case _:
            return update | await _for_review(state, context, outcome)


async def _paid(state: State, context: Context, outcome: Outcome) -> State:
    order = outcome.order
    lines = as_lines(await orders.items(context.conn, order_id=order.id))
    receipt = outcome.result.receipt or "M-PESA"
    received = PaymentReceived(
        order_number=order.number,
        total_minor=outcome.payment.amount_minor,
        receipt=receipt,
        lines=lines,
        address=order.address,
    )
    await paid_note(context, order, lines, receipt)
    facts = said(state, received)
    if outcome.judgement.reason is not None:
        await review_note(context, order, outcome.judgement.reason, result=outcome.result)
        under_review = PaymentUnderReview(order_number=order.number)
        facts = [*facts, under_review.model_dump(mode="json")]
    return {**_unless_elsewhere(state, outcome, _done(state)), "facts": facts}


async def _retrying(state: State, context: Context, outcome: Outcome) -> State:
    """Busy lines and push errors are tried once more by themselves, a little later."""
    order = await orders.get(context.conn, order_id=outcome.order.id)
    assert order is not None  # it was just settled on this connection
    try:
        async with context.conn.transaction():
            again = await request_payment(
                context.conn,
                boutique_id=context.boutique.id,
                order=order,
                phone=outcome.payment.phone,
                ways=await accounts.ways_of(context.conn, context.boutique),
                delay=AUTOMATIC_RETRY_DELAY,
            )
    except OutOfStock:
        again = None  # counted anew meanwhile; when she tries again she hears what is left
    if again is None:
        return _failed(state, context, outcome)
    return {"facts": said(state, PaymentPending(order_number=order.number))}


def _failed(state: State, context: Context, outcome: Outcome) -> State:
    order = outcome.order
    if order.status != "open":
        return {}
    reason = _REASONS.get(outcome.judgement.action, "refused")
    fact: Fact = PaymentFailed(
        order_number=order.number,
        total_minor=outcome.payment.amount_minor,
        reason="refused" if outcome.result.code == "refused" else reason,
        till=context.boutique.shop_info.get("till"),
    )
    failed = _unless_elsewhere(state, outcome, {"step": "payment_failed"})
    return {**failed, "facts": said(state, fact)}


async def _for_review(state: State, context: Context, outcome: Outcome) -> State:
    assert outcome.judgement.reason is not None  # a review always says why
    await review_note(context, outcome.order, outcome.judgement.reason, result=outcome.result)
    fact: Fact = PaymentUnderReview(order_number=outcome.order.number)
    if outcome.judgement.verdict is Verdict.UNKNOWN:
        fact = PaymentPending(order_number=outcome.order.number, checking=True)
    return {"facts": said(state, fact)}


def _done(state: State) -> State:
    """An order is over; what she has begun to look at or to order since goes on."""
    step = state.get("step")
    if step in AGREEING:
        return {}  # what is agreed by now is for the next order
    return _AGREED if step == "cart_updated" or step in CHOOSING else _DONE


def _unless_elsewhere(state: State, outcome: Outcome, update: State) -> State:
    """The step moves only when this order is the one the conversation is about."""
    silent = state.get("step") in SILENT
    same = state.get("order_id") in (None, outcome.order.id)
    return update if same and not silent else {}
