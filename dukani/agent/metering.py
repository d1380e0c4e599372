"""Counts the tokens that a language model uses, and stops asking it when a budget is spent.

Whoever asks a mind opens a meter around it; the model's client, further down, finds the meter in
the context. Without a meter nothing is counted or limited.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call; those of reasoning count as output."""

    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def total(self) -> int:
        return self.input_tokens + self.output_tokens


@dataclass(slots=True)
class Meter:
    """The tokens that may still be used, and the calls that were made, by model."""

    left: int
    calls: list[tuple[str, Usage]] = field(default_factory=list)

    def count(self, model: str, usage: Usage) -> None:
        self.calls.append((model, usage))
        self.left -= usage.total


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered(left: int) -> Iterator[Meter]:
    """Counts the calls of the block, which may use so many tokens."""
    meter = Meter(left)
    token = _METER.set(meter)
    try:
        yield meter
    finally:
        _METER.reset(token)


def current_meter() -> Meter | None:
    return _METER.get()
