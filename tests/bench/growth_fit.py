"""How a cost grows with a size: flat, logarithmic or linear, whichever lies nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Growth = Literal["flat", "logarithmic", "linear"]
# Less than this from the smallest size to the largest is no growth: an index of one page more.
FLAT = 1.25


def growth_of(sizes: Sequence[int], costs: Sequence[float]) -> Growth:
    """Flat where the largest costs hardly more; else the shape that least squares fit better."""
    if costs[-1] <= FLAT * costs[0]:
        return "flat"
    size = np.asarray(sizes, dtype=float)
    logarithmic, linear = (_missed(x, costs) for x in (np.log(size), size))
    return "logarithmic" if logarithmic < linear else "linear"


def _missed(x: NDArray[np.float64], costs: Sequence[float]) -> float:
    """The sum of squares that a straight line over `x` leaves."""
    y = np.asarray(costs, dtype=float)
    return float(np.sum((np.polyval(np.polyfit(x, y, 1), x) - y) ** 2))
