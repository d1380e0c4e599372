"""Pictures printed on the chest of a T-shirt."""

from __future__ import annotations

import math

from dukani.sandbox.drawing.shapes import MIDDLE, Ink, Point, smooth


def chest_print(design: int) -> tuple[Ink, ...]:
    """A printed picture for the chest: sun and acacia, mountain, or a word in a ring."""
    if design == 0:
        return _savanna()
    if design == 1:
        return _mountain()
    rays = tuple(
        Ink(
            (_polar(0.062, k * 30), _polar(0.086, k * 30)),
            0.006, "accent",
        )
        for k in range(12)
    )  # fmt: skip
    return (
        *rays,
        Ink((_CHEST,), 0.05, "accent"),
        Ink(((MIDDLE, 0.585),), 0.034, "white", text="MTAA"),
    )


_CHEST: Point = (MIDDLE, 0.44)


def _polar(radius: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return _CHEST[0] + radius * math.cos(angle), _CHEST[1] + radius * math.sin(angle)


def _savanna() -> tuple[Ink, ...]:
    canopy = smooth(
        [
            (0.41, 0.447, 1),
            (0.44, 0.415),
            (0.49, 0.402),
            (0.55, 0.412),
            (0.585, 0.44, 1),
            (0.5, 0.452),
        ]
    )
    ground = smooth([(0.385, 0.53, 1), (0.45, 0.522), (0.56, 0.526), (0.615, 0.53, 1), (0.5, 0.54)])
    trunk = ((0.495, 0.528), (0.499, 0.478), (0.485, 0.445))
    return (
        Ink(((0.515, 0.445),), 0.083, "accent"),
        Ink(canopy, tone="dark", fill=True), Ink(ground, tone="dark", fill=True),
        Ink(trunk, 0.009, "dark"), Ink(((0.499, 0.478), (0.53, 0.446)), 0.006, "dark"),
        Ink(((MIDDLE, 0.585),), 0.03, "white", text="SAFARI"),
    )  # fmt: skip


def _mountain() -> tuple[Ink, ...]:
    peak = ((0.39, 0.53), (0.455, 0.43), (0.478, 0.452), (0.52, 0.385), (0.61, 0.53))
    snow = (
        (0.494, 0.427),
        (0.52, 0.385),
        (0.546, 0.427),
        (0.53, 0.418),
        (0.518, 0.436),
        (0.506, 0.42),
    )
    return (
        Ink(((0.575, 0.405),), 0.03, "accent"), Ink(peak, tone="accent", fill=True),
        Ink(snow, tone="white", fill=True),
        Ink(((0.39, 0.545), (0.61, 0.545)), 0.005, "white"),
        Ink(((MIDDLE, 0.59),), 0.03, "white", text="KENYA"),
    )  # fmt: skip
