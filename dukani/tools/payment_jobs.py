"""The jobs around a payment: put the prompt on the phone once, and find out how it ended.

Every outcome goes into the conversation's lane as an event; the turn that handles it does the
settling. A prompt is never pushed twice for one attempt: the attempt is claimed just before the
request that makes the prompt, so a job that runs again after a crash finds it claimed and only
asks. Everything that may take long (a token, a session) comes before the claim: whoever dies
there has pushed nothing, and the next one pushes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog

from dukani.core.clients.daraja import StkResult
from dukani.core.clients.stk import PushAccepted
from dukani.core.clients.stk_callback import StkCallback, parse_stk_callback
from dukani.core.database import Connection
from dukani.core.errors import (
    ConfigurationError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
    UnreadableWebhook,
)
from dukani.core.money import whole_units
from dukani.core.queue import defer
from dukani.core.services import Services
from dukani.core.store import events, orders, payments, webhook_events
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.core.store.webhook_events import WebhookEvent
from dukani.tools import payment_accounts
from dukani.tools.payment_judgement import Result

log = structlog.get_logger()

# When to ask Daraja, counted from the push: callbacks come late, twice or never.
ASK_AFTER_S = (75, 180, 600, 1800)
_UNREACHABLE = "1037"


async def push_payment(services: Services, *, boutique_id: str, payment_id: str) -> None:
    """Put the prompt of this attempt on the phone, at most once."""
    async with services.database.tenant_connection(boutique_id) as conn:
        payment, order = await _payment_and_order(conn, payment_id)
        if payment.status != "requested":
            await _adopt_unclear_push(conn, payment)
            return
    try:
        accepted = await _push(services, await _account(services, payment), payment, order)
    except ProviderUnclear as unclear:
        log.warning("payment_push_unclear", payment_id=payment_id, reason=str(unclear))
        accepted = None
    except (ProviderUnavailable, ProviderRefused, ConfigurationError) as refusal:
        code = "unavailable" if isinstance(refusal, ProviderUnavailable) else "refused"
        log.warning("payment_push_failed", payment_id=payment_id, reason=str(refusal))
        async with services.database.tenant_connection(boutique_id) as conn:
            await payments.mark_sending(conn, payment_id=payment_id)  # told once, not tried again
            await _pass_on(conn, payment, order, Result(code, str(refusal)))
        return
    async with services.database.tenant_connection(boutique_id) as conn:
        await _note_accepted(conn, payment, accepted)
    if accepted is not None:
        await _take_up_early_callbacks(services, accepted.checkout_request_id)


async def _adopt_unclear_push(conn: Connection, payment: Payment) -> None:
    """A worker died between claiming and hearing back: there may be a prompt, so only ask."""
    if payment.status == "sending":
        await _note_accepted(conn, payment, None)


async def _account(services: Services, payment: Payment) -> payment_accounts.Account:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        return await payment_accounts.of(conn, services, payment.boutique_id, payment.provider)


async def _push(
    services: Services,
    account: payment_accounts.Account,
    payment: Payment,
    order: Order,
) -> PushAccepted:
    return await payment_accounts.push(
        services,
        account,
        amount=whole_units(payment.amount_minor, order.currency),
        phone=payment.phone,
        reference=order.number,
        # WIRE: a push error is tried again with a shorter description.
        description="Order" if payment.attempt > 1 else order.number,
        callback_token=payment.callback_token,
        before_push=partial(_claim, services, payment),
    )


async def _claim(services: Services, payment: Payment) -> None:
    """Raises ProviderUnclear when another worker has claimed it meanwhile and may have pushed.

    Raises ProviderRefused when its order needs no money any more: an attempt may wait for half
    a minute, and the one before it may turn out paid, or she may cancel.
    """
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        if await payments.mark_sending(conn, payment_id=payment.id):
            return
        now, order = await _payment_and_order(conn, payment.id)
    if now.status == "requested":
        raise ProviderRefused(f"the order is {order.status}", provider=payment.provider)
    raise ProviderUnclear("claimed by another worker", provider=payment.provider)


async def _note_accepted(conn: Connection, payment: Payment, accepted: PushAccepted | None) -> None:
    await payments.mark_pending(
        conn,
        payment_id=payment.id,
        checkout_request_id=accepted.checkout_request_id if accepted else None,
        merchant_request_id=accepted.merchant_request_id if accepted else None,
    )
    await _defer_question(conn, payment, step=0)


async def _defer_question(conn: Connection, payment: Payment, *, step: int) -> None:
    waited = ASK_AFTER_S[step - 1] if step else 0
    await defer(
        conn,
        "reconcile_payment",
        # Its own lock: while it waits, asking now must not wait behind it.
        lock=f"reconcile:{payment.id}",
        delay=timedelta(seconds=ASK_AFTER_S[step] - waited),
        boutique_id=payment.boutique_id,
        payment_id=payment.id,
        step=step,
    )


async def reconcile_payment(
    services: Services, *, boutique_id: str, payment_id: str, step: int
) -> None:
    """Ask Daraja how an attempt ended, if nobody has told us yet."""
    async with services.database.tenant_connection(boutique_id) as conn:
        payment, order = await _payment_and_order(conn, payment_id)
    if not _is_open(payment):
        return
    answer = await ask(services, payment)
    if answer is not None and not answer.pending:
        result = Result(str(answer.result_code), answer.result_desc)
        await _report(services, payment, order, result)
        return
    if step + 1 < len(ASK_AFTER_S):
        async with services.database.tenant_connection(boutique_id) as conn:
            await _defer_question(conn, payment, step=step + 1)
        return
    await _report(services, payment, order, Result("no_answer", "M-Pesa did not answer"))


async def check_payment_now(services: Services, *, boutique_id: str, payment_id: str) -> None:
    """Ask at once: the customer says that she has paid, or that the prompt never came."""
    async with services.database.tenant_connection(boutique_id) as conn:
        payment, order = await _payment_and_order(conn, payment_id)
    if not _is_open(payment):
        return
    if payment.status == "pending" and payment.checkout_request_id is None:
        # Nobody heard whether the prompt was made, so M-Pesa cannot be asked by its id.
        await _report(services, payment, order, Result("no_answer", "the prompt has no id"))
        return
    answer = await ask(services, payment)
    if answer is not None and not answer.pending:
        result = Result(str(answer.result_code), answer.result_desc)
        await _report(services, payment, order, result)


def _is_open(payment: Payment) -> bool:
    waiting = payment.status == "needs_review" and payment.review_reason in (
        "unknown_result",
        "no_answer",
    )
    return payment.provider != "manual" and (payment.in_flight or waiting)


async def ask(services: Services, payment: Payment) -> StkResult | None:
    """What Daraja knows of an attempt; None when it cannot be asked or does not say."""
    if payment.checkout_request_id is None:
        return None
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        account = await payment_accounts.for_questions(conn, services, payment.boutique_id)
    if account is None:
        return None
    try:
        return await services.daraja.query(account, payment.checkout_request_id)
    except (ProviderUnavailable, ProviderRefused) as error:
        log.warning("payment_query_failed", payment_id=payment.id, reason=str(error))
        return None


async def handle_payment_callback(
    services: Services, *, webhook_event_id: int, token: str | None = None
) -> None:
    """Match a stored callback to its payment, trust it as far as it deserves, pass it on.

    The unguessable token in its address is what makes a callback trustworthy; one without it
    only counts for money once Daraja itself confirms.
    """
    async with services.database.system_connection() as conn:
        event = await webhook_events.get(conn, event_id=webhook_event_id)
        if event is None or event.outcome in ("handled", "unreadable"):
            return
        callback = _read(event)
        payment = await _match(conn, callback, token) if callback else None
        if callback is None or payment is None:
            outcome = "unmatched" if callback else "unreadable"
            await webhook_events.set_outcome(conn, event_id=event.id, outcome=outcome)
            return
    trusted = token is not None and payment.callback_token == token
    result = await _believe(services, payment, callback, trusted=trusted)
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await payments.mark_pending(
            conn,
            payment_id=payment.id,
            checkout_request_id=callback.checkout_request_id,
            merchant_request_id=callback.merchant_request_id or None,
        )
        order = await orders.get(conn, order_id=payment.order_id)
        if result is not None and order is not None:
            await _pass_on(conn, payment, order, result)
        elif payment.status != "requested":
            await _defer_question(conn, payment, step=0)
    async with services.database.system_connection() as conn:
        await webhook_events.set_outcome(
            conn,
            event_id=event.id,
            outcome="handled" if result else "unconfirmed",
            boutique_id=payment.boutique_id,
        )


def _read(event: WebhookEvent) -> StkCallback | None:
    import json

    try:
        return parse_stk_callback(json.dumps(event.payload).encode())
    except UnreadableWebhook:
        return None


async def _match(conn: Connection, callback: StkCallback, token: str | None) -> Payment | None:
    """By the address it came to, else by M-Pesa's id; never by both disagreeing."""
    if token is None:
        return await payments.of_checkout(conn, checkout_request_id=callback.checkout_request_id)
    payment = await payments.of_token(conn, callback_token=token)
    if payment is None or payment.checkout_request_id is None:
        return payment
    return payment if payment.checkout_request_id == callback.checkout_request_id else None


async def _believe(
    services: Services, payment: Payment, callback: StkCallback, *, trusted: bool
) -> Result | None:
    """The result to act on; None when it must wait until Daraja confirms it."""
    said = Result(
        code=callback.result_code,
        text=callback.result_desc,
        amount_minor=callback.amount_minor,
        receipt=callback.receipt,
    )
    paid = said.code == "0"
    doubtful = not trusted or said.code == _UNREACHABLE or (paid and not _right(payment, said))
    if not doubtful:
        return said
    known = replace(payment, checkout_request_id=callback.checkout_request_id)
    answer = await ask(services, known)
    if answer is None or answer.pending:
        return said if trusted else None
    if answer.result_code == "0":
        return said if paid else Result("0", answer.result_desc)
    return said if trusted else Result(str(answer.result_code), answer.result_desc)


def _right(payment: Payment, said: Result) -> bool:
    return said.amount_minor == payment.amount_minor


async def _take_up_early_callbacks(services: Services, checkout_request_id: str) -> None:
    """Callbacks that came before the push had told us their id."""
    async with services.database.system_connection() as conn:
        early = await webhook_events.unmatched_payments(
            conn, checkout_request_id=checkout_request_id
        )
        for event in early:
            await defer(
                conn,
                "handle_payment_callback",
                lock=f"payment:{checkout_request_id}",
                webhook_event_id=event.id,
                token=None,
            )


async def _report(services: Services, payment: Payment, order: Order, result: Result) -> None:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await _pass_on(conn, payment, order, result)


async def _pass_on(conn: Connection, payment: Payment, order: Order, result: Result) -> None:
    """Into the conversation's lane: the turn settles it and tells the customer.

    M-Pesa may have been asked meanwhile: the lane is the one the order is in now.
    """
    order = await orders.get(conn, order_id=order.id) or order
    assert order.conversation_id is not None  # every payment begins in a conversation
    await events.add(
        conn,
        conversation_id=order.conversation_id,
        kind="payment_result",
        payload={
            "payment_id": payment.id,
            "code": result.code,
            "text": result.text,
            "amount_minor": result.amount_minor,
            "receipt": result.receipt,
        },
    )
    await defer(
        conn,
        "handle_turn",
        lock=order.conversation_id,
        boutique_id=payment.boutique_id,
        conversation_id=order.conversation_id,
    )


async def _payment_and_order(conn: Connection, payment_id: str) -> tuple[Payment, Order]:
    payment = await payments.get(conn, payment_id=payment_id)
    assert payment is not None  # a job is deferred with the payment it is about
    order = await orders.get(conn, order_id=payment.order_id)
    assert order is not None  # the foreign key holds it
    return payment, order
