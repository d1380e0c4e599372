"""Draws garments as JPEG pictures, for the demo's shops and shoppers."""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from dukani.sandbox.drawing.bolt import Tile
from dukani.sandbox.drawing.cuts import HANGING, cut_garment, hanger
from dukani.sandbox.drawing.dyes import GOLD, Rgb, accents, luminance, mixed, rgb
from dukani.sandbox.drawing.fabric import weave
from dukani.sandbox.drawing.light import light
from dukani.sandbox.drawing.scene import Scene, backdrop, camera, develop, encode, surface_of
from dukani.sandbox.drawing.shapes import Fabric, Floats, Ink, Part, Tone, moved

FINE = 2  # the canvas is this much larger than the picture
COARSE = 2  # light is computed this much smaller than the picture
MARGIN = 12
STRIPED_ACROSS = frozenset(("t-shirt", "sweater"))


def draw_garment(
    category: str,
    colour: str,
    pattern: str,
    *,
    seed: int,
    size: int = 768,
    scene: Scene = "studio",
    cut: str | None = None,
) -> bytes:
    """A JPEG of one garment, `size` pixels square; the same arguments give the same picture.

    Raises UnknownCategory, UnknownColour or UnknownPattern (all ValueError).
    """
    rng = np.random.default_rng([seed, zlib.crc32(f"{category} {pattern} {cut}".encode())])
    view = camera(scene, rng)
    parts = cut_garment(category, pattern, rng, cut=cut)
    surface = surface_of(scene, category in HANGING, rng)
    if surface == "wall":
        parts = [*hanger(parts), *parts]
    parts = [moved(part, view) for part in parts]
    painter = Painter(colour, pattern, size, seed, across=category in STRIPED_ACROSS)
    shadow = painter.silhouette(parts)
    painter.canvas = backdrop(surface, shadow, size * FINE, rng, luminance(rgb(colour)))
    for number, part in enumerate(parts):
        painter.paint(part, seed * 101 + number)
    return encode(develop(painter.canvas.reduce(FINE), scene, rng))


class Painter:
    """Lays parts of one garment over a canvas, back to front."""

    def __init__(
        self, colour: str, pattern: str, size: int, seed: int, *, across: bool = False
    ) -> None:
        self.across = across
        self.colour, self.pattern, self.size, self.seed = colour, pattern, size, seed
        self.canvas = Image.new("RGB", (size * FINE, size * FINE))
        self.tiles: dict[Fabric, Tile] = {}

    def silhouette(self, parts: list[Part]) -> Image.Image:
        """The whole garment as a coarse mask, for its shadow."""
        side = self.size // COARSE
        mask = Image.new("L", (side, side), 0)
        pen = ImageDraw.Draw(mask)
        for part in parts:
            pen.polygon([(x * side, y * side) for x, y in part.outline], fill=255)
        return mask

    def paint(self, part: Part, seed: int) -> None:
        box = self._box(part)
        coarse = self._mask(part, box, 1)
        lit = light(part, coarse, (box[0], box[1]), self.size // COARSE, seed)
        up = FINE * COARSE
        wide = (coarse.width * up, coarse.height * up)
        shade, across, along = (
            _enlarged(field, wide) for field in (lit.shade, lit.across, lit.along)
        )
        tile = self._tile(part.fabric)
        side = tile.shape[0]
        rows = (along * up).astype(np.int32) % side
        columns = (across * up + side / 2).astype(np.int32) % side
        cloth = _shaded(tile.reshape(-1, 3)[rows * side + columns], shade)
        mask = self._mask(part, box, up)
        corner = (box[0] * up, box[1] * up)
        self._cast(part, coarse, corner, wide)
        self.canvas.paste(Image.fromarray(cloth), corner, mask)
        if part.ink:
            self._ink(part, mask, corner, shade)

    def _box(self, part: Part) -> tuple[int, int, int, int]:
        side = self.size // COARSE
        xs, ys = zip(*part.outline, strict=True)
        left, top = (max(0, int(min(v) * side) - MARGIN) for v in (xs, ys))
        right, bottom = (min(side, int(max(v) * side) + MARGIN + 1) for v in (xs, ys))
        return left, top, right, bottom

    def _mask(self, part: Part, box: tuple[int, int, int, int], scale: int) -> Image.Image:
        """The part's cover of its box, drawn twice as fine and reduced."""
        grain = self.size // COARSE * scale * 2
        left, top, right, bottom = (edge * scale * 2 for edge in box)
        mask = Image.new("L", (right - left, bottom - top), 0)
        points = [(x * grain - left, y * grain - top) for x, y in part.outline]
        ImageDraw.Draw(mask).polygon(points, fill=255)
        return mask.reduce(2)

    def _tile(self, fabric: Fabric) -> Tile:
        if fabric not in self.tiles:
            side = round(self.size * FINE * SCALE.get(self.pattern, 0.2))
            tile = weave(self.pattern, self.colour, fabric, seed=self.seed, side=side)
            if self.across and self.pattern == "striped":
                tile = tile.transpose(1, 0, 2)
            self.tiles[fabric] = np.ascontiguousarray(tile)
        return self.tiles[fabric]

    def _cast(
        self, part: Part, coarse: Image.Image, corner: tuple[int, int], wide: tuple[int, int]
    ) -> None:
        """The thin shadow a part throws on what lies under it."""
        reach = self.size / COARSE / 110
        soft = Image.new("L", coarse.size, 0)
        soft.paste(coarse, (round(reach * 0.5), round(reach)))
        soft = soft.filter(ImageFilter.GaussianBlur(reach))
        shadow = soft.point(lambda level: round(level * 0.55 * part.lift)).resize(
            wide, Image.Resampling.BILINEAR
        )
        self.canvas.paste((24, 18, 20), corner, shadow)

    def _ink(self, part: Part, mask: Image.Image, corner: tuple[int, int], shade: Floats) -> None:
        layer = Image.new("RGBA", mask.size, (0, 0, 0, 0))
        pen = Pen(layer, corner, self.size * FINE, self._tones(part))
        for ink in part.ink:
            pen.draw(ink)
        pixels = np.asarray(layer)
        flat = _shaded(pixels[..., :3], np.clip(shade, 0.5, 1.2))
        cover = (pixels[..., 3].astype(np.uint16) * np.asarray(mask) // 255).astype(np.uint8)
        self.canvas.paste(Image.fromarray(flat), corner, Image.fromarray(cover))

    def _tones(self, part: Part) -> dict[Tone, tuple[int, int, int, int]]:
        base = rgb(self.colour)
        dark = luminance(base) < 0.3
        thread: Rgb = (
            (206, 142, 74) if self.pattern == "denim" else mixed(base, (255, 255, 255), 0.5)
        )
        white: Rgb = (244, 240, 232) if luminance(base) < 0.75 else (36, 40, 56)
        return {
            "dark": (*mixed(base, (0, 0, 0), 0.72), 190), "thread": (*thread, 235),
            "light": (*mixed(base, (255, 255, 255), 0.35 if dark else 0.6), 120),
            "gold": (*GOLD, 255), "button": (*_button(base), 255), "metal": (176, 150, 104, 255),
            "white": (*white, 240), "accent": (*accents(self.colour)[1], 240),
            "label": (238, 234, 226, 255),
        }  # fmt: skip


# The share of the picture that one repeat of a print spans.
SCALE = {
    "ankara": 0.24,
    "kitenge": 0.24,
    "floral": 0.26,
    "lace": 0.2,
    "striped": 0.2,
    "checked": 0.18,
}


def _button(base: Rgb) -> Rgb:
    return (
        (236, 230, 218)
        if luminance(base) > 0.55 or luminance(base) < 0.2
        else mixed(base, (30, 22, 20), 0.6)
    )


def _enlarged(field: Floats, wide: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(field).resize(wide, Image.Resampling.BILINEAR))


def _shaded(cloth: Tile, shade: Floats) -> Tile:
    """Cloth under light: darkened in the folds, lifted towards white where the light falls."""
    shine = np.maximum(shade - 1, 0)
    kept = ((np.minimum(shade, 1) - 0.41 * shine) * 256).astype(np.uint16)[..., None]
    added = (shine * 191).astype(np.uint16)[..., None]
    # Whole numbers in sixteen bits: four times as fast as floats on a canvas this large.
    lit = (cloth.astype(np.uint16) * kept >> 8) + added
    return np.asarray(np.minimum(lit, 255), np.uint8)


class Pen:
    """Draws ink on one part's layer."""

    def __init__(
        self,
        layer: Image.Image,
        corner: tuple[int, int],
        grain: int,
        tones: dict[Tone, tuple[int, int, int, int]],
    ) -> None:
        self.pen, self.corner, self.grain, self.tones = ImageDraw.Draw(layer), corner, grain, tones

    def draw(self, ink: Ink) -> None:
        points = [
            (x * self.grain - self.corner[0], y * self.grain - self.corner[1])
            for x, y in ink.points
        ]
        width = max(1, round(ink.width * self.grain))
        if ink.text:
            font = ImageFont.load_default(size=ink.width * 1.35 * self.grain)
            self.pen.text(points[0], ink.text, self.tones[ink.tone], font, anchor="mm")
        elif len(points) == 1:
            self._dot(points[0], ink.width * self.grain, ink.tone)
        elif ink.fill:
            self.pen.polygon(points, self.tones[ink.tone])
        else:
            self._stroke(points, width, ink)

    def _stroke(self, points: list[tuple[float, float]], width: int, ink: Ink) -> None:
        if ink.tone == "gold":
            below = [(x + width * 0.4, y + width * 0.5) for x, y in points]
            self.pen.line(below, (96, 66, 20, 150), width, joint="curve")
        if not ink.dash:
            self.pen.line(points, self.tones[ink.tone], width, joint="curve")
            return
        for a, b in _dashes(points, ink.dash * self.grain):
            self.pen.line((*a, *b), self.tones[ink.tone], width)

    def _dot(self, centre: tuple[float, float], radius: float, tone: Tone) -> None:
        (x, y), r = centre, radius
        if tone == "accent":
            self.pen.ellipse((x - r, y - r, x + r, y + r), self.tones[tone])
            return
        self.pen.ellipse((x - r * 0.85, y - r * 0.6, x + r * 1.25, y + r * 1.4), (20, 14, 12, 110))
        self.pen.ellipse((x - r, y - r, x + r, y + r), self.tones[tone])
        self.pen.ellipse((x - r * 0.6, y - r * 0.65, x + r * 0.1, y), (255, 250, 235, 120))
        if tone == "button" and r > 5:
            for dx in (-0.3, 0.3):
                hole = (x + dx * r - r * 0.14, y - r * 0.14, x + dx * r + r * 0.14, y + r * 0.14)
                self.pen.ellipse(hole, (50, 40, 36, 220))


def _dashes(
    points: list[tuple[float, float]], dash: float
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    path = np.array(points)
    lengths = np.hypot(*np.diff(path, axis=0).T)
    travelled = np.concatenate([[0.0], np.cumsum(lengths)])
    starts = np.arange(0, float(travelled[-1]), dash)
    ends = np.minimum(starts + dash * 0.62, float(travelled[-1]))
    place = [
        np.stack([np.interp(s, travelled, path[:, i]) for i in (0, 1)], 1) for s in (starts, ends)
    ]
    return [
        ((float(a[0]), float(a[1])), (float(b[0]), float(b[1])))
        for a, b in zip(*place, strict=True)
    ]
