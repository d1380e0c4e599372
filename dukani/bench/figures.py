"""Figures of a load, from what each turn took. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

# `text` and `photo`: from the shopper's message to the first reply; `paid`: from the PIN to the
# receipt in the chat.
Kind = Literal["text", "photo", "paid"]
KINDS: tuple[Kind, ...] = ("text", "photo", "paid")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: when it began (Unix seconds), and the seconds until it was answered."""

    kind: Kind
    began_at: float
    took_s: float


@dataclass(frozen=True, slots=True)
class Depth:
    """The queue at one moment: jobs that are due, that run, and for how long the oldest is due."""

    at: float
    waiting: int
    doing: int
    oldest_s: float


@dataclass
class Step:
    """What was seen with so many shoppers at once. `used_s`: processor seconds by process."""

    shoppers: int
    turns: list[Turn] = field(default_factory=list)
    begun: int = 0
    paid: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    took_s: float = 0.0
    used_s: Mapping[str, float] = field(default_factory=dict)
    depths: list[Depth] = field(default_factory=list)

    def of(self, kind: Kind) -> list[float]:
        """Seconds of each turn of a kind."""
        return [turn.took_s for turn in self.turns if turn.kind == kind]

    @property
    def turns_per_s(self) -> float:
        return len(self.turns) / self.took_s if self.took_s else 0.0

    @property
    def ms_per_turn(self) -> dict[str, float]:
        """Processor milliseconds for each turn, by process."""
        turns = max(1, len(self.turns))
        return {name: 1000 * used / turns for name, used in self.used_s.items()}

    @property
    def cores(self) -> dict[str, float]:
        """Processors used on average, by process."""
        return {name: used / max(self.took_s, 1e-9) for name, used in self.used_s.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that at least `share` of the values do not exceed (nearest rank).

    NaN without values.
    """
    if not values:
        return math.nan
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


@dataclass(frozen=True, slots=True)
class Aim:
    """At most `within_s` for 95% of a kind."""

    kind: Kind
    within_s: float

    def met(self, step: Step) -> bool | None:
        """None where no such turn was."""
        values = step.of(self.kind)
        return percentile(values, 0.95) < self.within_s if values else None


AIMED_AT = 100  # shoppers at once
AIMS = (Aim("text", 2.0), Aim("photo", 5.0))
