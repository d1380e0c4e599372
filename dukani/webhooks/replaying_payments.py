"""Replays a payment's callback: its task handles it as when it came, and asks Daraja in doubt."""

from __future__ import annotations

import json

from dukani.core.clients.callback_readers import parse_callback
from dukani.core.services import Services
from dukani.core.store import webhook_events
from dukani.core.store.webhook_events import PAYMENT, WebhookEvent
from dukani.tools.payments.jobs import handle_payment_callback
from dukani.tools.payments.top_up_jobs import handle_top_up_callback
from dukani.webhooks.bodies import json_body
from dukani.webhooks.reading_again import unread


async def replay_payment(services: Services, event: WebhookEvent) -> str:
    """The event's outcome afterwards. Raises UnreadableWebhook, and the errors of asking Daraja.

    Trusted is what came to a payment's own address; what was not, counts when Daraja confirms it.
    """
    await _read_again(services, event)
    kept = event.envelope or {}
    if kept.get("top_up_id") and event.boutique_id:
        await handle_top_up_callback(
            services,
            boutique_id=event.boutique_id,
            top_up_id=kept["top_up_id"],
            webhook_event_id=event.id,
        )
    else:
        await handle_payment_callback(
            services, webhook_event_id=event.id, payment_id=kept.get("payment_id")
        )
    async with services.database.system_connection() as conn:
        after = await webhook_events.get(conn, event_id=event.id)
    return after.outcome if after else event.outcome


async def _read_again(services: Services, event: WebhookEvent) -> None:
    text = unread(event.payload)
    if text is None:
        return
    payload = json_body(text.encode())
    parse_callback(event.provider, json.dumps(payload).encode())
    async with services.database.system_connection() as conn:
        await webhook_events.read_again(conn, event_id=event.id, payload=payload, kind=PAYMENT)
