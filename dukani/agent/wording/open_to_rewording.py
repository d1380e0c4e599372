"""Decides which replies a language model may reword before sending: small talk only.

Replies about pieces, prices, orders, money, consent or people keep the templates' words, because
they bind the shop.
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
    """The facts and voice stored with a reply so a model can reword it; None: wording is final."""
    if reply.options or reply.buttons or not all(isinstance(fact, TALK) for fact in facts):
        return None
    return {
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in facts],
        "voice": voice.model_dump(mode="json", exclude_none=True),
    }
