"""Draws a seamless tile of printed cloth."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dukani.sandbox.drawing.dyes import Rgb

Tile = NDArray[np.uint8]
FINE = 2  # prints are drawn this much larger, then reduced, for soft edges


class Bolt:
    """A square of cloth that repeats without a seam; motifs wrap round its edges."""

    def __init__(self, side: int, ground: Rgb) -> None:
        self.side = side * FINE
        self.image = Image.new("RGB", (self.side, self.side), ground)
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: list[tuple[float, float]], colour: Rgb) -> None:
        for dx, dy in self._repeats():
            self.pen.polygon(
                [((x + dx) * self.side, (y + dy) * self.side) for x, y in points], colour
            )

    def disc(self, x: float, y: float, radius: float, colour: Rgb) -> None:
        reach = radius * self.side
        for dx, dy in self._repeats():
            cx, cy = (x + dx) * self.side, (y + dy) * self.side
            self.pen.ellipse((cx - reach, cy - reach, cx + reach, cy + reach), colour)

    def line(self, points: list[tuple[float, float]], width: float, colour: Rgb) -> None:
        thick = max(1, round(width * self.side))
        for dx, dy in self._repeats():
            shifted = [((x + dx) * self.side, (y + dy) * self.side) for x, y in points]
            self.pen.line(shifted, colour, thick, joint="curve")

    def petals(
        self, x: float, y: float, reach: tuple[float, float], count: int, colour: Rgb,
        *, turn: float = 0.0, plump: float = 0.5,
    ) -> None:  # fmt: skip
        """A ring of leaf shapes between two radii."""
        for k in range(count):
            angle = turn + 2 * math.pi * k / count
            self.polygon(leaf(x, y, angle, reach, plump * (reach[1] - reach[0])), colour)

    def tile(self) -> Tile:
        return np.asarray(self.image.reduce(FINE), np.uint8)

    @staticmethod
    def _repeats() -> list[tuple[int, int]]:
        return [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


def leaf(
    x: float, y: float, angle: float, reach: tuple[float, float], width: float
) -> list[tuple[float, float]]:
    """A pointed oval, from one radius to the other, in the given direction."""
    t = np.linspace(0, 1, 9)
    along = reach[0] + (reach[1] - reach[0]) * t
    side = np.sin(math.pi * t**0.85) * width / 2
    rim = [*zip(along, side, strict=True), *zip(along[::-1], -side[::-1], strict=True)]
    c, s = math.cos(angle), math.sin(angle)
    return [(float(x + a * c - b * s), float(y + a * s + b * c)) for a, b in rim]
