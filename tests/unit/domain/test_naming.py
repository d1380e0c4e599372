"""What names a piece, a colour and a size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.domain.naming import coverage, names, spells, words_of
from dukani.domain.pieces import SoldPiece
from dukani.domain.shades import nearest_shade, shades_of
from dukani.domain.sizes import age_said, same_size, size_key, size_said, sizes_for_age
from dukani.tools import pieces
from tests.unit.domain.shops import COLOURS, NAMES

WORDS = st.lists(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9), min_size=1, max_size=4
).filter(lambda ws: not set(ws) & {"the", "an", "of", "and", "with", "na", "ya", "la", "wa", "za"})


@given(WORDS, st.data())
def test_any_words_of_a_name_name_it_in_any_order(words: list[str], data: st.DataObject) -> None:
    name = " ".join(words).title()
    some = data.draw(st.permutations(words))[: data.draw(st.integers(1, len(words)))]
    telling = [w for w in some if w not in ("one", "ile", "cha", "vya", "hii", "hiyo")]
    if telling:
        assert spells(" ".join(some), name)
        assert names(" ".join(some), name)


@given(WORDS)
def test_a_whole_name_covers_itself(words: list[str]) -> None:
    assert coverage(" ".join(words), " ".join(words)) == 1.0


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_may_be_compared(said: str, name: str) -> None:
    assert not spells(said, name) or names(said, name)
    assert 0.0 <= coverage(said, name) <= 1.0


@given(WORDS, st.text(alphabet="0123456789", min_size=3, max_size=6))
def test_a_word_the_name_has_not_names_nothing(words: list[str], other: str) -> None:
    assert not names(" ".join([*words, other]), " ".join(words))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("malaika", "Malaika Wrap Dress"),
        ("wrap dresses", "Malaika Wrap Dress"),
        ("malika", "Malaika Maxi Dress"),  # one letter short
        ("airforce", "Air Force 1"),
        ("air force", "Airforce 1"),
        ("vikoi", "Kikoi cha Lamu"),
        ("mikoba ya zawadi", "Mkoba wa Zawadi"),
        ("ballies", "Bally"),
        ("scarves", "Silk Scarf"),
        ("café", "Cafe Blouse"),
    ],
)
def test_names(said: str, name: str) -> None:
    assert names(said, name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("shirt", "Lamu Sweatshirt"),  # a shirt is in it, but it is none
        ("range", "Orange Dress"),
        ("amina", "Amani Dress"),
        ("maxi", "Malaika Wrap Dress"),
        ("malaika kanzu", "Malaika Wrap Dress"),
        ("the one", "One Shoulder Dress"),  # nothing telling
        ("", "Malaika"),
    ],
)
def test_does_not_name(said: str, name: str) -> None:
    assert not names(said, name)


def test_words_are_compared_without_accents_and_case() -> None:
    assert words_of("Café-Chérie 2") == ("cafe", "cherie", "2")


# ── colours ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "there", "meant"),
    [
        ("green", ("army green", "black"), ("army green",)),
        ("green", ("army green", "bottle green"), ("army green", "bottle green")),
        ("green", ("green", "army green"), ("green",)),
        ("green", ("emerald",), ("emerald",)),  # a green by another name
        ("green", ("green", "emerald"), ("green",)),
        ("emerald", ("green",), ()),
        ("navy blue", ("navy", "blue"), ("navy",)),
        ("sky blue", ("blue", "navy"), ()),  # another blue
        ("dark green", ("green",), ()),
        ("BLACK", ("Black", "white"), ("Black",)),
        ("nude", ("Nude",), ("Nude",)),
        ("", ("black",), ()),
    ],
)
def test_shades(said: str, there: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert shades_of(said, there) == meant


@pytest.mark.parametrize(
    ("said", "there", "near"),
    [
        ("green", ("black", "emerald"), "emerald"),
        ("red", ("wine", "navy"), "wine"),
        ("red", ("maroon", "navy"), "maroon"),
        ("sky blue", ("blue", "black"), "blue"),
        ("nude", ("beige", "black"), "beige"),
        ("red", ("navy", "black"), None),
        ("zorp", ("navy",), None),
    ],
)
def test_nearest_is_only_an_offer(said: str, there: tuple[str, ...], near: str | None) -> None:
    assert nearest_shade(said, there) == near


@given(
    st.one_of(st.text(max_size=20), st.sampled_from(COLOURS)), st.lists(st.sampled_from(COLOURS))
)
def test_a_shade_is_one_of_those_there(said: str, there: list[str]) -> None:
    assert set(shades_of(said, there)) <= set(there)
    assert nearest_shade(said, there) in {None, *there}


# ── sizes ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "size", "same"),
    [
        ("15", "15.5", False),
        ("15.5", "15.5", True),
        ("l", "L", True),
        ("XXL", "2XL", True),
        ("38", "EU 38", True),
        ("EU38", "38", True),
        ("UK 8", "EU 8", False),
        ("5", "5Y", True),
        ("4-5", "4-5Y", True),
        ("4–5 yrs", "4-5Y", True),
        ("36b", "36 B", True),
        ("one size", "ONE", True),
        ("L", "XL", False),
        ("38", "39", False),
        ("US 8", "8", False),  # not the same as a UK 8
    ],
)
def test_same_size(said: str, size: str, same: bool) -> None:
    assert same_size(said, size) is same


@pytest.mark.parametrize(
    ("age", "sizes", "worn"),
    [
        (5, ("4-5Y", "5-6Y", "7-8Y"), ("4-5Y", "5-6Y")),
        (7, ("4-5Y", "7-8Y"), ("7-8Y",)),
        (6, ("6Y", "8Y"), ("6Y",)),
        (1, ("6-12M", "12-18M"), ("12-18M",)),
        (5, ("S", "M", "38"), ()),
        (38, ("38", "39"), ()),
    ],
)
def test_sizes_for_age(age: int, sizes: tuple[str, ...], worn: tuple[str, ...]) -> None:
    assert sizes_for_age(age, sizes) == worn


@pytest.mark.parametrize(
    ("age", "name", "sizes", "worn"),
    [
        (8, "Boys Three Piece Suit", ("6", "8", "10"), ("8",)),
        (7, "Boys Three Piece Suit", ("6", "8", "10"), ("8",)),  # to grow into
        (5, "Sare ya watoto", ("5", "6", "7"), ("5",)),
        (6, "Sare ya watoto", ("5", "6", "7"), ("6",)),
        (9, "Kids' Tracksuit", ("6", "8", "9-10Y"), ("9-10Y",)),
        (8, "Ladies Suit", ("6", "8", "10"), ()),
        (8, "Boyfriend Jeans", ("6", "8", "10"), ()),
        (8, "Boys Belt", ("8", "24", "26"), ()),  # inches, not years
    ],
)
def test_numbers_alone_are_ages_of_pieces_for_children(
    age: int, name: str, sizes: tuple[str, ...], worn: tuple[str, ...]
) -> None:
    piece = SoldPiece(product_id="1", sku="1", name=name, category="suit", sizes=sizes)
    assert sizes_for_age(age, sizes, piece) == worn
    assert sizes_for_age(age, sizes, piece.model_copy(update={"category": "shoes"})) == tuple(
        size for size in worn if not size.isdigit()
    )


def test_a_bare_number_is_an_age_only_of_sizes_by_age() -> None:
    assert age_said("5", ("4-5Y", "5-6Y")) == 5
    assert age_said("5", ("5", "6")) is None
    assert age_said("M", ("4-5Y",)) is None


def test_sizes_stand_in_the_order_they_are_worn() -> None:
    sizes = ["EU 40", "2XL", "S", "15.5", "ONE", "15", "XL"]
    assert sorted(sizes, key=size_key) == ["S", "XL", "2XL", "ONE", "15", "15.5", "EU 40"]


def test_ages_are_sorted_by_age() -> None:
    ages = ["10-11Y", "4-5Y", "6-12M", "2-3Y", "12-18M"]
    assert sorted(ages, key=size_key) == ["6-12M", "12-18M", "2-3Y", "4-5Y", "10-11Y"]
    assert sorted(ages, key=pieces.size_key) == sorted(ages, key=size_key)


@given(st.sampled_from(NAMES), st.lists(st.text(max_size=6), max_size=5))
def test_a_size_said_is_one_of_those_there(said: str, sizes: list[str]) -> None:
    assert size_said(said, sizes) in {None, *sizes}


@pytest.mark.parametrize(
    ("said", "name", "same"),
    [
        ("chiffon", "Hijab ya Shifon", True),  # one word, as two shops write it
        ("shiffon", "Chiffon Scarf", True),
        ("mashati", "Shati la Kitenge", True),
        ("coat", "Goat Print Tee", False),
        ("clutch", "Crutch Bag", False),
    ],
)
def test_words_that_sound_the_same_spell_a_name(said: str, name: str, same: bool) -> None:
    assert spells(said, name) is same


def test_a_number_written_with_its_words_is_the_name_with_strokes() -> None:
    assert spells("3in1", "3-in-1 Weekend Bag")
    assert not spells("2in1", "3-in-1 Weekend Bag")
