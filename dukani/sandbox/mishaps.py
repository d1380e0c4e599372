"""What goes wrong in the demo, so that a platform admin has something to mend.

A message that no turn could handle, a reply that did not leave, a job that failed, a status that
came before its message was known, and a payment's callback that belongs to nothing: in the second
shop. Each is mended by a retry or a replay. `POST /sandbox/mishaps` lets them happen again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from fastapi import APIRouter

from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery
from dukani.core.services import Services
from dukani.core.store import (
    boutiques,
    conversations,
    customers,
    dead_letters,
    events,
    inbox,
    messages,
    outbox,
    webhook_events,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.inbox import Arrival
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.history import past

PHONE = "+254711000950"
QUESTION = "Do you have the maxi dress in size 14?"
_ERROR = "OperationalError: the model of this machine does not answer"


def mishaps_router(services: Services) -> APIRouter:
    router = APIRouter(tags=["control"])

    @router.post("/sandbox/mishaps", status_code=204)
    async def happen() -> None:
        await let_happen(services)

    return router


async def let_happen_once(services: Services) -> None:
    """As `let_happen`, in a demo that has no dead letter yet."""
    async with services.database.system_connection() as conn:
        there = await dead_letters.page(conn, before=None, limit=1)
    if not there:
        await let_happen(services)


async def let_happen(services: Services) -> None:
    async with services.database.system_connection() as conn:
        boutique = await boutiques.by_slug(conn, slug=PWANI.key)
    if boutique is None:
        return
    async with services.database.tenant_connection(boutique.id) as conn:
        conversation = await _a_conversation(conn)
        await _not_handled(conn, conversation)
        await _not_sent(conn, conversation)
        await _early_status(conn, boutique, conversation)
    async with services.database.system_connection() as conn:
        await defer_delivery(conn, Partition(boutique.id, conversation.id))
        await past.job_failed(conn, error="ConnectionTimeout: the database did not answer")
        await _stray_callback(conn)


async def _a_conversation(conn: Connection) -> Conversation:
    customer = await customers.find_or_create(conn, phone=PHONE, name="Amani")
    return await conversations.find_or_create(conn, customer_id=customer.id, provider="meta")


async def _not_handled(conn: Connection, conversation: Conversation) -> None:
    arrival = Arrival(
        provider_id=f"wamid.{uuid4().hex}",
        provider="meta",
        author="customer",
        kind="text",
        body=QUESTION,
        reply_to=None,
        payload={},
        raw={"from": PHONE.lstrip("+"), "type": "text", "text": {"body": QUESTION}},
        sent_at=datetime.now(UTC),
    )
    await inbox.record(conn, conversation_id=conversation.id, arrival=arrival)
    event_id = await events.oldest_open(conn, conversation_id=conversation.id)
    assert event_id is not None  # just recorded
    for _ in range(5):
        await events.note_failure(conn, event_ids=[event_id], error=_ERROR)
    await events.mark_dead_letter(conn, event_id=event_id)
    await conversations.hand_off(conn, conversation_id=conversation.id, reason="failed")


async def _not_sent(conn: Connection, conversation: Conversation) -> None:
    message = await messages.queue_outbound(
        conn,
        provider="meta",
        conversation_id=conversation.id,
        body="Yes, we open at nine tomorrow.",
    )
    await outbox.mark_failed(conn, message_id=message.id, error_code="131000")


async def _early_status(conn: Connection, boutique: Boutique, conversation: Conversation) -> None:
    """A status that came before its message was stored, so that nothing was done about it."""
    provider_id = f"wamid.{uuid4().hex}"
    await webhook_events.store(
        conn,
        provider="meta",
        event_key=f"{provider_id}:read",
        kind="status",
        payload={"id": provider_id, "status": "read", "recipient_id": PHONE.lstrip("+")},
        boutique_id=boutique.id,
        outcome="ignored",
        envelope={
            "account": PWANI.phone_number_id,
            "field": "messages",
            "list": "statuses",
            "cards": [],
        },
    )
    message = await messages.queue_outbound(
        conn, provider="meta", conversation_id=conversation.id, body="Karibu Pwani Styles!"
    )
    await outbox.mark_sent(conn, message_id=message.id, provider_id=provider_id)


async def _stray_callback(conn: Connection) -> None:
    """A payment's callback whose address and prompt nobody knows."""
    checkout = f"ws_CO_{uuid4().hex[:20]}"
    told = {
        "MerchantRequestID": f"stray-{checkout[-6:]}",
        "CheckoutRequestID": checkout,
        "ResultCode": 1032,
        "ResultDesc": "Request cancelled by user",
    }
    await webhook_events.store(
        conn,
        provider="daraja",
        event_key=f"{checkout}:stray",
        kind=webhook_events.PAYMENT,
        payload={"Body": {"stkCallback": told}},
        outcome="unmatched",
        envelope={"payment_id": None},
    )
