"""Reminds a customer of a cart she left, once for each state of it, if marketing may reach her.

It is written in the chat, so it reaches her within a day of her last message only. Whoever wants to
remind her otherwise gets the words, and why we did not send them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from dukani.agent.facts import Voice
from dukani.agent.wording.commerce import reminder_text
from dukani.campaigns import frequency
from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.jobs import Partition, defer_later_delivery
from dukani.core.store import carts, consents, conversations, customers, left_carts, messages
from dukani.core.store import payments as payment_store
from dukani.core.store.boutiques import Boutique
from dukani.core.store.left_carts import LeftCart
from dukani.domain.pieces import Line
from dukani.tools.lines import as_lines
from dukani.tools.sending_rules import is_window_open

NotSent = Literal[
    "reminded", "no_chat", "opted_out", "no_consent", "with_person", "prompt_open",
    "window_closed", "cooldown", "frequency_cap",
]  # fmt: skip
REFERENCE = "cart"


@dataclass(frozen=True, slots=True)
class Reminder:
    """`message_id`: of the queued message. Without it, `why_not`."""

    text: str
    message_id: str | None = None
    why_not: NotSent | None = None


async def remind(conn: Connection, boutique: Boutique, *, cart_id: str, by: str | None) -> Reminder:
    """Queues the reminder, or says why not; either way its words.

    Raises NotFound for a cart that is empty, or of somebody who has ordered since.
    """
    await left_carts.lock(conn, cart_id=cart_id)
    cart = await left_carts.get(conn, cart_id=cart_id)
    if cart is None:
        raise NotFound("There is no such cart here, or it was ordered since.")
    lines = as_lines(await carts.items_of(conn, cart_id=cart.id))
    text = reminder_text(lines, _total(lines), await _voice(conn, boutique, cart))
    why_not = await _why_not(conn, cart)
    if why_not is not None or cart.conversation_id is None:
        return Reminder(text, why_not=why_not or "no_chat")
    source = f"cart:{cart.id}:{cart.version}"
    verdict = (await frequency.reserve(conn, [(source, cart.phone or cart.customer_id)]))[source]
    if verdict is not None:
        return Reminder(text, why_not=verdict)
    chat = await conversations.get(conn, conversation_id=cart.conversation_id)
    assert chat is not None  # a conversation outlives its carts
    queued = await messages.queue_outbound(
        conn,
        conversation_id=chat.id,
        channel=chat.channel,
        provider=chat.provider,
        body=text,
        purpose="marketing",
        reference=f"{REFERENCE}:{cart.id}",
    )
    await left_carts.note_reminder(conn, cart=cart, message_id=queued.id, sent_by=by)
    partition = Partition(boutique.id, chat.id)
    await defer_later_delivery(conn, partition, message_id=queued.id, delay=timedelta(0), bulk=True)
    return Reminder(text, message_id=queued.id)


async def _why_not(conn: Connection, cart: LeftCart) -> NotSent | None:
    """The first reason that holds, the weightiest first."""
    if not await consents.may_answer(conn, customer_id=cart.customer_id):
        return "opted_out"
    if not await consents.may_market(conn, customer_id=cart.customer_id):
        return "no_consent"
    if cart.reminded_at is not None:
        return "reminded"
    if await payment_store.prompt_is_open(conn, customer_id=cart.customer_id):
        return "prompt_open"
    if cart.conversation_id is None:
        return "no_chat"
    chat = await conversations.get(conn, conversation_id=cart.conversation_id)
    if chat is None or not is_window_open(chat.last_inbound_at, datetime.now(UTC)):
        return "window_closed"
    return "with_person" if chat.handed_off_at is not None else None


async def _voice(conn: Connection, boutique: Boutique, cart: LeftCart) -> Voice:
    customer = await customers.get(conn, customer_id=cart.customer_id)
    language = (customer.language if customer else None) or boutique.language
    return Voice(
        language=language,
        currency=boutique.currency,
        boutique=boutique.name,
        customer=cart.customer_name,
    )


def _total(lines: tuple[Line, ...]) -> int:
    return sum(line.total_minor for line in lines)
