"""Sends an order's receipt as a document into the customer's chat."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from dukani.agent.wording.receipts import caption, file_name
from dukani.core.database import Connection
from dukani.core.errors import Conflict
from dukani.core.jobs import Partition, defer_delivery
from dukani.core.services import Services
from dukani.core.store import consents, messages
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.domain.receipt import Receipt
from dukani.tools import chats, dispatching
from dukani.tools.receipts.making import as_pdf
from dukani.tools.sending_rules import is_window_open


async def chat_for_receipt(conn: Connection, *, order_id: str) -> Conversation:
    """The order's chat, if a document may go there now. Raises NotFound, WindowClosed, Conflict."""
    order = await dispatching.the_order(conn, order_id=order_id)
    if order.conversation_id is None:
        raise Conflict("This order came in no chat: share the receipt from your phone.")
    chat = await chats.the_conversation(conn, conversation_id=order.conversation_id)
    if not is_window_open(chat.last_inbound_at, datetime.now(UTC)):
        raise chats.WindowClosed
    if not await consents.may_answer(conn, customer_id=order.customer_id):
        raise Conflict("The customer has asked for silence: share the receipt another way.")
    return chat


async def store_receipt(services: Services, receipt: Receipt, *, boutique_id: str) -> str:
    """The path of the receipt's A4 page in the boutique's folder; the same receipt has the same."""
    pdf = await as_pdf(receipt, "a4")
    digest = hashlib.sha256(pdf).hexdigest()[:16]
    path = f"{boutique_id}/receipts/{receipt.number}-{digest}.pdf"
    if not await services.media.exists(path):
        await services.media.put(path, pdf, "application/pdf")
    return path


async def queue_receipt(
    conn: Connection, chat: Conversation, receipt: Receipt, *, path: str
) -> list[Message]:
    """Queues the document with its words. The assistant goes on answering in the chat.

    Twilio delivers no words beside a document, so that they go before it.
    """
    on_meta = chat.provider == "meta"
    queued = []
    if not on_meta:
        queued.append(
            await messages.queue_outbound(
                conn,
                conversation_id=chat.id,
                channel=chat.channel,
                provider=chat.provider,
                body=caption(receipt),
            )
        )
    queued.append(
        await messages.queue_outbound(
            conn,
            conversation_id=chat.id,
            channel=chat.channel,
            provider=chat.provider,
            kind="document",
            body=caption(receipt) if on_meta else "",
            media_path=path,
            payload={"filename": file_name(receipt)},
            reference=f"receipt:{receipt.number}",
        )
    )
    await defer_delivery(conn, Partition(chat.boutique_id, chat.id))
    return queued
