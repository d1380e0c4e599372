"""Runs the jobs of a payment: pushes its prompt once, and finds out the result.

Every result becomes an event of the conversation, and the turn that handles it settles the payment.
"""

from __future__ import annotations

import structlog

from dukani.core.clients.mpesa_answers import outcome_of, refusal_as_result
from dukani.core.clients.mpesa_outcomes import Kind, Reason
from dukani.core.clients.stk_callback import StkCallback
from dukani.core.errors import (
    ConfigurationError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)
from dukani.core.observability.following import following_on
from dukani.core.services import Services
from dukani.core.store import orders, payments, webhook_events
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.core.store.webhook_events import Outcome, WebhookEvent
from dukani.tools.payments.callbacks import (
    defer_early_callbacks,
    match_payment,
    note_stray_money,
    read_callback,
    verified_result,
)
from dukani.tools.payments.events import tell_conversation
from dukani.tools.payments.judgement import Result
from dukani.tools.payments.push import account_of, adopt_unclear_push, note_accepted, push_prompt
from dukani.tools.payments.questions import LAST_QUESTION, ask, defer_question
from dukani.tools.payments.request import payment_and_order
from dukani.tools.payments.setup_alarm import warn_if_unlisted

log = structlog.get_logger()


async def push_payment(services: Services, *, boutique_id: str, payment_id: str) -> None:
    """Pushes the prompt of this attempt to the phone, at most once."""
    async with services.database.tenant_connection(boutique_id) as conn:
        payment, order = await payment_and_order(conn, payment_id)
        if payment.status != "requested":
            await adopt_unclear_push(conn, payment)
            return
    try:
        accepted = await push_prompt(services, await account_of(services, payment), payment, order)
    except ProviderUnclear as unclear:
        log.warning("payment_push_unclear", payment_id=payment_id, reason=str(unclear))
        if unclear.code is not None:
            warn_if_unlisted(unclear.code, unclear.said, where="push")
        accepted = None
    except (ProviderUnavailable, ProviderRefused, ConfigurationError) as refusal:
        result = _of_refusal(refusal)
        log.warning("payment_push_failed", payment_id=payment_id, reason=str(refusal))
        async with services.database.tenant_connection(boutique_id) as conn:
            await payments.mark_sending(conn, payment_id=payment_id)  # so that no job pushes again
            await tell_conversation(conn, payment, order, result)
        return
    async with services.database.tenant_connection(boutique_id) as conn:
        await note_accepted(conn, payment, accepted)
    if accepted is not None:
        await defer_early_callbacks(services, accepted.checkout_request_id)


def _of_refusal(refusal: ProviderUnavailable | ProviderRefused | ConfigurationError) -> Result:
    """The result of an attempt whose push was refused."""
    if isinstance(refusal, ConfigurationError):
        return Result(*refusal_as_result("credentials", str(refusal)))
    if isinstance(refusal, ProviderRefused):
        return Result(*refusal_as_result(refusal.code, refusal.said))
    limited = outcome_of(refusal.code, refusal.said).reason is Reason.RULE_LIMITED
    return Result("17" if limited else "unavailable", str(refusal))


async def reconcile_payment(
    services: Services, *, boutique_id: str, payment_id: str, step: int
) -> None:
    """Queries Daraja for an attempt's result, if no callback has told it yet.

    An unknown result code is passed on, and queried again, since it may not be final.
    """
    async with services.database.tenant_connection(boutique_id) as conn:
        payment, order = await payment_and_order(conn, payment_id)
    if not payment.is_unanswered:
        return
    answer = await ask(services, payment)
    if answer is not None and not answer.pending:
        result = Result(str(answer.result_code), answer.result_desc)
        await _tell(services, payment, order, result)
        if outcome_of(result.code, result.text).kind is not Kind.UNKNOWN:
            return
    if step < LAST_QUESTION:
        async with services.database.tenant_connection(boutique_id) as conn:
            await defer_question(conn, payment, step=step + 1)
    elif payment.in_flight and (answer is None or answer.pending):
        await _tell(services, payment, order, Result("no_answer", "M-Pesa did not answer"))


async def check_payment_now(services: Services, *, boutique_id: str, payment_id: str) -> None:
    """Queries at once: the customer says that the order is paid, or that no prompt came."""
    async with services.database.tenant_connection(boutique_id) as conn:
        payment, order = await payment_and_order(conn, payment_id)
    if not payment.is_unanswered:
        return
    if payment.status == "pending" and payment.checkout_request_id is None:
        # The push was never answered, so there is no checkout request id to query.
        await _tell(services, payment, order, Result("no_answer", "the prompt has no id"))
        return
    answer = await ask(services, payment)
    if answer is not None and not answer.pending:
        result = Result(str(answer.result_code), answer.result_desc)
        await _tell(services, payment, order, result)


async def handle_payment_callback(
    services: Services, *, webhook_event_id: int, payment_id: str | None = None
) -> None:
    """Matches a stored callback to its payment, verifies it, and passes the result on.

    `payment_id`: the callback came to that payment's own, unguessable URL, which makes it
    trustworthy; the stored event knows it too, where only the job was lost. Of a callback to no
    such URL nothing counts but what Daraja confirms.
    """
    async with services.database.system_connection() as conn:
        event = await webhook_events.get(conn, event_id=webhook_event_id)
        if event is None or event.outcome in ("handled", "unreadable"):
            return
        own = payment_id or (event.envelope or {}).get("payment_id")
        callback = read_callback(event)
        payment = await match_payment(conn, callback, own) if callback else None
    if callback is None or payment is None:
        await _mark_unmatched(services, event, callback, own)
        return
    with following_on(payment.trace_id, payment_id=payment.id):
        await _take(services, event, callback, payment, trusted=payment.id == own)


async def _take(
    services: Services,
    event: WebhookEvent,
    callback: StkCallback,
    payment: Payment,
    *,
    trusted: bool,
) -> None:
    """Passes on what a callback says of its payment, if it is trusted or M-Pesa confirms it."""
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        order = await orders.get(conn, order_id=payment.order_id)
    assert order is not None  # a foreign key holds it
    result = await verified_result(
        services, payment, callback, currency=order.currency, trusted=trusted
    )
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await payments.mark_pending(
            conn,
            payment_id=payment.id,
            checkout_request_id=callback.checkout_request_id,
            merchant_request_id=callback.merchant_request_id or None,
        )
        order = await orders.get(conn, order_id=payment.order_id)
        if result is not None and order is not None:
            await tell_conversation(conn, payment, order, result)
        elif payment.status != "requested":
            await defer_question(conn, payment, step=0)
    async with services.database.system_connection() as conn:
        await webhook_events.set_outcome(
            conn,
            event_id=event.id,
            outcome="handled" if result else "unconfirmed",
            boutique_id=payment.boutique_id,
        )


async def _mark_unmatched(
    services: Services, event: WebhookEvent, callback: StkCallback | None, payment_id: str | None
) -> None:
    """Records that the callback has no payment; tells the owner if it reports money."""
    if callback is not None and payment_id is not None and event.outcome == "stored":
        await note_stray_money(services, callback, payment_id)
    outcome: Outcome = "unmatched" if callback else "unreadable"
    async with services.database.system_connection() as conn:
        await webhook_events.set_outcome(conn, event_id=event.id, outcome=outcome)


async def _tell(services: Services, payment: Payment, order: Order, result: Result) -> None:
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        await tell_conversation(conn, payment, order, result)
