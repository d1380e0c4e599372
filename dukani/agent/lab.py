"""Converts a photo to white-balanced Lab pixels, and weighs garment against background."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]

SIDE = 64  # pixels of the longer side, enough for colours
CENTRE_SPREAD = 0.30  # of the picture's side; garments are photographed in the middle
RIM = 0.06  # width of the rim taken for surroundings, as a share of the side
DARK = 0.12  # linear light below which the rim does not show the light's tint
WHITE = 0.80  # linear light of white cloth in a well lit photo
MOST_EXPOSURE = 1.6
MOST_TINT = 1.5  # a stronger tint than this is paint, not light
GRID = (15, 28, 28)  # cells of the coarse Lab grid, with an empty margin all round

_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ],
    np.float32,
) / np.array([[0.95047], [1.0], [1.08883]], np.float32)


@dataclass(frozen=True)
class LabView:
    """A small picture: `pixels` (h, w, 3) in Lab, `weights` (h, w) summing to 1."""

    pixels: Floats
    weights: Floats

    def mean(self) -> Floats:
        """The garment's mean Lab colour."""
        return np.asarray((self.pixels * self.weights[..., None]).sum((0, 1)), np.float32)


def lab_view(image: Image.Image) -> LabView:
    """The picture in Lab, white-balanced, with each pixel's share in the garment."""
    small = image.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    pixels = to_lab(balanced(to_linear(np.asarray(small.convert("RGB")))))
    return LabView(pixels, garment_weights(pixels))


@cache
def _linear_table() -> Floats:
    value = np.arange(256, dtype=np.float32) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(
        np.float32
    )


def to_linear(rgb: NDArray[np.uint8]) -> Floats:
    """sRGB bytes as linear light 0..1."""
    return np.asarray(_linear_table()[rgb], np.float32)


def to_lab(linear: Floats) -> Floats:
    """Linear sRGB as Lab under D65."""
    xyz = linear @ _TO_XYZ.T
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack((116 * y - 16, 500 * (x - y), 200 * (y - z)), -1).astype(np.float32)


def balanced(linear: Floats) -> Floats:
    """White-balances a picture, as far as its bright background shows the light's tint.

    Only the rim tells the tint: a cream dress is not a white one in yellow light. Where the rim
    has no bright and nearly grey pixels, the tint stays.
    """
    rim = linear[_rim(*linear.shape[:2])]
    brightness = rim.mean(-1)
    bright = rim[brightness >= np.quantile(brightness, 0.8)].mean(0)
    if bright.min() >= DARK and bright.max() <= MOST_TINT * bright.min():
        linear = np.asarray(linear * (bright.mean() / bright), np.float32)
    return np.asarray(np.clip(linear * _exposure(linear), 0, 1), np.float32)


def _exposure(linear: Floats) -> float:
    """The factor that lightens an indoor photo until its lightest part looks white."""
    lightest = float(np.quantile(linear.mean(-1), 0.97))
    return float(np.clip(WHITE / max(lightest, 1e-6), 1.0, MOST_EXPOSURE))


def garment_weights(pixels: Floats) -> Floats:
    """Each pixel's share: high in the middle, low where its colour belongs to the rim.

    The colour density of the middle is compared with that of the rim, in two passes, the second
    with the first one's weights. A garment that reaches the rim on all sides keeps its weight.
    """
    centre = _centre_weights(*pixels.shape[:2])
    bins = _coarse_bins(pixels)
    around = _colour_density(bins, _rim(*pixels.shape[:2]).astype(np.float32))
    weights = centre
    for _ in range(2):
        inside = _colour_density(bins, weights)
        share = inside / (inside + around + 1e-9)
        weights = np.asarray(centre * share**2, np.float32)
    return np.asarray(weights / weights.sum(), np.float32)


def _rim(height: int, width: int) -> NDArray[np.bool_]:
    """The outer band without the bottom, where garments in photos of people leave the picture."""
    rows, columns = max(1, round(height * RIM)), max(1, round(width * RIM))
    rim = np.zeros((height, width), bool)
    rim[:rows] = rim[:, :columns] = rim[:, -columns:] = True
    return rim


def _centre_weights(height: int, width: int) -> Floats:
    y = (np.arange(height, dtype=np.float32) + 0.5) / height - 0.5
    x = (np.arange(width, dtype=np.float32) + 0.5) / width - 0.5
    squares = y[:, None] ** 2 + x[None, :] ** 2
    return np.asarray(np.exp(-squares / (2 * CENTRE_SPREAD**2)), np.float32)


def _coarse_bins(pixels: Floats) -> NDArray[np.intp]:
    """(h, w): the number of each pixel's cell in a coarse Lab grid."""
    steps = np.array([8, 7, 7], np.float32)
    cells = ((pixels + np.array([0, 90, 90], np.float32)) / steps + 1).astype(np.intp)
    light, a, b = np.moveaxis(np.clip(cells, 0, np.array(GRID) - 1), -1, 0)
    return np.asarray((light * GRID[1] + a) * GRID[2] + b, np.intp)


def _colour_density(bins: NDArray[np.intp], weights: Floats) -> Floats:
    """(h, w): the share of the weight at or near each pixel's colour."""
    grid = np.bincount(bins.ravel(), weights.ravel(), minlength=int(np.prod(GRID)))
    density = grid.reshape(GRID) / max(float(weights.sum()), 1e-9)
    for axis in range(3):
        density = density + 0.5 * (np.roll(density, 1, axis) + np.roll(density, -1, axis))
    return np.asarray(density.ravel()[bins], np.float32)
