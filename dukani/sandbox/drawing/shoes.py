"""Shoes: beaded sandals from above, court shoes and sneakers from the side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dukani.sandbox.drawing.shapes import (
    MIDDLE,
    Ink,
    Knot,
    Part,
    Point,
    Tone,
    band,
    flipped_part,
    smooth,
)

SHOE_CUTS = ("sandals", "pumps", "sneakers")


def shoes(rng: np.random.Generator, pattern: str, cut: str | None) -> list[Part]:
    """A pair of shoes seen from above or from the side."""
    makers = {"sandals": _sandals, "pumps": _pumps, "sneakers": _sneakers}
    return makers[cut or str(rng.choice(SHOE_CUTS))](pattern)


def _sandals(pattern: str) -> list[Part]:
    x = MIDDLE + 0.15
    sole = smooth(
        [
            (x - 0.005, 0.16),
            (x + 0.085, 0.21),
            (x + 0.1, 0.34),
            (x + 0.07, 0.54),
            (x + 0.078, 0.72),
            (x + 0.04, 0.835),
            (x - 0.03, 0.835),
            (x - 0.066, 0.74),
            (x - 0.062, 0.55),
            (x - 0.088, 0.33),
            (x - 0.075, 0.2),
        ]
    )
    bed = Part(
        sole,
        ((x, 0.16), (x, 0.84)),
        fabric="sole",
        folds=0.0,
        roundness=0.5,
        lift=0.7,
        ink=(Ink((*_shrunk(sole, 0.9), _shrunk(sole, 0.9)[0]), 0.0016, "light", 0.008),),
    )
    beads = tuple(Ink((p,), 0.0065, tone) for p, tone in _beads(x))
    straps = [
        band(
            smooth([(x - 0.086, 0.4), (x - 0.01, 0.3), (x + 0.098, 0.38)], closed=False),
            0.06,
            lift=0.9,
            roundness=0.9,
            ink=beads if pattern != "plain" else (),
        ),
        band(
            smooth([(x - 0.082, 0.47), (x + 0.01, 0.4), (x + 0.088, 0.46)], closed=False),
            0.036,
            lift=0.9,
        ),
        band(
            smooth([(x - 0.068, 0.62), (x, 0.585), (x + 0.076, 0.63)], closed=False),
            0.032,
            lift=0.9,
            ink=(Ink(((x + 0.045, 0.602),), 0.011, "metal"),),
        ),
    ]
    right = [bed, *straps]
    return [*(flipped_part(p) for p in right), *right]


def _beads(x: float) -> list[tuple[Point, Tone]]:
    tones: tuple[Tone, ...] = ("gold", "white", "accent")
    return [
        ((x - 0.07 + 0.0145 * k, 0.352 - 0.05 * math.sin(math.pi * (k + 1) / 13)), tones[k % 3])
        for k in range(12)
    ]


def _shrunk(points: tuple[Point, ...], by: float) -> tuple[Point, ...]:
    middle = np.array(points).mean(axis=0)
    return tuple((float(x), float(y)) for x, y in middle + (np.array(points) - middle) * by)


def _pumps(pattern: str) -> list[Part]:
    """Two court shoes from the side, one behind the other."""
    front = _pump(0.0, 0.0)
    return [*(replace(p, shade=p.shade * 0.9) for p in _pump(0.1, -0.17)), *front]


PUMP_HEEL = (
    (0.72, 0.5, 1), (0.8, 0.47, 1), (0.785, 0.6), (0.77, 0.78, 1), (0.745, 0.78, 1), (0.74, 0.6),
)  # fmt: skip
PUMP_INSIDE = ((0.33, 0.6), (0.53, 0.5), (0.77, 0.4), (0.78, 0.44), (0.57, 0.6), (0.39, 0.66))
PUMP_UPPER = (
    (0.1, 0.765, 1), (0.11, 0.72), (0.21, 0.655), (0.33, 0.595, 1), (0.39, 0.655), (0.53, 0.585),
    (0.67, 0.44), (0.785, 0.375, 1), (0.815, 0.45), (0.795, 0.545), (0.67, 0.59), (0.51, 0.72),
    (0.37, 0.775, 1),
)  # fmt: skip
PUMP_SOLE = ((0.1, 0.77), (0.37, 0.78), (0.52, 0.725), (0.69, 0.59), (0.79, 0.545))


def _pump(dx: float, dy: float) -> list[Part]:
    def at(knots: Sequence[Knot]) -> list[Knot]:
        return [(knot[0] + dx, knot[1] + dy, *knot[2:]) for knot in knots]

    along = ((0.12 + dx, 0.7 + dy), (0.82 + dx, 0.55 + dy))
    down = ((0.79 + dx, 0.47 + dy), (0.79 + dx, 0.78 + dy))
    return [
        Part(smooth(at(PUMP_HEEL)), down, folds=0.0, shade=0.85),
        Part(smooth(at(PUMP_INSIDE)), along, fabric="inside", folds=0.0, shade=0.9, lift=0.2),
        band(smooth(at(PUMP_SOLE), closed=False), 0.014, fabric="sole"),
        Part(smooth(at(PUMP_UPPER)), along, folds=0.0, roundness=0.9, lift=0.6),
    ]


def _sneakers(pattern: str) -> list[Part]:
    front = _sneaker(0.0, 0.05)
    return [*(replace(p, shade=p.shade * 0.9) for p in _sneaker(0.07, -0.19)), *front]


def _sneaker(dx: float, dy: float) -> list[Part]:
    def at(*knots: tuple[float, ...]) -> list[tuple[float, ...]]:
        return [(k[0] + dx - 0.03, k[1] + dy, *k[2:]) for k in knots]

    upper = smooth(at(
        (0.12, 0.69, 1), (0.15, 0.62), (0.26, 0.585), (0.37, 0.53), (0.5, 0.435), (0.58, 0.415, 1),
        (0.66, 0.475), (0.76, 0.455), (0.82, 0.425, 1), (0.86, 0.52), (0.855, 0.69, 1), (0.5, 0.7),
    ))  # fmt: skip
    sole = smooth(
        at(
            (0.1, 0.68),
            (0.3, 0.685),
            (0.6, 0.685),
            (0.87, 0.675),
            (0.875, 0.73),
            (0.82, 0.752),
            (0.3, 0.757),
            (0.12, 0.745),
        )
    )
    toe = smooth(at((0.118, 0.69, 1), (0.13, 0.635), (0.2, 0.605), (0.255, 0.64), (0.265, 0.69, 1)))
    laces = []
    for k in range(5):
        x, y = 0.355 + 0.042 * k + dx, 0.545 - 0.027 * k + dy
        laces.append(
            band([(x - 0.035, y - 0.004), (x + 0.012, y + 0.05)], 0.014, fabric="white", lift=0.5)
        )
    stripe = band(
        [
            (p[0], p[1])
            for p in smooth(at((0.46, 0.68), (0.58, 0.6), (0.7, 0.59), (0.8, 0.53)), closed=False)
        ],
        0.032,
        fabric="contrast",
        lift=0.2,
    )
    axis = ((0.1 + dx, 0.6 + dy), (0.86 + dx, 0.6 + dy))
    heel = smooth(at((0.8, 0.5, 1), (0.855, 0.5, 1), (0.856, 0.69, 1), (0.79, 0.69, 1)))
    return [
        Part(upper, axis, folds=0.0, roundness=0.8),
        Part(toe, axis, fabric="white", folds=0.0, lift=0.2),
        Part(heel, axis, fabric="contrast", folds=0.0, lift=0.2),
        stripe,
        *laces,
        Part(sole, axis, fabric="white", folds=0.0, roundness=0.5, lift=0.3),
    ]
