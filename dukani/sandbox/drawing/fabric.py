"""Seamless fabric tiles, from plain weave to wax print."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from dukani.sandbox.drawing.bolt import Bolt, Tile
from dukani.sandbox.drawing.dyes import DYES, GOLD, Rgb, accents, contrast, luminance, mixed, rgb
from dukani.sandbox.drawing.shapes import Fabric
from dukani.sandbox.drawing.wax import wax_print


class UnknownPattern(ValueError):
    """There is no fabric of this name."""


def weave(pattern: str, colour: str, fabric: Fabric, *, seed: int, side: int) -> Tile:
    """The tile of one kind of cloth of a garment, `side` pixels square."""
    base = rgb(colour)
    rng = np.random.default_rng(seed)
    if fabric == "main":
        if pattern not in PATTERNS:
            raise UnknownPattern(f"no pattern {pattern!r}; there are {', '.join(PATTERNS)}")
        return _threads(PATTERNS[pattern](base, colour, rng, side), rng)
    grounds: dict[str, Rgb] = {
        "inside": mixed(base, (40, 34, 34), 0.35), "contrast": contrast(colour), "plain": base,
        "leather": mixed(base, (70, 40, 26), 0.12), "sole": (150, 110, 74), "gold": GOLD,
        "white": DYES["white"], "wood": (178, 128, 82),
        "metal": (150, 152, 158),
    }  # fmt: skip
    if fabric == "gold":
        return _threads(_braid(side), rng)
    return _threads(Bolt(side, grounds[fabric]).tile(), rng, 1.2 if fabric == "leather" else 2.6)


def _threads(tile: Tile, rng: np.random.Generator, grain: float = 2.6) -> Tile:
    side = tile.shape[0]
    noise = rng.normal(0, grain, (side, side, 1))
    noise += rng.normal(0, grain * 0.2, (side, 1, 1)) + rng.normal(0, grain * 0.2, (1, side, 1))
    return np.clip(tile + noise, 0, 255).astype(np.uint8)


def _braid(side: int) -> Tile:
    bolt = Bolt(side, GOLD)
    step = 1 / 24
    for i in range(24):
        for j in range(24):
            x, y = (i + 0.5) * step, (j + 0.5) * step
            tone = (236, 206, 126) if (i + j) % 2 else (158, 116, 40)
            bolt.pen.ellipse(
                [(x - 0.012) * bolt.side, (y - 0.016) * bolt.side,
                 (x + 0.012) * bolt.side, (y + 0.016) * bolt.side], tone,
            )  # fmt: skip
    return bolt.tile()


def _plain(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    return Bolt(side, base).tile()


def _striped(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    bolt = Bolt(side, base)
    other = DYES["white"] if luminance(base) < 0.7 else (44, 62, 104)
    count = int(rng.choice([5, 7]))
    for k in range(count):
        x = (k + 0.5) / count
        bolt.line([(x, -0.1), (x, 1.1)], 0.34 / count, other)
        bolt.line([(x + 0.3 / count, -0.1), (x + 0.3 / count, 1.1)], 0.05 / count, other)
    return bolt.tile()


def _checked(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    count = int(rng.choice([3, 4]))
    light = mixed(base, (255, 253, 248), 0.86)
    place = (np.arange(side) / side * count) % 1
    band = np.where(place < 0.5, 0.5, 0.0) + np.where(np.abs(place - 0.25) < 0.035, 0.25, 0)
    thread = np.where(np.abs(place - 0.75) < 0.03, 0.45, 0.0)
    share = np.clip(band[:, None] + band[None, :], 0, 1)[..., None]
    cloth = np.array(light) * (1 - share) + np.array(base) * share
    over = np.clip(thread[:, None] + thread[None, :], 0, 1)[..., None]
    return np.asarray(cloth * (1 - over) + np.array(accents(colour)[0]) * over, np.uint8)


def _dotted(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    bolt = Bolt(side, base)
    dot = DYES["white"] if luminance(base) < 0.7 else (40, 40, 52)
    for row in range(8):
        for column in range(4):
            bolt.disc((column + 0.5 * (row % 2)) / 4, row / 8, 0.032, dot)
    return bolt.tile()


def _floral(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    bolt = Bolt(side, base)
    blooms = [*accents(colour)[1:], mixed(base, (255, 255, 255), 0.6)]
    green = (66, 112, 72) if luminance(base) > 0.25 else (120, 158, 110)
    cells = 4
    for k in rng.permutation(cells * cells):
        x = (k % cells + 0.5 + rng.uniform(-0.28, 0.28)) / cells
        y = (k // cells + 0.5 + rng.uniform(-0.28, 0.28)) / cells
        turn, reach = rng.uniform(0, 6.3), rng.uniform(0.07, 0.125)
        bloom = blooms[int(rng.integers(len(blooms)))]
        bolt.petals(x, y, (0.02, reach * 1.6), 3, green, turn=turn, plump=0.4)
        bolt.petals(x, y, (0, reach), 5, mixed(bloom, (90, 20, 40), 0.25), turn=turn, plump=0.95)
        bolt.petals(x, y, (0, reach * 0.86), 5, bloom, turn=turn, plump=0.85)
        bolt.disc(x, y, reach * 0.24, mixed(bloom, (120, 60, 10), 0.6))
        bolt.disc(x, y, reach * 0.13, (246, 206, 96))
    return bolt.tile()


def _lace(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    skin = (176, 122, 92) if luminance(base) > 0.3 else (206, 160, 128)
    lining = mixed(base, skin, 0.62)
    thread = mixed(base, (255, 255, 255), 0.06)
    bolt = Bolt(side, lining)
    for k in range(14):
        at = k / 14
        bolt.line([(at, 0), (at + 0.5, 0.5), (at + 1, 1)], 0.012, thread)
        bolt.line([(at, 0), (at - 0.5, 0.5), (at - 1, 1)], 0.012, thread)
    for x, y, reach in (
        (0.25, 0.25, 0.2),
        (0.75, 0.75, 0.2),
        (0.75, 0.25, 0.12),
        (0.25, 0.75, 0.12),
    ):
        turn = rng.uniform(0, 6.3)
        bolt.petals(x, y, (reach * 0.7, reach * 1.35), 5, thread, turn=turn + 0.63, plump=0.42)
        bolt.petals(x, y, (0.0, reach), 5, thread, turn=turn, plump=0.8)
        bolt.petals(x, y, (reach * 0.45, reach * 0.85), 5, lining, turn=turn, plump=0.5)
        bolt.disc(x, y, reach * 0.2, thread)
        bolt.disc(x, y, reach * 0.1, lining)
    return bolt.tile()


def _denim(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    worn = mixed(mixed(base, (52, 72, 112), 0.45), (120, 128, 140), 0.12)
    if colour in ("black", "charcoal", "grey", "white"):
        worn = base
    rows, columns = np.mgrid[0:side, 0:side]
    twill = np.sin((rows * 2 + columns) * (2 * math.pi * 64 / side)) * 7
    slub = rng.normal(0, 3, (side, side)) + rng.normal(0, 1.2, (1, side))
    cloth = np.array(worn)[None, None, :] + (twill + slub)[..., None]
    return np.asarray(np.clip(cloth, 0, 255), np.uint8)


def _knit(base: Rgb, colour: str, rng: np.random.Generator, side: int) -> Tile:
    rows, columns = np.mgrid[0:side, 0:side] / side
    stitch = np.abs(((columns * 22) % 1) - 0.5)
    valley = np.cos(2 * math.pi * (rows * 34 + stitch * 1.4)) * 9 - 26 * (stitch < 0.07)
    cloth = np.array(base)[None, None, :] + valley[..., None]
    return np.asarray(np.clip(cloth, 0, 255), np.uint8)


PATTERNS: dict[str, Callable[[Rgb, str, np.random.Generator, int], Tile]] = {
    "plain": _plain, "embroidered": _plain, "graphic": _plain, "striped": _striped,
    "checked": _checked, "dotted": _dotted, "floral": _floral, "ankara": wax_print,
    "kitenge": wax_print, "lace": _lace, "denim": _denim, "knit": _knit,
}  # fmt: skip
