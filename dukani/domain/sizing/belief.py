"""Where a body probably is on a scale, after everything that was seen of it in the order of time.

A filter on a grid: bodies drift and children grow between two observations (the belief is moved and
spread), and each observation multiplies it by how likely that is of each body. Each has a doubt: a
part of it that says nothing, since a piece may have been a gift. So one that contradicts many is
outvoted and not averaged with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dukani.domain.sizing.scales import Axis

Weights = NDArray[np.float64]
Growth = Callable[[Weights, float], Weights]  # where bodies stand so many years later

_DAYS_A_YEAR = 365.25
# 1 / (1 + exp(-1.702 z)) is the normal distribution's integral to 0.01.
_LOGISTIC = 1.702


@dataclass(frozen=True, slots=True)
class Observation:
    """The body is within `low` and `high`, give or take `width`; or at least, or at most, there.

    `tight`: the same, but a body above (below) the middle is as likely as one in the middle: what
    was bought turned out too small (too large).
    """

    at: datetime
    low: float
    high: float
    width: float  # one standard deviation, in the axis's unit
    doubt: float  # 0..1
    kind: Literal["within", "above", "below"] = "within"
    flat: Literal["none", "above", "below"] = "none"

    def likelihood(self, grid: Weights, *, more_width: float = 0.0) -> Weights:
        width = float(np.hypot(self.width, more_width))
        if self.kind == "above":
            fits = _up_to((grid - self.high) / width)
        elif self.kind == "below":
            fits = _up_to((self.low - grid) / width)
        else:
            fits = self._within(grid, width)
        return self.doubt + (1 - self.doubt) * fits

    def _within(self, grid: Weights, width: float) -> Weights:
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 2
        away = grid - middle
        if self.flat == "above":
            away = np.minimum(away, 0.0)
        elif self.flat == "below":
            away = np.maximum(away, 0.0)
        if half < 0.05 * width:
            return np.asarray(np.exp(-0.5 * (away / width) ** 2))
        fits = _up_to((half - away) / width) - _up_to((-half - away) / width)
        best = 2 / (1 + np.exp(-_LOGISTIC * half / width)) - 1
        return np.asarray(fits / best)


def _up_to(z: Weights) -> Weights:
    return np.asarray(1 / (1 + np.exp(np.clip(-_LOGISTIC * z, -700, 700))))


@lru_cache(maxsize=16)
def grid_of(axis: Axis) -> Weights:
    return np.arange(axis.low, axis.high + axis.grain / 2, axis.grain)


@lru_cache(maxsize=16)
def prior_of(axis: Axis) -> Weights:
    """How bodies are spread before anything is known."""
    weights = np.exp(-0.5 * ((grid_of(axis) - axis.mean) / axis.spread) ** 2)
    return np.asarray(weights / weights.sum())


def belief(
    observations: Sequence[Observation],
    axis: Axis,
    *,
    now: datetime,
    growth: Growth | None,
) -> Weights:
    """The probability of each point of the axis's grid at `now`.

    Some bodies have a trend, and only a history tells: each trend is followed, and counts by how
    well it foretold what came.
    """
    seen = sorted(observations, key=_in_time)
    if growth is not None or not _long(seen):
        return _followed(seen, axis, now=now, growth=growth)[0]
    total = np.zeros_like(grid_of(axis))
    for steps, share in axis.trends:
        trend = None if steps == 0 else _towards(steps * axis.step)
        weights, foretold = _followed(seen, axis, now=now, growth=trend)
        total += share * foretold * weights
    return np.asarray(total / total.sum())


def _long(seen: Sequence[Observation]) -> bool:
    """Whether a history can show a trend."""
    return len(seen) >= 3 and _years(seen[0].at, seen[-1].at) > 0.5


def _towards(a_year: float) -> Growth:
    return lambda bodies, years: bodies + a_year * years


def _followed(
    seen: Sequence[Observation], axis: Axis, *, now: datetime, growth: Growth | None
) -> tuple[Weights, float]:
    """The weights at `now`, and how probable the observations were before they came."""
    grid, weights, foretold = grid_of(axis), prior_of(axis), 1.0
    at: datetime | None = None
    for one in seen:
        weights = _later(weights, axis, _years(at, one.at), growth)
        weights = weights * one.likelihood(grid)
        mass = float(weights.sum())
        weights, foretold, at = weights / mass, foretold * mass, one.at
    return _later(weights, axis, _years(at, now), growth), foretold


def _in_time(seen: Observation) -> tuple[datetime, str]:
    return seen.at, repr(seen)  # those of one moment in one order, whatever order they came in


def _years(since: datetime | None, until: datetime) -> float:
    if since is None:
        return 0.0
    return max(0.0, (until - since).total_seconds() / 86400 / _DAYS_A_YEAR)


def _later(weights: Weights, axis: Axis, years: float, growth: Growth | None) -> Weights:
    if years <= 0:
        return weights
    if growth is not None:
        weights = _moved(weights, grid_of(axis), years, growth)
    weights = _spread(weights, axis.drift * axis.step * float(np.sqrt(years)) / axis.grain)
    anew = 1 - (1 - axis.anew) ** years  # illness, children, a diet: no small step
    return np.asarray((1 - anew) * weights + anew * prior_of(axis))


def _moved(weights: Weights, grid: Weights, years: float, growth: Growth) -> Weights:
    """Every body grows; what grows beyond the grid stays at its end."""
    total = np.cumsum(weights)
    arrived = np.maximum.accumulate(growth(grid, years))
    moved = np.interp(grid, arrived, total, left=0.0, right=1.0)
    moved[-1] = 1.0
    return np.maximum(np.diff(moved, prepend=0.0), 0.0)


def _spread(weights: Weights, deviation: float) -> Weights:
    """Weights after a random walk of so many grid points; nothing leaves the grid."""
    kernel = _kernel(round(deviation * 20))
    reach = len(kernel) // 2
    padded = np.pad(weights, reach, mode="symmetric")
    spread = np.convolve(padded, kernel, mode="valid")
    return np.asarray(spread / spread.sum())


@lru_cache(maxsize=1024)
def _kernel(twentieths: int) -> Weights:
    deviation = twentieths / 20
    if deviation < 0.5:  # too narrow for the grid to hold its shape: its variance on three points
        side = deviation**2 / 2
        return np.array([side, 1 - 2 * side, side])
    reach = min(60, int(np.ceil(3.5 * deviation)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    return np.asarray(kernel / kernel.sum())


def long_ago(seen: Observation, axis: Axis, now: datetime, growth: Growth | None) -> Weights:
    """How likely one observation is of each body of today: what it alone says."""
    years = _years(seen.at, now)
    grid = grid_of(axis)
    then = grid if growth is None else np.interp(grid, growth(grid, years), grid)
    return seen.likelihood(then, more_width=axis.drift * axis.step * float(np.sqrt(years)))
