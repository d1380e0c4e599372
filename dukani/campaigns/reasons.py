"""Why a piece is a customer's: what each factor gave to its score. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dukani.campaigns.rules import ScoreRules, Weights
from dukani.campaigns.scorer import score
from dukani.campaigns.scoring import Candidate, Profile

FactorName = Literal["colour", "style", "embroidery", "occasion"]
FACTORS: tuple[FactorName, ...] = get_args(FactorName)


@dataclass(frozen=True, slots=True)
class Factor:
    """`points`: what it gave; `most`: what a perfect match would give, its weight."""

    name: FactorName
    points: float
    most: float

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 0.0


def factors(profile: Profile, candidate: Candidate, rules: ScoreRules) -> list[Factor]:
    """The four of them; their points add up to the score, whatever the price bands are."""
    return [
        Factor(name, _points(name, profile, candidate, rules), getattr(rules.weights, name))
        for name in FACTORS
    ]


def raw_score(found: Sequence[Factor]) -> float:
    return sum(factor.points for factor in found)


def _points(name: FactorName, profile: Profile, candidate: Candidate, rules: ScoreRules) -> float:
    """The score by this factor alone."""
    none = dict.fromkeys(FACTORS, 0.0)
    alone = Weights(**none | {name: getattr(rules.weights, name)})
    by_it = rules.model_copy(update={"weights": alone, "bands_apart": 3})
    (scored,) = score([profile], [candidate], by_it)
    return float(scored.scores[0, 0])
