"""Computes light on cloth: each part's brightness, and how its folds bend the fabric."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from dukani.sandbox.drawing.shapes import Floats, Part

TO_LIGHT = (-0.42, -0.50, 0.757)
FLAT = TO_LIGHT[2]
BINS = 48


@dataclass(frozen=True)
class Lit:
    """Per pixel of a box: brightness (1 = flat cloth) and the place on the fabric in pixels."""

    shade: Floats
    across: Floats
    along: Floats


def light(part: Part, mask: Image.Image, origin: tuple[int, int], size: int, seed: int) -> Lit:
    """Light one part. `mask` is the part's box at the coarse size, `origin` the box's corner."""
    rng = np.random.default_rng(seed)
    inside = np.asarray(mask, np.float32) / 255
    across, along, length = _axis_coordinates(part, inside.shape, origin, size)
    u, half = _normalised(across, along / length, inside)
    v = np.clip(along / length, 0, 1)
    waves = _waves(u, v, part, rng)
    height = _height(part, u, half, waves, mask, origin, size)
    shade = _lambert(height) * part.shade
    shade *= 1 - 0.22 * (1 - _soft(mask, size / 48)) * part.roundness
    pull = size * 0.012 * part.folds * (0.3 if part.pleated else 1)
    texture_across = (1 - part.converge) * across + part.converge * u * float(half.mean())
    return Lit(
        shade=np.clip(shade, 0.28, 1.35).astype(np.float32),
        across=(texture_across + pull * waves).astype(np.float32),
        along=(along + 0.5 * pull * waves).astype(np.float32),
    )


def _axis_coordinates(
    part: Part, shape: tuple[int, ...], origin: tuple[int, int], size: int
) -> tuple[Floats, Floats, float]:
    (x0, y0), (x1, y1) = part.axis
    length = max(float(np.hypot(x1 - x0, y1 - y0)) * size, 1.0)
    dx, dy = (x1 - x0) * size / length, (y1 - y0) * size / length
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    xs += origin[0] - x0 * size
    ys += origin[1] - y0 * size
    return xs * dy - ys * dx, xs * dx + ys * dy, length


def _normalised(across: Floats, v: Floats, inside: Floats) -> tuple[Floats, Floats]:
    """-1 … 1 from one edge of the cloth to the other, and half the width there in pixels."""
    covered = inside > 0.5
    bins = np.clip(v * BINS, 0, BINS - 1).astype(np.intp)
    low = np.full(BINS, np.inf, np.float32)
    high = np.full(BINS, -np.inf, np.float32)
    np.minimum.at(low, bins[covered], across[covered])
    np.maximum.at(high, bins[covered], across[covered])
    known = np.flatnonzero(np.isfinite(low))
    if known.size == 0:
        return np.zeros_like(across), np.ones_like(across)
    low, high = (_eased(edge, known) for edge in (low, high))
    place = np.clip(v, 0, 1) * (BINS - 1)
    left = np.interp(place, np.arange(BINS), low).astype(np.float32)
    right = np.interp(place, np.arange(BINS), high).astype(np.float32)
    half = np.maximum((right - left) / 2, 1.0).astype(np.float32)
    return (across - (left + right) / 2) / half, half


def _eased(edge: Floats, known: np.ndarray) -> Floats:
    filled = np.interp(np.arange(BINS), known, edge[known])
    padded = np.pad(filled, 2, mode="edge")
    return np.convolve(padded, np.ones(5) / 5, mode="valid").astype(np.float32)


def _waves(u: Floats, v: Floats, part: Part, rng: np.random.Generator) -> Floats:
    """Folds running down the cloth, about -1 … 1, growing from where they start."""
    sway = 0.05 * np.sin(v * 5 + rng.uniform(0, 6)) * (0 if part.pleated else 1)
    place = np.clip((u + sway) * 0.45 + 0.5, 0, 1) * 511
    index = place.astype(np.intp)
    if part.pleated:
        waves = _pleats(part.fold_count)[index]
    else:
        upper, lower = (_ridges(part.fold_count + more, rng)[index] for more in (0, 2))
        waves = upper * (1 - v) + lower * v
    ramp = np.clip((v - part.fold_start) / max(1 - part.fold_start, 0.05), 0, 1)
    start = 0.75 if part.pleated else 0.18
    return np.asarray(waves * (start + (1 - start) * ramp), np.float32)


def _ridges(count: int, rng: np.random.Generator) -> Floats:
    """Uneven soft folds with narrow valleys, as a table over the width."""
    places = (np.arange(2 * count + 1) + rng.uniform(-0.3, 0.3, 2 * count + 1)) / (2 * count)
    heights = np.where(np.arange(2 * count + 1) % 2, 1.0, -1.0) * rng.uniform(0.35, 1, len(places))
    table = np.interp(np.linspace(0, 1, 512), places, heights)
    window = np.hanning(512 // (2 * count) + 3)
    padded = np.pad(table, len(window), mode="edge")
    eased = np.convolve(padded, window / window.sum(), mode="same")
    return eased[len(window) : -len(window)].astype(np.float32)


def _pleats(count: int) -> Floats:
    saw = (np.linspace(0, count, 512) % 1).astype(np.float32)
    return np.where(saw < 0.82, saw / 0.82, (1 - saw) / 0.18).astype(np.float32) * 1.6 - 0.8


def _height(
    part: Part,
    u: Floats,
    half: Floats,
    waves: Floats,
    mask: Image.Image,
    origin: tuple[int, int],
    size: int,
) -> Floats:
    body = np.sqrt(np.clip(1.12 - u * u, 0.02, None)) * half * 0.42 * part.roundness
    fold = waves * part.folds * np.minimum(half / part.fold_count, size / 40) * 0.75
    rim = (
        (_soft(mask, size / 130) + _soft(mask, size / 45))
        * size
        / 95
        * (0.25 + 0.75 * min(part.roundness, 1.0))
    )
    total = body + fold + rim
    if part.wrinkles:
        total = total + _wrinkles(part, mask.size, origin, size)
    return np.asarray(total, np.float32)


def _wrinkles(part: Part, box: tuple[int, int], origin: tuple[int, int], size: int) -> Floats:
    """Creases as tapering ridges, pressed into the height."""
    canvas = Image.new("L", box, 0)
    pen = ImageDraw.Draw(canvas)
    for (x0, y0), (x1, y1) in part.wrinkles:
        ax, ay = x0 * size - origin[0], y0 * size - origin[1]
        bx, by = x1 * size - origin[0], y1 * size - origin[1]
        wide = size / 90
        pen.polygon([(ax - wide, ay), (ax + wide, ay - wide / 2), (bx, by)], fill=220)
    return _soft(canvas, size / 150) * size / 85


def _soft(image: Image.Image, radius: float) -> Floats:
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def _lambert(height: Floats) -> Floats:
    down, right = np.gradient(height)
    facing = (-right * TO_LIGHT[0] - down * TO_LIGHT[1] + TO_LIGHT[2]) / np.sqrt(
        right * right + down * down + 1
    )
    return np.asarray(0.36 + 0.64 * np.clip(facing / FLAT, 0, 1.5), np.float32)
