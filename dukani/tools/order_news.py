"""Tells a customer what a person of the shop did with an order, or writes down why it cannot.

Inside WhatsApp's 24 hours the conversation's turn says it, in the words of the chat. Outside of
them an approved template does. Where neither may be, the order's log says so: somebody must call.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dukani.agent.wording.order_news import how_refunded, pieces_in_a_row
from dukani.core.database import Connection
from dukani.core.jobs import defer_turn
from dukani.core.money import format_money
from dukani.core.store import (
    audit,
    boutiques,
    consents,
    conversations,
    customers,
    dispatches,
    events,
    order_progress,
    refunds,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.orders import Order
from dukani.domain import templates
from dukani.domain.acts import Language
from dukani.domain.order_news import NewsKind, NotTold
from dukani.domain.templates import MessageTemplate
from dukani.tools.order_parts import left_after, lines_of
from dukani.tools.sending_rules import is_window_open
from dukani.tools.templates import queue_utility

_TEMPLATES: dict[NewsKind, MessageTemplate] = {
    "partly_dispatched": templates.ORDER_SENT_IN_PART,
    "dispatched": templates.ORDER_SENT,
    "delivered": templates.ORDER_DELIVERED,
    "refunded": templates.ORDER_REFUNDED,
    "cancelled": templates.ORDER_CANCELLED,
    "not_paid": templates.ORDER_NOT_PAID,
}


def subject_of(order: Order) -> str:
    """How the audit log and messages name an order."""
    return f"order:{order.number}"


async def tell(
    conn: Connection, order: Order, news: NewsKind, *, subject_id: str | None = None
) -> NotTold | None:
    """Lets the customer know; the reason when that cannot be. `subject_id`: dispatch or refund."""
    not_told = await _tell(conn, order, news, subject_id)
    if not_told is not None:
        await audit.write(
            conn,
            actor="system",
            action="customer_not_told",
            subject=subject_of(order),
            details={"news": news, "reason": not_told},
        )
    return not_told


async def _tell(
    conn: Connection, order: Order, news: NewsKind, subject_id: str | None
) -> NotTold | None:
    chat = await _chat(conn, order)
    if chat is None:
        return "no_chat"
    if not await consents.may_answer(conn, customer_id=order.customer_id):
        return "said_stop"
    if is_window_open(chat.last_inbound_at, datetime.now(UTC)):
        await _by_turn(conn, order, chat, news, subject_id)
        return None
    return await _by_template(conn, order, chat, news, subject_id)


async def _chat(conn: Connection, order: Order) -> Conversation | None:
    if order.conversation_id is None:
        return None
    return await conversations.get(conn, conversation_id=order.conversation_id)


async def _by_turn(
    conn: Connection, order: Order, chat: Conversation, news: NewsKind, subject_id: str | None
) -> None:
    payload: dict[str, Any] = {"order_id": order.id, "news": news}
    if subject_id is not None:
        payload["subject_id"] = subject_id
    await events.add(conn, conversation_id=chat.id, kind="order_news", payload=payload)
    await defer_turn(conn, boutique_id=chat.boutique_id, conversation_id=chat.id)


async def _by_template(
    conn: Connection, order: Order, chat: Conversation, news: NewsKind, subject_id: str | None
) -> NotTold | None:
    boutique = await boutiques.get(conn, boutique_id=chat.boutique_id)
    customer = await customers.get(conn, customer_id=order.customer_id)
    assert boutique is not None and customer is not None  # the foreign keys hold them
    language = customer.language or boutique.language
    values = await _values(conn, order, boutique, language, subject_id)
    queued = await queue_utility(
        conn, chat, _TEMPLATES[news], values, language=language, reference=subject_of(order)
    )
    return None if queued is not None else "no_template"


async def _values(
    conn: Connection,
    order: Order,
    boutique: Boutique,
    language: Language,
    subject_id: str | None,
) -> dict[str, str]:
    """Everything the templates of orders speak of; each takes what it has a parameter for."""
    items = await order_progress.items(conn, order_id=order.id)
    part = await dispatches.get(conn, dispatch_id=subject_id) if subject_id else None
    refund = await refunds.get(conn, refund_id=subject_id) if subject_id else None
    pieces = part.items if part else {item.id: item.quantity for item in items}
    known = {
        "number": order.number,
        "shop": boutique.name,
        "pieces": pieces_in_a_row(lines_of(items, pieces), language),
        "left": pieces_in_a_row(lines_of(items, left_after(items)), language),
    }
    if refund is not None:
        known["amount"] = format_money(refund.amount_minor, refund.currency)
        known["how"] = how_refunded(refund.method, refund.reference, language)
    return known
