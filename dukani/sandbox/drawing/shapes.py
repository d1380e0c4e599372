"""Outlines of cloth: smooth closed curves, sleeves, bands and the stitches drawn on them.

Coordinates are fractions of the picture: x to the right, y down, the middle at x = 0.5.
A point may carry a third number; 1 makes it a corner, otherwise the curve runs through it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Knot = tuple[float, ...]
Fabric = Literal[
    "main", "inside", "contrast", "gold", "leather", "sole", "plain", "white", "wood", "metal"
]
Tone = Literal["dark", "light", "thread", "gold", "button", "metal", "white", "accent", "label"]
Floats = NDArray[np.floating[Any]]

MIDDLE = 0.5
CURVE_STEPS = 10


@dataclass(frozen=True)
class Ink:
    """A stroke (several points), a dot (one point) or a filled shape on top of a part."""

    points: tuple[Point, ...]
    width: float = 0.003
    tone: Tone = "dark"
    dash: float = 0.0
    fill: bool = False
    text: str = ""


@dataclass(frozen=True)
class Part:
    """One piece of cloth, painted over the pieces before it."""

    outline: tuple[Point, ...]
    axis: tuple[Point, Point]
    fabric: Fabric = "main"
    folds: float = 0.5
    fold_count: int = 4
    fold_start: float = 0.2
    pleated: bool = False
    converge: float = 0.0
    roundness: float = 1.0
    shade: float = 1.0
    lift: float = 0.5
    wrinkles: tuple[tuple[Point, Point], ...] = ()
    ink: tuple[Ink, ...] = field(default=())


def smooth(knots: Sequence[Knot], *, closed: bool = True) -> tuple[Point, ...]:
    """A dense polyline through the knots, round except at corners."""
    points = [np.array(knot[:2]) for knot in knots]
    last = len(points) if closed else len(points) - 1
    dense: list[Point] = []
    for start in range(last):
        dense.extend(_segment(points, knots, start, closed))
    if not closed:
        dense.append((float(knots[-1][0]), float(knots[-1][1])))
    return tuple(dense)


def _segment(
    points: list[NDArray[np.float64]], knots: Sequence[Knot], start: int, closed: bool
) -> list[Point]:
    count = len(points)
    end = (start + 1) % count
    chord = points[end] - points[start]
    length = float(np.hypot(*chord))
    leaving = _tangent(points, knots, start, chord, closed) * length
    arriving = _tangent(points, knots, end, chord, closed) * length
    t = np.linspace(0, 1, CURVE_STEPS, endpoint=False)[:, None]
    curve = (
        (2 * t**3 - 3 * t**2 + 1) * points[start]
        + (t**3 - 2 * t**2 + t) * leaving
        + (3 * t**2 - 2 * t**3) * points[end]
        + (t**3 - t**2) * arriving
    )
    return [(float(x), float(y)) for x, y in curve]


def _tangent(
    points: list[NDArray[np.float64]],
    knots: Sequence[Knot],
    index: int,
    chord: NDArray[np.float64],
    closed: bool,
) -> NDArray[np.float64]:
    at_end = not closed and index in (0, len(points) - 1)
    if at_end or len(knots[index]) > 2:
        direction = chord
    else:
        direction = points[(index + 1) % len(points)] - points[index - 1]
    return direction / max(float(np.hypot(*direction)), 1e-9)


def flipped(points: Iterable[Knot]) -> list[Knot]:
    """The same knots on the other side of the middle line."""
    return [(1 - knot[0], *knot[1:]) for knot in points]


def mirrored(right_half: Sequence[Knot]) -> tuple[Point, ...]:
    """A symmetrical outline from its right half, given from the middle top to the middle bottom."""
    inner = [knot for knot in right_half if abs(knot[0] - MIDDLE) > 1e-6]
    return smooth([*right_half, *reversed(flipped(inner))])


def flipped_part(part: Part) -> Part:
    """The left-hand twin of a right-hand piece."""

    def across(points: Iterable[Point]) -> tuple[Point, ...]:
        return tuple((1 - x, y) for x, y in points)

    return replace(
        part,
        outline=across(part.outline),
        axis=(across(part.axis)[0], across(part.axis)[1]),
        wrinkles=tuple((across(pair)[0], across(pair)[1]) for pair in part.wrinkles),
        ink=tuple(replace(ink, points=across(ink.points)) for ink in part.ink),
    )


def both_sides(part: Part) -> list[Part]:
    return [part, flipped_part(part)]


def moved(part: Part, matrix: NDArray[np.float64]) -> Part:
    """The part under a 2x3 affine map (the camera's tilt, scale and shift)."""

    def shift(points: Iterable[Point]) -> tuple[Point, ...]:
        rows = np.array([(x, y, 1.0) for x, y in points]) @ matrix.T
        return tuple((float(x), float(y)) for x, y in rows)

    scale = math.sqrt(abs(float(np.linalg.det(matrix[:, :2]))))
    return replace(
        part,
        outline=shift(part.outline),
        axis=(shift(part.axis)[0], shift(part.axis)[1]),
        wrinkles=tuple((shift(pair)[0], shift(pair)[1]) for pair in part.wrinkles),
        ink=tuple(
            replace(i, points=shift(i.points), width=i.width * scale, dash=i.dash * scale)
            for i in part.ink
        ),
    )


def band(line: Sequence[Point], width: float, *, fabric: Fabric = "main", **look: object) -> Part:
    """A strip of cloth laid along a line: a belt, a neck binding, a strap."""
    path = np.array(line)
    along = np.gradient(path, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1])[:, None], 1e-9)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * width / 2
    rim = [*(path + across), *(path - across)[::-1]]
    strip = Part(
        outline=tuple((float(x), float(y)) for x, y in rim),
        axis=(tuple_of(path[0]), tuple_of(path[-1])),
        fabric=fabric,
        folds=0.0,
        roundness=0.5,
        lift=0.25,
    )
    return replace(strip, **look)  # type: ignore[arg-type]


def tuple_of(point: NDArray[np.float64]) -> Point:
    return float(point[0]), float(point[1])


def walk(line: Sequence[Point], step: float) -> list[tuple[Point, float]]:
    """Evenly spaced places along a line, each with the line's direction in radians."""
    path = np.array(line)
    lengths = np.hypot(*np.diff(path, axis=0).T)
    travelled = np.concatenate([[0.0], np.cumsum(lengths)])
    stops = np.arange(step / 2, float(travelled[-1]), step)
    xs, ys = (np.interp(stops, travelled, path[:, i]) for i in (0, 1))
    ahead = (
        np.interp(stops + step / 4, travelled, path[:, 0]),
        np.interp(stops + step / 4, travelled, path[:, 1]),
    )
    angles = np.arctan2(ahead[1] - ys, ahead[0] - xs)
    return [((float(x), float(y)), float(a)) for x, y, a in zip(xs, ys, angles, strict=True)]


def scrollwork(line: Sequence[Point], *, size: float = 0.012, tone: Tone = "gold") -> list[Ink]:
    """Embroidery along a line: beads, with a curl of thread on either side."""
    inks: list[Ink] = []
    for (x, y), angle in walk(line, size * 1.5):
        inks.append(Ink(((x, y),), width=size * 0.26, tone=tone))
        for side in (-1, 1):
            inks.append(Ink(_curl(x, y, angle, side, size), width=size * 0.17, tone=tone))
    return inks


def _curl(x: float, y: float, angle: float, side: int, size: float) -> tuple[Point, ...]:
    turns = np.linspace(0, 1.55 * math.pi, 9)
    radius = size * (0.62 - 0.3 * turns / turns[-1])
    forward = radius * np.sin(turns)
    sideways = side * (size * 0.75 - radius * np.cos(turns))
    xs = x + forward * math.cos(angle) - sideways * math.sin(angle)
    ys = y + forward * math.sin(angle) + sideways * math.cos(angle)
    return tuple((float(a), float(b)) for a, b in zip(xs, ys, strict=True))
