"""The four colour families of taste, and the shop's colours in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

ColourFamily = Literal["Warm", "Cool", "Neutral", "Jewel"]
COLOUR_FAMILIES: tuple[ColourFamily, ...] = get_args(ColourFamily)

_MEMBERS: dict[ColourFamily, tuple[str, ...]] = {
    "Warm": ("red", "pink", "peach", "orange", "rust", "yellow", "mustard", "gold", "tan", "brown"),
    "Cool": (
        *("green", "olive", "mint", "turquoise", "blue", "navy", "sky blue", "lilac", "lavender"),
    ),
    "Neutral": ("black", "white", "ivory", "cream", "beige", "khaki", "grey", "silver"),
    # Deep and saturated, of whichever hue.
    "Jewel": ("maroon", "burgundy", "teal", "royal blue", "purple"),
}
_FAMILY_OF = {colour: family for family, colours in _MEMBERS.items() for colour in colours}


def family_of(colour: str) -> ColourFamily | None:
    """The family of a canonical colour; None for one of many colours, or an unknown word."""
    return _FAMILY_OF.get(colour)


def families_of(colours: Iterable[str]) -> tuple[ColourFamily, ...]:
    """The families that a piece comes in, each once, in the order of `COLOUR_FAMILIES`."""
    found = {family_of(colour) for colour in colours}
    return tuple(family for family in COLOUR_FAMILIES if family in found)


def preferred_family(units_by_colour: Counter[str]) -> ColourFamily | None:
    """The family most of whose pieces were bought; None if none of the colours has a family.

    Of two with as many, the one that comes first in `COLOUR_FAMILIES`.
    """
    units: Counter[ColourFamily] = Counter()
    for colour, count in units_by_colour.items():
        family = family_of(colour)
        if family is not None and count > 0:
            units[family] += count
    if not units:
        return None
    return max(COLOUR_FAMILIES, key=lambda family: units[family])
