"""Applies a payment result of M-Pesa to its order, once, and tells customer and owner."""

from __future__ import annotations

from datetime import timedelta
from typing import cast, get_args

from dukani.agent.facts import (
    Fact,
    FailureReason,
    PaymentFailed,
    PaymentPending,
    PaymentReceived,
    PaymentUnderReview,
    PromptAgainSoon,
)
from dukani.core.clients.mpesa_outcomes import Reason
from dukani.core.errors import HeldEnough, OutOfStock
from dukani.core.store import orders, owner_notices
from dukani.core.store.orders import Order
from dukani.domain.acts import SetAddress
from dukani.domain.steps import AGREEING, CHOOSING, SILENT
from dukani.graph.context import Context
from dukani.graph.happenings import PaymentResult
from dukani.graph.money.late_money import end_the_draft, is_reopened_order
from dukani.graph.money.owner_notes import paid_note, review_note
from dukani.graph.money.retry import prompt_held_back
from dukani.graph.ordering.delivering import change_placed
from dukani.graph.ordering.keeping import (
    NOTHING_KEPT,
    apply_kept,
    changes_are_kept,
    kept_edits,
)
from dukani.graph.ordering.placed import reopen, request_change
from dukani.graph.ordering.quote import quote_of_order
from dukani.graph.state import State, with_facts
from dukani.tools.lines import as_lines
from dukani.tools.payments import accounts, settlement
from dukani.tools.payments.judgement import Result, Verdict
from dukani.tools.payments.request import PhoneHadEnough, request_payment
from dukani.tools.payments.settlement import Outcome
from dukani.tools.payments.setup_alarm import tell_of_setup

_FAILURES: frozenset[str] = frozenset(get_args(FailureReason))

# State of a paid order that must not carry over to the next one.
_AGREED: State = {
    "address": None,
    "payment_phone": None,
    "note": None,
    "checking_out": False,
    "wearer": None,
    "children": {},
    "sizes_worn": [],
    "without_effect": [],
    "left_out": [],
    "shares": {},
}
_DONE: State = _AGREED | {
    "step": "order_completed",
    "lists": [],
    "focus": None,
    "search": None,
    "questions": [],
    "last_variant_id": None,
    "undo": None,
}


async def take_payment_result(state: State, context: Context, event: PaymentResult) -> State:
    result = Result(
        code=event.code,
        text=event.text,
        amount_minor=event.amount_minor,
        receipt=event.receipt,
        unread=event.unread,
    )
    outcome = await settlement.settle(
        context.conn,
        boutique_id=context.boutique.id,
        payment_id=event.payment_id,
        result=result,
    )
    if outcome is None:
        return {}
    match outcome.judgement.verdict:
        case Verdict.NOTHING:
            return {}
        case Verdict.PAID:
            return await _paid(state, context, outcome)
        case Verdict.RETRYING:
            return await _retrying(state, context, outcome)
        case Verdict.FAILED:
            return await _failed(state, context, outcome)
        case _:
            return await _for_review(state, context, outcome)


async def _paid(state: State, context: Context, outcome: Outcome) -> State:
    order = outcome.order
    lines = as_lines(await orders.items(context.conn, order_id=order.id))
    receipt = outcome.result.receipt
    received = PaymentReceived(
        order_number=order.number,
        total_minor=outcome.payment.amount_minor,
        receipt=receipt,
        lines=lines,
        address=order.address,
        note=order.note,
        fee_to_confirm=order.fee_to_confirm,
    )
    await paid_note(context, order, lines, receipt)
    facts = with_facts(state, received)
    if outcome.judgement.reason is not None:
        await review_note(context, order, outcome.judgement.reason, result=outcome.result)
        under_review = PaymentUnderReview(order_number=order.number)
        facts = [*facts, under_review]
    update = _if_current(state, outcome, _state_after_paid(state))
    if state.get("order_id") != order.id:
        return {**update, "facts": facts}
    told = await _request_kept_changes({**state, "facts": facts}, context, order)
    return {**update, **told}


async def _request_kept_changes(state: State, context: Context, order: Order) -> State:
    """Passes edits kept while the prompt was open on to the shop: the paid order stays as it is."""
    facts = list(state.get("facts", ()))
    if changes_are_kept(state):
        words = " / ".join(state.get("kept_words") or [])
        facts.append(await request_change(context, order, edits=kept_edits(state), words=words))
    if where := state.get("kept_address"):
        paid = await orders.get(context.conn, order_id=order.id)
        moved = await change_placed(
            {**state, "facts": facts}, context, paid or order, address=SetAddress(**where)
        )
        facts = list(moved["facts"])
    return {**NOTHING_KEPT, "facts": facts}


async def _retrying(state: State, context: Context, outcome: Outcome) -> State:
    """Retries a prompt that failed for a busy line or a push error, once, after a delay."""
    order = await orders.get(context.conn, order_id=outcome.order.id)
    assert order is not None  # it was just settled on this connection
    wait_s = outcome.judgement.meaning.retry_after_s
    try:
        async with context.conn.transaction():
            again = await request_payment(
                context.conn,
                boutique_id=context.boutique.id,
                order=order,
                phone=outcome.payment.phone,
                ways=await accounts.ways_of(context.conn, context.boutique),
                delay=timedelta(seconds=wait_s),
            )
    except (PhoneHadEnough, HeldEnough):
        again = None
    except OutOfStock:
        again = None  # the stock was corrected; the customer's own retry will say what is left
    if again is None:
        return await _failed(state, context, outcome)
    return {"facts": with_facts(state, PromptAgainSoon(order_number=order.number, wait_s=wait_s))}


async def _failed(state: State, context: Context, outcome: Outcome) -> State:
    """Tells the failure with the sum, so that "send it again" agrees to that sum.

    Edits kept while the prompt was open are applied now, to the reopened order.
    """
    order = await orders.get(context.conn, order_id=outcome.order.id)
    assert order is not None  # it was just settled on this connection
    result, meaning = outcome.result, outcome.judgement.meaning
    await tell_of_setup(
        context.conn,
        boutique_id=context.boutique.id,
        meaning=meaning,
        code=result.code,
        said=result.text,
    )
    if order.status != "open":
        return {}
    fact: Fact = PaymentFailed(
        order_number=order.number,
        total_minor=outcome.payment.amount_minor,
        reason=await _failure_reason(context, outcome),
        till=context.boutique.shop_info.get("till"),
    )
    facts = with_facts(state, fact)
    mine = state.get("order_id") == order.id
    kept = mine and bool(changes_are_kept(state) or state.get("kept_address"))
    if kept and state.get("step") not in SILENT:
        update = await reopen({**state, "facts": facts}, context, order)
        return {**update, **apply_kept(state)}
    quote = await quote_of_order(context, order, phone=outcome.payment.phone)
    failed: State = {"step": "payment_failed", "quote": quote}
    return {**_if_current(state, outcome, failed), "facts": facts}


async def _failure_reason(context: Context, outcome: Outcome) -> FailureReason:
    reason = outcome.judgement.meaning.reason
    if reason is Reason.CANCELLED:
        held = await prompt_held_back(context, outcome.order, outcome.payment.phone)
        return "payer_cancelled" if held is not None and held.reason == "payer" else "cancelled"
    return cast(FailureReason, str(reason)) if reason in _FAILURES else "refused"


async def _for_review(state: State, context: Context, outcome: Outcome) -> State:
    assert outcome.judgement.reason is not None  # a review always says why
    about = f"review:{outcome.judgement.reason}:{outcome.payment.id}"
    if not await owner_notices.first_time(context.conn, about=about):
        return {}  # many receipts for one payment make one note; the audit log has them all
    await review_note(context, outcome.order, outcome.judgement.reason, result=outcome.result)
    fact: Fact = PaymentUnderReview(order_number=outcome.order.number)
    if outcome.judgement.verdict is Verdict.UNKNOWN:
        fact = PaymentPending(order_number=outcome.order.number, checking=True)
    facts = with_facts(state, fact)
    if not is_reopened_order(state, outcome.order) or state.get("step") in SILENT:
        return {"facts": facts}
    told = await end_the_draft(state, context, outcome.order)
    ended: State = {"replaces": None, "quote": None, **NOTHING_KEPT}
    return {**_DONE, **ended, "facts": [*facts, *told]}


def _state_after_paid(state: State) -> State:
    """The state after an order is paid; browsing or a cart begun since then goes on."""
    step = state.get("step")
    if step in AGREEING:
        return {}  # address and payer in the state are the next order's by now
    return _AGREED if step == "cart_updated" or step in CHOOSING else _DONE


def _if_current(state: State, outcome: Outcome, update: State) -> State:
    """`update` if the conversation is about this order and may be answered; else nothing."""
    silent = state.get("step") in SILENT
    same = state.get("order_id") in (None, outcome.order.id)
    return update if same and not silent else {}
