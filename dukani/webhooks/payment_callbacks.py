"""Stores a payment callback once and defers its task; shared by the Daraja and PayLink webhooks.

Callbacks are not signed. One is trusted for the unguessable token in the address it came to; about
a callback without that token the task asks Daraja.
"""

from __future__ import annotations

import json

import structlog
from fastapi.responses import JSONResponse

from dukani.core.clients.callback_readers import parse_callback
from dukani.core.clients.stk_callback import StkCallback
from dukani.core.database import Connection
from dukani.core.errors import UnreadableWebhook
from dukani.core.jobs import callback_lock, defer_callback, defer_top_up_callback
from dukani.core.payment_providers import PromptProvider
from dukani.core.store import mpesa_tests, payments, top_ups, webhook_events
from dukani.core.store.payments import Payment
from dukani.core.store.top_ups import TopUp
from dukani.core.store.webhook_events import PAYMENT
from dukani.tools.payments.trial import note_callback
from dukani.webhooks.bodies import digest, json_body, kept_text
from dukani.webhooks.dependencies import Webhooks

log = structlog.get_logger()

Provider = PromptProvider
MAX_OF_STRANGERS = 4096  # bytes kept of a callback to an address of no payment
ACCEPTED = {"ResultCode": 0, "ResultDesc": "Accepted"}


async def keep_callback(
    webhooks: Webhooks, provider: Provider, raw: bytes, token: str | None
) -> JSONResponse:
    """Store the callback and defer its task; always 200, for a provider that may not retry."""
    try:
        payload = json_body(raw)
        callback = parse_callback(provider, json.dumps(payload).encode())
    except UnreadableWebhook:
        await _keep_unreadable(webhooks, provider, raw)
        return JSONResponse(ACCEPTED)
    async with webhooks.services.database.system_connection() as conn:
        test = await mpesa_tests.of_token(conn, callback_token=token) if token else None
        if test is not None:
            await note_callback(conn, test, callback)
            return JSONResponse(ACCEPTED)
        top_up = await top_ups.of_token(conn, callback_token=token) if token else None
        if top_up is not None:
            await _keep_of_top_up(conn, provider, callback, payload, token, top_up)
            return JSONResponse(ACCEPTED)
        payment = await payments.of_token(conn, callback_token=token) if token else None
        if payment is None and len(raw) > MAX_OF_STRANGERS:
            payload = kept_text(raw)
        if payment is not None or await _is_welcome_stranger(webhooks, provider):
            await _keep(conn, provider, callback, payload, token, payment)
    return JSONResponse(ACCEPTED)


async def _is_welcome_stranger(webhooks: Webhooks, provider: Provider) -> bool:
    """Whether to store a callback to an address we did not give out: unless there is a flood."""
    log.warning("payment_callback_without_our_token", provider=provider)
    return await webhooks.limits.allow_stranger(provider)


async def _keep_of_top_up(
    conn: Connection,
    provider: Provider,
    callback: StkCallback,
    payload: dict[str, object],
    token: str | None,
    top_up: TopUp,
) -> None:
    event_id = await webhook_events.store(
        conn,
        provider=provider,
        event_key=_event_key(callback, token),
        kind=PAYMENT,
        payload=payload,
        boutique_id=top_up.boutique_id,
        envelope={"top_up_id": top_up.id},
    )
    if event_id is not None:
        await defer_top_up_callback(
            conn,
            lock=callback_lock(callback.checkout_request_id),
            boutique_id=top_up.boutique_id,
            top_up_id=top_up.id,
            webhook_event_id=event_id,
        )


async def _keep(
    conn: Connection,
    provider: Provider,
    callback: StkCallback,
    payload: dict[str, object],
    token: str | None,
    payment: Payment | None,
) -> None:
    """Store the callback, and defer its task unless it came with a wrong token.

    The job names the payment, not its token: logs and people show jobs.
    """
    guessed = token is not None and payment is None
    event_id = await webhook_events.store(
        conn,
        provider=provider,
        event_key=_event_key(callback, token),
        kind=PAYMENT,
        payload=payload,
        boutique_id=payment.boutique_id if payment else None,
        outcome="unmatched" if guessed else "stored",
        envelope={"payment_id": payment.id if payment else None},
    )
    if event_id is None or guessed:
        return
    await defer_callback(
        conn,
        lock=callback_lock(callback.checkout_request_id),
        webhook_event_id=event_id,
        payment_id=payment.id if payment else None,
    )


def _event_key(callback: StkCallback, token: str | None) -> str:
    """The idempotency key: the same outcome at the same address is one event.

    Without the token in the key, a forgery that came first would keep the real callback out.
    """
    amount, receipt = callback.amount_hundredths, callback.receipt or ""
    told = f"{callback.result_code}:{receipt}:{amount}:{token or ''}"
    return f"{callback.checkout_request_id}:{digest(told.encode())[:32]}"


async def _keep_unreadable(webhooks: Webhooks, provider: Provider, raw: bytes) -> None:
    log.warning("payment_callback_unreadable", provider=provider)
    if not await webhooks.limits.allow_stranger(provider):
        return
    async with webhooks.services.database.system_connection() as conn:
        await webhook_events.store(
            conn,
            provider=provider,
            event_key=f"unreadable:{digest(raw)}",
            kind=PAYMENT,
            payload=kept_text(raw),
            outcome="unreadable",
        )
