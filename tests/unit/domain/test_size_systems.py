"""What a size means where it is written."""

from __future__ import annotations

import pytest

from dukani.domain.sizing.evidence import Audience
from dukani.domain.sizing.systems import read_size

Case = tuple[str, str | None, Audience | None, str, tuple[str, float]]


@pytest.mark.parametrize(
    ("size", "category", "audience", "beside", "means"),
    [
        ("2xl", "dress", None, "", ("letter", 0)),
        ("14", "dress", None, "", ("uk", 14)),  # a number alone, of a dress
        ("UK 14", "dress", None, "", ("uk", 14)),
        ("14 UK", "dress", None, "", ("uk", 14)),
        ("38", "dress", None, "", ("eu", 38)),
        ("US 8", "dress", None, "", ("us", 8)),
        ("38", "shoes", None, "", ("eu", 38)),
        ("5.5", "shoes", None, "", ("uk", 5.5)),
        ("US 7", "shoes", None, "", ("us", 7)),
        ("25", "shoes", "children", "", ("eu", 25)),
        ("32", "jeans", None, "", ("waist", 32)),
        ("W32", "trousers", None, "", ("waist", 32)),
        ("12", "trousers", "women", "", ("uk", 12)),
        ("38", "trousers", "women", "36 38 40", ("eu", 38)),
        ("38", "trousers", None, "30 34 38", ("waist", 38)),  # what is beside it is inches
        ("38", "trousers", "men", "36 38 40", ("waist", 38)),
        ("28", "skirt", None, "26 28 30 32", ("waist", 28)),  # no UK size among such
        ("28", "skirt", None, "12 16 20 24 28", ("uk", 28)),
        ("38", "skirt", None, "36 38 40", ("eu", 38)),
        ("15.5", "shirt", None, "", ("collar", 15.5)),
        ("41", "shirt", "men", "", ("collar_cm", 41)),
        ("40", "suit", "men", "38 40 42", ("chest", 40)),
        ("52", "suit", "men", "36 40 44 48 52 56", ("chest", 52)),
        ("52", "suit", "men", "48 50 52 54 56", ("eu", 52)),
        ("56", "kaftan", None, "", ("length", 56)),
        ("50", "dress", None, "50 52 54", ("length", 50)),  # an abaya that is filed as a dress
        ("50", "dress", None, "46 48 50", ("eu", 50)),
        ("4-5Y", "dress", None, "", ("years", 4)),
        ("6-9M", "dress", None, "", ("years", 0.5)),
        ("4-5", "t-shirt", None, "", ("years", 4)),
        ("age 7", "dress", None, "", ("years", 7)),
        ("8", "dress", "children", "", ("years", 8)),
        ("110", "dress", "children", "", ("height", 110)),
        ("34B", "bra", None, "", ("bra", 34)),
        ("75DD", "bra", None, "", ("bra", 75)),
        ("free size", "dress", None, "", ("one", 0)),
    ],
)
def test_a_size_is_read_by_what_it_is_of(
    size: str, category: str, audience: Audience | None, beside: str, means: tuple[str, float]
) -> None:
    sized = read_size(size, category=category, audience=audience, beside=tuple(beside.split()))

    assert sized is not None
    assert (sized.system, sized.low) == means


@pytest.mark.parametrize(
    ("size", "letters"),
    [("S/M", "S M"), ("L - XL", "L XL"), ("M (UK 12)", "M"), ("X-Large", "XL"), ("x-small", "XS")],
)
def test_letters_are_read_alone_and_in_pairs(size: str, letters: str) -> None:
    sized = read_size(size, category="dress")

    assert sized is not None
    assert (sized.system, sized.name) == ("letter", letters)


@pytest.mark.parametrize("size", ["", "red", "40M", "9-4Y", "1000", "72", "31C"])
def test_what_is_no_size_is_none(size: str) -> None:
    assert read_size(size, category="dress") is None
