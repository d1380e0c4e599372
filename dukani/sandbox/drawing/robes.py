"""Robes of the coast: the kanzu and the kaftan, with their gold embroidery."""

from __future__ import annotations

import math

import numpy as np

from dukani.sandbox.drawing.shapes import (
    MIDDLE,
    Ink,
    Knot,
    Part,
    Point,
    band,
    both_sides,
    mirrored,
    scrollwork,
    smooth,
)
from dukani.sandbox.drawing.tops import (
    Fit,
    back_of_neck,
    hem_stitch,
    neck_path,
    sleeves,
    straight,
    torso,
)


def kanzu(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(
        neck=0.046,
        neck_y=0.07,
        drop=0.03,
        shoulder=0.135,
        shoulder_y=0.1,
        armpit=(0.128, 0.235),
        waist=(0.128, 0.48),
        hem=(0.168, 0.94),
    )
    bib = ((MIDDLE, fit.neck_y + 0.03), (MIDDLE, 0.36))
    gold = [
        *scrollwork(tuple(straight(*bib)), size=0.013),
        *(
            Ink(((MIDDLE + dx, 0.1), (MIDDLE + dx, 0.365)), 0.0028, "gold")
            for dx in (-0.018, 0.018)
        ),
        Ink(((MIDDLE - 0.018, 0.365), (MIDDLE, 0.385), (MIDDLE + 0.018, 0.365)), 0.0028, "gold"),
        Ink(((MIDDLE, 0.4), (MIDDLE, 0.43)), 0.004, "gold"),
        Ink(((MIDDLE, 0.397),), 0.006, "gold"),
    ]
    front = torso(fit, folds=0.85, fold_count=4, fold_start=0.3, ink=(*gold, *hem_stitch(fit)))
    trim = band(neck_path(fit), 0.016, fabric="gold")
    arms = sleeves(fit, 0.36, angle=17, cuff=0.062, hem_fabric="gold")
    return [back_of_neck(fit, label=False), *arms, front, trim]


def kaftan(rng: np.random.Generator, pattern: str) -> list[Part]:
    """A wide robe: one flowing piece whose sleeves are part of the body."""
    short = bool(rng.random() < 0.25)
    bottom = 0.8 if short else 0.93
    right: list[Knot] = [
        (MIDDLE, 0.235, 1), (MIDDLE + 0.07, 0.085, 1), (MIDDLE + 0.165, 0.118, 1),
        (MIDDLE + 0.176, 0.3), (MIDDLE + 0.172, 0.5), (MIDDLE + 0.215, bottom, 1),
        (MIDDLE + 0.1, bottom + 0.014), (MIDDLE, bottom + 0.018),
    ]  # fmt: skip
    wing = Part(
        outline=smooth([
            (MIDDLE + 0.13, 0.104, 1), (MIDDLE + 0.185, 0.132), (MIDDLE + 0.3, 0.31),
            (MIDDLE + 0.365, 0.475, 1), (MIDDLE + 0.25, 0.53, 1), (MIDDLE + 0.16, 0.46),
            (MIDDLE + 0.13, 0.3),
        ]),
        axis=((MIDDLE + 0.15, 0.2), (MIDDLE + 0.31, 0.5)), folds=0.9, fold_count=4,
        fold_start=0.0, roundness=0.7,
    )  # fmt: skip
    fit = Fit(neck=0.07, neck_y=0.085, drop=0.15, pointed=True)
    line = neck_path(fit)
    ornament = [*scrollwork(_wider(line, 0.027), size=0.014), *_sunburst(bottom)]
    robe = Part(
        outline=mirrored(right), axis=((MIDDLE, 0.085), (MIDDLE, bottom)), folds=1.0, fold_count=6,
        fold_start=0.12, roundness=0.8, ink=tuple(ornament), lift=0.25,
    )  # fmt: skip
    cuff = band(straight((MIDDLE + 0.36, 0.468), (MIDDLE + 0.249, 0.519)), 0.024, fabric="gold")
    hem = band(
        smooth(
            [
                (MIDDLE - 0.208, bottom - 0.02),
                (MIDDLE, bottom - 0.004),
                (MIDDLE + 0.208, bottom - 0.02),
            ],
            closed=False,
        ),
        0.024,
        fabric="gold",
        folds=0.4,
        fold_count=6,
    )
    return [
        back_of_neck(fit, label=False),
        *both_sides(wing),
        robe,
        *both_sides(cuff),
        hem,
        band(line, 0.02, fabric="gold"),
    ]


def _wider(line: tuple[Point, ...], by: float) -> list[Point]:
    centre_y = min(y for _, y in line)
    return [
        (
            x + by * math.copysign(min(1, abs(x - MIDDLE) * 40), x - MIDDLE),
            y + by * (y > centre_y + 0.02),
        )
        for x, y in line
    ]


def _sunburst(bottom: float) -> list[Ink]:
    """The drop of embroidery below the opening."""
    drop = [Ink(((MIDDLE, 0.27), (MIDDLE, 0.4)), 0.003, "gold")]
    for k, y in enumerate(np.linspace(0.285, 0.39, 5)):
        reach = 0.035 - 0.006 * k
        for side in (-1, 1):
            petal = smooth([
                (MIDDLE, float(y), 1), (MIDDLE + side * reach * 0.5, float(y) - reach * 0.55),
                (MIDDLE + side * reach, float(y) - reach * 0.25, 1),
            ])  # fmt: skip
            drop.append(Ink(petal, tone="gold", fill=True))
    drop.append(Ink(((MIDDLE, 0.412),), 0.007, "gold"))
    return drop
