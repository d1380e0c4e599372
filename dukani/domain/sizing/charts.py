"""Size charts: for which body each size is cut, and what it is called elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dukani.domain.sizes import size_said
from dukani.domain.sizing.bodies import TABLES, Group, Span, measures_of, rows_of
from dukani.domain.sizing.evidence import Audience, Measure
from dukani.domain.sizing.scales import AXES, Scale, scale_of
from dukani.domain.sizing.spans import CM_PER_INCH, height_of_length, row_of, spans_of
from dukani.domain.sizing.systems import FOOTWEAR

LENGTHS = range(50, 65, 2)
_EU_SHOES: dict[Audience, range] = {
    "women": range(35, 44),
    "men": range(39, 49),
    "children": range(19, 39),
}
# A size that is further than this many steps from what was said is another size.
_NEAR = 0.5


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


@cache
def standard_chart(category: str, audience: Audience) -> SizeChart | None:
    """The chart of `charts.toml` for a category; None where its sizes are no body's."""
    scale = scale_of(category, audience, ())
    if scale is None or category == "bra":
        return None
    rows = _shoe_rows(audience) if scale == "feet" else _garment_rows(_group(scale))
    return SizeChart(category, audience, tuple(rows), own=False)


def standard_lengths(audience: Audience) -> SizeChart:
    """Abayas and kanzus that are sized by length: from the height to the inches."""
    group = "men" if audience == "men" else "women"
    rows = (
        ChartRow(
            str(inches),
            {
                "height": (
                    height_of_length(inches - 1, group),
                    height_of_length(inches + 1, group),
                ),
                "length": ((inches - 1) * CM_PER_INCH, (inches + 1) * CM_PER_INCH),
            },
        )
        for inches in LENGTHS
    )
    return SizeChart("kanzu" if group == "men" else "abaya", audience, tuple(rows), own=False)


def _group(scale: Scale) -> Group:
    return scale if scale in ("men", "children") else "women"


def _garment_rows(group: Group) -> list[ChartRow]:
    named = {"women": ("uk", "eu", "us"), "men": ("eu", "chest"), "children": ()}[group]
    rows = []
    for row in rows_of(group):
        names = [f"{_PREFIX[system]} {row[system]}" for system in named]
        if group == "children":
            names = [_years(row["years"])]
        letter = (row["letter"],) if "letter" in row else ()
        rows.append(ChartRow(names[0], measures_of(row), (*names[1:], *letter)))
    return rows


_PREFIX = {"uk": "UK", "eu": "EU", "us": "US", "chest": "UK"}


def _years(span: Sequence[float]) -> str:
    low, high = span
    if high <= 2:
        return f"{round(low * 12)}-{round(high * 12)}M"
    return f"{low:g}-{high:g}Y"


def _shoe_rows(audience: Audience) -> list[ChartRow]:
    feet = TABLES["feet"]
    rows = []
    for eu in _EU_SHOES[audience]:
        also = []
        for system in ("uk", "us"):
            start, each = feet[audience][system]
            number = round((eu - start) / each * 2) / 2
            also.append(f"{system.upper()} {number:g}")
        foot = tuple(
            round((eu + half) / feet["points_per_cm"] - feet["over_last_cm"], 1)
            for half in (-0.5, 0.5)
        )
        rows.append(ChartRow(f"EU {eu}", {"foot": (foot[0], foot[1])}, tuple(also)))
    return rows


def chart_for(category: str, audience: Audience, own: Sequence[SizeChart]) -> SizeChart | None:
    """The boutique's chart of the category, else its chart of all categories, else the standard."""
    return own_chart(category, audience, own) or standard_chart(category, audience)


def own_chart(
    category: str | None, audience: Audience, own: Sequence[SizeChart]
) -> SizeChart | None:
    """The boutique's chart. One of all categories is of garments: no shoe is sized by it."""
    meant = [chart for chart in own if chart.audience == audience]
    named = next((chart for chart in meant if category and chart.category == category), None)
    if named or category in FOOTWEAR:
        return named
    return next((chart for chart in meant if chart.category is None), None)


def convert(
    said: str,
    sizes: Sequence[str],
    *,
    category: str,
    audience: Audience | None,
    own: Sequence[SizeChart] = (),
) -> tuple[str, ...]:
    """The sizes of a piece that a size of another system means, nearest first; () when none."""
    same = size_said(said, sizes)
    if same is not None:
        return (same,)
    scale = scale_of(category, audience, tuple(sizes))
    if scale is None or scale_of(category, audience, (said,)) not in (scale, None):
        return ()
    chart = own_chart(category, audience or _audience(scale), own)
    named = row_of(said, chart) if chart else None
    if named and (same := size_said(named.size, sizes)):
        return (same,)
    meant = spans_of((said,), scale, category=category, audience=audience, chart=chart).get(said)
    made = spans_of(tuple(sizes), scale, category=category, audience=audience, chart=chart)
    if meant is None:
        return ()
    away = {size: _away(meant, span, scale) for size, span in made.items()}
    near = [size for size in made if away[size] <= _NEAR]
    return tuple(sorted(near, key=lambda size: away[size]))


def _audience(scale: Scale) -> Audience:
    return scale if scale in ("men", "children") else "women"


def _away(meant: Sequence[Span], span: Sequence[Span], scale: Scale) -> float:
    """How far the middle of one lies outside the other in steps, and a little of the middles."""
    away = 0.0
    for (low, high), (start, end), axis in zip(meant, span, AXES[scale], strict=True):
        middle, other = (low + high) / 2, (start + end) / 2
        outside = max(0.0, start - middle, middle - end)
        away += (outside + 0.05 * abs(middle - other)) / axis.step
    return away
