"""On which scale a size is sought, for whom, and among which sizes where no piece is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dukani.domain.sizes import letter_of
from dukani.domain.sizing.charts import LENGTHS, SizeChart, own_chart, standard_chart
from dukani.domain.sizing.evidence import Aged, Audience, Bought, Evidence, Fitted, Measured, Stated
from dukani.domain.sizing.growth import GROWN
from dukani.domain.sizing.observing import Sought
from dukani.domain.sizing.scales import Scale, only_one_audience, scale_of
from dukani.domain.sizing.systems import read_size

_LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL", "5XL")
_YOUNG_CM = 150.0  # who is shorter and says so is a child


def sought_for(
    evidence: Sequence[Evidence],
    *,
    category: str | None,
    sizes: tuple[str, ...],
    audience: Audience | None,
    product_id: str | None,
    charts: Sequence[SizeChart],
) -> Sought | None:
    """None where the piece's sizes are none of a body's, or nothing tells which are meant."""
    child = _of_child(evidence)
    for_whom = audience or ("children" if child else _told_by(evidence))
    scale = scale_of(category, for_whom, sizes)
    if category is None and not sizes:
        scale = _spoken_of(evidence, for_whom)
    if scale is None:
        return None
    whose = _audience(scale, for_whom, category)
    own = tuple(chart for chart in charts if chart.own)
    among = sizes or _all_sizes(evidence, scale, category, whose, own)
    read = (read_size(s, category=category, audience=whose, beside=among) for s in among)
    return Sought(
        scale=scale, category=category, audience=whose, sizes=among,
        systems=frozenset(one.system for one in read if one), charts=own,
        of_child=child, product_id=product_id,
    )  # fmt: skip


def _of_child(evidence: Sequence[Evidence]) -> bool:
    return any(
        (isinstance(one, Aged) and one.years < GROWN)
        or (isinstance(one, Measured) and one.measure == "height" and one.cm < _YOUNG_CM)
        for one in evidence
    )


def _told_by(evidence: Sequence[Evidence]) -> Audience | None:
    """Men, where more was bought that only men wear (collars, kanzus, suits) than only women do."""
    sized = [one for one in evidence if isinstance(one, Bought | Fitted | Stated)]
    telling = [one for one in sized if only_one_audience(one.category, one.size)]
    garments = [scale_of(one.category, None, (one.size,)) for one in telling]
    return "men" if garments.count("men") > garments.count("women") else None


def _audience(scale: Scale, said: Audience | None, category: str | None) -> Audience:
    if scale in ("women", "men", "children"):
        return scale
    return said or ("men" if category == "kanzu" else "women")


def _spoken_of(evidence: Sequence[Evidence], audience: Audience | None) -> Scale | None:
    """The scale of most of what is known, garments before shoes and bras."""
    found: Counter[Scale] = Counter()
    for one in evidence:
        if isinstance(one, Bought | Stated | Fitted):
            scale = scale_of(one.category, audience, (one.size,))
            if scale and read_size(one.size, category=one.category, audience=audience):
                found[scale] += 1
        elif isinstance(one, Aged) and one.years < GROWN:
            found["children"] += 1
        elif isinstance(one, Measured):
            found[_measured_on(one, audience)] += 1
    garments = [scale for scale in found if scale not in ("feet", "bra", "height")]
    return max(garments or list(found), key=lambda s: (found[s], s), default=None)


def _measured_on(one: Measured, audience: Audience | None) -> Scale:
    if one.measure == "foot":
        return "feet"
    if audience == "children":
        return "children"
    return "height" if one.measure in ("height", "length") else audience or "women"


def _all_sizes(
    evidence: Sequence[Evidence], scale: Scale, category: str | None, audience: Audience,
    own: Sequence[SizeChart],
) -> tuple[str, ...]:  # fmt: skip
    """The sizes to choose from without a piece: the boutique's, else of the system last used."""
    chart = own_chart(category, audience, own)
    if chart is not None:
        return tuple(row.size for row in chart.rows)
    used = [one for one in evidence if isinstance(one, Bought | Stated | Fitted)]
    used = [
        one for one in used if scale_of(one.category or category, audience, (one.size,)) == scale
    ]
    if not used:
        return _LETTERS if scale in ("women", "men") else _standard(scale, category, audience)
    last = max(used, key=lambda one: (one.at, one.size)).size
    return _like(last, scale, category, audience, [one.size for one in used])


def _standard(scale: Scale, category: str | None, audience: Audience) -> tuple[str, ...]:
    if scale == "height":
        return tuple(str(inches) for inches in LENGTHS)
    chart = standard_chart("shoes" if scale == "feet" else category or "top", audience)
    return tuple(row.size for row in chart.rows) if chart and scale != "bra" else ()


def _like(
    last: str, scale: Scale, category: str | None, audience: Audience, used: Sequence[str]
) -> tuple[str, ...]:
    """All sizes of the system in which the last one is written, and as it is written."""
    if letter_of(last):
        return _LETTERS
    if scale == "bra":
        return tuple(dict.fromkeys(used))
    read = read_size(last, category=category, audience=audience)
    if scale == "height" or read is None or read.system in ("waist", "collar", "collar_cm"):
        numbers = range(24, 61) if read and read.system == "waist" else LENGTHS
        return tuple(str(n) for n in numbers) if scale == "height" or read else ()
    prefix = read.system.upper()
    names = _named(prefix, scale, category, audience)
    bare = last.strip().upper()[:1].isdigit()
    return tuple(name.removeprefix(prefix).strip() if bare else name for name in names)


def _named(prefix: str, scale: Scale, category: str | None, audience: Audience) -> tuple[str, ...]:
    chart = standard_chart("shoes" if scale == "feet" else category or "top", audience)
    rows = chart.rows if chart else ()
    named = [
        next((name for name in (row.size, *row.also) if name.startswith(prefix)), None)
        for row in rows
    ]
    return tuple(name for name in named if name) or tuple(row.size for row in rows)
