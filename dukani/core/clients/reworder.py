"""The seam for wording: a model that says what a template says, as a person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Reworder(Protocol):
    async def reword(
        self, template: str, facts: Sequence[Mapping[str, Any]], voice: Mapping[str, Any]
    ) -> str:
        """`template` in other words, of the same language.

        `facts` are `dukani.agent.facts` and `voice` a `dukani.agent.facts.Voice`, as plain JSON.
        May raise whatever it likes and take as long: the template is sent then.
        """
        ...
