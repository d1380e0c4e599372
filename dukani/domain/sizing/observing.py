"""What each piece of evidence says of a body on the scale of the piece that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

from dukani.domain.sizes import same_size
from dukani.domain.sizing import weights
from dukani.domain.sizing.belief import Observation
from dukani.domain.sizing.bodies import Span, leading
from dukani.domain.sizing.charts import SizeChart, own_chart
from dukani.domain.sizing.corrections import still_said
from dukani.domain.sizing.evidence import (
    Aged,
    Audience,
    Bought,
    Evidence,
    Fitted,
    Measure,
    Measured,
    Stated,
)
from dukani.domain.sizing.growth import GROWN, foot_at
from dukani.domain.sizing.scales import AXES, Scale, scale_of, zone_of
from dukani.domain.sizing.spans import CM_PER_INCH, height_of_length, own_span, standard_span
from dukani.domain.sizing.systems import Sized, System, read_size

Flat = Literal["none", "above", "below"]


@dataclass(frozen=True, slots=True)
class Sought:
    """The piece that a size is sought for, and how its sizes are read."""

    scale: Scale
    category: str | None
    audience: Audience
    sizes: tuple[str, ...]
    systems: frozenset[System]  # of its sizes
    charts: tuple[SizeChart, ...]  # the boutique's own
    of_child: bool  # the wearer is known to be a child
    product_id: str | None = None

    @property
    def chart(self) -> SizeChart | None:
        return own_chart(self.category, self.audience, self.charts)


@dataclass(frozen=True, slots=True)
class Observed:
    """What one piece of evidence says on each axis, and how it was read."""

    evidence: Evidence
    axes: tuple[Observation, ...]
    converted: bool = False
    shop_chart: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    spans: tuple[Span, ...]
    converted: bool
    shop_chart: bool


def observed(evidence: Sequence[Evidence], sought: Sought) -> list[Observed]:
    """What bears on the piece. A thing of another scale says nothing and is left out."""
    said = still_said(evidence)
    flats = _returned(said)
    found = (_one(one, sought, flats.get(id(one), "none")) for one in said)
    return [one for one in found if one is not None]


def _returned(evidence: Sequence[Evidence]) -> dict[int, Flat]:
    """The purchases of which it was said later that they did not fit, the latest of that size."""
    flats: dict[int, Flat] = {}
    for said in evidence:
        if not isinstance(said, Fitted) or said.fit == "right":
            continue
        meant = [
            one for one in evidence
            if isinstance(one, Bought) and one.category == said.category
            and one.at <= said.at and same_size(one.size, said.size)
        ]  # fmt: skip
        if meant:
            latest = max(meant, key=lambda one: (one.at, one.order_id))
            flats[id(latest)] = "above" if said.fit == "too_small" else "below"
    return flats


def _one(one: Evidence, sought: Sought, flat: Flat) -> Observed | None:
    if isinstance(one, Measured):
        return _measured(one, sought)
    if isinstance(one, Aged):
        return _aged(one, sought)
    return _sized(one, sought, flat)


def _sized(one: Bought | Stated | Fitted, sought: Sought, flat: Flat) -> Observed | None:
    read = _read(one, sought)
    if read is None:
        return None
    width, doubt = _base(one, sought)
    kinds: dict[str, Literal["within", "above", "below"]] = {
        "too_small": "above",
        "too_large": "below",
    }
    kind = kinds.get(one.fit, "within") if isinstance(one, Fitted) else "within"
    width = hypot(
        width,
        _apart(one.category, sought),
        weights.OTHER_SYSTEM if read.converted else 0.0,
        weights.OTHER_SHOP if isinstance(one, Stated) and read.converted else 0.0,
    )
    axes = tuple(
        Observation(one.at, low, high, width * axis.step, doubt, kind, flat)
        for (low, high), axis in zip(read.spans, AXES[sought.scale], strict=True)
    )
    if kind != "within" and sought.scale == "bra":
        axes = axes[:1]  # what is too tight is the band
    return Observed(one, axes, converted=read.converted, shop_chart=read.shop_chart)


def _base(one: Bought | Stated | Fitted, sought: Sought) -> tuple[float, float]:
    if isinstance(one, Stated):
        return weights.STATED, weights.DOUBT_STATED
    if isinstance(one, Fitted):
        return weights.FITTED, weights.DOUBT_FITTED
    again = one.product_id is not None and one.product_id == sought.product_id
    return weights.SAME_PIECE if again else weights.BOUGHT, weights.DOUBT_BOUGHT


def _apart(category: str | None, sought: Sought) -> float:
    """How much further apart two garments' sizes are than those of one category."""
    if category == sought.category:
        return 0.0
    if category is None or sought.category is None:
        return weights.UNNAMED
    if sought.scale in ("women", "men"):
        return weights.between(zone_of(category), zone_of(sought.category))
    return weights.OTHER_CUT


def _read(one: Bought | Stated | Fitted, sought: Sought) -> _Read | None:
    """The bodies of a size on the sought scale; None where it is of another."""
    if one.category is None and sought.scale == "feet":
        return None  # "I wear 38" is said of clothes
    category = one.category or sought.category
    among = sought.sizes if category == sought.category else ()
    audience = sought.audience
    sized = read_size(one.size, category=category, audience=audience, beside=among)
    if sized is None or not _same_scale(one.size, sized, category, among, sought):
        return None
    converted = bool(sought.systems) and sized.system not in sought.systems
    chart = own_chart(category, audience, sought.charts)
    own = own_span(one.size, chart, sought.scale, category)
    if own is not None:
        return _Read(own, converted, shop_chart=True)
    spans = standard_span(sized, sought.scale, category=category, audience=audience)
    return _Read(spans, converted, shop_chart=False) if spans else None


def _same_scale(
    size: str, sized: Sized, category: str | None, among: tuple[str, ...], sought: Sought
) -> bool:
    if sized.system == "letter" and sought.scale == "children":
        # A mother's M is none of her child's.
        return sought.of_child or "letter" in sought.systems
    scale = scale_of(category, sought.audience, (size, *among) if among else (size,))
    return scale == sought.scale


def _measured(one: Measured, sought: Sought) -> Observed | None:
    found = _placed(one.measure, one.cm, sought)
    if found is None:
        return None
    at, apart = found
    axis = AXES[sought.scale][0]
    own = sought.chart is not None
    elsewhere = 0.0 if own or sought.scale in ("height", "feet") else weights.OTHER_SHOP
    width = hypot(weights.MEASURED, apart, elsewhere) * axis.step
    seen = Observation(one.at, at, at, width, weights.DOUBT_MEASURED)
    return Observed(one, (seen,), shop_chart=own)


def _placed(measure: Measure, cm: float, sought: Sought) -> tuple[float, float] | None:
    """Where a measure places the body on the scale, and its width for not being the piece's own."""
    scale = sought.scale
    if scale == "feet":
        return (cm, 0.0) if measure == "foot" else None
    if scale == "height":
        if measure == "length":
            group = "men" if sought.audience == "men" else "women"
            return height_of_length(cm / CM_PER_INCH, group), 0.0
        return (cm, weights.FIGURE) if measure == "height" else None
    if scale == "bra" or (measure == "height" and scale != "children"):
        return None
    at = leading(scale, measure, cm)
    if at is None:
        return None
    if scale == "children":
        return at, 0.0 if measure == "height" else weights.OTHER_PART
    return at, _of_figure(measure, sought.category)


def _of_figure(measure: Measure, category: str | None) -> float:
    zone = zone_of(category)
    if zone == "whole":
        return weights.FIGURE if measure == "bust" else weights.PART_OF_WHOLE
    fitting = measure == "bust" if zone == "upper" else measure in ("waist", "hips")
    return 0.0 if fitting else weights.OTHER_PART


def _aged(one: Aged, sought: Sought) -> Observed | None:
    if one.years >= GROWN or sought.scale not in ("children", "feet"):
        return None
    axis = AXES[sought.scale][0]
    # "She is five" is said until she is six.
    until = one.years + 1 if one.years == int(one.years) and one.years >= 2 else one.years
    ends, width = (one.years, until), weights.AGED
    if sought.scale == "feet":
        ends, width = (foot_at(one.years), foot_at(until)), weights.FOOT_OF_AGE
    seen = Observation(one.at, *ends, width * axis.step, weights.DOUBT_AGED)
    return Observed(one, (seen,))
