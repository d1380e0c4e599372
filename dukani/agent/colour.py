"""Names a garment's colours in the shop's words, and computes its colour histogram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dukani.agent.lab import Floats, LabView
from dukani.core.colours import COLOURS, MULTICOLOUR, SHADES, families_of

LIGHT_WEIGHT = 0.6  # shadows and folds change lightness more than hue
FAINT = 0.05  # share of the largest weight below which a pixel is background and skipped
WORTH_NAMING = 0.2  # share of the garment from which a colour is named
# A garment is multicoloured with so many chromatic families of `FAMILY_SHARE` each, or with
# `FEW_COLOURS` larger ones of which none dominates.
MANY_COLOURS, FAMILY_SHARE = 4, 0.1
FEW_COLOURS, LARGER_SHARE, DOMINANT_SHARE = 3, 0.12, 0.45
LIGHT_BINS, CHROMA_BINS = 4, 7
HISTOGRAM_BINS = LIGHT_BINS * CHROMA_BINS**2
CHROMA_REACH = 70.0  # a* and b* beyond this share the outermost bins

_SHADES = np.array([shade.lab for shade in SHADES], np.float32)
_COLOUR_OF_SHADE = np.array([COLOURS.index(shade.colour) for shade in SHADES])
_NEUTRAL_FAMILIES = frozenset({"black", "white", "grey", "beige", "brown"})


@dataclass(frozen=True)
class ColourNames:
    """`main` canonical colour and all colours worth naming, largest share first."""

    main: str
    all: tuple[str, ...]


def name_colours(view: LabView) -> ColourNames:
    """The garment's colours in the shop's words."""
    shares = colour_shares(view)
    families = _family_shares(shares)
    if _is_multicoloured(families):
        named = [name for name, share in shares.items() if share >= WORTH_NAMING / 2]
        return ColourNames(MULTICOLOUR, (MULTICOLOUR, *named))
    names = [
        _strongest(family, shares)
        for family, share in sorted(families.items(), key=lambda item: -item[1])
        if share >= WORTH_NAMING
    ]
    unique = tuple(dict.fromkeys(names)) or (next(iter(shares)),)
    return ColourNames(unique[0], unique)


def colour_shares(view: LabView) -> dict[str, float]:
    """Share of the garment per canonical colour, largest first."""
    counted = view.weights >= FAINT * view.weights.max()
    nearest = _COLOUR_OF_SHADE[nearest_shades(view.pixels[counted])]
    weights = view.weights[counted]
    shares = np.bincount(nearest, weights / weights.sum(), minlength=len(COLOURS))
    return {COLOURS[i]: float(shares[i]) for i in np.argsort(-shares) if shares[i] > 0}


def nearest_shades(lab: Floats) -> NDArray[np.intp]:
    """Index into SHADES per row, by CIE94-like distance: hue weighs less in vivid colours."""
    chroma = np.hypot(_SHADES[:, 1], _SHADES[:, 2])
    light = (lab[:, None, 0] - _SHADES[:, 0]) * LIGHT_WEIGHT
    own_chroma = np.hypot(lab[:, 1], lab[:, 2])
    across = (lab[:, None, 1:] - _SHADES[:, 1:]) ** 2
    d_chroma = own_chroma[:, None] - chroma
    d_hue2 = np.maximum(across.sum(-1) - d_chroma**2, 0)
    distance = (
        light**2 + (d_chroma / (1 + 0.045 * chroma)) ** 2 + d_hue2 / (1 + 0.015 * chroma) ** 2
    )
    return np.asarray(distance.argmin(1), np.intp)


def colour_histogram(view: LabView) -> Floats:
    """(196,) L2-normalised square roots of a smooth Lab histogram of the garment."""
    light = view.pixels[..., 0].ravel() / 100 * (LIGHT_BINS - 1)
    reach = (CHROMA_BINS - 1) / (2 * CHROMA_REACH)
    chroma = (view.pixels[..., 1:].reshape(-1, 2) + CHROMA_REACH) * reach
    light_and_a = np.einsum(
        "ni,nj->nij", _spread(light, LIGHT_BINS), _spread(chroma[:, 0], CHROMA_BINS)
    ).reshape(light.size, -1)
    b = _spread(chroma[:, 1], CHROMA_BINS) * view.weights.reshape(-1, 1)
    bins = (light_and_a.T @ b).ravel()
    root = np.sqrt(np.maximum(bins, 0))
    return np.asarray(root / np.linalg.norm(root), np.float32)


def _spread(position: NDArray[np.floating], bins: int) -> Floats:
    """(n, bins): each value shared between its two nearest bins, so a small shift costs little."""
    clipped = np.clip(position, 0, bins - 1)
    away = np.abs(clipped[:, None] - np.arange(bins))
    return np.asarray(np.maximum(0, 1 - away), np.float32)


def _family_shares(shares: dict[str, float]) -> dict[str, float]:
    """Shares by first family, so that a blue dress in light and shade counts as one colour."""
    totals: dict[str, float] = {}
    for colour, share in shares.items():
        family = families_of(colour)[0]
        totals[family] = totals.get(family, 0) + share
    return totals


def _is_multicoloured(families: dict[str, float]) -> bool:
    vivid = [share for name, share in families.items() if name not in _NEUTRAL_FAMILIES]
    many = sum(share >= FAMILY_SHARE for share in vivid) >= MANY_COLOURS
    few_alike = sum(share >= LARGER_SHARE for share in vivid) >= FEW_COLOURS
    return many or (few_alike and max(families.values()) < DOMINANT_SHARE)


def _strongest(family: str, shares: dict[str, float]) -> str:
    """The family's colour with the largest share."""
    return next(colour for colour in shares if families_of(colour)[0] == family)
