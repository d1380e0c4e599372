"""What a piece is measured on: a girth, a child's years, a foot, a height, or a bra's two measures.

Only evidence of the same scale bears on a piece, so a shoe never says a dress size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dukani.domain.sizing.evidence import Audience
from dukani.domain.sizing.systems import BOTTOMS, FOOTWEAR, JACKETS, read_size

Scale = Literal["women", "men", "children", "feet", "height", "bra"]
Zone = Literal["upper", "lower", "whole"]

_UNSIZED = frozenset({"hat", "bag", "scarf", "jewellery", "leso"})  # their sizes are no body's
_UPPER = frozenset({"shirt", "t-shirt", "blouse", "top", "sweater", "jacket", "coat", "blazer"})
_FOR_MEN = frozenset({"kanzu", "suit"})
_FOR_WOMEN = frozenset({"dress", "skirt", "blouse", "kaftan", "abaya", "bra"})


@dataclass(frozen=True, slots=True)
class Axis:
    """One measure of a scale, and how bodies are spread on it."""

    low: float
    high: float
    grain: float  # between two points of the grid
    step: float  # between two sizes; widths of evidence are counted in it
    mean: float
    spread: float  # one standard deviation, wide: customers of a shop are not the population
    drift: float  # standard deviation of a body's change in a year, in steps
    anew: float = 0.0  # the share of bodies of which a year leaves nothing known
    trends: tuple[tuple[float, float], ...] = ((0, 1),)  # steps a year, and the share of bodies


_TRENDS = ((-1.2, 0.08), (-0.6, 0.1), (0.0, 0.64), (0.6, 0.1), (1.2, 0.08))

# Women's and men's girths: NCD-RisC's and Size UK's means, spread wider for all shops alike.
AXES: dict[Scale, tuple[Axis, ...]] = {
    "women": (Axis(60, 166, 0.5, 5.0, 97, 16, 0.3, anew=0.03, trends=_TRENDS),),
    "men": (Axis(70, 164, 0.5, 4.0, 100, 13, 0.3, anew=0.03, trends=_TRENDS),),
    "children": (Axis(0, 17, 0.1, 1.0, 7, 4, 0.2),),
    "feet": (Axis(8, 33, 0.1, 0.667, 24.0, 6.0, 0.1),),
    "height": (Axis(135, 205, 0.5, 5.2, 166, 9, 0.05),),
    "bra": (
        Axis(50, 125, 0.5, 5.0, 78, 10, 0.3, anew=0.03),
        Axis(-1, 15, 0.1, 1.0, 3, 2, 0.3, anew=0.03),
    ),
}


@lru_cache(maxsize=4096)
def scale_of(
    category: str | None, audience: Audience | None, sizes: tuple[str, ...]
) -> Scale | None:
    """The scale of a piece made in these sizes; None where sizes are none of a body's."""
    if category in _UNSIZED:
        return None
    if category in FOOTWEAR:
        return "feet"
    read = (read_size(s, category=category, audience=audience, beside=sizes) for s in sizes)
    systems = {one.system for one in read if one}
    if "bra" in systems:
        return "bra"
    if "length" in systems:
        return "height"
    if "years" in systems or "height" in systems:
        return "children"
    return _of_garment(category, audience, collar=bool({"collar", "collar_cm"} & systems))


def _of_garment(category: str | None, audience: Audience | None, *, collar: bool) -> Scale:
    if audience == "children":
        return "children"
    if category in _FOR_WOMEN:
        return "women"
    if category == "kanzu" or collar:
        return "men"
    return audience or ("men" if category in _FOR_MEN else "women")


def only_one_audience(category: str | None, size: str) -> bool:
    """Whether only men, or only women, wear such a size of the category."""
    read = read_size(size, category=category)
    collar = read is not None and read.system in ("collar", "collar_cm")
    return collar or category in _FOR_MEN | _FOR_WOMEN


def zone_of(category: str | None) -> Zone:
    if category in _UPPER or category in JACKETS - {"suit"}:
        return "upper"
    return "lower" if category in BOTTOMS or category == "skirt" else "whole"
