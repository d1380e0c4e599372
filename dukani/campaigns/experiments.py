"""Tells whether one arm of an experiment did better: with intervals, and "undecided" as an answer.

By intention to treat: all who were shared out to an arm count, also whom no message reached. A
winner is named only when every arm has its planned size: a look before that shows figures, since
who looks often enough always finds one. At the deadline without that size it stays undecided.

statsmodels takes seconds to load, so that it is loaded when it is first needed; callers on the
event loop use a thread.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

CONFIDENCE = 0.95
POWER = 0.8
LEAST_DIFFERENCE = 0.001  # smaller ones need millions of recipients
MISMATCH_BELOW = 0.001  # a split so unlike its shares comes by chance once in a thousand

Verdict = Literal["too_early", "undecided", "decided"]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of an arm's recipients, and the interval in which the true one lies."""

    count: int
    of: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much an arm's share is above the first arm's, in shares; the interval at 95 %."""

    arm: str
    share: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """`winner` is only named when it is decided. `uneven`: the split is not what it should be."""

    verdict: Verdict
    winner: str | None
    planned_size: int
    differences: tuple[Difference, ...]
    uneven: bool


def rate(count: int, of: int) -> Rate:
    """By Wilson's interval, which also holds for few and for none."""
    from statsmodels.stats.proportion import proportion_confint

    if of == 0:
        return Rate(0, 0, 0.0, 0.0, 1.0)
    low, high = proportion_confint(count, of, alpha=1 - CONFIDENCE, method="wilson")
    return Rate(count, of, count / of, float(low), float(high))


def sample_size(base: float, difference: float, *, arms: int = 2) -> int:
    """Recipients that each arm needs, so that a difference so large is found four times of five.

    `base`: the share expected of the first arm. With several arms each pair is compared more
    strictly (Bonferroni). Raises ValueError for shares outside 0..1.
    """
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    if not 0 <= base < 1 or not LEAST_DIFFERENCE <= difference <= 1 - base:
        raise ValueError(f"from {base:.0%} a difference of {difference:.0%} cannot be")
    effect = abs(proportion_effectsize(base, base + difference))
    needed = NormalIndPower().solve_power(effect, alpha=_alpha(arms), power=POWER, ratio=1)
    return math.ceil(float(needed))


def compare(
    counts: Mapping[str, tuple[int, int]],
    *,
    shares: Mapping[str, float],
    planned_size: int,
    deadline_passed: bool = False,
) -> Comparison:
    """Of `counts` (arm → how many did it, of how many), the first arm is what others are held to.

    `shares`: how the recipients should have been split. Raises ValueError for fewer than two arms.
    """
    if len(counts) < 2:
        raise ValueError("one arm alone is compared with nothing")
    names = list(counts)
    differences = tuple(_difference(counts, names[0], name, len(names)) for name in names[1:])
    uneven = is_uneven({name: of for name, (_, of) in counts.items()}, shares)
    full = all(of >= planned_size for _, of in counts.values())
    winner = _best(names[0], differences) if full and not uneven else None
    ends = full or deadline_passed
    verdict: Verdict = "decided" if winner is not None else "undecided" if ends else "too_early"
    return Comparison(verdict, winner, planned_size, differences, uneven)


def _difference(
    counts: Mapping[str, tuple[int, int]], first: str, other: str, arms: int
) -> Difference:
    from statsmodels.stats.proportion import confint_proportions_2indep

    (count, of), (held, held_of) = counts[other], counts[first]
    if of == 0 or held_of == 0:
        return Difference(other, 0.0, -1.0, 1.0)
    low, high = confint_proportions_2indep(
        count, of, held, held_of, compare="diff", method="newcomb", alpha=_alpha(arms)
    )
    return Difference(other, count / of - held / held_of, float(low), float(high))


def _best(first: str, differences: Sequence[Difference]) -> str | None:
    """The arm that is clearly above the first and has the highest share; the first, if clearly
    above all others."""
    above = [one for one in differences if one.low > 0]
    if above:
        return max(above, key=lambda one: one.share).arm
    if all(one.high < 0 for one in differences):
        return first
    return None


def is_uneven(sizes: Mapping[str, int], shares: Mapping[str, float]) -> bool:
    """Whether the arms' sizes are too far from their shares to be chance: then something is wrong
    with the split, and no figure of it counts."""
    from scipy.stats import chisquare

    total, whole = sum(sizes.values()), sum(shares[name] for name in sizes)
    expected = [total * shares[name] / whole for name in sizes]
    if total == 0 or min(expected) < 5:
        return False
    return bool(chisquare(list(sizes.values()), expected).pvalue < MISMATCH_BELOW)


def _alpha(arms: int) -> float:
    return (1 - CONFIDENCE) / max(1, arms - 1)
