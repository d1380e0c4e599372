"""Draws a campaign's pieces as one picture of 1200 × 800 pixels, numbered as she may answer."""

from __future__ import annotations

import math

from PIL import Image

from dukani.tools.tiles import GAP, LABEL, PAPER, Tile, draw_tile, light_jpeg

WIDTH, HEIGHT = 1200, 800
MOST = 6
MAX_BYTES = 220_000
_COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}


def compose(tiles: list[Tile]) -> bytes:
    """A JPEG of one to six tiles; fewer are drawn larger, and a short last row is centred."""
    columns = _COLUMNS[len(tiles)]
    rows = math.ceil(len(tiles) / columns)
    height = (HEIGHT - GAP) // rows - GAP - LABEL
    width = min((WIDTH - GAP) // columns - GAP, round(height * 1.4))
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    for row in range(rows):
        some = tiles[row * columns : (row + 1) * columns]
        left = (WIDTH - len(some) * (width + GAP) + GAP) // 2
        for column, tile in enumerate(some):
            draw_tile(
                sheet,
                tile,
                (width, height),
                left=left + column * (width + GAP),
                top=GAP + row * (height + LABEL + GAP),
            )
    return light_jpeg(sheet, most=MAX_BYTES)
