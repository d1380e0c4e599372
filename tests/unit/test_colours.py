"""The shop's colour names and which of them answer for one another."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.colours import (
    CENTRES,
    COLOURS,
    FAMILIES,
    MULTICOLOUR,
    SHADES,
    families_of,
    lab_distance,
    similar_colours,
)

colours = st.sampled_from(COLOURS)


def test_every_colour_has_a_family_and_every_family_only_colours() -> None:
    assert all(families_of(colour) for colour in COLOURS)
    assert {member for members in FAMILIES.values() for member in members} == set(COLOURS)


def test_every_colour_but_multicolour_has_a_centre_of_its_own() -> None:
    assert set(CENTRES) == set(COLOURS) - {MULTICOLOUR}
    assert len(set(CENTRES.values())) == len(CENTRES)


def test_a_shade_lies_nearer_to_its_own_family_than_to_the_far_end() -> None:
    # A slip in the table (a sign, a swapped a and b) puts a shade across the colour circle.
    for shade in SHADES:
        assert math.dist(shade.lab, CENTRES[shade.colour]) < 70


@pytest.mark.parametrize(
    ("asked", "also", "never"),
    [
        ("blue", "navy", "red"),
        ("navy", "blue", "sky blue"),  # both blue, but nobody takes one for the other
        ("red", "maroon", "pink"),
        ("white", "ivory", "beige"),
        ("ivory", "cream", "khaki"),
        ("teal", "turquoise", "purple"),
        ("teal", "green", "mustard"),
        ("gold", "mustard", "brown"),
    ],
)
def test_similar_colours_stay_near(asked: str, also: str, never: str) -> None:
    similar = similar_colours(asked)

    assert similar[0] == asked
    assert also in similar
    assert never not in similar


def test_a_broad_word_brings_its_whole_family() -> None:
    assert set(similar_colours("blue")) == set(FAMILIES["blue"])


@given(colours)
def test_similar_colours_come_nearest_first_without_repeats(colour: str) -> None:
    similar = similar_colours(colour)

    assert len(set(similar)) == len(similar)
    distances = [lab_distance(colour, other) for other in similar if other in CENTRES]
    assert distances == sorted(distances) or colour == MULTICOLOUR


@given(st.text(max_size=12).filter(lambda word: word not in COLOURS))
def test_an_unknown_word_answers_only_for_itself(word: str) -> None:
    assert similar_colours(word) == (word,)


def test_multicolour_answers_only_for_itself() -> None:
    assert similar_colours(MULTICOLOUR) == (MULTICOLOUR,)
