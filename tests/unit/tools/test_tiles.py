"""The picture of the options stays small in pixels and bytes, whatever is in it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from dukani.core.colours import COLOURS
from dukani.tools.tiles import MAX_BYTES, Tile, compose


def noise(width: int = 800, height: int = 1200) -> bytes:
    """The hardest thing to compress."""
    out = io.BytesIO()
    pixels = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def a_tile(number: int, **fields: object) -> Tile:
    given = {"number": number, "name": "Amani Wrap Dress", "price": "KES 4,500"} | fields
    return Tile(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_any_number_of_pieces_fits(count: int) -> None:
    picture = noise()

    sheet = compose([a_tile(number, picture=picture) for number in range(1, count + 1)])

    opened = Image.open(io.BytesIO(sheet))
    assert opened.format == "JPEG"
    assert max(opened.size) <= 1000
    assert len(sheet) <= MAX_BYTES


@pytest.mark.parametrize(
    "tile",
    [
        # No picture, no colour; a broken picture; names that do not fit or are not Latin.
        a_tile(1),
        a_tile(1, picture=b"not a picture", colour="red"),
        a_tile(1, name="W" * 200),
        a_tile(1, name=""),
        a_tile(1, name="夏のドレス 👗"),
        a_tile(99, price="KES 1,000,000,000.50"),
    ],
)
def test_odd_pieces_are_drawn_all_the_same(tile: Tile) -> None:
    assert Image.open(io.BytesIO(compose([tile]))).size == (630, 704)


@pytest.mark.parametrize("colour", [*COLOURS, "unheard of"])
def test_a_piece_without_a_picture_shows_its_colour(colour: str) -> None:
    opened = Image.open(io.BytesIO(compose([a_tile(1, colour=colour)])))

    middle = opened.getpixel((315, 315))

    white = opened.getpixel((5, 5))
    assert middle != white
    if colour == "red":
        assert isinstance(middle, tuple)
        assert middle[0] > 150 > 80 > middle[2]
