"""One thing that an advice rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dukani.domain.sizing.evidence import Fit, Measure

BasisKind = Literal["bought", "stated", "measured", "fit", "age"]


@dataclass(frozen=True, slots=True)
class Basis:
    """Alike evidence together: all orders of a size in a category, or one thing that was said."""

    kind: BasisKind
    size: str | None = None
    category: str | None = None
    orders: int = 0
    measure: Measure | None = None
    cm: float | None = None
    fit: Fit | None = None
    years: float | None = None
    converted: bool = False  # the size was said in another system than the piece's
    shop_chart: bool = False  # read by the boutique's own chart
