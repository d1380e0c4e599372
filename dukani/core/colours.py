"""The colours of products: canonical names, the shades they cover, their families.

Products, the lexicon and image recognition all name colours with `COLOURS`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

MULTICOLOUR = "multicolour"
NEAR_LAB = 50.0  # shades further apart than this are not offered for one another

Lab = tuple[float, float, float]


class Shade(NamedTuple):
    """A shade with its canonical colour and Lab centre (D65; L 0..100)."""

    name: str
    colour: str
    lab: Lab


# Lab of each shade's usual sRGB value in cloth, not of a paint chart's pure tone.
SHADES = (
    Shade("black", "black", (0, 0, 0)),
    Shade("jet", "black", (15, 1, -1)),
    Shade("white", "white", (100, 0, 0)),
    Shade("off-white", "white", (95, 0, 1)),
    Shade("white in shade", "white", (87, 0, 0)),
    Shade("ivory", "ivory", (97, -2, 10)),
    Shade("cream", "cream", (93, -2, 18)),
    Shade("beige", "beige", (83, 1, 20)),
    Shade("sand", "beige", (77, 3, 22)),
    Shade("khaki", "khaki", (66, -2, 27)),
    Shade("army khaki", "khaki", (56, -2, 21)),
    Shade("brown", "brown", (32, 15, 24)),
    Shade("chocolate", "brown", (19, 11, 14)),
    Shade("coffee", "brown", (43, 10, 17)),
    Shade("tan", "tan", (66, 12, 34)),
    Shade("camel", "tan", (58, 13, 35)),
    Shade("grey", "grey", (54, 0, 0)),
    Shade("charcoal", "grey", (33, 0, -3)),
    Shade("light grey", "grey", (71, 0, -1)),
    Shade("silver", "silver", (79, 0, -4)),
    Shade("red", "red", (45, 66, 44)),
    Shade("scarlet", "red", (53, 70, 52)),
    Shade("maroon", "maroon", (23, 39, 15)),
    Shade("burgundy", "burgundy", (27, 47, 9)),
    Shade("pink", "pink", (73, 36, -1)),
    Shade("hot pink", "pink", (54, 72, -5)),
    Shade("blush", "pink", (86, 14, 3)),
    Shade("magenta", "pink", (44, 70, -13)),
    Shade("peach", "peach", (82, 17, 28)),
    Shade("salmon", "peach", (70, 35, 27)),
    Shade("orange", "orange", (65, 41, 66)),
    Shade("rust", "rust", (42, 39, 42)),
    Shade("yellow", "yellow", (88, -6, 81)),
    Shade("lemon", "yellow", (93, -12, 58)),
    Shade("mustard", "mustard", (67, 10, 64)),
    Shade("gold", "gold", (74, 2, 57)),
    Shade("green", "green", (51, -44, 34)),
    Shade("bottle green", "green", (25, -23, 10)),
    Shade("lime", "green", (78, -39, 65)),
    Shade("olive", "olive", (44, -9, 33)),
    Shade("mint", "mint", (87, -24, 9)),
    Shade("teal", "teal", (43, -23, -11)),
    Shade("turquoise", "turquoise", (75, -39, -8)),
    Shade("blue", "blue", (40, 11, -47)),
    Shade("denim", "blue", (50, -2, -25)),
    Shade("navy", "navy", (16, 8, -23)),
    Shade("sky blue", "sky blue", (78, -8, -23)),
    Shade("royal blue", "royal blue", (35, 41, -74)),
    Shade("purple", "purple", (32, 45, -44)),
    Shade("plum", "purple", (24, 30, -21)),
    Shade("lilac", "lilac", (69, 26, -24)),
    Shade("lavender", "lavender", (80, 11, -21)),
)

# Canonical colours: the shades' colours in the order above, and the one without a Lab.
COLOURS = (*dict.fromkeys(shade.colour for shade in SHADES), MULTICOLOUR)

# The colours that a shopper accepts for a broad word. A colour between two words is in both.
FAMILIES: dict[str, tuple[str, ...]] = {
    "black": ("black",),
    "white": ("white", "ivory", "cream"),
    "beige": ("beige", "cream", "khaki", "tan"),
    "brown": ("brown", "tan", "rust", "khaki"),
    "grey": ("grey", "silver"),
    "red": ("red", "maroon", "burgundy"),
    "pink": ("pink", "peach"),
    "orange": ("orange", "peach", "rust"),
    "yellow": ("yellow", "mustard", "gold"),
    "green": ("green", "olive", "mint", "teal"),
    "blue": ("blue", "navy", "sky blue", "royal blue", "teal", "turquoise"),
    "purple": ("purple", "lilac", "lavender"),
    MULTICOLOUR: (MULTICOLOUR,),
}

CENTRES: dict[str, Lab] = {
    shade.colour: shade.lab
    for shade in reversed(SHADES)  # the first shade of a colour wins
}


def families_of(colour: str) -> tuple[str, ...]:
    """The families a canonical colour belongs to; none for an unknown word."""
    return tuple(family for family, members in FAMILIES.items() if colour in members)


def similar_colours(colour: str) -> tuple[str, ...]:
    """The colour itself, then colours that a shopper who asks for it may also like, nearest first.

    A broad word ("blue") gives its whole family; a narrow one ("navy") gives the near part of its
    family and the broad word. An unknown word gives only itself.
    """
    if colour not in CENTRES:
        return (colour,)
    families = families_of(colour)
    others = {member for family in families for member in FAMILIES[family]} - {colour}
    wide = {*families, *FAMILIES.get(colour, ())}
    near = {other for other in others if other in wide or lab_distance(colour, other) <= NEAR_LAB}
    return (
        colour,
        *sorted(near, key=lambda other: (lab_distance(colour, other), other)),
    )


def nearest_colour(colour: str | None, colours: Sequence[str]) -> str | None:
    """The one of `colours` that looks most like `colour`; none when `colour` has no Lab value."""
    known = [other for other in colours if other in CENTRES]
    if colour not in CENTRES or not known:
        return None
    return min(known, key=lambda other: lab_distance(colour, other))


def lab_distance(one: str, other: str) -> float:
    """Distance in Lab between the centres of two canonical colours."""
    return math.dist(CENTRES[one], CENTRES[other])
