"""The scene of a picture: background, shadow and camera of a studio or a shopper's phone."""

from __future__ import annotations

import io
import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dukani.sandbox.drawing.shapes import Floats

Scene = Literal["studio", "phone"]
Surface = Literal["paper", "bed", "wall", "table"]

BUDGET_BYTES = 58_000
STUDIO_WALLS = ((238, 236, 233), (236, 238, 240), (242, 236, 230), (234, 236, 232))
DARK_SHADOW = 0.42


def camera(scene: Scene, rng: np.random.Generator) -> NDArray[np.float64]:
    """The 2x3 affine map from a garment laid straight to its place in the picture."""
    tilt, scale, shift = 0.0, 1.0, np.zeros(2)
    if scene == "phone":
        tilt = math.radians(float(rng.uniform(3, 8)) * float(rng.choice([-1, 1])))
        scale, shift = float(rng.uniform(0.88, 0.96)), rng.uniform(-0.025, 0.025, 2)
    turn = scale * np.array([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
    centre = np.array([0.5, 0.5])
    return np.column_stack([turn, centre - turn @ centre + shift])


def surface_of(scene: Scene, hangs: bool, rng: np.random.Generator) -> Surface:
    """The surface the garment lies on or, if it can hang, hangs against."""
    if scene == "studio":
        return "paper"
    choices: tuple[Surface, ...] = ("bed", "table", "wall") if hangs else ("bed", "table")
    return choices[int(rng.integers(len(choices)))]


def backdrop(
    surface: Surface,
    silhouette: Image.Image,
    side: int,
    rng: np.random.Generator,
    brightness: float,
) -> Image.Image:
    """The background with the garment's shadow on it, `side` pixels square."""
    coarse = silhouette.width
    if surface == "paper":
        ground = _paper(coarse, rng, brightness)
        ground *= _shadow(silhouette, offset=0.022, blur=0.030, depth=0.20)
        ground *= _shadow(silhouette, offset=0.006, blur=0.008, depth=0.22)
        return _picture(ground).resize((side, side), Image.Resampling.BICUBIC)
    behind = {"bed": _bedspread, "wall": _wall, "table": _planks}[surface](coarse * 2, rng)
    shade = _shadow(silhouette, offset=0.016, blur=0.014, depth=DARK_SHADOW)
    shade *= _shadow(silhouette, offset=0.03, blur=0.05, depth=0.2)
    dark = Image.fromarray(np.asarray(shade[..., 0] * 255, np.uint8)).resize(behind.size)
    return ImageChops.multiply(behind, dark.convert("RGB")).resize(
        (side, side), Image.Resampling.BICUBIC
    )


def develop(picture: Image.Image, scene: Scene, rng: np.random.Generator) -> Image.Image:
    """Add the camera's effects: none in the studio; warm light, vignette and grain on a phone."""
    if scene == "studio":
        return picture
    side = picture.width
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) / side - 0.5
    lean = float(rng.uniform(-1, 1)) * xs + float(rng.uniform(-0.6, 0.6)) * ys
    light = (1.0 - 0.62 * (xs * xs + ys * ys) + 0.2 * lean)[..., None]
    warm = np.array([1.04, 0.985, float(rng.uniform(0.83, 0.91))], np.float32)
    grain = rng.normal(0, 3.2, (side // 2, side // 2)).astype(np.float32)
    noise = np.asarray(Image.fromarray(grain).resize((side, side), Image.Resampling.BILINEAR))
    seen = np.asarray(picture.filter(ImageFilter.GaussianBlur(side / 1500)), np.float32)
    return _picture(seen * light * warm + noise[..., None])


def encode(picture: Image.Image) -> bytes:
    """The picture as a JPEG small enough for a phone on a small data bundle."""
    data = b""
    for quality in (86, 80, 72, 64, 54, 44):
        sink = io.BytesIO()
        picture.save(sink, "JPEG", quality=quality, optimize=True)
        data = sink.getvalue()
        if len(data) <= BUDGET_BYTES:
            break
    return data


def _picture(pixels: Floats) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _shadow(silhouette: Image.Image, *, offset: float, blur: float, depth: float) -> Floats:
    side = silhouette.width
    cast = ImageChops.offset(silhouette, round(side * offset * 0.6), round(side * offset))
    soft = np.asarray(cast.filter(ImageFilter.GaussianBlur(side * blur)), np.float32) / 255
    return np.asarray((1 - depth * soft)[..., None], np.float32)


def _paper(side: int, rng: np.random.Generator, brightness: float) -> Floats:
    """A seamless paper sweep, a little darker behind pale cloth."""
    wall = np.array(STUDIO_WALLS[int(rng.integers(len(STUDIO_WALLS)))], np.float32)
    wall -= 24 * max(0.0, brightness - 0.7) / 0.3
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) / side
    glow = 1.03 - 0.22 * ((xs - 0.45) ** 2 + (ys - 0.4) ** 2)
    return np.asarray(wall * glow[..., None], np.float32)


def _clouds(side: int, cells: int, rng: np.random.Generator) -> Floats:
    """Soft noise, about -1 … 1, with `cells` lumps across."""
    rough = rng.normal(0, 1, (cells, cells)).astype(np.float32)
    return np.asarray(Image.fromarray(rough).resize((side, side), Image.Resampling.BICUBIC))


def _relief(height: Floats, strength: float) -> Floats:
    down, right = np.gradient(height)
    return np.asarray(1 + strength * (right * 0.6 + down * 0.8), np.float32)[..., None]


def _bedspread(side: int, rng: np.random.Generator) -> Image.Image:
    """A rumpled cotton bedspread with a woven border stripe."""
    pairs = (((206, 198, 186), (176, 120, 96)), ((172, 186, 196), (226, 224, 216)),
             ((198, 176, 160), (140, 92, 84)), ((214, 208, 200), (120, 140, 132)))  # fmt: skip
    ground, stripe = pairs[int(rng.integers(len(pairs)))]
    cloth = Image.new("RGB", (side, side), ground)
    pen = ImageDraw.Draw(cloth)
    for k in range(-1, 5):
        x = (k + 0.35) * side * 0.26
        for offset, width in ((0, 0.022), (0.034, 0.006), (-0.034, 0.006)):
            left = x + offset * side
            pen.line((left, 0, left + side * 0.12, side), stripe, max(2, int(width * side)))
    folds = _clouds(side, 5, rng) * side * 0.012 + _clouds(side, 11, rng) * side * 0.003
    weave = rng.normal(0, 2.5, (side, side, 1)).astype(np.float32)
    return _picture(np.asarray(cloth, np.float32) * _relief(folds, 1.5) + weave)


def _wall(side: int, rng: np.random.Generator) -> Image.Image:
    """A painted plaster wall above a darker skirting line."""
    paints = ((196, 188, 168), (168, 182, 172), (204, 180, 160), (178, 186, 198))
    paint = np.array(paints[int(rng.integers(len(paints)))], np.float32)
    plaster = _clouds(side, 90, rng) * 0.9 + _clouds(side, 24, rng) * 1.4
    tone = paint * _relief(plaster, 0.035) + _clouds(side, 5, rng)[..., None] * 3
    line = int(side * float(rng.uniform(0.9, 0.95)))
    tone[line:] *= 0.62
    tone[line : line + 3] *= 0.7
    return _picture(tone.astype(np.float32))


def _planks(side: int, rng: np.random.Generator) -> Image.Image:
    """A wooden table top."""
    count, rows = 5, []
    for _ in range(count):
        height = math.ceil(side / count)
        rough = rng.normal(0, 1, (max(4, height // 8), 6)).astype(np.float32)
        grain = np.asarray(Image.fromarray(rough).resize((side, height), Image.Resampling.BICUBIC))
        plank = np.array((150, 106, 70), np.float32) * float(rng.uniform(0.86, 1.1))
        board = plank + grain[..., None] * np.array((9, 8, 6), np.float32)
        board[:3] *= 0.55
        rows.append(board)
    return _picture(np.concatenate(rows)[:side] + rng.normal(0, 2, (side, side, 1)))
