"""Queues an SMS to a customer, in the customer's own chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from dukani.core.channels import SmsProvider
from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_later_delivery
from dukani.core.sms_segments import plain_sms
from dukani.core.store import boutiques, conversations, customers, messages, sms_senders
from dukani.core.store.messages import Message, Purpose
from dukani.tools.messaging import fitting


@dataclass(frozen=True, slots=True)
class NoSms:
    """Why none was queued. Consent is not asked here but as it leaves (`sending_rules.py`)."""

    reason: Literal["no_sender", "no_phone", "no_customer"]


async def queue_sms(
    conn: Connection,
    *,
    boutique_id: str,
    customer_id: str,
    text: str,
    purpose: Purpose,
    reference: str | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Message | NoSms:
    """Queue `text`, made plain, from the boutique's sender; it leaves after the commit.

    An SMS has no 24 hours, and waits for no WhatsApp message of the chat. Marketing leaves in the
    queue of the lowest priority. A text longer than the provider takes is cut at a word; whoever
    writes it should count its segments before.
    """
    sender = await sms_senders.in_use(conn)
    if sender is None:
        return NoSms("no_sender")
    customer = await customers.get(conn, customer_id=customer_id)
    if customer is None:
        return NoSms("no_customer")
    if customer.phone is None:
        return NoSms("no_phone")
    queued = await messages.queue_outbound(
        conn,
        conversation_id=await _chat(conn, boutique_id=boutique_id, customer_id=customer_id),
        channel="sms",
        provider=sender.provider,
        body=_within(plain_sms(text), sender.provider),
        payload=payload,
        purpose=purpose,
        reference=reference,
    )
    await _deliver(conn, Partition(boutique_id, queued.conversation_id, "sms"), queued)
    return queued


async def _chat(conn: Connection, *, boutique_id: str, customer_id: str) -> str:
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None  # its sender was found
    return await conversations.of_customer(
        conn, customer_id=customer_id, provider=boutique.whatsapp_provider
    )


async def _deliver(conn: Connection, partition: Partition, queued: Message) -> None:
    if queued.purpose != "marketing":
        await defer_delivery(conn, partition)
        return
    await defer_later_delivery(conn, partition, message_id=queued.id, delay=timedelta(0), bulk=True)


def _within(text: str, provider: SmsProvider) -> str:
    return fitting(text, provider)[0]
