"""Classifies cloth as plain, striped, checked or otherwise patterned.

Coarse on purpose: on real photos finer words (floral, dotted, lace) are wrong too often, and
embroidery cannot be told from print at all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dukani.agent.lab import Floats, LabView, to_lab, to_linear

MIN_CLOTH = 150  # pixels of cloth below which there is no answer

# Detail is the middle pixel's Lab distance between a fine and a smooth picture: half of the
# cloth must vary, so that buttons, pockets and one printed word leave it plain.
DETAIL_SIDE = 128
FINE, SMOOTH = 0.7, 2.5  # pixels of blur: motifs are between these scales, folds and noise not
PLAIN_DETAIL = 4.6
_BLACK = np.array([16.0, 0.0, 0.0], np.float32)  # Lab's offset of lightness, L + 16
WOVEN_DETAIL = 5.0  # below it, parallel edges are folds, ribs or seams

# Directions are measured on the strongest fifth of the edges, in a larger picture.
EDGE_SIDE, EDGE_BLUR, EDGE_SHARE = 256, 1.5, 0.2
ONE_WAY = 0.55  # of the edges agreeing on one direction: stripes
TWO_WAYS = 0.30  # of the edges agreeing on two directions at right angles: checks


def name_pattern(picture: Image.Image, view: LabView) -> str | None:
    """plain, striped, checked or patterned; None when the photo shows too little cloth."""
    amount = detail(picture, view)
    if amount is None:
        return None
    if amount < PLAIN_DETAIL:
        return "plain"
    one_way, two_ways = directions(picture, view)
    woven = "striped" if one_way >= ONE_WAY else "checked" if two_ways >= TWO_WAYS else None
    if woven is None:
        return "patterned"
    return woven if amount >= WOVEN_DETAIL else "plain"


def detail(picture: Image.Image, view: LabView) -> float | None:
    """The median Lab variation of the cloth within a few pixels; None for too little cloth."""
    small = _shrunk(picture, DETAIL_SIDE)
    cloth = _cloth(view, small.size)
    if cloth.sum() < MIN_CLOTH:
        return None
    smooth = _blurred(small, SMOOTH)[cloth]
    return float(np.median(_difference(smooth, _blurred(small, FINE)[cloth] - smooth)))


def _difference(cloth: Floats, apart: Floats) -> Floats:
    """The length of the differences `apart`, with shading discounted; (n,) from (n, 3) in Lab.

    A fold darkens cloth: its (L + 16, a, b) shrink together, because Lab is a cube root of light.
    Bright cloth then seems to change its colour, so along that line only lightness counts.
    """
    ray = cloth + _BLACK
    ray /= np.maximum(np.linalg.norm(ray, axis=-1, keepdims=True), 1e-6)
    shading = (apart * ray).sum(-1, keepdims=True)
    motif = np.linalg.norm(apart - shading * ray, axis=-1)
    told: Floats = np.hypot(motif, shading[:, 0] * ray[:, 0])
    return told


def directions(picture: Image.Image, view: LabView) -> tuple[float, float]:
    """The agreement (0..1) of strong edges on one direction, and on two at right angles."""
    small = _shrunk(picture, EDGE_SIDE)
    cloth = _cloth(view, small.size)
    across, down = _edges(_blurred(small, EDGE_BLUR))
    across, down = across[cloth], down[cloth]
    strength = np.hypot(across, down)
    strength = np.where(strength >= np.quantile(strength, 1 - EDGE_SHARE), strength, 0)
    total = max(float(strength.sum()), 1e-6)
    # An edge turned by half a circle is the same edge, for checks also one by a quarter.
    angle = np.arctan2(down, across)
    one, two = (abs((strength * np.exp(folds * 1j * angle)).sum()) / total for folds in (2, 4))
    return float(one), float(two)


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.BOX, reducing_gap=2.0)
    return small


def _blurred(image: Image.Image, radius: float) -> Floats:
    return to_lab(to_linear(np.asarray(image.filter(ImageFilter.GaussianBlur(radius)))))


def _cloth(view: LabView, size: tuple[int, int]) -> NDArray[np.bool_]:
    """The garment without its outline, whose edges belong to the cut, not to the cloth.

    Gaps are closed first: the white stripes of a shirt on a white bed look like the bed.
    """
    weights = view.weights / view.weights.max()
    mask = Image.fromarray((weights * 255).astype(np.uint8))
    whole = mask.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.MaxFilter(5))
    inner = whole.filter(ImageFilter.MinFilter(7))
    return np.asarray(np.asarray(inner.resize(size)) > 50, np.bool_)


def _edges(pixels: Floats) -> tuple[Floats, Floats]:
    """Slope across and down, each from the Lab channel that changes most."""
    down, across = np.gradient(pixels, axis=(0, 1))
    strongest = (across**2 + down**2).argmax(-1)[..., None]
    return (
        np.take_along_axis(across, strongest, -1)[..., 0],
        np.take_along_axis(down, strongest, -1)[..., 0],
    )
