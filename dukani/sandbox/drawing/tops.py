"""Cuts worn from the shoulder: tees, shirts, blouses, knits, jackets, kanzus and kaftans."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from dukani.sandbox.drawing.chest_prints import chest_print
from dukani.sandbox.drawing.shapes import (
    MIDDLE,
    Fabric,
    Ink,
    Knot,
    Part,
    Point,
    Tone,
    band,
    both_sides,
    mirrored,
    smooth,
)


@dataclass(frozen=True)
class Fit:
    """The measures of a garment for the upper body; widths are from the middle line."""

    neck: float = 0.075
    neck_y: float = 0.15
    drop: float = 0.055
    pointed: bool = False
    shoulder: float = 0.19
    shoulder_y: float = 0.185
    armpit: Point = (0.175, 0.35)
    waist: Point = (0.16, 0.56)
    hem: Point = (0.172, 0.83)
    sag: float = 0.012


def torso(fit: Fit, **look: object) -> Part:
    """The front of the garment, from the neckline to the hem."""
    right: list[Knot] = [
        *neckline(fit),
        (MIDDLE + fit.shoulder, fit.shoulder_y, 1),
        (MIDDLE + (fit.shoulder + fit.armpit[0]) / 2 - 0.012, (fit.shoulder_y + fit.armpit[1]) / 2),
        (MIDDLE + fit.armpit[0], fit.armpit[1], 1),
        (MIDDLE + fit.waist[0], fit.waist[1]),
        (MIDDLE + fit.hem[0], fit.hem[1], 1),
        (MIDDLE, fit.hem[1] + fit.sag),
    ]
    part = Part(
        outline=mirrored(right),
        axis=((MIDDLE, fit.neck_y), (MIDDLE, fit.hem[1])),
        folds=0.35,
        fold_count=4,
        fold_start=0.35,
        wrinkles=armpit_creases(fit),
    )
    return replace(part, **look)  # type: ignore[arg-type]


def neckline(fit: Fit) -> list[Knot]:
    bottom = fit.neck_y + fit.drop
    if fit.pointed:
        return [(MIDDLE, bottom, 1), (MIDDLE + fit.neck, fit.neck_y, 1)]
    return [
        (MIDDLE, bottom),
        (MIDDLE + fit.neck * 0.68, fit.neck_y + fit.drop * 0.68),
        (MIDDLE + fit.neck, fit.neck_y, 1),
    ]


def neck_path(fit: Fit) -> tuple[Point, ...]:
    """The neckline from the left shoulder to the right one."""
    right = neckline(fit)
    left = [(1 - knot[0], *knot[1:]) for knot in reversed(right[1:])]
    return smooth([*left, *right], closed=False)


def armpit_creases(fit: Fit) -> tuple[tuple[Point, Point], ...]:
    """The pulls that run from under the arms towards the waist."""
    x, y = fit.armpit
    pulls = ((0.02, 0.0, 0.09, 0.07), (0.015, 0.03, 0.07, 0.13), (0.02, 0.09, 0.06, 0.17))
    return tuple(
        ((MIDDLE + side * (x - a), y + b), (MIDDLE + side * (x - c), y + d))
        for a, b, c, d in pulls
        for side in (-1, 1)
    )


def back_of_neck(fit: Fit, *, fabric: Fabric = "inside", label: bool = True) -> Part:
    """The inside of the back, seen through the neckline, with the maker's label."""
    top, bottom = fit.neck_y + 0.012, fit.neck_y + fit.drop + 0.02
    outline = mirrored([
        (MIDDLE, top), (MIDDLE + fit.neck, fit.neck_y - 0.002, 1),
        (MIDDLE + fit.neck * 0.8, bottom, 1), (MIDDLE, bottom),
    ])  # fmt: skip
    tag = Ink(box(MIDDLE, top + 0.022, 0.021, 0.011), tone="label", fill=True)
    return Part(
        outline=outline,
        axis=((MIDDLE, top), (MIDDLE, bottom)),
        fabric=fabric,
        folds=0.0,
        roundness=0.4,
        shade=0.82,
        lift=0.2,
        ink=(tag,) if label and fit.drop > 0.045 else (),
    )


def box(x: float, y: float, half_width: float, half_height: float) -> tuple[Point, ...]:
    return (
        (x - half_width, y - half_height), (x + half_width, y - half_height),
        (x + half_width, y + half_height), (x - half_width, y + half_height),
    )  # fmt: skip


def sleeves(
    fit: Fit,
    length: float,
    *,
    angle: float = 24,
    cuff: float = 0.062,
    hem: bool = True,
    hem_fabric: Fabric | None = None,
    **look: object,
) -> list[Part]:
    """Both sleeves: `length` along the arm, `angle` degrees from hanging straight down."""
    lean = math.radians(angle)
    down, out = (math.sin(lean), math.cos(lean)), (math.cos(lean), -math.sin(lean))
    seam_x = fit.neck + (fit.shoulder - fit.neck) * 0.8
    seam_y = fit.neck_y + (fit.shoulder_y - fit.neck_y) * 0.8
    top = (MIDDLE + seam_x, seam_y + 0.001)
    tip = (MIDDLE + fit.shoulder + 0.006, fit.shoulder_y + 0.006)
    pit = (MIDDLE + fit.armpit[0] - 0.03, fit.armpit[1] - 0.012)
    start = ((tip[0] + pit[0]) / 2, (tip[1] + pit[1]) / 2)
    end = (start[0] + 0.03 + down[0] * length, start[1] + down[1] * length)
    outer = (end[0] + out[0] * cuff, end[1] + out[1] * cuff)
    inner = (end[0] - out[0] * cuff, end[1] - out[1] * cuff)
    bulge = (tip[0] * 0.62 + outer[0] * 0.38 + 0.016, tip[1] * 0.64 + outer[1] * 0.36 - 0.006)
    part = Part(
        outline=smooth([(*top, 1), tip, bulge, (*outer, 1), (*inner, 1), (*pit, 1)]),
        axis=(start, end),
        folds=0.4,
        fold_count=2,
        fold_start=0.1,
        wrinkles=_elbow(start, end, cuff) if length > 0.3 else (),
        ink=_sleeve_hem(outer, inner, down) if hem else (),
        lift=0.35,
    )
    parts = both_sides(replace(part, **look))  # type: ignore[arg-type]
    if hem_fabric is None:
        return parts
    middle = tuple((o[0] - down[0] * 0.012, o[1] - down[1] * 0.012) for o in (outer, inner))
    trim = band(straight(middle[0], middle[1]), 0.026, fabric=hem_fabric)
    return [*parts, *both_sides(trim)]


def _sleeve_hem(outer: Point, inner: Point, down: tuple[float, float]) -> tuple[Ink, ...]:
    up = 0.018
    line = tuple((x - down[0] * up, y - down[1] * up) for x, y in (outer, inner))
    return (Ink(line, 0.0016), Ink(line, 0.0012, "light", dash=0.006))


def _elbow(start: Point, end: Point, cuff: float) -> tuple[tuple[Point, Point], ...]:
    middle = [start[i] * 0.45 + end[i] * 0.55 for i in (0, 1)]
    return tuple(
        ((middle[0] - cuff * 0.7, middle[1] + dy), (middle[0] + cuff * 0.5, middle[1] + dy + 0.035))
        for dy in (-0.05, -0.005, 0.045)
    )


def straight(a: Point, b: Point, steps: int = 12) -> list[Point]:
    return [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in np.linspace(0, 1, steps)]


def hem_stitch(fit: Fit, rise: float = 0.022) -> tuple[Ink, ...]:
    left, y = MIDDLE - fit.hem[0], fit.hem[1] - rise
    line = smooth([(left, y), (MIDDLE, y + fit.sag), (1 - left, y)], closed=False)
    return (Ink(line, 0.0016), Ink(line, 0.0012, "light", dash=0.006))


def buttons(x: float, top: float, bottom: float, count: int, *, radius: float = 0.0075,
            tone: Tone = "button") -> tuple[Ink, ...]:  # fmt: skip
    return tuple(Ink(((x, float(y)),), radius, tone) for y in np.linspace(top, bottom, count))


def tee(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(neck=0.078, drop=0.06, shoulder=0.2, armpit=(0.178, 0.345), waist=(0.172, 0.56))
    trim: Fabric = "contrast" if rng.random() < 0.3 and pattern != "graphic" else "main"
    prints = chest_print(int(rng.integers(3))) if pattern == "graphic" else ()
    front = torso(fit, ink=(*hem_stitch(fit), *prints))
    collar = band(neck_path(fit), 0.021, fabric=trim)
    return [back_of_neck(fit), *sleeves(fit, 0.155, angle=36, cuff=0.083), front, collar]


def shirt(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(neck=0.062, neck_y=0.135, drop=0.075, pointed=True, hem=(0.17, 0.85), sag=-0.03)
    long = bool(rng.random() < 0.5)
    front = torso(fit, ink=(*placket(fit, 7), *hem_stitch(fit, 0.012), *chest_pocket(fit)))
    arms = (
        sleeves(fit, 0.43, angle=13, cuff=0.05, hem_fabric="main")
        if long
        else sleeves(fit, 0.17, angle=30, cuff=0.08)
    )
    return [back_of_neck(fit), *arms, front, *collar(fit)]


def placket(fit: Fit, count: int, *, half: float = 0.015, tone: Tone = "button") -> tuple[Ink, ...]:
    top, bottom = fit.neck_y + fit.drop, fit.hem[1] + fit.sag * 0.9
    edges = tuple(
        Ink(((MIDDLE + dx, top - 0.012), (MIDDLE + dx, bottom)), 0.0018) for dx in (-half, half)
    )
    stitch = Ink(
        ((MIDDLE + half - 0.004, top), (MIDDLE + half - 0.004, bottom)), 0.001, "light", dash=0.006
    )
    return (*edges, stitch, *buttons(MIDDLE, top + 0.03, bottom - 0.06, count, tone=tone))


def chest_pocket(fit: Fit) -> tuple[Ink, ...]:
    x, y, w, h = MIDDLE + 0.05, fit.armpit[1] + 0.02, 0.075, 0.085
    pocket = (
        (x, y),
        (x, y + h * 0.8),
        (x + w / 2, y + h),
        (x + w, y + h * 0.8),
        (x + w, y),
        (x, y),
    )
    opening = ((x, y + 0.014), (x + w, y + 0.014))
    return (Ink(pocket, 0.0017), Ink(opening, 0.0012, "light", dash=0.006))


def collar(fit: Fit, *, spread: float = 0.068, fall: float = 0.078) -> list[Part]:
    """A turned-down collar with two points and its stand at the back."""
    tip = (MIDDLE + spread + 0.008, fit.neck_y + fall)
    wing = Part(
        outline=smooth(
            [
                (MIDDLE + 0.002, fit.neck_y + fit.drop, 1),
                (*tip, 1),
                (MIDDLE + fit.neck + 0.026, fit.neck_y + 0.022),
                (MIDDLE + fit.neck - 0.006, fit.neck_y - 0.03, 1),
                (MIDDLE + fit.neck - 0.02, fit.neck_y + 0.012),
            ]
        ),
        axis=((MIDDLE + fit.neck, fit.neck_y), tip),
        folds=0.0,
        roundness=0.45,
        lift=0.8,
        ink=(
            Ink(
                (
                    (MIDDLE + 0.012, fit.neck_y + fit.drop - 0.006),
                    (tip[0] - 0.005, tip[1] - 0.008),
                    (MIDDLE + fit.neck + 0.018, fit.neck_y + 0.022),
                ),
                0.001,
                "light",
                dash=0.005,
            ),
        ),
    )
    stand = Part(
        outline=mirrored([
            (MIDDLE, fit.neck_y - 0.022), (MIDDLE + fit.neck - 0.006, fit.neck_y - 0.03, 1),
            (MIDDLE + fit.neck - 0.01, fit.neck_y + 0.004), (MIDDLE, fit.neck_y + 0.018),
        ]),
        axis=((MIDDLE, fit.neck_y - 0.03), (MIDDLE, fit.neck_y + 0.02)),
        folds=0.0, roundness=0.4, shade=0.92, lift=0.2,
    )  # fmt: skip
    return [stand, *both_sides(wing)]


def blouse(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(
        neck=0.088, drop=0.085, pointed=bool(rng.random() < 0.6), shoulder=0.175,
        armpit=(0.158, 0.34), waist=(0.14, 0.52), hem=(0.178, 0.77),
    )  # fmt: skip
    full = bool(rng.random() < 0.55)
    front = torso(fit, folds=0.8, fold_count=5, fold_start=0.45, ink=hem_stitch(fit, 0.014))
    arms = sleeves(
        fit, 0.34 if full else 0.2, angle=20, cuff=0.098 if full else 0.088, folds=0.9,
        fold_count=3, fold_start=0.25,
    )  # fmt: skip
    parts = [back_of_neck(fit), *arms, front, band(neck_path(fit), 0.012)]
    if rng.random() < 0.5:
        parts.append(_waist_tie(fit))
    return parts


def _waist_tie(fit: Fit) -> Part:
    x, y = fit.waist
    line = smooth(
        [(MIDDLE - x - 0.004, y), (MIDDLE, y + 0.012), (MIDDLE + x + 0.004, y)], closed=False
    )
    return band(line, 0.026, folds=0.3)


def sweater(rng: np.random.Generator, pattern: str) -> list[Part]:
    fit = Fit(neck=0.078, drop=0.05, shoulder=0.195, armpit=(0.185, 0.37), waist=(0.182, 0.58),
              hem=(0.165, 0.8))  # fmt: skip
    front = torso(fit, folds=0.3, ink=_ribs(fit))
    hem = band(
        straight((MIDDLE - 0.166, 0.802), (MIDDLE + 0.166, 0.802)), 0.05, shade=0.94, lift=0.15
    )
    collar_band = band(neck_path(fit), 0.034, lift=0.4)
    arms = sleeves(fit, 0.42, angle=14, cuff=0.052, hem=False, hem_fabric="main")
    return [back_of_neck(fit), *arms, front, replace(hem, ink=_ribs(fit)), collar_band]


def _ribs(fit: Fit) -> tuple[Ink, ...]:
    bottom = fit.hem[1] + 0.028
    return tuple(
        Ink(((float(x), bottom - 0.05), (float(x), bottom)), 0.0022)
        for x in np.linspace(MIDDLE - fit.hem[0] + 0.006, MIDDLE + fit.hem[0] - 0.006, 34)
    )
