"""Dresses in four cuts: maxi, wrap, gown and shift; and the jumpsuit that borrows their bodice."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from dukani.sandbox.drawing.shapes import (
    MIDDLE,
    Ink,
    Knot,
    Part,
    Point,
    band,
    both_sides,
    scrollwork,
    smooth,
)
from dukani.sandbox.drawing.tops import Fit, back_of_neck, neck_path, sleeves, torso

DRESS_CUTS = ("maxi", "wrap", "gown", "shift")


def dress(rng: np.random.Generator, pattern: str, cut: str | None) -> list[Part]:
    """A dress in the named cut, or in one the seed picks."""
    makers = {"maxi": _maxi, "wrap": _wrap, "gown": _gown, "shift": _shift}
    return makers[cut or str(rng.choice(DRESS_CUTS))](rng, pattern)


def flared(
    waist: Point,
    hem: Point,
    rng: np.random.Generator,
    *,
    waves: int = 5,
    hip: float = 0.0,
    **look: object,
) -> Part:
    """A skirt from its waist to a wavy hem; both points give (half width, y)."""
    depth = 0.010 * min(1.0, hem[0] / 0.2)
    phase = float(rng.uniform(0, 6.3))
    bottom: list[Knot] = []
    for t in np.linspace(1, -1, waves * 4 + 1):
        sag = 0.022 * (1 - t * t)
        wave = depth * math.sin(t * waves * math.pi + phase) * (1 - t**8)
        bottom.append(
            (MIDDLE + hem[0] * float(t), hem[1] + sag + wave, *((1,) if abs(t) == 1 else ()))
        )
    middle_y = waist[1] + (hem[1] - waist[1]) * 0.3
    middle = (waist[0] + (hem[0] - waist[0]) * 0.3 + hip, middle_y)
    knots: list[Knot] = [
        (MIDDLE - waist[0], waist[1], 1),
        (MIDDLE, waist[1] + 0.008),
        (MIDDLE + waist[0], waist[1], 1),
        (MIDDLE + middle[0], middle[1]),
        *bottom,
        (MIDDLE - middle[0], middle[1]),
    ]
    part = Part(
        outline=smooth(knots), axis=((MIDDLE, waist[1]), (MIDDLE, hem[1])), folds=1.0,
        fold_count=waves + 1, fold_start=0.0, converge=0.6, lift=0.6,
    )  # fmt: skip
    return replace(part, **look)  # type: ignore[arg-type]


def _bodice(fit: Fit, **look: object) -> Part:
    return torso(fit, **{"folds": 0.25, "fold_count": 4, **look})


def _maxi(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(
        neck=0.06,
        neck_y=0.06,
        drop=0.085,
        pointed=bool(rng.random() < 0.5),
        shoulder=0.115,
        shoulder_y=0.075,
        armpit=(0.105, 0.19),
        waist=(0.092, 0.31),
        hem=(0.088, 0.36),
    )
    skirt = flared((0.09, 0.355), (float(rng.uniform(0.23, 0.29)), 0.92), rng, waves=6)
    arms: list[Part] = []
    if rng.random() < 0.65:
        arms = sleeves(fit, 0.1, angle=32, cuff=0.07, folds=0.9, fold_count=3)
    sash = band(_waistline(0.093, 0.357), 0.03, fabric="contrast" if rng.random() < 0.5 else "main",
                lift=0.5)  # fmt: skip
    return [
        back_of_neck(fit, label=False),
        skirt,
        *arms,
        _bodice(fit),
        band(neck_path(fit), 0.011),
        sash,
    ]


def _waistline(half: float, y: float) -> tuple[Point, ...]:
    return smooth([(MIDDLE - half, y), (MIDDLE, y + 0.008), (MIDDLE + half, y)], closed=False)


def _wrap(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(neck=0.075, neck_y=0.075, drop=0.185, pointed=True, shoulder=0.135, shoulder_y=0.1,
              armpit=(0.125, 0.24), waist=(0.105, 0.38), hem=(0.104, 0.42))  # fmt: skip
    skirt = flared((0.104, 0.415), (0.205, 0.87), rng, waves=4, hip=0.022)
    overlap = _overlap(skirt)
    arms = sleeves(fit, 0.2 if rng.random() < 0.6 else 0.33, angle=20, cuff=0.058, folds=0.6)
    edge = smooth(
        [(MIDDLE + 0.075, 0.075), (MIDDLE + 0.03, 0.22), (MIDDLE - 0.098, 0.395)], closed=False
    )
    cross = Ink(edge, 0.0028)
    under = smooth([(MIDDLE - 0.075, 0.075), (MIDDLE - 0.045, 0.18), (MIDDLE, 0.262)], closed=False)
    belt = band(_waistline(0.108, 0.415), 0.03, lift=0.6)
    return [
        back_of_neck(fit), skirt, *overlap, *arms, _bodice(fit, ink=(cross,)), band(under, 0.012),
        band(edge, 0.013, lift=0.6), belt, *_bow(MIDDLE - 0.085, 0.422),
    ]  # fmt: skip


def _overlap(skirt: Part) -> list[Part]:
    """The front panel that crosses over, falling to a rounded corner."""
    panel = smooth(
        [
            (MIDDLE - 0.1, 0.415, 1),
            (MIDDLE + 0.06, 0.42, 1),
            (MIDDLE + 0.075, 0.6),
            (MIDDLE + 0.04, 0.8),
            (MIDDLE - 0.04, 0.885),
            (MIDDLE - 0.19, 0.875, 1),
            (MIDDLE - 0.152, 0.6),
        ]
    )
    return [replace(skirt, outline=panel, fold_count=3, folds=0.8, lift=0.75)]


def _bow(x: float, y: float) -> list[Part]:
    parts: list[Part] = []
    for dx, length in ((-0.025, 0.2), (0.012, 0.165)):
        tail = smooth(
            [(x, y), (x + dx * 0.6, y + length * 0.5), (x + dx * 1.6, y + length)], closed=False
        )
        parts.append(band(tail, 0.02, folds=0.2, fold_count=1, lift=0.7))
    for side in (-1, 1):
        loop = smooth([(x, y, 1), (x + side * 0.03, y - 0.022), (x + side * 0.048, y + 0.002),
                       (x + side * 0.03, y + 0.02)])  # fmt: skip
        parts.append(Part(loop, ((x, y), (x + side * 0.05, y)), folds=0.4, fold_count=1, lift=0.6))
    knot = smooth(
        [
            (x - 0.01, y - 0.012),
            (x + 0.01, y - 0.012),
            (x + 0.012, y + 0.012),
            (x - 0.012, y + 0.012),
        ]
    )
    return [*parts, Part(knot, ((x, y - 0.012), (x, y + 0.012)), folds=0.2, lift=0.5)]


def _gown(rng: np.random.Generator, pattern: str) -> list[Part]:
    mermaid = bool(rng.random() < 0.5)
    fit = Fit(
        neck=0.082,
        neck_y=0.07,
        drop=0.1,
        shoulder=0.12,
        shoulder_y=0.085,
        armpit=(0.108, 0.2),
        waist=(0.086, 0.32),
        hem=(0.088, 0.36),
    )
    if mermaid:
        skirt = _mermaid(rng)
    else:
        skirt = flared((0.088, 0.355), (0.31, 0.925), rng, waves=8, folds=1.1)
    arms = sleeves(fit, 0.27, angle=15, cuff=0.036, folds=0.2, fold_count=1, hem=False)
    beads = tuple(scrollwork(_waistline(0.086, 0.352), size=0.013))
    neck = band(neck_path(fit), 0.012, fabric="gold" if pattern == "embroidered" else "main")
    sash = band(
        _waistline(0.09, 0.355), 0.03, ink=beads if pattern in ("embroidered", "lace") else ()
    )
    return [back_of_neck(fit, label=False), skirt, *arms, _bodice(fit), neck, sash]


def _mermaid(rng: np.random.Generator) -> Part:
    flare = flared((0.088, 0.355), (0.235, 0.925), rng, waves=7, folds=0.9)
    hem = [point for point in flare.outline if point[1] > 0.86]
    right, left = hem[0], hem[-1]
    side: list[Knot] = [(MIDDLE + 0.088, 0.355, 1), (MIDDLE + 0.118, 0.47), (MIDDLE + 0.096, 0.68)]
    upper = smooth([*side, (right[0], right[1], 1)], closed=False)
    lower = smooth(
        [(left[0], left[1], 1), *[(1 - k[0], *k[1:]) for k in reversed(side)]], closed=False
    )
    return replace(flare, outline=(*upper, *hem, *lower), fold_start=0.55, folds=0.9)


def _shift(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(
        neck=0.08,
        neck_y=0.1,
        drop=0.06,
        shoulder=0.155,
        shoulder_y=0.125,
        armpit=(0.142, 0.28),
        waist=(0.125, 0.44),
        hem=(0.172, 0.86),
    )
    zip_line = Ink(((MIDDLE - 0.16, 0.838), (MIDDLE + 0.16, 0.838)), 0.0016)
    front = torso(fit, folds=0.45, fold_count=4, fold_start=0.5, ink=(zip_line,))
    arms = sleeves(fit, 0.14, angle=27, cuff=0.07) if rng.random() < 0.6 else []
    parts = [back_of_neck(fit), *arms, front, band(neck_path(fit), 0.012)]
    if rng.random() < 0.6:
        parts.append(band(_waistline(0.127, 0.45), 0.024, fabric="contrast", lift=0.5))
    return parts


def jumpsuit(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A sleeved bodice over wide trousers, held by a belt."""
    fit = Fit(neck=0.065, neck_y=0.06, drop=0.11, pointed=True, shoulder=0.12, shoulder_y=0.08,
              armpit=(0.11, 0.2), waist=(0.095, 0.33), hem=(0.094, 0.38))  # fmt: skip
    leg = Part(
        outline=smooth(
            [
                (MIDDLE - 0.004, 0.375, 1),
                (MIDDLE + 0.095, 0.375, 1),
                (MIDDLE + 0.125, 0.5),
                (MIDDLE + 0.135, 0.7),
                (MIDDLE + 0.165, 0.94, 1),
                (MIDDLE + 0.03, 0.945, 1),
                (MIDDLE + 0.02, 0.7),
                (MIDDLE - 0.004, 0.53, 1),
            ]
        ),
        axis=((MIDDLE + 0.05, 0.375), (MIDDLE + 0.09, 0.94)),
        folds=0.7,
        fold_count=2,
        fold_start=0.1,
    )
    arms = sleeves(fit, 0.1, angle=30, cuff=0.06, folds=0.6)
    belt = band(_waistline(0.098, 0.378), 0.03, fabric="contrast", lift=0.5)
    return [
        back_of_neck(fit),
        *both_sides(leg),
        *arms,
        _bodice(fit),
        band(neck_path(fit), 0.011),
        belt,
    ]
