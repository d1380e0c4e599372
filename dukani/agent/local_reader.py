"""Understands English, Swahili, Sheng and mixes by rule: no model, no key, under a millisecond."""

from __future__ import annotations

from dukani.agent.acts import TurnContext, Understanding
from dukani.agent.understanding.resolve import understand


class LocalReader:
    """A `Reader` of words, cues and context; see `dukani/agent/understanding`."""

    async def read(self, text: str, context: TurnContext) -> Understanding:
        """The acts of a message. Never raises for any text."""
        return understand(text, context)


def says_stop(text: str) -> bool:
    """Whether a message asks not to be written to again, whatever went before."""
    return any(act.kind == "opt_out" for act in understand(text, TurnContext()).acts)
