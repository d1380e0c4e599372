"""Size charts: for which body each size is cut, and what it is called elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dukani.domain.sizing.evidence import Audience, Measure


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One size of a chart: the body it is cut for, and its names in other systems ("UK 14")."""

    size: str
    measures: Mapping[Measure, tuple[float, float]]  # from, to
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SizeChart:
    """The sizes of a category; without one, of every category of the audience."""

    category: str | None
    audience: Audience
    rows: tuple[ChartRow, ...]
    own: bool  # the boutique's own chart; else the standard one
