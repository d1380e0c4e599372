"""Requests payment of an order: the first M-Pesa prompt, and retries the customer asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.agent.facts import (
    Fact,
    NoMorePrompts,
    PaymentInstructed,
    PaymentPending,
    PaymentPrompted,
    TooManyHeld,
    WaitBeforePrompt,
)
from dukani.core.errors import HeldEnough, OutOfStock
from dukani.core.jobs import defer_check
from dukani.core.money import whole_units
from dukani.core.phone import mask_phone
from dukani.core.store import payments as payment_store
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import pay_by_hand_note
from dukani.graph.ordering.keeping import changes_wait
from dukani.graph.ordering.placed import reopen
from dukani.graph.ordering.placing import sold_meanwhile
from dukani.graph.ordering.quote import quote_of_order
from dukani.graph.state import Quote, State, with_facts
from dukani.tools.payments import accounts
from dukani.tools.payments.prompt_limits import HeldBack, held_back
from dukani.tools.payments.request import (
    PhoneHadEnough,
    payable_minor,
    provider_for,
    request_payment,
)

PROMPT_LASTS = timedelta(seconds=60)


async def ask_for_money(state: State, context: Context, order: Order, *, phone: str) -> State:
    """Begins a payment attempt, unless a prompt may still be open or none may be sent now."""
    latest = await payment_store.latest_of_order(context.conn, order_id=order.id)
    if latest is not None and latest.in_flight and latest.provider != "manual":
        return await _prompt_still_open(state, context, order, latest)
    held = await prompt_held_back(context, order, phone)
    if held is not None:
        return await _no_prompt(state, context, order, phone, held)
    try:
        async with context.conn.transaction():
            payment = await request_payment(
                context.conn,
                boutique_id=context.boutique.id,
                order=order,
                phone=phone,
                ways=await accounts.ways_of(context.conn, context.boutique),
            )
    except PhoneHadEnough:
        return await _no_prompt(state, context, order, phone, HeldBack("phone"))
    except HeldEnough as enough:
        return {"facts": with_facts(state, TooManyHeld(most=enough.most))}
    except OutOfStock as gone:
        # The released pieces were sold to others: the order becomes a cart again, to be changed.
        update = await reopen(state, context, order)
        return {**update, **await sold_meanwhile({**state, **update}, context, gone)}
    if payment is None and latest is not None and latest.in_flight:
        payment = latest  # by hand: the customer is told again how to pay
    asked = _fact_of(context, order, payment)
    if isinstance(asked, PaymentInstructed) and not asked.says_where:
        await pay_by_hand_note(context, order)
    return {
        "facts": with_facts(state, asked),
        "order_id": order.id,
        "questions": [],
        "quote": None,
        "step": "payment_initiated",
        "checking_out": False,
    }


async def prompt_held_back(context: Context, order: Order, phone: str) -> HeldBack | None:
    """Why no prompt may be sent to that phone, or None; a payment by hand sends no prompt."""
    ways = await accounts.ways_of(context.conn, context.boutique)
    units = whole_units(order.total_minor, order.currency)
    by = provider_for(ways, phone=phone, amount_units=units, currency=order.currency)
    if by == "manual":
        return None
    return await held_back(
        context.conn,
        order,
        phone=phone,
        customer_phone=context.customer.phone,
        now=datetime.now(UTC),
    )


async def _no_prompt(
    state: State, context: Context, order: Order, phone: str, held: HeldBack
) -> State:
    """Tells why no prompt is sent, and names the till; the order can still be paid or changed."""
    till = context.boutique.shop_info.get("till")
    total_minor = payable_minor(order.total_minor, order.currency)
    fact: Fact = (
        WaitBeforePrompt(
            order_number=order.number, total_minor=total_minor, wait_s=held.wait_s, till=till
        )
        if held.reason == "wait"
        else NoMorePrompts(
            order_number=order.number,
            total_minor=total_minor,
            reason=held.reason,
            phone_masked=None if held.reason == "order" else mask_phone(phone),
            till=till,
        )
    )
    return {
        "facts": with_facts(state, fact),
        "order_id": order.id,
        "questions": [],
        "quote": await quote_of_order(context, order, phone=phone),
        "step": "payment_failed",
        "checking_out": False,
    }


def _fact_of(context: Context, order: Order, payment: Payment | None) -> Fact:
    """The fact that tells the customer of the attempt; None means another one is in flight."""
    if payment is None:
        return PaymentPending(order_number=order.number)
    if payment.provider == "manual":
        ways = context.boutique.shop_info
        return PaymentInstructed(
            order_number=order.number,
            total_minor=payment.amount_minor,
            paybill=ways.get("paybill"),
            till=ways.get("till"),
            opens=context.opening,
        )
    return PaymentPrompted(
        order_number=order.number,
        total_minor=payment.amount_minor,
        phone_masked=mask_phone(payment.phone),
        attempt=payment.attempt,
    )


async def _prompt_still_open(
    state: State, context: Context, order: Order, payment: Payment
) -> State:
    """Sends no second prompt; after PROMPT_LASTS M-Pesa is asked for the first one's result."""
    age = datetime.now(UTC) - (payment.sent_at or payment.created_at)
    checking = age >= PROMPT_LASTS
    if checking:
        await defer_check(context.conn, boutique_id=context.boutique.id, payment_id=payment.id)
    return {
        "facts": with_facts(
            state,
            PaymentPending(
                order_number=order.number, checking=checking, changed=changes_wait(state)
            ),
        )
    }


def agreed_to(state: State, quote: Quote) -> bool:
    """Whether the quote last shown to the customer equals `quote`, which would be charged now."""
    return state.get("agreed") == quote
