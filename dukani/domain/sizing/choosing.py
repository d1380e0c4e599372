"""How probable each size of a piece is, from the belief of where the body is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import prod

import numpy as np

from dukani.domain.sizing.belief import Growth, Weights, belief, grid_of
from dukani.domain.sizing.bodies import Span
from dukani.domain.sizing.growth import longer, older
from dukani.domain.sizing.observing import Observed, Sought
from dukani.domain.sizing.scales import AXES, Axis
from dukani.domain.sizing.spans import spans_of
from dukani.domain.sizing.weights import OUTSIDE


@dataclass(frozen=True, slots=True)
class Chances:
    """The probability of each size, from the smallest; together 1 less what is beyond all."""

    shares: Mapping[str, float]

    @property
    def size(self) -> str:
        return max(self.shares, key=lambda size: self.shares[size])

    @property
    def share(self) -> float:
        """Of the size, among all sizes."""
        return self.shares[self.size] / sum(self.shares.values())

    @property
    def outside(self) -> float:
        """The probability that the body is beyond all sizes."""
        return 1 - min(1.0, sum(self.shares.values()))

    def beside(self, close: float) -> str | None:
        """The more probable neighbour of the size, if it is at least so close to it."""
        sizes = list(self.shares)
        at = sizes.index(self.size)
        near = [sizes[n] for n in (at - 1, at + 1) if 0 <= n < len(sizes)]
        second = max(near, key=lambda size: self.shares[size], default=None)
        if second is None or self.shares[second] < close * self.shares[self.size]:
            return None
        return second


def growth_of(sought: Sought) -> Growth | None:
    if sought.scale == "children":
        return older
    child = sought.of_child or sought.audience == "children"
    return longer if sought.scale == "feet" and child else None


def chances_of(seen: Sequence[Observed], sought: Sought, *, now: datetime) -> Chances | None:
    """None where the piece has no size that says for which body it is."""
    cells = cells_of(sought)
    if not cells:
        return None
    growth, axes = growth_of(sought), AXES[sought.scale]
    beliefs = [
        belief([one.axes[n] for one in seen if n < len(one.axes)], axis, now=now, growth=growth)
        for n, axis in enumerate(axes)
    ]
    shares = {
        size: prod(
            float(weights[inside(axis, cell)].sum())
            for weights, axis, cell in zip(beliefs, axes, spans, strict=True)
        )
        for size, spans in cells.items()
    }
    return Chances(shares) if any(shares.values()) else None


def inside(axis: Axis, cell: Span) -> slice:
    """The grid points of a cell."""
    grid = grid_of(axis)
    first, last = np.searchsorted(grid, np.array(cell) - 1e-9)
    return slice(int(first), int(last))


def cells_of(sought: Sought) -> dict[str, tuple[Span, ...]]:
    """The bodies that are nearest to each size, from the smallest to the largest.

    Between two sizes the boundary is midway; beyond the last a size reaches so far as it can be
    worn. Two names of one span share it, and the first is kept.
    """
    spans = spans_of(
        sought.sizes, sought.scale,
        category=sought.category, audience=sought.audience, chart=sought.chart,
    )  # fmt: skip
    axes = AXES[sought.scale]
    columns = [
        _cells(sorted({span[n] for span in spans.values()}, key=sum), axis)
        for n, axis in enumerate(axes)
    ]
    ordered = sorted(spans, key=lambda size: [sum(span) for span in spans[size]])
    found: dict[str, tuple[Span, ...]] = {}
    for size in ordered:
        cell = tuple(column[span] for column, span in zip(columns, spans[size], strict=True))
        if cell not in found.values():
            found[size] = cell
    return found


def _cells(spans: Sequence[Span], axis: Axis) -> dict[Span, Span]:
    edges = [spans[0][0] - OUTSIDE * axis.step] if spans else []
    edges += [(one[1] + after[0]) / 2 for one, after in pairwise(spans)]
    edges += [spans[-1][1] + OUTSIDE * axis.step] if spans else []
    return {span: (edges[n], edges[n + 1]) for n, span in enumerate(spans)}


def likely(weights: Weights, axis: Axis, cell: Span) -> float:
    """The mean of likelihoods over a cell."""
    part = weights[inside(axis, cell)]
    return float(part.mean()) if len(part) else 0.0
