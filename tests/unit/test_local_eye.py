"""What the local eye makes of simple pictures."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from dukani.agent import local_eye
from dukani.agent.colour import HISTOGRAM_BINS, colour_histogram, colour_shares, name_colours
from dukani.agent.eye import DIMENSIONS, PhotoAnalysis
from dukani.agent.eye_features import COMPONENTS, PADDING, Head, hybrid_vector
from dukani.agent.lab import lab_view, to_lab, to_linear
from dukani.agent.local_eye import CLASS_TO_CATEGORY, HEAD_FILE, MODEL, MODEL_FOLDER, LocalEye
from dukani.agent.pattern import name_pattern
from dukani.core.colours import COLOURS, MULTICOLOUR, similar_colours
from dukani.core.errors import UnreadableImage
from dukani.domain.kinds import CATEGORIES

Rgb = tuple[int, int, int]

# A T-shirt's outline in a unit square.
SHIRT = (
    (0.38, 0.20), (0.62, 0.20), (0.86, 0.34), (0.78, 0.48), (0.70, 0.44),
    (0.70, 0.82), (0.30, 0.82), (0.30, 0.44), (0.22, 0.48), (0.14, 0.34),
)  # fmt: skip
PALE_WALL = (232, 230, 226)


def shirt(cloth: Image.Image | Rgb, *, wall: Rgb = PALE_WALL, side: int = 256) -> Image.Image:
    """A T-shirt cut from the cloth before a wall."""
    picture = Image.new("RGB", (side, side), wall)
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).polygon([(x * side, y * side) for x, y in SHIRT], fill=255)
    picture.paste(cloth, (0, 0, side, side), mask)
    return picture


def striped_cloth(one: Rgb, other: Rgb, *, width: int = 8, side: int = 256) -> Image.Image:
    cloth = Image.new("RGB", (side, side), one)
    pen = ImageDraw.Draw(cloth)
    for y in range(0, side, 2 * width):
        pen.rectangle((0, y, side, y + width - 1), fill=other)
    return cloth


def checked_cloth(one: Rgb, other: Rgb) -> Image.Image:
    down = striped_cloth(one, other)
    return Image.blend(down, down.transpose(Image.Transpose.ROTATE_90), 0.5)


def printed_cloth(one: Rgb, other: Rgb) -> Image.Image:
    cloth = Image.new("RGB", (256, 256), one)
    pen = ImageDraw.Draw(cloth)
    random = np.random.default_rng(7)
    for x, y in random.integers(0, 256, (350, 2)):
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=other)
    return cloth


def jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


@pytest.fixture(scope="module")
def eye() -> LocalEye:
    return LocalEye()


@pytest.fixture(scope="module")
def red_shirt(eye: LocalEye) -> PhotoAnalysis:
    return eye.look_now(jpeg(shirt((190, 25, 40))))


def test_an_analysis_has_known_names_and_a_unit_vector(red_shirt: PhotoAnalysis) -> None:
    assert red_shirt.category in CATEGORIES
    assert set(red_shirt.alternatives) <= set(CATEGORIES) - {red_shirt.category}
    assert 0 < red_shirt.confidence <= 1
    assert red_shirt.colour in COLOURS
    assert red_shirt.vector.shape == (DIMENSIONS,)
    assert red_shirt.vector.dtype == np.float32
    assert np.linalg.norm(red_shirt.vector) == pytest.approx(1, abs=1e-5)
    assert red_shirt.model == MODEL


def test_embroidery_is_never_claimed(red_shirt: PhotoAnalysis) -> None:
    assert red_shirt.embroidery is None


def test_a_drawn_t_shirt_is_a_t_shirt(red_shirt: PhotoAnalysis) -> None:
    assert red_shirt.category == "t-shirt"
    assert red_shirt.colour == "red"
    assert red_shirt.pattern == "plain"


async def test_looking_leaves_the_event_loop_free(eye: LocalEye) -> None:
    # given a loop that counts its own turns
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counter = asyncio.create_task(count())

    # when a photo is looked at meanwhile
    analysis = await eye.look(jpeg(shirt((20, 60, 160))))
    counter.cancel()

    # then the loop went on turning
    assert analysis.colour in similar_colours("blue")
    assert turns > 3


async def test_what_is_no_picture_is_refused(eye: LocalEye) -> None:
    with pytest.raises(UnreadableImage):
        await eye.look(b"not a picture")


def test_nothing_is_read_before_the_first_look(tmp_path: Path) -> None:
    blind = LocalEye(tmp_path)

    with pytest.raises(Exception, match=r"lite0\.onnx"):
        blind.look_now(jpeg(shirt((9, 9, 9))))


def test_many_threads_at_the_first_look_share_one_session(monkeypatch: pytest.MonkeyPatch) -> None:
    # given an eye that has not looked yet
    made: list[Path] = []
    original = local_eye._session

    def counted(path: Path) -> object:
        made.append(path)
        return original(path)

    monkeypatch.setattr(local_eye, "_session", counted)
    fresh, photo = LocalEye(), jpeg(shirt((190, 25, 40)))

    # when four threads look at once
    with ThreadPoolExecutor(4) as pool:
        analyses = list(pool.map(fresh.look_now, [photo] * 4))

    # then one session was made and all saw the same
    assert len(made) == 1
    assert all(np.array_equal(analysis.vector, analyses[0].vector) for analysis in analyses)


@pytest.mark.parametrize(
    "again",
    [
        lambda picture: jpeg(picture, quality=40),
        lambda picture: jpeg(ImageEnhance.Brightness(picture).enhance(0.75)),
        lambda picture: jpeg(picture.rotate(6, fillcolor=PALE_WALL)),
        lambda picture: jpeg(picture.resize((900, 900))),
    ],
    ids=["squeezed", "darker", "turned", "enlarged"],
)
def test_the_same_shirt_again_is_nearer_than_another_colour(eye: LocalEye, again: object) -> None:
    assert callable(again)
    first = eye.look_now(jpeg(shirt((190, 25, 40)))).vector
    other = eye.look_now(jpeg(shirt((20, 60, 160)))).vector

    seen = eye.look_now(again(shirt((190, 25, 40)))).vector

    assert float(seen @ first) > float(seen @ other) + 0.1


def test_probabilities_are_listed_likeliest_first_and_sum_to_one(eye: LocalEye) -> None:
    probabilities = eye.class_probabilities(jpeg(shirt((190, 25, 40))))

    assert set(probabilities) == set(CLASS_TO_CATEGORY)
    assert sum(probabilities.values()) == pytest.approx(1, abs=1e-4)
    assert list(probabilities.values()) == sorted(probabilities.values(), reverse=True)


def test_every_trained_class_has_a_category_of_its_own() -> None:
    head = Head.load(MODEL_FOLDER / HEAD_FILE)

    assert set(head.classes) == set(CLASS_TO_CATEGORY)
    assert set(CLASS_TO_CATEGORY.values()) <= set(CATEGORIES)
    assert len(set(CLASS_TO_CATEGORY.values())) == len(CLASS_TO_CATEGORY)


def test_the_model_files_stay_small_and_carry_their_notice() -> None:
    size = sum(file.stat().st_size for file in MODEL_FOLDER.iterdir() if file.is_file())

    assert size < 5_000_000
    notice = (MODEL_FOLDER / "NOTICE.txt").read_text()
    assert "Apache License, Version 2.0" in notice
    assert "CC0" in notice


@pytest.mark.parametrize(
    ("cloth", "colour"),
    [
        ((18, 18, 20), "black"),
        ((250, 250, 249), "white"),
        ((128, 128, 130), "grey"),
        ((107, 66, 38), "brown"),
        ((200, 30, 40), "red"),
        ((110, 20, 35), "maroon"),
        ((240, 150, 180), "pink"),
        ((240, 125, 35), "orange"),
        ((250, 220, 50), "yellow"),
        ((45, 140, 65), "green"),
        ((108, 107, 47), "olive"),
        ((60, 200, 195), "turquoise"),
        ((42, 92, 170), "blue"),
        ((27, 37, 71), "navy"),
        ((150, 200, 232), "sky blue"),
        ((105, 45, 145), "purple"),
    ],
)
@pytest.mark.parametrize("wall", [PALE_WALL, (140, 100, 70)], ids=["pale", "wood"])
def test_names_the_cloth_not_the_wall(cloth: Rgb, colour: str, wall: Rgb) -> None:
    names = name_colours(lab_view(shirt(cloth, wall=wall)))

    assert names.main in similar_colours(colour)
    assert names.all[0] == names.main


def test_a_cloth_that_fills_the_picture_is_not_taken_for_a_wall() -> None:
    assert name_colours(lab_view(Image.new("RGB", (200, 300), (200, 30, 40)))).main == "red"


def test_warm_light_does_not_make_a_blue_shirt_grey() -> None:
    photo = shirt((42, 92, 170))
    warm = Image.fromarray((np.asarray(photo) * (1, 0.9, 0.75)).astype(np.uint8))

    assert name_colours(lab_view(warm)).main in similar_colours("blue")


def test_cloth_of_many_colours_is_multicoloured() -> None:
    cloth = Image.new("RGB", (256, 256))
    pen = ImageDraw.Draw(cloth)
    for i, colour in enumerate(["red", "yellow", "green", "blue", "purple", "orange"] * 8):
        pen.rectangle((0, i * 6, 256, i * 6 + 5), fill=colour)

    assert name_colours(lab_view(shirt(cloth))).main == MULTICOLOUR


def test_two_colours_are_both_named() -> None:
    names = name_colours(lab_view(shirt(striped_cloth((200, 30, 40), (20, 40, 150)))))

    assert len(names.all) >= 2
    assert {"red", "maroon", "burgundy"} & set(names.all)


@pytest.mark.parametrize(
    ("cloth", "pattern"),
    [
        (Image.new("RGB", (256, 256), (42, 92, 170)), "plain"),
        (striped_cloth((240, 240, 240), (30, 40, 90)), "striped"),
        (checked_cloth((240, 240, 240), (150, 20, 30)), "checked"),
        (printed_cloth((20, 40, 110), (240, 190, 40)), "patterned"),
    ],
    ids=["plain", "striped", "checked", "patterned"],
)
@pytest.mark.parametrize("turn", [0, 20], ids=["straight", "turned"])
def test_tells_coarse_patterns_apart(cloth: Image.Image, pattern: str, turn: int) -> None:
    picture = shirt(cloth).rotate(turn, Image.Resampling.BICUBIC, fillcolor=PALE_WALL)

    assert name_pattern(picture, lab_view(picture)) == pattern


providers = st.integers(0, 255)


@settings(max_examples=60)
@given(st.tuples(providers, providers, providers), st.integers(1, 90), st.integers(1, 90))
def test_any_picture_has_a_colour_and_a_unit_histogram(cloth: Rgb, wide: int, high: int) -> None:
    view = lab_view(Image.new("RGB", (wide, high), cloth))

    assert sum(colour_shares(view).values()) == pytest.approx(1, abs=1e-4)
    assert np.linalg.norm(colour_histogram(view)) == pytest.approx(1, abs=1e-4)
    assert set(name_colours(view).all) <= set(COLOURS)


@given(st.tuples(providers, providers, providers))
def test_lab_keeps_its_range(rgb: Rgb) -> None:
    light, a, b = to_lab(to_linear(np.array(rgb, np.uint8)))

    assert -0.1 <= light <= 100.1
    assert abs(a) < 110
    assert abs(b) < 110


def test_lab_of_pure_red_is_the_textbook_value() -> None:
    assert to_lab(to_linear(np.array([255, 0, 0], np.uint8))) == pytest.approx(
        [53.24, 80.09, 67.20], abs=0.2
    )


@given(st.integers(0, 9), st.integers(0, 2**32 - 1))
def test_hybrid_vectors_are_unit_and_favour_the_same_kind(kind: int, seed: int) -> None:
    # given one look and colour under two kinds
    random = np.random.default_rng(seed)
    look = random.normal(size=COMPONENTS).astype(np.float32)
    histogram = np.abs(random.normal(size=HISTOGRAM_BINS)).astype(np.float32)
    histogram /= np.linalg.norm(histogram)
    sure, other = np.eye(10, dtype=np.float32)[[kind, (kind + 1) % 10]]

    # when
    mine = hybrid_vector(look, sure, histogram)
    theirs = hybrid_vector(look, other, histogram)

    # then
    assert mine.shape == (DIMENSIONS,)
    assert np.linalg.norm(mine) == pytest.approx(1, abs=1e-4)
    assert not mine[-PADDING:].any()
    assert float(mine @ theirs) < 0.6
