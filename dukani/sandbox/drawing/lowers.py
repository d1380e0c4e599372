"""Cuts worn from the waist: trousers, jeans, shorts and skirts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dukani.sandbox.drawing.dresses import flared
from dukani.sandbox.drawing.shapes import (
    MIDDLE,
    Ink,
    Part,
    Point,
    band,
    both_sides,
    mirrored,
    smooth,
)

SKIRT_CUTS = ("pleated", "pencil", "flared")
WAIST_Y = 0.085


def trousers(rng: np.random.Generator, pattern: str) -> list[Part]:
    """Tailored trousers, wide or tapered, with a pressed crease."""
    wide = bool(rng.random() < 0.5)
    leg = _leg(0.925, ankle=(0.205, 0.052) if wide else (0.17, 0.075))
    crease = Ink(((MIDDLE + 0.085, 0.34), (MIDDLE + 0.125, 0.915)), 0.001)
    pocket = Ink(((MIDDLE + 0.105, 0.125), (MIDDLE + 0.138, 0.215)), 0.0022)
    legs = both_sides(replace(leg, ink=(crease, pocket), folds=0.55 if wide else 0.3))
    return [*legs, *_waistband(pattern), *_belt_loops()]


def jeans(rng: np.random.Generator, pattern: str) -> list[Part]:
    """Five-pocket jeans with worn thighs and orange stitching."""
    leg = _leg(0.93, ankle=(0.16, 0.07) if rng.random() < 0.6 else (0.185, 0.06))
    curve = smooth(
        [(MIDDLE + 0.055, 0.128), (MIDDLE + 0.075, 0.175), (MIDDLE + 0.132, 0.19)], closed=False
    )
    side = smooth(
        [(MIDDLE + 0.128, 0.2), (MIDDLE + 0.14, 0.4), (MIDDLE + 0.15, 0.92)], closed=False
    )
    hem = ((MIDDLE + 0.06, 0.908), (MIDDLE + 0.19, 0.908))
    ink = (
        Ink(curve, 0.0024),
        Ink(_lower(curve), 0.0016, "thread", 0.007),
        Ink(side, 0.0016),
        Ink(hem, 0.0016, "thread", 0.007),
        Ink(((MIDDLE + 0.128, 0.192),), 0.005, "metal"),
        Ink(((MIDDLE + 0.062, 0.135),), 0.004, "metal"),
    )
    legs = both_sides(replace(leg, ink=ink, wrinkles=(*leg.wrinkles, *_knee(0.53))))
    stitch = smooth([(MIDDLE + 0.026, 0.12), (MIDDLE + 0.026, 0.21), (MIDDLE, 0.265)], closed=False)
    front = Part(
        outline=(
            (MIDDLE - 0.002, 0.11),
            (MIDDLE + 0.034, 0.11),
            (MIDDLE + 0.034, 0.22),
            (MIDDLE, 0.275),
        ),
        axis=((MIDDLE, 0.11), (MIDDLE, 0.27)),
        folds=0.0,
        roundness=0.3,
        lift=0.4,
        ink=(Ink(stitch, 0.0017, "thread", 0.007),),
    )
    return [*legs, front, *_waistband(pattern, tone=True), *_belt_loops()]


def shorts(rng: np.random.Generator, pattern: str) -> list[Part]:
    leg = _leg(0.66, ankle=(0.25, 0.03), top=0.19, widen=1.35)
    hem = ((MIDDLE, 0.632), (MIDDLE + 0.27, 0.632))
    pocket = Ink(((MIDDLE + 0.135, 0.235), (MIDDLE + 0.19, 0.345)), 0.0024)
    ink = (Ink(hem, 0.0018), Ink(hem, 0.0013, "light", dash=0.006), pocket)
    legs = both_sides(replace(leg, ink=ink, folds=0.5))
    cord = [_cord(-1), _cord(1)] if rng.random() < 0.5 else []
    return [*legs, *_waistband(pattern, y=0.2, half=0.182), *cord]


def _cord(side: int) -> Part:
    line = smooth(
        [(MIDDLE, 0.2), (MIDDLE + side * 0.02, 0.27), (MIDDLE + side * 0.028, 0.34)], closed=False
    )
    return band(line, 0.009, fabric="white", lift=0.5)


def _leg(bottom: float, *, ankle: Point, top: float = WAIST_Y, widen: float = 1.0) -> Part:
    """The right leg; `ankle` gives the outer and inner edge of its hem from the middle."""
    crotch = top + 0.215
    knee = (top + bottom) / 2 + 0.05
    outer_knee = MIDDLE + (0.155 * widen + ankle[0]) / 2
    outline = smooth(
        [
            (MIDDLE - 0.003, top, 1),
            (MIDDLE + 0.118 * widen, top, 1),
            (MIDDLE + 0.15 * widen, top + 0.14),
            (outer_knee, knee),
            (MIDDLE + ankle[0], bottom, 1),
            (MIDDLE + ankle[1], bottom + 0.008, 1),
            (MIDDLE + 0.012 + ankle[1] * 0.42, max(knee - 0.08, crotch + 0.05)),
            (MIDDLE - 0.003, crotch, 1),
        ]
    )
    pulls = tuple(
        ((MIDDLE + 0.012, crotch - 0.01 + dy), (MIDDLE + 0.09 * widen, crotch + dy * 2.2 - 0.035))
        for dy in (-0.02, 0.02, 0.055)
    )
    return Part(
        outline=outline,
        axis=((MIDDLE + 0.07 * widen, top), (MIDDLE + sum(ankle) / 2, bottom)),
        folds=0.35,
        fold_count=2,
        fold_start=0.2,
        wrinkles=pulls,
        lift=0.35,
    )


def _knee(y: float) -> tuple[tuple[Point, Point], ...]:
    return tuple(
        ((MIDDLE + 0.155, y + dy), (MIDDLE + 0.07, y + dy + 0.02))
        for dy in (-0.03, 0.015, 0.35, 0.37)
    )


def _lower(line: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple((x - 0.002, y + 0.008) for x, y in line)


def _waistband(
    pattern: str, *, y: float = WAIST_Y + 0.012, half: float = 0.122, tone: bool = False
) -> list[Part]:
    line = smooth([(MIDDLE - half, y), (MIDDLE, y + 0.012), (MIDDLE + half, y)], closed=False)
    back = mirrored(
        [
            (MIDDLE, y - 0.022),
            (MIDDLE + half * 0.96, y - 0.02, 1),
            (MIDDLE + half * 0.9, y + 0.01, 1),
            (MIDDLE, y + 0.016),
        ]
    )
    inside = Part(
        back, ((MIDDLE, y - 0.03), (MIDDLE, y + 0.02)), fabric="inside", folds=0.0, shade=0.85
    )
    edge = Ink(tuple((x, v + 0.014) for x, v in line), 0.0015, "thread" if tone else "light", 0.006)
    closing = Ink(((MIDDLE + 0.008, y + 0.012),), 0.009, "metal" if tone else "button")
    return [inside, band(line, 0.04, ink=(edge, closing), lift=0.4)]


def _belt_loops() -> list[Part]:
    y = WAIST_Y + 0.014
    loop = band(((MIDDLE + 0.068, y - 0.024), (MIDDLE + 0.07, y + 0.03)), 0.011, lift=0.5)
    return both_sides(loop)


def skirt(rng: np.random.Generator, pattern: str, cut: str | None) -> list[Part]:
    """A skirt in the named cut, or in one the seed picks."""
    kind = cut or str(rng.choice(SKIRT_CUTS))
    if kind == "pencil":
        return [_pencil(), *_waistband(pattern, y=0.14, half=0.128)]
    shape = flared(
        (0.124, 0.16), (0.3, 0.82) if kind == "flared" else (0.265, 0.84), rng, waves=6, hip=0.01,
    )  # fmt: skip
    if kind == "pleated":
        shape = replace(
            shape, pleated=True, fold_count=13, folds=1.5, converge=0.85, fold_start=0.0
        )
    return [shape, *_waistband(pattern, y=0.155, half=0.126)]


def _pencil() -> Part:
    vent = Ink(((MIDDLE + 0.06, 0.62), (MIDDLE + 0.064, 0.835)), 0.003)
    darts = tuple(
        Ink(((MIDDLE + s * 0.06, 0.165), (MIDDLE + s * 0.068, 0.27)), 0.0018) for s in (-1, 1)
    )
    outline = mirrored([
        (MIDDLE, 0.15), (MIDDLE + 0.126, 0.14, 1), (MIDDLE + 0.178, 0.34), (MIDDLE + 0.168, 0.56),
        (MIDDLE + 0.142, 0.835, 1), (MIDDLE, 0.845),
    ])  # fmt: skip
    pulls = tuple(
        ((MIDDLE + s * 0.16, 0.36 + d), (MIDDLE + s * 0.03, 0.34 + d))
        for s in (-1, 1)
        for d in (0, 0.05)
    )
    return Part(
        outline,
        ((MIDDLE, 0.14), (MIDDLE, 0.84)),
        folds=0.25,
        fold_count=3,
        wrinkles=pulls,
        lift=0.5,
        ink=(vent, *darts),
    )
