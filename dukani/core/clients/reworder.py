"""Interface of a language model that rewords a template's text as a person would say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Reworder(Protocol):
    async def reword(
        self, template: str, facts: Sequence[Mapping[str, Any]], voice: Mapping[str, Any]
    ) -> str:
        """`template` in other words of the same language.

        `facts` are `dukani.agent.facts` and `voice` a `dukani.agent.facts.Voice`, as plain JSON.
        When the call raises or takes too long, the template itself is sent.
        """
        ...
