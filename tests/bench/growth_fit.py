"""How a cost grows with a size: flat, logarithmic or linear, whichever lies nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

Growth = Literal["flat", "logarithmic", "linear"]
# Less than this from the smallest size to the largest is no growth: an index of one page more.
FLAT = 1.25


def growth_of(sizes: Sequence[int], costs: Sequence[float]) -> Growth:
    """Flat where costs hardly differ; else the shape whose least-squares fit misses least."""
    if max(costs) <= FLAT * max(costs[0], 1e-9):
        return "flat"
    size = np.asarray(sizes, dtype=float)
    misses = {shape: _missed(x, costs) for shape, x in _shapes(size)}
    return min(misses, key=lambda shape: misses[shape])


def _shapes(size: np.ndarray) -> list[tuple[Growth, np.ndarray]]:
    return [("logarithmic", np.log(size)), ("linear", size)]


def _missed(x: np.ndarray, costs: Sequence[float]) -> float:
    """The sum of squares left, each as a share of its cost: a large one does not outweigh."""
    y = np.asarray(costs, dtype=float)
    weight = 1 / np.maximum(y, 1e-9)
    design = np.stack([np.ones_like(x), x], axis=1) * weight[:, None]
    found, *_ = np.linalg.lstsq(design, y * weight, rcond=None)
    return float(np.sum((design @ found - y * weight) ** 2))
