"""Words of one boutique: its own colours and kinds of pieces, filed as it files them."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain.acts import Search
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment

SHOP = Assortment(
    categories=("shoes", "trousers", "swimwear"), colours=("rose gold", "black", "sage", "gold")
)


def search_in(sold: Assortment, text: str) -> Search:
    [act] = understand(text, TurnContext(sold=sold)).acts
    assert isinstance(act, Search)
    return act


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("heels za rose gold size 38", "rose gold"),
        ("gold heels", "gold"),
        ("viatu vya sage", "sage"),
        ("shoes in Rose-Gold please", "rose gold"),
    ],
)
def test_a_colour_only_the_boutique_has_is_one_colour(text: str, colour: str) -> None:
    assert search_in(SHOP, text).colour == colour


def test_elsewhere_the_same_words_are_what_the_lexicon_makes_of_them() -> None:
    assert search_in(Assortment(), "heels za rose gold").colour == "gold"


@pytest.mark.parametrize("text", ["mko na swimwear?", "I want black swimwear size M"])
def test_a_kind_only_the_boutique_has_is_a_category(text: str) -> None:
    search, *_ = understand(text, TurnContext(sold=SHOP)).acts
    assert isinstance(search, Search)
    assert search.category == "swimwear"


def test_jeans_are_trousers_where_no_jeans_are_kept_apart() -> None:
    found = search_in(SHOP, "nataka jeans nyeusi")
    assert (found.category, found.text) == ("trousers", "jeans")

    kept_apart = Assortment(categories=("jeans", "trousers"))
    assert search_in(kept_apart, "nataka jeans nyeusi").category == "jeans"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a dress in 6Y", "6Y"),
        ("gauni ya 4y", "4Y"),
        ("shoes UK 5", "UK 5"),
        ("show me one dress", None),
    ],
)
def test_a_size_only_the_boutique_has_is_one_size(text: str, size: str | None) -> None:
    shop = Assortment(categories=("dress", "shoes"), sizes=("4Y", "6Y", "UK 5", "M", "38", "ONE"))
    assert search_in(shop, text).size == size
