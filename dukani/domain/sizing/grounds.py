"""What an advice rests on: which evidence speaks for the size, the weightiest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import log

from dukani.domain.sizing.basis import Basis
from dukani.domain.sizing.belief import long_ago, prior_of
from dukani.domain.sizing.bodies import Span
from dukani.domain.sizing.choosing import cells_of, growth_of, likely
from dukani.domain.sizing.evidence import Aged, Bought, Evidence, Fitted, Measured
from dukani.domain.sizing.observing import Observed, Sought
from dukani.domain.sizing.scales import AXES

_SAYS_SOMETHING = 0.05  # the least gain, in natural units of information


def grounds_of(
    seen: Sequence[Observed], sought: Sought, size: str, *, now: datetime
) -> tuple[Basis, ...]:
    """What makes the size more probable than it is for anybody; at least the weightiest thing."""
    groups: dict[tuple[object, ...], list[Observed]] = {}
    for one in seen:
        groups.setdefault(_alike(one.evidence), []).append(one)
    cells = cells_of(sought)[size]
    gains = {key: sum(_gain(one, sought, cells, now) for one in groups[key]) for key in groups}
    ordered = sorted(groups, key=lambda key: (-round(gains[key], 9), repr(key)))
    speaking = [key for key in ordered if gains[key] > _SAYS_SOMETHING] or ordered[:1]
    return tuple(_basis(groups[key]) for key in speaking)


def _alike(one: Evidence) -> tuple[object, ...]:
    if isinstance(one, Measured):
        return "measured", one.measure
    if isinstance(one, Aged):
        return ("age",)
    if isinstance(one, Fitted):
        return "fit", one.size, one.category, one.fit
    return "bought" if isinstance(one, Bought) else "stated", one.size, one.category


def _gain(one: Observed, sought: Sought, cells: Sequence[Span], now: datetime) -> float:
    """How much likelier the evidence is of a body of this size than of anybody."""
    gain, growth = 0.0, growth_of(sought)
    for seen, axis, cell in zip(one.axes, AXES[sought.scale], cells, strict=False):
        said = long_ago(seen, axis, now, growth)
        mean = float((said * prior_of(axis)).sum())
        gain += log(max(likely(said, axis, cell), 1e-9) / mean)
    return gain


def _basis(alike: Sequence[Observed]) -> Basis:
    latest = max(alike, key=lambda one: (one.evidence.at, repr(one.evidence)))
    one, converted, own = latest.evidence, latest.converted, latest.shop_chart
    if isinstance(one, Measured):
        return Basis("measured", measure=one.measure, cm=one.cm, shop_chart=own)
    if isinstance(one, Aged):
        return Basis("age", years=one.years)
    orders = {o.evidence.order_id for o in alike if isinstance(o.evidence, Bought)}
    return Basis(
        "bought" if orders else "fit" if isinstance(one, Fitted) else "stated",
        size=one.size,
        category=one.category,
        orders=len(orders),
        fit=one.fit if isinstance(one, Fitted) else None,
        converted=converted,
        shop_chart=own,
    )
