"""Which replies may be worded anew before they are sent: talk, and nothing that binds the shop.

Pieces, prices, orders, money, consent and people are always worded by templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.agent.facts import (
    Acknowledged,
    AskWhatToFind,
    AssistantExplained,
    Fact,
    Greeted,
    Introduced,
    NothingFound,
    OffTopic,
    PhotoUnreadable,
    Reply,
    Thanked,
    Unclear,
    Voice,
    VoiceNotHeard,
)

TALK = (
    Acknowledged, AskWhatToFind, AssistantExplained, Greeted, Introduced, NothingFound, OffTopic,
    PhotoUnreadable, Thanked, Unclear, VoiceNotHeard,
)  # fmt: skip


def open_wording(facts: Sequence[Fact], reply: Reply, voice: Voice) -> dict[str, Any] | None:
    """What a reply of these facts keeps to be worded anew; none when its words are final."""
    if reply.options or reply.buttons or not all(isinstance(fact, TALK) for fact in facts):
        return None
    return {
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in facts],
        "voice": voice.model_dump(mode="json", exclude_none=True),
    }
