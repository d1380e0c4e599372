"""Plain cloth is called plain, however its folds catch the light."""

from __future__ import annotations

import numpy as np
import pytest

from dukani.agent.lab import lab_view
from dukani.agent.local_eye import open_small
from dukani.agent.pattern import _difference, name_pattern
from dukani.sandbox.drawing.garments import draw_garment

COLOURS = (
    "red", "royal blue", "navy", "green", "purple", "yellow", "pink", "black", "white", "maroon",
)  # fmt: skip
PIECES = (("dress", "wrap"), ("dress", "gown"), ("shirt", None), ("t-shirt", None))


def pattern_of(category: str, colour: str, fabric: str, cut: str | None, seed: int) -> str | None:
    data = draw_garment(category, colour, fabric, seed=seed, size=448, scene="phone", cut=cut)
    picture = open_small(data)
    return name_pattern(picture, lab_view(picture))


@pytest.mark.slow
def test_plain_pieces_are_hardly_ever_called_striped_or_checked() -> None:
    # given plain pieces as a phone snaps them, in every kind of colour
    seen = [
        pattern_of(category, colour, "plain", cut, seed)
        for seed, colour in enumerate(COLOURS)
        for category, cut in PIECES
    ]

    # then a few in a hundred at most are taken for what they are not
    wrong = [pattern for pattern in seen if pattern in ("striped", "checked")]
    assert len(wrong) <= 0.03 * len(seen), wrong


@pytest.mark.parametrize("fabric", ["checked", "striped"])
def test_what_is_woven_so_is_still_seen(fabric: str) -> None:
    seen = [
        pattern_of("shirt", colour, fabric, None, seed)
        for seed, colour in enumerate(("red", "blue", "green", "black"))
    ]
    assert sum(pattern in ("striped", "checked") for pattern in seen) >= 3, seen


def test_shade_changes_bright_cloth_no_more_than_grey_cloth() -> None:
    # given one fold, 10 % of the light, on royal blue and on grey of the same lightness
    darker = 0.9 ** (1 / 3)
    blue = np.array([[35.0, 41.0, -74.0]], np.float32)
    grey = np.array([[35.0, 0.0, 0.0]], np.float32)
    black = np.array([16.0, 0.0, 0.0], np.float32)

    def fold(cloth: np.ndarray) -> float:
        shaded = (cloth + black) * darker - black
        return float(_difference(cloth, shaded - cloth)[0])

    # then both differ as much as they are darker
    assert fold(blue) < fold(grey) + 0.01
    # and another colour is another colour
    other = np.array([[35.0, 60.0, -40.0]], np.float32)
    assert _difference(blue, other - blue)[0] > 25
