"""What a load is to be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ANSWER_SIGMA = 0.25
PAUSE_SIGMA = 0.5
SHORTEST_PAUSE_S = 1.5  # nobody reads and writes faster
LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True, slots=True)
class Options:
    """`shoppers` are the numbers to play one after another, each for `minutes` at most."""

    shoppers: tuple[int, ...] = (100,)
    minutes: float = 2.0
    stories: int | None = None
    workers: int = 1
    boutiques: int = 4
    pause_s: float = 8.0
    mind: Literal["gemini", "local"] = "gemini"
    model_s: float = 1.2
    provider_s: float = 0.15
    seed: int = 1
    profile: Path | None = None
