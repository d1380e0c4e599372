"""How long the sandbox's services take to answer: as long as the real ones, and not always alike.

Answer times over a network are lognormal: most are near the median, a few take several times as
long. Each service draws from a sequence of its own, so that more calls to one change no other's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp
from random import Random

from dukani.core.settings import Sandbox

MODELS = ("gemini",)


@dataclass
class AnswerTimes:
    """Seconds; a median of 0 answers at once.

    `sigma` is the standard deviation of the logarithm: 5% of the answers take longer than
    exp(1.645 * sigma) medians.
    """

    model_median_s: float = 0.0
    provider_median_s: float = 0.0
    sigma: float = 0.25
    seed: int = 1
    _drawn_by: dict[str, Random] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Sandbox) -> AnswerTimes:
        return cls(
            model_median_s=settings.model_median_s,
            provider_median_s=settings.provider_median_s,
            sigma=settings.answer_sigma,
            seed=settings.answer_seed,
        )

    def draw(self, service: str) -> float:
        """Seconds the next answer of `service` takes."""
        median_s = self.model_median_s if service in MODELS else self.provider_median_s
        if not median_s:
            return 0.0
        # A text seeds the same sequence in every process, which a hash does not.
        drawn_by = self._drawn_by.setdefault(service, Random(f"{self.seed}/{service}"))
        return median_s * exp(drawn_by.gauss(0.0, self.sigma))
