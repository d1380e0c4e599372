"""Assembles each category of garment, from dress to jewellery, from its pattern pieces."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dukani.sandbox.drawing import extras as extras
from dukani.sandbox.drawing import jackets as jackets
from dukani.sandbox.drawing import lowers as lowers
from dukani.sandbox.drawing import robes as robes
from dukani.sandbox.drawing import tops as tops
from dukani.sandbox.drawing.dresses import DRESS_CUTS, dress, jumpsuit
from dukani.sandbox.drawing.shapes import MIDDLE, Part, band, smooth
from dukani.sandbox.drawing.shoes import SHOE_CUTS, shoes

Maker = Callable[[np.random.Generator, str], list[Part]]
CutMaker = Callable[[np.random.Generator, str, str | None], list[Part]]

CUTS: dict[str, tuple[str, ...]] = {
    "dress": DRESS_CUTS,
    "skirt": lowers.SKIRT_CUTS,
    "shoes": SHOE_CUTS,
}

_WITH_CUTS: dict[str, CutMaker] = {
    "dress": dress,
    "skirt": lowers.skirt,
    "shoes": shoes,
}


def _coat(rng: np.random.Generator, pattern: str) -> list[Part]:
    return jackets.jacket(rng, pattern, long=True)


_MAKERS: dict[str, Maker] = {
    "kaftan": robes.kaftan, "kanzu": robes.kanzu, "shirt": tops.shirt, "t-shirt": tops.tee,
    "blouse": tops.blouse, "top": tops.blouse, "trousers": lowers.trousers, "jeans": lowers.jeans,
    "shorts": lowers.shorts, "jacket": jackets.jacket, "coat": _coat, "suit": jackets.jacket,
    "sweater": tops.sweater, "jumpsuit": jumpsuit, "leso": extras.leso, "hat": extras.hat,
    "bag": extras.bag, "scarf": extras.scarf, "belt": extras.belt, "jewellery": extras.jewellery,
}  # fmt: skip


HANGING = frozenset(
    (
        "dress",
        "kaftan",
        "kanzu",
        "shirt",
        "t-shirt",
        "blouse",
        "top",
        "jacket",
        "coat",
        "suit",
        "jumpsuit",
    )
)


def hanger(parts: list[Part]) -> list[Part]:
    """A wooden hanger and its wire hook, showing above the neckline of a hung garment."""
    neck = min(y for part in parts for x, y in part.outline if abs(x - MIDDLE) < 0.02)
    bar = smooth(
        [(MIDDLE - 0.07, neck + 0.045), (MIDDLE, neck + 0.01), (MIDDLE + 0.07, neck + 0.045)],
        closed=False,
    )
    hook = smooth(
        [
            (MIDDLE, neck + 0.03),
            (MIDDLE, neck - 0.03),
            (MIDDLE + 0.022, neck - 0.055),
            (MIDDLE + 0.008, neck - 0.078),
            (MIDDLE - 0.014, neck - 0.066),
        ],
        closed=False,
    )
    return [band(hook, 0.007, fabric="metal"), band(bar, 0.026, fabric="wood")]


class UnknownCategory(ValueError):
    """There is no drawing of this category."""


class UnknownCut(ValueError):
    """There is no drawing of this category in this cut."""


def cut_garment(
    category: str, pattern: str, rng: np.random.Generator, *, cut: str | None = None
) -> list[Part]:
    """The pieces of a garment, back to front, laid straight in the picture."""
    if cut is not None and cut not in CUTS.get(category, ()):
        raise UnknownCut(f"no {cut!r} cut for {category!r}; there are {CUTS.get(category, ())}")
    if category in _WITH_CUTS:
        return _WITH_CUTS[category](rng, pattern, cut)
    if category not in _MAKERS:
        raise UnknownCategory(f"no drawing for {category!r}")
    return _MAKERS[category](rng, pattern)
