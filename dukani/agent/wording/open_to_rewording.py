"""Decides which replies a language model may reword before sending: small talk only.

Replies about pieces, prices, orders, money, consent or people keep the templates' words, because
they bind the shop; so does a reply of talk that names a sum, or helps with an order or a payment.
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
from dukani.domain.steps import CHOOSING, Step

TALK = (
    Acknowledged, AskWhatToFind, AssistantExplained, Greeted, Introduced, NothingFound, OffTopic,
    PhotoUnreadable, Thanked, Unclear, VoiceNotHeard,
)  # fmt: skip

# At the other steps the help of `Unclear` says how to order, to pay or to be written to again.
_TALK_STEPS: frozenset[Step] = frozenset(("start", *CHOOSING))


def open_wording(facts: Sequence[Fact], reply: Reply, voice: Voice) -> dict[str, Any] | None:
    """The facts and voice stored with a reply so a model can reword it; None: wording is final."""
    if reply.options or reply.buttons or voice.currency in reply.text:
        return None
    if not all(_is_talk(fact) for fact in facts):
        return None
    return {
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in facts],
        "voice": voice.model_dump(mode="json", exclude_none=True),
    }


def _is_talk(fact: Fact) -> bool:
    if isinstance(fact, Unclear):
        return fact.step in _TALK_STEPS
    return isinstance(fact, TALK)
