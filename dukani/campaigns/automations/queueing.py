"""Queues a rule's message in the customer's chat; the outbox sends it after the commit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

from dukani.campaigns.automations.cards import Card, WhatsAppCard
from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_later_delivery
from dukani.core.store import messages
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message, Purpose
from dukani.tools import options
from dukani.tools.sms import NoSms, queue_sms

REFERENCE = "automation"
# In the payload of a message that takes up what she left: what it was, for her "yes".
RECOVER = "recover"


class Sending(Protocol):
    """What is asked of a send (`core/store/automation_sends.py`)."""

    @property
    def id(self) -> str: ...
    @property
    def customer_id(self) -> str: ...
    @property
    def send_class(self) -> str: ...
    @property
    def subject_kind(self) -> str: ...
    @property
    def subject_id(self) -> str: ...


def reference_of(send: Sending) -> str:
    return f"{REFERENCE}:{send.id}"


async def queue(
    conn: Connection,
    boutique: Boutique,
    send: Sending,
    card: Card,
    chat: Conversation,
    *,
    pieces: tuple[str, ...] = (),
) -> Message:
    """On WhatsApp. An offer leaves behind all answers, and only if she still agrees to offers.

    `pieces`: ids of products that are shown together, numbered, in place of a single picture.
    """
    shown = card.whatsapp
    # A template has a picture of its own, and buttons stand below one piece alone.
    together = len(pieces) > 1 and not (shown.template or shown.buttons)
    numbered = await options.as_options(conn, pieces) if together else ()
    payload = _payload(send, shown)
    if numbered:
        payload["options"] = [option.model_dump(mode="json") for option in numbered]
    queued = await messages.queue_outbound(
        conn,
        conversation_id=chat.id,
        channel=chat.channel,
        provider=chat.provider,
        kind="options" if numbered else kind_of(shown),
        body=shown.text,
        media_path=None if numbered else shown.picture,
        payload=payload,
        template=shown.template.as_plain() if shown.template else None,
        purpose=purpose_of(send),
        reference=reference_of(send),
    )
    partition = Partition(boutique.id, chat.id)
    if queued.purpose == "marketing":
        await defer_later_delivery(
            conn, partition, message_id=queued.id, delay=timedelta(0), bulk=True
        )
    else:
        await defer_delivery(conn, partition)
    return queued


async def queue_as_sms(
    conn: Connection, boutique: Boutique, send: Sending, card: Card
) -> Message | NoSms:
    """By SMS, from the boutique's sender."""
    return await queue_sms(
        conn,
        boutique_id=boutique.id,
        customer_id=send.customer_id,
        text=card.sms.text,
        purpose=purpose_of(send),
        reference=reference_of(send),
        payload=_recover(send),
    )


def purpose_of(send: Sending) -> Purpose:
    return "marketing" if send.send_class == "marketing" else "utility"


def kind_of(shown: WhatsAppCard) -> str:
    """The kind of its message."""
    if shown.template is not None:
        return "template"
    if shown.buttons:
        return "link" if shown.buttons[0].url else "buttons"
    return "image" if shown.picture else "text"


def _payload(send: Sending, shown: WhatsAppCard) -> dict[str, Any]:
    payload = _recover(send)
    if replies := [{"id": one.id, "title": one.title} for one in shown.buttons if not one.url]:
        payload["buttons"] = replies
    for one in shown.buttons:
        if one.url:
            payload["link"] = {"title": one.title, "url": one.url}
    return payload


def _recover(send: Sending) -> dict[str, Any]:
    return {RECOVER: {"kind": send.subject_kind, "id": send.subject_id}}
