"""What a turn answers, for whoever watches how long answers take: a photo takes its time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dukani.core.store.events import ConversationEvent

AskedBy = Literal["text", "photo", "voice", "payment", "other"]

_BY_FILE: dict[str, AskedBy] = {
    "audio": "voice", "voice": "voice", "image": "photo", "sticker": "photo", "video": "photo",
}  # fmt: skip


def asked_by(events: Sequence[ConversationEvent]) -> AskedBy:
    """The kind that takes longest among the events: voice, then photo, then words.

    `payment` is the result of a prompt, and `other` whatever neither a shopper nor M-Pesa began.
    """
    messages = [event.message for event in events if event.message is not None]
    files = {_BY_FILE[one.kind] for one in messages if one.kind in _BY_FILE}
    if "voice" in files:
        return "voice"
    if "photo" in files:
        return "photo"
    kinds = {event.kind for event in events}
    if "message" in kinds:
        return "text"
    return "payment" if "payment_result" in kinds else "other"
