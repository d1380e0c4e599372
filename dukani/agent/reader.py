"""The seam for understanding words: any reader turns a message into acts."""

from __future__ import annotations

from typing import Protocol

from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext


class Reader(Protocol):
    async def read(self, text: str, context: TurnContext) -> Understanding:
        """What the customer does in `text` (≤ 500 characters, may be empty).

        Never raises for any text: what is not understood is an `Unclear` act.
        """
        ...
