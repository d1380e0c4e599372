"""The lexicon: canonical names, and customers' words as a search query."""

from __future__ import annotations

import pytest

from dukani.agent.lexicon import (
    canonical_category,
    canonical_colour,
    canonical_size,
    translate_query,
)
from dukani.agent.lexicon.tables import PHRASES, WORDS
from dukani.core.colours import COLOURS
from dukani.domain.kinds import CATEGORIES

ENTRIES = [*WORDS.values(), *(entry for phrases in PHRASES.values() for _, entry in phrases)]


def test_every_colour_and_category_of_the_lexicon_is_canonical() -> None:
    assert {entry.value for entry in ENTRIES if entry.kind == "colour"} <= set(COLOURS)
    assert {entry.value for entry in ENTRIES if entry.kind == "category"} == set(CATEGORIES)


@pytest.mark.parametrize(
    "word",
    ["nyekundu", "jekundu", "mwekundu", "chekundu", "kekundu", "wekundu", "vyekundu", "mekundu"],
)
def test_a_swahili_colour_keeps_its_meaning_under_every_noun_class(word: str) -> None:
    assert canonical_colour(word) == "red"


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("gauni", "dress"),
        ("Dresses", "dress"),
        ("madress", "dress"),  # Sheng plural
        ("tishati", "t-shirt"),
        ("ndula", "shoes"),
        ("longi", "trousers"),
        ("drees", "dress"),  # a slip
        ("nyumba", None),  # a house is no blouse
        ("pesa", None),
    ],
)
def test_categories(word: str, category: str | None) -> None:
    assert canonical_category(word) == category


@pytest.mark.parametrize(
    ("word", "size"),
    [
        ("kubwa", "L"),
        ("xl", "XL"),
        ("2XL", "XXL"),
        ("38", "38"),
        ("free size", "ONE"),
        ("red", None),
    ],
)
def test_sizes(word: str, size: str | None) -> None:
    assert canonical_size(word) == size


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ("gauni jekundu la harusi", ["dress", "red", "wedding"]),
        ("nataka viatu vya ngozi vyeusi", ["shoes", "leather", "black"]),
        ("Tausi maxi dress", ["tausi", "dress"]),  # an unknown word may be a name
        ("habari, mko na kanzu yenye nakshi?", ["kanzu", "embroidered"]),
        ("asante sana", []),
    ],
)
def test_words_become_a_query(said: str, query: list[str]) -> None:
    assert translate_query(said) == query


@pytest.mark.parametrize("word", ["house", "block", "press", "costs", "kupika", "charge", "party"])
def test_everyday_words_are_not_taken_for_slips(word: str) -> None:
    assert canonical_category(word) is None
    assert canonical_colour(word) is None
