"""Draws options as numbered tiles in a grid, legible on a small phone and small in bytes."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont, ImageOps

from dukani.core.colours import CENTRES, MULTICOLOUR, Lab
from dukani.core.errors import UnreadableImage
from dukani.core.images import open_image

MAX_TILES = 5
MAX_BYTES = 90_000
SIDE = 306  # pixels of a tile's picture; three and the gaps make 978 pixels
_FEW = {1: 600, 2: 474}  # one or two tiles are drawn larger
GAP = 15
LABEL = 74
BADGE = 62
PAPER, INK, SOFT, ACCENT = (250, 247, 243), (33, 30, 28), (112, 104, 98), (14, 106, 82)
_QUALITIES = (78, 70, 60, 50, 40, 30)

Rgb = tuple[int, int, int]
Size = tuple[int, int]  # width and height in pixels


@dataclass(frozen=True, slots=True)
class Tile:
    """An option to draw; without a picture, as a cloth in its colour."""

    number: int
    name: str
    price: str
    colour: str | None = None
    picture: bytes | None = field(default=None, repr=False)


def compose(tiles: list[Tile]) -> bytes:
    """The tiles as a JPEG of at most 1,000 pixels a side and 90 kB. Needs at least one tile."""
    side = _FEW.get(len(tiles), SIDE)
    columns = len(tiles) if len(tiles) <= 3 else math.ceil(len(tiles) / 2)
    rows = [tiles[start : start + columns] for start in range(0, len(tiles), columns)]
    width = columns * (side + GAP) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (side + LABEL + GAP) + GAP), PAPER)
    for row_number, row in enumerate(rows):
        top = GAP + row_number * (side + LABEL + GAP)
        inset = (width - len(row) * (side + GAP) - GAP) // 2  # a short last row is centred
        for column, tile in enumerate(row):
            left = inset + GAP + column * (side + GAP)
            draw_tile(sheet, tile, (side, side), left=left, top=top)
    return light_jpeg(sheet, most=MAX_BYTES)


def light_jpeg(sheet: Image.Image, *, most: int) -> bytes:
    """The JPEG in the best quality within so many bytes, else in the lowest."""
    encoded = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        encoded = out.getvalue()
        if len(encoded) <= most:
            break
    return encoded


def draw_tile(sheet: Image.Image, tile: Tile, size: Size, *, left: int, top: int) -> None:
    """The piece's picture in `size`, numbered; below it, LABEL high, its name and price."""
    width, height = size
    sheet.paste(_face(tile, size), (left, top), _rounded(size))
    draw = ImageDraw.Draw(sheet)
    _draw_badge(sheet, str(tile.number), left=left + 10, top=top + 10)
    text_top = top + height + 8
    draw.text((left + 4, text_top), _fitted(tile.name, 25, width - 8), font=_font(25), fill=INK)
    draw.text(
        (left + 4, text_top + 33),
        tile.price,
        font=_font(27),
        fill=ACCENT,
        stroke_width=0.6,
        stroke_fill=ACCENT,
    )


def _face(tile: Tile, size: Size) -> Image.Image:
    if tile.picture is not None:
        try:
            opened = open_image(tile.picture, near=max(size))
        except UnreadableImage:
            return _placeholder(tile, size)
        # Tall pictures are cropped below the middle: the neck of a garment matters more.
        return ImageOps.fit(opened, size, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
    return _placeholder(tile, size)


def _placeholder(tile: Tile, size: Size) -> Image.Image:
    """A plain cloth in the piece's colour, a little darker towards the bottom."""
    if tile.colour == MULTICOLOUR:
        return _stripes(size)
    rgb = _rgb(CENTRES[tile.colour]) if tile.colour in CENTRES else (206, 200, 192)
    light, dark = (Image.new("RGB", size, _shaded(rgb, by)) for by in (1.06, 0.86))
    fall = Image.linear_gradient("L").resize(size)
    return Image.composite(dark, light, fall)


def _stripes(size: Size) -> Image.Image:
    cloth = Image.new("RGB", size)
    draw = ImageDraw.Draw(cloth)
    shades = [_rgb(CENTRES[name]) for name in ("red", "gold", "teal", "royal blue", "pink")]
    width = size[0] / len(shades)
    for number, shade in enumerate(shades):
        draw.rectangle((number * width, 0, (number + 1) * width, size[1]), fill=shade)
    return cloth


def _draw_badge(sheet: Image.Image, number: str, *, left: int, top: int) -> None:
    scale = 4  # drawn large and shrunk: Pillow's circles have jagged edges
    badge = Image.new("RGBA", (BADGE * scale, BADGE * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(badge)
    edge = BADGE * scale - 1
    draw.ellipse((0, 0, edge, edge), fill=(*ACCENT, 255), outline="white", width=4 * scale)
    draw.text(
        (edge / 2, edge / 2),
        number,
        font=_font(38 * scale),
        fill="white",
        anchor="mm",
        stroke_width=scale,
        stroke_fill="white",
    )
    small = badge.resize((BADGE, BADGE), Image.Resampling.LANCZOS)
    sheet.paste(small, (left, top), small)


def _fitted(text: str, size: int, width: int) -> str:
    """`text` cut to a width in pixels."""
    font = _font(size)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's built-in font, which is the same on every machine."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow is built with FreeType"
    return font


@lru_cache
def _rounded(size: Size) -> Image.Image:
    width, height = size
    mask = Image.new("L", (width * 2, height * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width * 2 - 1, height * 2 - 1), 36, fill=255)
    return mask.resize(size, Image.Resampling.LANCZOS)


def _shaded(rgb: Rgb, by: float) -> Rgb:
    red, green, blue = (min(255, round(channel * by)) for channel in rgb)
    return red, green, blue


def _rgb(lab: Lab) -> Rgb:
    """sRGB of a Lab colour (D65)."""
    fy = (lab[0] + 16) / 116
    x, y, z = (
        white * _unbent(value)
        for white, value in zip(
            (0.95047, 1.0, 1.08883), (fy + lab[1] / 500, fy, fy - lab[2] / 200), strict=True
        )
    )
    linear = (
        3.2406 * x - 1.5372 * y - 0.4986 * z,
        -0.9689 * x + 1.8758 * y + 0.0415 * z,
        0.0557 * x - 0.2040 * y + 1.0570 * z,
    )
    red, green, blue = (round(255 * _gamma(min(1.0, max(0.0, value)))) for value in linear)
    return red, green, blue


def _unbent(value: float) -> float:
    return float(value**3) if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4)) - 0.055
