"""Jackets: the tailored blazer, its long form the coat, and the denim jacket."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dukani.sandbox.drawing.shapes import MIDDLE, Ink, Part, band, flipped_part, smooth
from dukani.sandbox.drawing.tops import (
    Fit,
    back_of_neck,
    box,
    buttons,
    collar,
    placket,
    sleeves,
    straight,
    torso,
)


def jacket(rng: np.random.Generator, pattern: str, *, long: bool = False) -> list[Part]:
    if pattern == "denim":
        return _trucker()
    bottom = 0.9 if long else 0.78
    fit = Fit(neck=0.072, neck_y=0.14, drop=0.29, pointed=True, shoulder=0.2, armpit=(0.18, 0.36),
              waist=(0.158, 0.53), hem=(0.2 if long else 0.182, bottom))  # fmt: skip
    seam = Ink(((MIDDLE + 0.006, fit.neck_y + fit.drop), (MIDDLE + 0.012, fit.hem[1])), 0.0026)
    flap = tuple(
        Ink(box(MIDDLE + side * 0.105, fit.hem[1] - 0.15, 0.048, 0.013), 0.002, "dark", fill=True)
        for side in (-1, 1)
    )
    closing = buttons(
        MIDDLE - 0.012,
        fit.neck_y + fit.drop + 0.035,
        fit.hem[1] - 0.16,
        3 if long else 2,
        radius=0.011,
    )
    front = torso(fit, folds=0.2, ink=(seam, *flap, *closing, *_darts(fit)))
    arms = sleeves(fit, 0.43, angle=10, cuff=0.052, ink=_cuff_buttons())
    return [back_of_neck(fit, fabric="contrast"), *arms, front, *lapels(fit)]


def _darts(fit: Fit) -> tuple[Ink, ...]:
    return tuple(
        Ink(
            (
                (MIDDLE + side * 0.09, fit.armpit[1] + 0.06),
                (MIDDLE + side * 0.084, fit.hem[1] - 0.18),
            ),
            0.0016,
        )
        for side in (-1, 1)
    )


def _cuff_buttons() -> tuple[Ink, ...]:
    return tuple(Ink(((0.776, y),), 0.006, "button") for y in (0.632, 0.65, 0.668))


def lapels(fit: Fit) -> list[Part]:
    bottom = (MIDDLE + 0.008, fit.neck_y + fit.drop + 0.004)
    notch_y = fit.neck_y + 0.1
    lapel = Part(
        outline=smooth([
            (*bottom, 1), (MIDDLE + 0.082, notch_y + 0.075), (MIDDLE + 0.128, notch_y + 0.005, 1),
            (MIDDLE + 0.083, notch_y - 0.006, 1), (MIDDLE + fit.neck - 0.014, fit.neck_y + 0.01, 1),
        ]),
        axis=((MIDDLE + 0.08, fit.neck_y), bottom),
        folds=0.0, roundness=0.4, lift=0.9,
    )  # fmt: skip
    upper = Part(
        outline=smooth(
            [
                (MIDDLE + 0.05, notch_y + 0.02, 1),
                (MIDDLE + 0.116, notch_y - 0.014, 1),
                (MIDDLE + 0.122, fit.neck_y + 0.055),
                (MIDDLE + fit.neck + 0.006, fit.neck_y - 0.018, 1),
                (MIDDLE + fit.neck - 0.014, fit.neck_y + 0.01),
            ]
        ),
        axis=((MIDDLE + 0.08, fit.neck_y), (MIDDLE + 0.1, notch_y)),
        folds=0.0,
        roundness=0.4,
        lift=0.8,
    )
    return [flipped_part(upper), flipped_part(lapel), upper, lapel]


def _trucker() -> list[Part]:
    fit = Fit(neck=0.066, neck_y=0.15, drop=0.07, pointed=True, shoulder=0.2, armpit=(0.182, 0.36),
              waist=(0.168, 0.56), hem=(0.16, 0.74), sag=0.004)  # fmt: skip
    yoke = (
        (MIDDLE - 0.18, 0.315),
        (MIDDLE - 0.02, 0.325),
        (MIDDLE + 0.02, 0.325),
        (MIDDLE + 0.18, 0.315),
    )
    seams: list[Ink] = [
        Ink(yoke, 0.0024),
        Ink(tuple((x, y + 0.006) for x, y in yoke), 0.0016, "thread", 0.007),
    ]
    for side in (-1, 1):
        for top, bottom in ((0.055, 0.04), (0.11, 0.075)):
            line = ((MIDDLE + side * top, 0.325), (MIDDLE + side * bottom, 0.735))
            seams += [Ink(line, 0.0022), Ink(line, 0.0015, "thread", 0.007)]
        x = MIDDLE + side * 0.083
        flap = ((x - 0.04, 0.33), (x - 0.04, 0.36), (x, 0.378), (x + 0.04, 0.36), (x + 0.04, 0.33))
        seams += [
            Ink(flap, 0.0024),
            Ink(flap, 0.0014, "thread", 0.007),
            Ink(((x, 0.36),), 0.007, "metal"),
        ]
    front = torso(fit, folds=0.3, ink=(*seams, *placket(fit, 6, half=0.02, tone="metal")))
    waist = band(straight((MIDDLE - 0.162, 0.748), (MIDDLE + 0.162, 0.748)), 0.046, lift=0.3)
    edge = Ink(((MIDDLE - 0.158, 0.732), (MIDDLE + 0.158, 0.732)), 0.0015, "thread", 0.007)
    clasp = Ink(((MIDDLE, 0.75),), 0.008, "metal")
    arms = sleeves(fit, 0.4, angle=13, cuff=0.052, hem_fabric="main")
    return [
        back_of_neck(fit),
        *arms,
        front,
        replace(waist, ink=(edge, clasp)),
        *collar(fit, spread=0.075),
    ]
