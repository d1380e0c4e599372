"""A callback of M-Pesa: whose payment it is about, and how far it is believed."""

from __future__ import annotations

import json
from dataclasses import replace

from dukani.agent.wording.owner import stray_money_note
from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind, Reason
from dukani.core.clients.stk_callback import StkCallback, parse_stk_callback
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
    """What a stored event says; None when it is no callback."""
    try:
        return parse_stk_callback(json.dumps(event.payload).encode())
    except UnreadableWebhook:
        return None


async def match_payment(
    conn: Connection, callback: StkCallback, payment_id: str | None
) -> Payment | None:
    """The payment at whose address it came, else by M-Pesa's id; never by both disagreeing."""
    if payment_id is None:
        return await payments.of_checkout(conn, checkout_request_id=callback.checkout_request_id)
    payment = await payments.of_any_boutique(conn, payment_id=payment_id)
    if payment is None or payment.checkout_request_id is None:
        return payment
    return payment if payment.checkout_request_id == callback.checkout_request_id else None


async def note_stray_money(services: Services, callback: StkCallback, payment_id: str) -> None:
    """Tell the owner of money that came to a payment's own address for another prompt.

    The payment is left as it is: M-Pesa speaks of a prompt we know nothing of. Whatever comes to
    one payment's address, its owner gets one note.
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
            amount_minor=callback.amount_minor,
            receipt=callback.receipt,
            currency=order.currency,
            language=boutique.language,
        )
        await queue_owner_note(conn, boutique, text)


async def believe(
    services: Services, payment: Payment, callback: StkCallback, *, trusted: bool
) -> Result | None:
    """The result to act on; None when it must wait until Daraja confirms it."""
    said = Result(
        code=callback.result_code,
        text=callback.result_desc,
        amount_minor=callback.amount_minor,
        receipt=callback.receipt,
    )
    meaning = outcome_of(said.code, said.text)
    paid = meaning.kind is Kind.PAID
    # 1037, the phone did not answer in time: it may have since, so M-Pesa is asked first.
    unsure = meaning.reason is Reason.UNREACHABLE
    if trusted and not unsure and (not paid or _amount_matches(payment, said)):
        return said
    known = replace(payment, checkout_request_id=callback.checkout_request_id)
    answer = await ask(services, known)
    # A "paid" without an amount that no query confirms is for a person to look at.
    unconfirmed = replace(said, unread=paid and said.amount_minor is None)
    if answer is None or answer.pending:
        return unconfirmed if trusted else None
    if answer.result_code == "0":
        return said if paid else Result("0", answer.result_desc)
    return unconfirmed if trusted else Result(str(answer.result_code), answer.result_desc)


def _amount_matches(payment: Payment, said: Result) -> bool:
    return said.amount_minor == payment.amount_minor


async def take_up_early_callbacks(services: Services, checkout_request_id: str) -> None:
    """Callbacks that came before the push had told us their id."""
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
