"""What a run took: the tokens of language models, their cost, and the time of each turn."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command's options are listed without the database's library
    from dukani.core.store.token_usage import TokensUsed

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Effort:
    """`tokens` by model; `seconds` from each message until all work it caused was done."""

    tokens: Mapping[str, TokensUsed] = field(default_factory=dict)
    seconds: Sequence[float] = ()

    @property
    def calls(self) -> int:
        return sum(used.calls for used in self.tokens.values())

    @property
    def input_tokens(self) -> int:
        return sum(used.input_tokens for used in self.tokens.values())

    @property
    def output_tokens(self) -> int:
        return sum(used.output_tokens for used in self.tokens.values())

    @property
    def cost_usd(self) -> float | None:
        """By `prices.toml`; None when a model that was used has no price there."""
        prices = _prices()
        if any(model not in prices for model in self.tokens):
            return None
        return sum(
            (
                used.input_tokens * prices[model]["input"]
                + used.output_tokens * prices[model]["output"]
            )
            / MILLION
            for model, used in self.tokens.items()
        )

    def milliseconds(self, percent: int) -> float | None:
        """The percentile of a turn's time; None without a turn."""
        import numpy as np  # not before it is needed: the command's options are listed without it

        return float(np.percentile(self.seconds, percent)) * 1000 if self.seconds else None


@cache
def _prices() -> dict[str, dict[str, float]]:
    return tomllib.loads((files(__package__) / "prices.toml").read_text("utf-8"))
