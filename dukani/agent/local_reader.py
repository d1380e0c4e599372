"""Understands English, Swahili, Sheng and mixes by rule: no model, no key, under a millisecond."""

from __future__ import annotations

from dukani.agent.acts import ActKind, TurnContext, Understanding
from dukani.agent.understanding.resolve import understand


class LocalReader:
    """A `Reader` of words, cues and context; see `dukani/agent/understanding`."""

    async def read(self, text: str, context: TurnContext) -> Understanding:
        """The acts of a message. Never raises for any text."""
        return understand(text, context)


def says_stop(text: str) -> bool:
    """Whether a message asks not to be written to again, whatever went before."""
    return consent_said(text) == "opt_out"


def consent_said(text: str) -> ActKind | None:
    """The opt_out or opt_in in a message read by itself."""
    kinds = [act.kind for act in understand(text, TurnContext(step="opted_out")).acts]
    return next((kind for kind in kinds if kind in ("opt_out", "opt_in")), None)
