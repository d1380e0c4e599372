"""The drawing room: every garment of the shops as a light, repeatable, true-coloured picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from dukani.core.colours import COLOURS
from dukani.domain.kinds import CATEGORIES
from dukani.sandbox.drawing.cuts import CUTS, UnknownCategory, UnknownCut, cut_garment
from dukani.sandbox.drawing.dyes import DYES, UnknownColour, rgb
from dukani.sandbox.drawing.fabric import PATTERNS, UnknownPattern, weave
from dukani.sandbox.drawing.garments import draw_garment
from dukani.sandbox.drawing.shapes import mirrored, smooth, walk
from tests.examples import examples

SMALL = 128


def pixels(jpeg: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"), np.int16)


def test_picture_is_a_square_jpeg_of_the_asked_size() -> None:
    jpeg = draw_garment("dress", "red", "plain", seed=1, size=192)

    picture = Image.open(io.BytesIO(jpeg))

    assert (picture.format, picture.size) == ("JPEG", (192, 192))


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_of_the_shops_can_be_drawn(category: str) -> None:
    bare = draw_garment(category, "red", "plain", seed=3, size=SMALL)

    # Cloth covers a fair part of the picture: the red stands out from the pale paper.
    red = pixels(bare)
    covered = (red[..., 0] - red[..., 1] > 40).mean()

    assert covered > 0.04


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_can_be_drawn(pattern: str) -> None:
    drawn = pixels(draw_garment("shirt", "teal", pattern, seed=5, size=SMALL))

    assert drawn.std() > 10


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_of_the_shops_has_a_dye(colour: str) -> None:
    assert colour in DYES


@pytest.mark.parametrize("colour", ["red", "blue", "green", "yellow", "black", "white", "brown"])
def test_cloth_keeps_its_colour_under_the_studio_light(colour: str) -> None:
    drawn = pixels(draw_garment("t-shirt", colour, "plain", seed=2, size=SMALL))

    chest = drawn[62:80, 54:74].reshape(-1, 3).mean(axis=0)

    assert np.abs(chest - np.array(rgb(colour))).max() < 40


@pytest.mark.parametrize(
    ("category", "cut"), [(category, cut) for category, cuts in CUTS.items() for cut in cuts]
)
def test_each_cut_has_its_own_outline(category: str, cut: str) -> None:
    others = [other for other in CUTS[category] if other != cut]

    drawn = draw_garment(category, "blue", "plain", seed=4, size=SMALL, cut=cut)

    for other in others:
        assert drawn != draw_garment(category, "blue", "plain", seed=4, size=SMALL, cut=other)


def test_same_arguments_give_the_same_picture_and_another_seed_another() -> None:
    first, again, other = (
        draw_garment("kaftan", "turquoise", "ankara", seed=seed, size=SMALL) for seed in (7, 7, 8)
    )

    assert first == again
    assert first != other


def test_phone_snap_is_darker_and_warmer_than_the_studio_picture() -> None:
    studio, phone = (
        pixels(draw_garment("shirt", "grey", "plain", seed=6, size=SMALL, scene=scene))
        for scene in ("studio", "phone")
    )

    corner = (slice(0, 12), slice(0, 12))

    assert phone[corner].mean() < studio[corner].mean() - 30
    assert np.subtract(*phone[..., ::2].mean(axis=(0, 1))) > 8  # red above blue


@pytest.mark.parametrize(
    ("category", "colour", "pattern"),
    [
        ("dress", "yellow", "ankara"),  # busy print on the largest piece
        ("dress", "ivory", "lace"),  # finest texture
        ("leso", "red", "kitenge"),  # fills the picture
    ],
)
def test_picture_fits_a_small_data_bundle(category: str, colour: str, pattern: str) -> None:
    for scene in ("studio", "phone"):
        jpeg = draw_garment(category, colour, pattern, seed=9, scene=scene)

        assert len(jpeg) < 60_000


def test_scrap_of_cloth_repeats_without_a_seam() -> None:
    tile = weave("ankara", "blue", "main", seed=1, side=96).astype(np.int16)

    seam = np.abs(tile[:, 0] - tile[:, -1]).mean()
    within = np.abs(np.diff(tile, axis=1)).mean()

    assert seam < within * 3


@pytest.mark.parametrize(
    ("category", "colour", "pattern", "cut", "fact"),
    [
        ("toga", "red", "plain", None, UnknownCategory),
        ("dress", "octarine", "plain", None, UnknownColour),
        ("dress", "red", "tartanish", None, UnknownPattern),
        ("dress", "red", "plain", "pencil", UnknownCut),
        ("bag", "red", "plain", "maxi", UnknownCut),  # bags come in one cut
    ],
)
def test_what_is_not_stocked_is_refused_by_name(
    category: str, colour: str, pattern: str, cut: str | None, fact: type[ValueError]
) -> None:
    with pytest.raises(fact):
        draw_garment(category, colour, pattern, seed=1, size=SMALL, cut=cut)


@examples(60)
@given(category=st.sampled_from(CATEGORIES), seed=st.integers(0, 10_000))
def test_pieces_of_every_garment_stay_in_the_picture(category: str, seed: int) -> None:
    parts = cut_garment(category, "embroidered", np.random.default_rng(seed))

    corners = np.array([point for part in parts for point in part.outline])

    assert corners.min() > 0.02
    assert corners.max() < 0.98


def test_mirrored_outline_is_symmetrical() -> None:
    outline = mirrored([(0.5, 0.1), (0.7, 0.2, 1), (0.65, 0.8, 1), (0.5, 0.85)])

    right = {(round(x, 6), round(y, 6)) for x, y in outline}
    left = {(round(1 - x, 6), round(y, 6)) for x, y in outline}

    reach = [min(abs(x - a) + abs(y - b) for a, b in left) for x, y in right]
    assert max(reach) < 0.02


@given(
    st.lists(
        st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)), min_size=3, max_size=8, unique=True
    )
)
def test_smooth_curve_runs_through_its_knots(knots: list[tuple[float, float]]) -> None:
    curve = np.array(smooth(knots))

    for knot in knots:
        assert np.abs(curve - np.array(knot)).sum(axis=1).min() < 1e-9


def test_walk_spaces_its_stops_evenly() -> None:
    stops = walk([(0.0, 0.0), (0.5, 0.0), (1.0, 0.0)], 0.1)

    xs = [x for (x, _), _ in stops]

    assert xs == pytest.approx([0.05 + 0.1 * k for k in range(10)])
