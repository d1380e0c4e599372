"""Minds to put in the reader's place: one that knows what she means, one that means harm."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar

from dukani.domain.acts import Act, Language, Understanding
from dukani.domain.context import TurnContext

# Of the conversation whose turn is under way: shoppers talk side by side.
_meant: ContextVar[Understanding | None] = ContextVar("meant", default=None)


def mean(acts: Sequence[Act], language: Language) -> None:
    """What the next message of this task's conversation means."""
    _meant.set(Understanding(acts=tuple(acts), language=language))


class ToldMind:
    """A `Reader` that is told what every message means: the acts last given to `mean`."""

    async def read(self, text: str, context: TurnContext) -> Understanding:
        meant = _meant.get()
        assert meant is not None  # every message is meant before it is written
        return meant
