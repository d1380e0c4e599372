"""A `Reader` that is told the acts of each message, for perfect or adversarial understanding."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar

from dukani.domain.acts import Act, Language, Understanding
from dukani.domain.context import TurnContext

# A context variable, because shoppers' conversations run concurrently, each in its own task.
_meant: ContextVar[Understanding | None] = ContextVar("meant", default=None)


def set_understanding(acts: Sequence[Act], language: Language) -> None:
    """Set the acts of the next message in this task's conversation."""
    _meant.set(Understanding(acts=tuple(acts), language=language))


class ToldMind:
    """A `Reader` whose understanding is the acts last given to `set_understanding`."""

    async def read(self, text: str, context: TurnContext) -> Understanding:
        meant = _meant.get()
        assert meant is not None  # `set_understanding` is called before each message
        return meant
