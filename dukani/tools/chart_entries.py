"""Validates the size charts in a boutique's description file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dukani.core.store.size_charts import StoredChart

Centimetres = Annotated[float, Field(gt=0, lt=300)]
_MEASURES = ("bust", "waist", "hips", "foot", "height", "length")


class ChartEntryRow(BaseModel):
    """One size: the body it is cut for, from and to in centimetres, and its other names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: Annotated[str, Field(min_length=1, max_length=12)]
    also: tuple[Annotated[str, Field(min_length=1, max_length=12)], ...] = ()
    bust: tuple[Centimetres, Centimetres] | None = None
    waist: tuple[Centimetres, Centimetres] | None = None
    hips: tuple[Centimetres, Centimetres] | None = None
    foot: tuple[Centimetres, Centimetres] | None = None
    height: tuple[Centimetres, Centimetres] | None = None
    length: tuple[Centimetres, Centimetres] | None = None

    @model_validator(mode="after")
    def _tells_something(self) -> ChartEntryRow:
        told = self._measures()
        if not told and not self.also:
            raise ValueError(f"size {self.size!r} needs a measure, or other names in `also`")
        if backwards := [name for name, (low, high) in told.items() if low >= high]:
            raise ValueError(f"size {self.size!r}: {backwards[0]} is to grow from first to last")
        return self

    def _measures(self) -> dict[str, tuple[float, float]]:
        said = {name: getattr(self, name) for name in _MEASURES}
        return {name: span for name, span in said.items() if span is not None}

    def as_row(self) -> dict[str, Any]:
        measures = {name: list(span) for name, span in self._measures().items()}
        return {"size": self.size, "measures": measures, "also": list(self.also)}


class ChartEntry(BaseModel):
    """A size chart; without a category, of all garments of the audience."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audience: Literal["women", "men", "children"] = "women"
    category: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    rows: Annotated[tuple[ChartEntryRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _sizes_told_apart(self) -> ChartEntry:
        sizes = [row.size for row in self.rows]
        if twice := [size for size in sizes if sizes.count(size) > 1]:
            raise ValueError(f"size {twice[0]!r} is there twice")
        return self

    def as_chart(self) -> StoredChart:
        return StoredChart(self.category, self.audience, [row.as_row() for row in self.rows])


def require_one_each(charts: Sequence[ChartEntry]) -> None:
    """Raises ValueError when two charts are of the same category and audience."""
    of = [(chart.category, chart.audience) for chart in charts]
    if twice := [one for one in of if of.count(one) > 1]:
        category, audience = twice[0]
        raise ValueError(f"two size charts are of {audience}'s {category or 'garments'}: keep one")
