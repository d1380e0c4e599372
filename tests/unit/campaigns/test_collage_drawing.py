"""A campaign's picture has WhatsApp's shape and a weight that a phone can load."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dukani.campaigns.collage_drawing import HEIGHT, MAX_BYTES, WIDTH, compose
from dukani.tools.tiles import Tile
from tests.unit.tools.test_tiles import noise


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_any_number_of_pieces_makes_one_picture_of_the_same_size(count: int):
    tiles = [Tile(n, "Amani Wrap Dress with a long name", "KES 4,500") for n in range(1, count + 1)]

    opened = Image.open(io.BytesIO(compose(tiles)))

    assert (opened.format, opened.size) == ("JPEG", (WIDTH, HEIGHT))


def test_pictures_that_are_hard_to_compress_stay_light():
    hard = noise(500, 700)

    sheet = compose([Tile(n, "Amani", "KES 4,500", picture=hard) for n in range(1, 7)])

    assert len(sheet) <= MAX_BYTES
