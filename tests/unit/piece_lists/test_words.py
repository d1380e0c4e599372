"""Colours, sizes and lists of a line, and how they are written so that they are read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.tools.piece_lists import words
from dukani.tools.piece_lists.lines import read_pattern
from dukani.tools.piece_lists.why import Refused


@pytest.mark.parametrize(
    ("written", "colours"),
    [
        ("red", ["red"]),
        ("Nyekundu", ["red"]),
        ("jeusi", ["black"]),
        ("nyeusi, nyeupe", ["black", "white"]),
        ("Navy Blue", ["navy"]),
        ("sunset", ["sunset"]),  # a name of the shop's own
        ('"jet black"', ["jet black"]),  # to the letter
    ],
)
def test_colours_are_read_in_both_languages(written: str, colours: list[str]) -> None:
    assert words.read_colours(written) == colours


def test_a_slip_in_a_colour_is_refused_unless_the_piece_has_it() -> None:
    with pytest.raises(Refused) as refused:
        words.read_colours("lilak")
    assert (refused.value.why.code, refused.value.why.hint) == ("unknown_colour", "lilac")

    assert words.read_colours("lilak", known={"lilak"}) == ["lilak"]


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("M", ["M"]),
        ("s,m,l", ["S", "M", "L"]),
        ("S; M | L", ["S", "M", "L"]),
        ("S-XL", ["S", "M", "L", "XL"]),
        ("s to l", ["S", "M", "L"]),
        ("38, 39, 40", ["38", "39", "40"]),
        ("One size", ["One size"]),
        ("4-5Y", ["4-5Y"]),  # an age
        ('"6-8"', ["6-8"]),
        ("UK 12", ["UK 12"]),
    ],
)
def test_sizes_are_read_as_lists_and_ranges(written: str, sizes: list[str]) -> None:
    assert [said.size for said in words.read_sizes(written)] == sizes


@pytest.mark.parametrize(
    ("written", "code"),
    [("36-40", "size_range"), ("8-Jun", "made_a_date"), ("2026-06-08T00:00:00", "made_a_date")],
)
def test_sizes_that_could_be_several_things_are_refused(written: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        words.read_sizes(written)
    assert refused.value.why.code == code


def test_a_size_may_bring_its_own_units() -> None:
    assert words.read_sizes("M=3, L=2") == [words.SizeSaid("M", "3"), words.SizeSaid("L", "2")]


@pytest.mark.parametrize(
    ("written", "category"), [("dress", "dress"), ("Gauni", "dress"), ("viatu", "shoes")]
)
def test_categories_are_read_in_both_languages(written: str, category: str) -> None:
    assert words.read_category(written) == category


WORD = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)


@given(word=WORD)
def test_any_size_is_written_so_that_it_is_read_back(word: str) -> None:
    def read(cell: str) -> list[str]:
        return [f"{said.size}{said.units or ''}" for said in words.read_sizes(cell)]

    assert read(words.spelled([word], read)) == [word]


@given(word=WORD)
def test_any_colour_and_pattern_is_written_so_that_it_is_read_back(word: str) -> None:
    assert words.read_colours(words.spelled([word], words.read_colours)) == [word]
    pattern = words.spelled([word], lambda cell: [read_pattern(cell)])
    assert read_pattern(pattern) == word


@given(said=st.lists(WORD, max_size=5, unique=True))
def test_any_occasions_are_written_so_that_they_are_read_back(said: list[str]) -> None:
    def read(cell: str) -> list[str]:
        return words.read_words(cell, "occasions")

    assert read(words.spelled(said, read)) == said
