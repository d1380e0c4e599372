"""Wax prints, as ankara and kitenge: four bold geometries."""

from __future__ import annotations

import math

import numpy as np

from dukani.sandbox.drawing.bolt import Bolt, Tile
from dukani.sandbox.drawing.dyes import Rgb, accents


def wax_print(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    motif = (_medallions, _petal_grid, _chevrons, _shells)[int(rng.integers(4))]
    return motif(base, accents(colour), side)


def _medallions(base: Rgb, tones: tuple[Rgb, Rgb, Rgb], side: int) -> Tile:
    dark, warm, pale = tones
    bolt = Bolt(side, base)
    for x, y in ((0.25, 0.25), (0.75, 0.75)):
        bolt.petals(x, y, (0.2, 0.335), 18, dark, plump=0.42)
        bolt.disc(x, y, 0.235, pale)
        bolt.disc(x, y, 0.215, dark)
        bolt.petals(x, y, (0.09, 0.205), 12, warm, plump=0.5)
        bolt.disc(x, y, 0.105, pale)
        bolt.disc(x, y, 0.085, base)
        bolt.disc(x, y, 0.045, dark)
    for x, y in ((0.75, 0.25), (0.25, 0.75)):
        bolt.petals(x, y, (0.03, 0.165), 4, warm, turn=math.pi / 4, plump=0.6)
        bolt.petals(x, y, (0.04, 0.13), 4, pale, turn=0, plump=0.45)
        bolt.disc(x, y, 0.04, dark)
    return bolt.tile()


def _petal_grid(base: Rgb, tones: tuple[Rgb, Rgb, Rgb], side: int) -> Tile:
    dark, warm, pale = tones
    bolt = Bolt(side, base)
    for x, y in ((0, 0), (0.5, 0.5)):
        bolt.petals(x, y, (0.0, 0.355), 4, pale, turn=math.pi / 4, plump=0.62)
        bolt.petals(x, y, (0.02, 0.335), 4, dark, turn=math.pi / 4, plump=0.55)
        bolt.petals(x, y, (0.08, 0.27), 4, warm, turn=math.pi / 4, plump=0.42)
        bolt.petals(x, y, (0.12, 0.22), 4, base, turn=math.pi / 4, plump=0.4)
    for x, y in ((0.5, 0), (0, 0.5)):
        bolt.disc(x, y, 0.12, dark)
        bolt.disc(x, y, 0.085, pale)
        bolt.disc(x, y, 0.06, warm)
        bolt.disc(x, y, 0.028, dark)
        for k in range(12):
            angle = 2 * math.pi * k / 12
            bolt.disc(x + 0.155 * math.cos(angle), y + 0.155 * math.sin(angle), 0.014, pale)
    return bolt.tile()


def _chevrons(base: Rgb, tones: tuple[Rgb, Rgb, Rgb], side: int) -> Tile:
    dark, warm, pale = tones
    bolt = Bolt(side, base)
    zigzag = [(k / 8, 0.06 * (k % 2)) for k in range(-1, 10)]
    for top, colour, width in (
        (0.08, dark, 0.1), (0.08, warm, 0.06), (0.08, pale, 0.018), (0.92, dark, 0.045),
        (0.3, dark, 0.045), (0.34, pale, 0.014),
    ):  # fmt: skip
        bolt.line([(x, y + top) for x, y in zigzag], width, colour)
    for k in range(2):
        x = 0.25 + 0.5 * k
        diamond = [(0, -0.17), (0.2, 0), (0, 0.17), (-0.2, 0)]
        for scale, colour in ((1, dark), (0.82, pale), (0.7, warm), (0.48, dark), (0.24, base)):
            bolt.polygon([(x + a * scale, 0.66 + b * scale) for a, b in diamond], colour)
        bolt.disc(x + 0.25, 0.56, 0.024, pale)
        bolt.disc(x + 0.25, 0.76, 0.024, pale)
    return bolt.tile()


def _shells(base: Rgb, tones: tuple[Rgb, Rgb, Rgb], side: int) -> Tile:
    dark, warm, pale = tones
    bolt = Bolt(side, dark)
    for row in range(-1, 5):
        for column in range(2):
            x, y = (column + 0.5 * (row % 2)) / 2, row / 4 + 0.12
            for radius, colour in (
                (0.255, dark), (0.24, base), (0.165, pale), (0.15, warm), (0.11, dark),
                (0.095, base), (0.05, pale),
            ):  # fmt: skip
                _half_disc(bolt, x, y, radius, colour)
            for k in range(7):
                angle = math.pi * (k + 0.5) / 7
                bolt_x, bolt_y = x + 0.203 * math.cos(angle), y - 0.203 * math.sin(angle)
                _half_disc(bolt, bolt_x, bolt_y, 0.016, pale)
    return bolt.tile()


def _half_disc(bolt: Bolt, x: float, y: float, radius: float, colour: Rgb) -> None:
    """A disc, repeated on the neighbouring tiles only where a row of shells needs it."""
    reach = radius * bolt.side
    for dx in (-1, 0, 1):
        cx, cy = (x + dx) * bolt.side, y * bolt.side
        bolt.pen.ellipse((cx - reach, cy - reach, cx + reach, cy + reach), colour)
