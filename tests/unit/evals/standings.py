"""Standings, orders and payments with defaults: a test names what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dukani.core.store.conversations import Conversation
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.evals.checks.moment import Moment
from dukani.evals.checks.story import Story
from dukani.evals.standing import Line, Placed, Standing, total_minor

NOW = datetime(2026, 11, 21, tzinfo=UTC)

DRESS = Line("BTQ-002", "blue", "M", 1, 450_000)
SANDALS = Line("BTQ-011", "brown", "38", 2, 220_000)
WANTED_DRESS = {"sku": "BTQ-002", "colour": "blue", "size": "M", "qty": 1}
WANTED_SANDALS = {"sku": "BTQ-011", "colour": "brown", "size": "38", "qty": 2}


def a_conversation(**changed: Any) -> Conversation:
    values = {
        "id": "c", "boutique_id": "b", "customer_id": "k", "channel": "whatsapp",
        "provider": "twilio", "step": "cart_updated", "last_inbound_at": NOW, "handed_off_at": None,
        "handoff_reason": None, "last_staff_at": None, "created_at": NOW,
    }  # fmt: skip
    return Conversation(**(values | changed))  # type: ignore[arg-type]


def an_order(**changed: Any) -> Order:
    values = {
        "id": "o", "number": "DK-1", "customer_id": "k", "conversation_id": "c", "cart_id": "t",
        "status": "open", "payment_status": "pending", "fulfilment_status": "unfulfilled",
        "currency": "KES", "items_minor": 450_000, "delivery_minor": 0, "total_minor": 450_000,
        "address": "Kilimani, Rose Apartments B4", "review_reason": None, "created_at": NOW,
    }  # fmt: skip
    return Order(**(values | changed))  # type: ignore[arg-type]


def placed(*lines: Line, **changed: Any) -> Placed:
    """An order of these lines, without delivery unless `delivery_minor` is given."""
    items_minor = total_minor(lines)
    total = items_minor + changed.get("delivery_minor", 0)
    return Placed(an_order(items_minor=items_minor, total_minor=total, **changed), lines)


def a_payment(**changed: Any) -> Payment:
    values = {
        "id": "p", "boutique_id": "b", "order_id": "o", "attempt": 1, "provider": "daraja",
        "phone": "", "amount_minor": 450_000, "status": "pending", "callback_token": "",
        "checkout_request_id": None, "receipt": None, "received_minor": None, "result_code": None,
        "review_reason": None, "created_at": NOW, "sent_at": NOW,
    }  # fmt: skip
    return Payment(**(values | changed))  # type: ignore[arg-type]


NOTHING_YET = Standing(
    conversation=a_conversation(),
    cart=(),
    placed=(),
    payments=(),
    may_answer=True,
    on_hand={"BTQ-002/blue/M": 3},
    state={},
    currency="KES",
)


def a_standing(**changed: Any) -> Standing:
    return replace(NOTHING_YET, **changed)


def a_moment(*said: str, **changed: Any) -> Moment:
    """A turn in which the assistant said this; the rest is about the moment, or the standing."""
    own = ("options", "named", "final", "before", "story")
    moment = {name: changed.pop(name) for name in own if name in changed}
    given = {"options": frozenset(), "named": frozenset()} | moment
    return Moment(said=said, standing=a_standing(**changed), **given)


def a_story(*chapters: tuple[str | None, tuple[str, ...]]) -> Story:
    """Of chapters as (event or None, the assistant's words)."""
    story = Story()
    for event, said in chapters:
        story.add(event, said, may_answer=True)
    return story
