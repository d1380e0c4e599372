"""Matches M-Pesa callbacks to payments, and verifies them before they count."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from dukani.agent.wording.owner import stray_money_note
from dukani.core.clients.callback_readers import parse_callback
from dukani.core.clients.daraja import StkResult
from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind, Reason
from dukani.core.clients.stk_callback import StkCallback
from dukani.core.database import Connection
from dukani.core.errors import UnreadableWebhook
from dukani.core.jobs import callback_lock, defer_callback
from dukani.core.services import Services
from dukani.core.store import boutiques, orders, owner_notices, payments, webhook_events
from dukani.core.store.payments import Payment
from dukani.core.store.webhook_events import WebhookEvent
from dukani.tools.messaging import queue_owner_note
from dukani.tools.payments.judgement import Result
from dukani.tools.payments.questions import ask


def read_callback(event: WebhookEvent) -> StkCallback | None:
    """The stored webhook event parsed as a callback; None if it is none."""
    try:
        return parse_callback(event.provider, json.dumps(event.payload).encode())
    except UnreadableWebhook:
        return None


async def match_payment(
    conn: Connection, callback: StkCallback, payment_id: str | None
) -> Payment | None:
    """The payment of the callback's own URL, else the one with M-Pesa's checkout request id.

    None if the URL's payment has another checkout request id.
    """
    if payment_id is None:
        return await payments.of_checkout(conn, checkout_request_id=callback.checkout_request_id)
    payment = await payments.of_any_boutique(conn, payment_id=payment_id)
    if payment is None or payment.checkout_request_id is None:
        return payment
    return payment if payment.checkout_request_id == callback.checkout_request_id else None


async def note_stray_money(services: Services, callback: StkCallback, payment_id: str) -> None:
    """Tells the owner of money reported to a payment's callback URL for an unknown prompt.

    The payment stays unchanged. The owner gets one note per payment, however many callbacks come.
    """
    if outcome_of(callback.result_code, callback.result_desc).kind is not Kind.PAID:
        return
    async with services.database.system_connection() as conn:
        payment = await payments.of_any_boutique(conn, payment_id=payment_id)
    if payment is None:
        return
    async with services.database.tenant_connection(payment.boutique_id) as conn:
        if not await owner_notices.first_time(conn, about=f"stray_money:{payment.id}"):
            return
        boutique = await boutiques.get(conn, boutique_id=payment.boutique_id)
        order = await orders.get(conn, order_id=payment.order_id)
        assert boutique is not None and order is not None  # foreign keys hold both
        text = stray_money_note(
            order.number,
            amount_minor=callback.amount_minor(order.currency),
            receipt=callback.receipt,
            currency=order.currency,
            language=boutique.language,
        )
        await queue_owner_note(conn, boutique, text)


async def verified_result(
    services: Services, payment: Payment, callback: StkCallback, *, currency: str, trusted: bool
) -> Result | None:
    """The result to act on; None if Daraja must confirm it first and has not yet.

    `currency`: the order's.

    `trusted`: the callback came to the payment's own, unguessable URL.
    """
    known = replace(payment, checkout_request_id=callback.checkout_request_id)
    return await verify(
        callback,
        amount_minor=payment.amount_minor,
        currency=currency,
        trusted=trusted,
        ask=partial(ask, services, known),
    )


async def verify(
    callback: StkCallback,
    *,
    amount_minor: int,
    currency: str,
    trusted: bool,
    ask: Callable[[], Awaitable[StkResult | None]],
) -> Result | None:
    """As `verified_result`, of any prompt for `amount_minor`; `ask` asks Daraja about it.

    Amount and receipt are those of a trusted callback alone.
    """
    reported = Result(
        code=callback.result_code,
        text=callback.result_desc,
        amount_minor=callback.amount_minor(currency),
        receipt=callback.receipt,
    )
    meaning = outcome_of(reported.code, reported.text)
    paid = meaning.kind is Kind.PAID
    # 1037 says that the phone did not answer in time; it may have since, so Daraja is asked first.
    unsure = meaning.reason is Reason.UNREACHABLE
    if trusted and not unsure and (not paid or reported.amount_minor == amount_minor):
        return reported
    answer = await ask()
    # "Paid" without an amount, and not confirmed by a query, is put under review.
    unconfirmed = replace(reported, unread=paid and reported.amount_minor is None)
    if answer is None or answer.pending:
        return unconfirmed if trusted else None
    if answer.result_code == "0":
        # Daraja confirms the prompt's money and names no receipt. What an unproven callback adds
        # to that is anybody's: the receipt stays unknown until the payment's own URL tells it.
        return reported if trusted and paid else Result("0", answer.result_desc)
    return unconfirmed if trusted else Result(str(answer.result_code), answer.result_desc)


async def defer_early_callbacks(services: Services, checkout_request_id: str) -> None:
    """Defers callbacks that arrived before the push's answer told us their checkout request id."""
    async with services.database.system_connection() as conn:
        early = await webhook_events.unmatched_payments(
            conn, checkout_request_id=checkout_request_id
        )
        for event in early:
            await defer_callback(
                conn,
                lock=callback_lock(checkout_request_id),
                webhook_event_id=event.id,
                payment_id=None,
            )
