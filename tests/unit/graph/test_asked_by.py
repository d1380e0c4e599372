"""What a turn is counted as, by the events it answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.core.store.events import ConversationEvent, EventKind
from dukani.core.store.messages import Message
from dukani.graph.asked_by import AskedBy, asked_by

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def written(kind: str) -> Message:
    return Message(
        id="m", boutique_id="b", seq=1, conversation_id="c", recipient=None, direction="in",
        author="customer", kind=kind, body="", media_path=None, reply_to=None, payload={},
        understanding=None, channel="whatsapp", provider="meta", provider_id=None,
        status="received", error_code=None, attempts=0, created_at=NOW, updated_at=NOW,
    )  # fmt: skip


def event(kind: EventKind, message: Message | None = None) -> ConversationEvent:
    return ConversationEvent(1, "c", kind, None, {}, timedelta(), 0, 0, NOW, message)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event("message", written("text"))], "text"),
        ([event("message", written("interactive"))], "text"),  # a button has words
        ([event("message", written("text")), event("message", written("image"))], "photo"),
        ([event("message", written("image")), event("message", written("audio"))], "voice"),
        ([event("payment_result")], "payment"),
        # she also wrote: her words are what is waited for
        ([event("payment_result"), event("message", written("text"))], "text"),
        ([event("timer")], "other"),
        ([], "other"),
    ],
)
def test_a_turn_counts_as_what_takes_longest(
    events: list[ConversationEvent], expected: AskedBy
) -> None:
    assert asked_by(events) == expected
