"""Defines the interface of language understanding: a reader turns a message into acts."""

from __future__ import annotations

from typing import Protocol

from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext


class Reader(Protocol):
    async def read(self, text: str, context: TurnContext) -> Understanding:
        """The dialogue acts of `text` (≤ 500 characters, may be empty).

        Never raises for any text: a text that is not understood yields an `Unclear` act.
        """
        ...
