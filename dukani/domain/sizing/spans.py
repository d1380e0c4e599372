"""From which body to which a size is cut, on the axes of its scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from dukani.domain.sizes import same_size
from dukani.domain.sizing.bodies import TABLES, Group, Span, along, leading, lettered, numbered
from dukani.domain.sizing.evidence import Audience, Measure
from dukani.domain.sizing.scales import Scale, Zone, zone_of
from dukani.domain.sizing.systems import BOTTOMS, Sized, read_size

if TYPE_CHECKING:
    from dukani.domain.sizing.charts import ChartRow, SizeChart

CM_PER_INCH = 2.54
_COLLAR_CM = 1.27  # collars go by half inches

# Which measures place a body, by what the garment covers
_PLACING: dict[Zone, tuple[Measure, ...]] = {
    "upper": ("bust",),
    "lower": ("waist", "hips"),
    "whole": ("bust", "hips"),
}


def standard_span(
    sized: Sized, scale: Scale, *, category: str | None, audience: Audience | None
) -> tuple[Span, ...] | None:
    """The bodies of a size by the standard tables, one span an axis; None: not of this scale."""
    if scale == "bra":
        return _bra(sized)
    if scale == "feet":
        span = _foot(sized, audience or "women")
    elif scale == "height":
        span = _height(sized, "men" if audience == "men" or category == "kanzu" else "women")
    else:
        span = _garment(sized, scale, category)
    return (span,) if span else None


def _garment(sized: Sized, group: Group, category: str | None) -> Span | None:
    if sized.system == "letter":
        return lettered(group, sized.name)
    if group == "children":
        return _child(sized)
    if sized.system == "waist" or (group == "men" and category in BOTTOMS and _inches(sized)):
        return _by_measure(group, "waist", sized, CM_PER_INCH)
    if sized.system in ("collar", "collar_cm"):
        unit = CM_PER_INCH if sized.system == "collar" else 1.0
        return _by_measure(group, "collar", sized, unit, width=_COLLAR_CM)
    system = "chest" if group == "men" and sized.system in ("uk", "us") else sized.system
    knots = numbered(group, system)
    if not knots or not knots[0][0] <= sized.low <= sized.high <= knots[-1][0]:
        return None
    return along(knots, sized.low - 1), along(knots, sized.high + 1)


def _inches(sized: Sized) -> bool:
    return sized.system in ("uk", "us")


def _by_measure(
    group: Group, measure: str, sized: Sized, unit: float, *, width: float = CM_PER_INCH
) -> Span | None:
    """Sizes that name the measure itself, in `unit` cm; each covers `width` cm."""
    low = leading(group, measure, sized.low * unit - width / 2)
    high = leading(group, measure, sized.high * unit + width / 2)
    return (low, high) if low is not None and high is not None else None


def _child(sized: Sized) -> Span | None:
    """A range of years, or the year that begins with a single number; heights by the table."""
    if sized.system in ("years", "uk", "us"):
        if sized.high > sized.low:
            return sized.low, sized.high
        return sized.low, sized.low + (1 if sized.low >= 2 else 0.25)
    if sized.system in ("height", "eu"):  # the label is nearly the tallest child it fits
        low = leading("children", "height", sized.low - 5)
        high = leading("children", "height", sized.high + 1)
        return (low, high) if low is not None and high is not None else None
    return None


def _foot(sized: Sized, audience: Audience) -> Span | None:
    feet = TABLES["feet"]
    if sized.system not in ("eu", "uk", "us"):
        return None
    start, each = (0.0, 1.0) if sized.system == "eu" else feet[audience][sized.system]
    low, high = start + each * sized.low, start + each * sized.high
    return (
        (low - each / 2) / feet["points_per_cm"] - feet["over_last_cm"],
        (high + each / 2) / feet["points_per_cm"] - feet["over_last_cm"],
    )


def _height(sized: Sized, group: str) -> Span | None:
    """Lengths go by two inches, so each covers one more and one less."""
    if sized.system != "length":
        return None
    return height_of_length(sized.low - 1, group), height_of_length(sized.high + 1, group)


def height_of_length(inches: float, group: str) -> float:
    line = TABLES["lengths"]["men" if group == "men" else "women"]
    height: float = line["height"] + (inches - line["at_inches"]) * line["per_inch"]
    return height


def _bra(sized: Sized) -> tuple[Span, ...] | None:
    if sized.system != "bra":
        return None
    bras = TABLES["bras"]
    system, cup = sized.name.split()
    if cup not in bras[system]:
        return None
    least, cm, each = bras["band_cm"]
    band = sized.low if system == "eu" else cm + (sized.low - least) * each
    at = bras[system].index(cup)
    return (band - 2.5, band + 2.5), (at - 0.5, at + 0.5)


def own_span(
    size: str, chart: SizeChart | None, scale: Scale, category: str | None
) -> tuple[Span, ...] | None:
    """The bodies of a size by the boutique's own chart; None where the chart does not say."""
    if chart is None or not chart.own or scale == "bra":
        return None
    row = row_of(size, chart)
    span = _of_measures(row.measures, scale, category, chart.audience) if row else None
    return (span,) if span else None


def row_of(size: str, chart: SizeChart) -> ChartRow | None:
    """The row of a size, by its name first and by its other names then."""
    named = next((row for row in chart.rows if same_size(size, row.size)), None)
    return named or next(
        (row for row in chart.rows if any(same_size(size, name) for name in row.also)), None
    )


def _of_measures(
    measures: Mapping[Measure, Span], scale: Scale, category: str | None, audience: Audience
) -> Span | None:
    if scale == "feet":
        return measures.get("foot")
    if scale == "height":
        length = measures.get("length")
        if "height" in measures or length is None:
            return measures.get("height")
        shortest, tallest = (height_of_length(cm / CM_PER_INCH, audience) for cm in length)
        return shortest, tallest
    if scale == "bra":
        return None
    names: Sequence[Measure] = ("height",) if scale == "children" else _PLACING[zone_of(category)]
    named = [name for name in names if name in measures] or list(measures)
    ends = [
        (low, high) for name in named
        if (low := leading(scale, name, measures[name][0])) is not None
        and (high := leading(scale, name, measures[name][1])) is not None
    ]  # fmt: skip
    return (fmean(low for low, _ in ends), fmean(high for _, high in ends)) if ends else None


def spans_of(
    sizes: tuple[str, ...],
    scale: Scale,
    *,
    category: str | None,
    audience: Audience | None,
    chart: SizeChart | None,
) -> dict[str, tuple[Span, ...]]:
    """The bodies of each size of a piece, in the sizes' order; without those that say nothing."""
    found = {}
    for size in sizes:
        span = own_span(size, chart, scale, category)
        if span is None:
            sized = read_size(size, category=category, audience=audience, beside=sizes)
            if sized is not None:
                span = standard_span(sized, scale, category=category, audience=audience)
        if span is not None:
            found[size] = span
    return found
