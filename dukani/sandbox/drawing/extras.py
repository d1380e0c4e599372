"""Accessories: hats, bags, scarves, the leso, belts and jewellery."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from dukani.sandbox.drawing.shapes import (
    MIDDLE,
    Ink,
    Part,
    Point,
    Tone,
    band,
    both_sides,
    mirrored,
    smooth,
)

SAYINGS = ("PENDO NI NGUO NJEMA", "KARIBU NYUMBANI", "HERI YA SIKU", "MAMA NI MAMA")


def hat(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A wide-brimmed sun hat, or a kofia when embroidered."""
    if pattern == "embroidered":
        return _kofia()
    brim = smooth(
        [
            (0.1, 0.64),
            (0.3, 0.56),
            (0.7, 0.56),
            (0.9, 0.64),
            (0.74, 0.75),
            (0.5, 0.785),
            (0.26, 0.75),
        ]
    )
    crown = smooth([
        (0.285, 0.635, 1), (0.3, 0.46), (0.345, 0.32), (0.44, 0.275), (0.52, 0.295), (0.6, 0.28),
        (0.67, 0.34), (0.7, 0.47), (0.715, 0.635, 1), (0.5, 0.69),
    ])  # fmt: skip
    ribbon = band(
        smooth([(0.284, 0.6), (0.5, 0.66), (0.716, 0.6)], closed=False),
        0.058,
        fabric="contrast",
        lift=0.3,
    )
    rings = tuple(
        Ink(_ellipse(MIDDLE, 0.665, 0.4 * k, 0.115 * k), 0.0014, "light")
        for k in (0.94, 0.86, 0.78, 0.7)
    )
    return [
        Part(
            brim,
            ((0.1, 0.66), (0.9, 0.66)),
            folds=0.3,
            fold_count=3,
            roundness=0.35,
            ink=rings,
            lift=0.6,
        ),
        Part(crown, ((MIDDLE, 0.28), (MIDDLE, 0.68)), folds=0.15, fold_count=2, lift=0.9),
        ribbon,
    ]


def _ellipse(x: float, y: float, half_width: float, half_height: float) -> tuple[Point, ...]:
    angles = np.linspace(0, 2 * math.pi, 40)
    return tuple((x + half_width * math.cos(a), y + half_height * math.sin(a)) for a in angles)


def _kofia() -> list[Part]:
    inks = []
    for row, y in enumerate((0.46, 0.53, 0.6, 0.67)):
        for k in range(13):
            x = 0.225 + (k + 0.5 * (row % 2)) * 0.045
            centre = (x, y + 0.04 * math.sin(math.pi * (x - 0.2) / 0.6))
            inks.append(Ink((*_ellipse(*centre, 0.016, 0.02),), 0.003, "gold"))
            inks.append(Ink((centre,), 0.004, "gold"))
    wall = smooth(
        [
            (0.2, 0.43, 1),
            (0.5, 0.49),
            (0.8, 0.43, 1),
            (0.785, 0.68, 1),
            (0.5, 0.76),
            (0.215, 0.68, 1),
        ]
    )
    top = smooth(
        [(0.2, 0.43), (0.35, 0.36), (0.65, 0.36), (0.8, 0.43), (0.65, 0.485), (0.35, 0.485)]
    )
    swirl = tuple(
        Ink(_ellipse(MIDDLE, 0.425, 0.25 * k, 0.05 * k), 0.003, "gold") for k in (0.9, 0.6, 0.3)
    )
    return [
        Part(wall, ((MIDDLE, 0.3), (MIDDLE, 0.95)), folds=0.0, roundness=0.7, ink=tuple(inks)),
        Part(top, ((0.2, 0.42), (0.8, 0.42)), folds=0.0, roundness=0.3, ink=swirl, lift=0.3),
    ]  # fmt: skip


def bag(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A tote of woven or printed cloth with leather handles."""
    handle = smooth(
        [(0.345, 0.41), (0.36, 0.22), (0.43, 0.13), (0.57, 0.13), (0.64, 0.22), (0.655, 0.41)],
        closed=False,
    )
    back = [(x, y - 0.025) for x, y in handle]
    body = mirrored(
        [
            (MIDDLE, 0.382),
            (0.735, 0.37, 1),
            (0.79, 0.62),
            (0.8, 0.83),
            (0.74, 0.885, 1),
            (MIDDLE, 0.895),
        ]
    )
    mouth = mirrored([(MIDDLE, 0.345), (0.7, 0.352), (0.735, 0.372, 1), (MIDDLE, 0.41)])
    seam = Ink(tuple((x, 0.41) for x in (0.262, 0.738)), 0.0015, "light", 0.007)
    base = mirrored(
        [(MIDDLE, 0.79), (0.802, 0.785, 1), (0.8, 0.83), (0.74, 0.885, 1), (MIDDLE, 0.895)]
    )
    return [
        band(back, 0.024, fabric="leather", shade=0.75),
        Part(mouth, ((MIDDLE, 0.34), (MIDDLE, 0.41)), fabric="inside", folds=0.0, shade=0.7),
        Part(
            body, ((MIDDLE, 0.37), (MIDDLE, 0.89)), folds=0.2, fold_count=3, ink=(seam,), lift=0.6
        ),
        Part(
            base,
            ((MIDDLE, 0.79), (MIDDLE, 0.89)),
            fabric="leather",
            folds=0.0,
            roundness=0.5,
            lift=0.2,
        ),
        band(handle, 0.027, fabric="leather", roundness=0.9, lift=0.6),
        *(_tab(x) for x in (0.345, 0.655)),
    ]


def _tab(x: float) -> Part:
    """A stitched leather tab that holds one end of a handle."""
    stitches = (
        Ink(((x + dx, 0.39), (x + dx, 0.465)), 0.0013, "light", 0.006) for dx in (-0.017, 0.017)
    )
    ink = (Ink(((x, 0.45),), 0.009, "metal"), *stitches)
    return band([(x, 0.385), (x, 0.475)], 0.05, fabric="leather", lift=0.5, ink=ink)


SCARF_LONG_END = (
    (0.42, 0.36, 1), (0.58, 0.38, 1), (0.61, 0.62), (0.63, 0.87, 1), (0.44, 0.885, 1),
    (0.425, 0.62),
)  # fmt: skip
SCARF_SHORT_END = (
    (0.35, 0.36, 1), (0.5, 0.36, 1), (0.49, 0.55), (0.46, 0.74, 1), (0.285, 0.725, 1),
    (0.325, 0.54),
)  # fmt: skip
SCARF_LOOP = (
    (0.25, 0.24), (0.36, 0.13), (0.5, 0.105), (0.64, 0.13), (0.75, 0.24), (0.72, 0.37),
    (0.6, 0.465), (0.45, 0.48), (0.3, 0.4),
)  # fmt: skip
SCARF_OPENING = (
    (0.33, 0.205), (0.5, 0.165), (0.67, 0.205), (0.6, 0.232), (0.5, 0.242), (0.4, 0.232),
)  # fmt: skip


def scarf(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A scarf looped once, its fringed ends hanging."""
    long = Part(smooth(SCARF_LONG_END), ((0.5, 0.36), (0.535, 0.88)))
    short = Part(smooth(SCARF_SHORT_END), ((0.42, 0.36), (0.37, 0.73)))
    long, short = (replace(end, folds=0.9, fold_count=3, fold_start=0.0) for end in (long, short))
    creases = tuple(((0.29 + 0.02 * k, 0.2 + 0.05 * k), (0.6, 0.38 + 0.025 * k)) for k in range(4))
    loop = Part(
        smooth(SCARF_LOOP), ((0.2, 0.3), (0.8, 0.3)), folds=0.9, fold_count=5, fold_start=0.0,
        wrinkles=creases, lift=0.9,
    )  # fmt: skip
    opening = Part(
        smooth(SCARF_OPENING), ((MIDDLE, 0.18), (MIDDLE, 0.3)), fabric="inside", folds=0.6,
        fold_count=3, shade=0.7, lift=0.1,
    )  # fmt: skip
    fringes = [*_fringe((0.44, 0.885), (0.63, 0.87)), *_fringe((0.285, 0.725), (0.46, 0.74))]
    return [long, short, *fringes, loop, opening]


def _fringe(a: Point, b: Point) -> list[Part]:
    strands = tuple(
        Ink(
            (
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t),
                (a[0] + (b[0] - a[0]) * t + 0.004, a[1] + (b[1] - a[1]) * t + 0.035),
            ),
            0.003,
            "light",
        )
        for t in np.linspace(0.02, 0.98, 26)
    )
    under = tuple(replace(s, tone="dark", width=0.0016) for s in strands)
    area = (a, b, (b[0] + 0.006, b[1] + 0.036), (a[0] + 0.006, a[1] + 0.036))
    return [Part(area, (a, (a[0], a[1] + 0.035)), folds=0.0, ink=(*strands, *under), lift=0.0)]


def leso(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A leso (kanga) hung open: the printed field, its border and the saying along the foot."""
    saying = SAYINGS[int(rng.integers(len(SAYINGS)))]
    cloth = _hanging(0.12, 0.14, 0.88, 0.87)
    border = Part(
        cloth,
        ((MIDDLE, 0.14), (MIDDLE, 0.87)),
        fabric="contrast",
        folds=0.8,
        fold_count=6,
        fold_start=0.05,
    )
    rims = tuple(
        Ink((*_hanging(0.12 + d, 0.14 + d, 0.88 - d, 0.87 - d),), 0.005, "white")
        for d in (0.018, 0.078)
    )
    field = Part(
        _hanging(0.2, 0.22, 0.8, 0.79),
        ((MIDDLE, 0.14), (MIDDLE, 0.87)),
        folds=0.8,
        fold_count=6,
        fold_start=0.05,
        roundness=0.2,
        lift=0.0,
    )
    strip = Part(
        _hanging(0.255, 0.655, 0.745, 0.735, wave=0.25),
        ((MIDDLE, 0.14), (MIDDLE, 0.87)),
        fabric="white",
        folds=0.8,
        fold_count=6,
        fold_start=0.05,
        roundness=0.2,
        lift=0.0,
        ink=(Ink(((MIDDLE, 0.702),), 0.026, "button", text=saying),),
    )
    return [replace(border, ink=rims), field, strip]


def _hanging(
    left: float, top: float, right: float, bottom: float, *, wave: float = 1.0
) -> tuple[Point, ...]:
    """A rectangle of cloth with a softly waving head and foot."""
    ts = np.linspace(0, 1, 40)
    upper = [
        (left + (right - left) * t, top + 0.006 * wave * math.sin(t * 6 * math.pi)) for t in ts
    ]
    lower = [
        (left + (right - left) * t, bottom + 0.010 * wave * math.sin(t * 7 * math.pi + 1))
        for t in ts
    ]
    return tuple((float(x), float(y)) for x, y in [*upper, *reversed(lower)])


def belt(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A leather belt coiled into a ring with its buckle in front."""
    back = band(_ellipse(MIDDLE, 0.48, 0.33, 0.15)[18:], 0.085, fabric="inside")
    ring = band(_ellipse(MIDDLE, 0.48, 0.33, 0.15)[:21], 0.1, roundness=0.8, lift=0.6)
    frame = Ink(
        ((0.44, 0.57), (0.56, 0.57), (0.56, 0.69), (0.44, 0.69), (0.44, 0.57)), 0.017, "metal"
    )
    prong = Ink(((0.44, 0.63), (0.56, 0.63)), 0.01, "metal")
    stitch = Ink(_ellipse(MIDDLE, 0.512, 0.32, 0.152)[1:20], 0.0018, "light", 0.008)
    plate = band(((0.42, 0.63), (0.58, 0.63)), 0.15, roundness=0.2, lift=0.0, ink=(frame, prong))
    return [back, replace(ring, ink=(stitch,)), plate]


def jewellery(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A broad beaded collar of concentric rows."""
    rim, opening = (_ellipse(MIDDLE, 0.5, reach, reach) for reach in (0.37, 0.165))
    ring = (*rim, *reversed(opening))
    tones: tuple[Tone, ...] = ("white", "accent", "thread", "gold", "dark")
    beads = tuple(
        Ink(
            ((MIDDLE + r * math.cos(a), 0.5 + r * math.sin(a)),),
            0.0095,
            tones[(row + (k // 6) * (row % 3)) % 5],
        )
        for row, r in enumerate(np.arange(0.18, 0.36, 0.0205))
        for k, a in enumerate(np.linspace(0, 2 * math.pi, int(r * 300), endpoint=False))
    )
    collar_part = Part(ring, ((MIDDLE, 0.13), (MIDDLE, 0.87)), folds=0.0, roundness=0.4, ink=beads)
    return [collar_part, *both_sides(band(((0.502, 0.15), (0.502, 0.11)), 0.01, fabric="gold"))]
