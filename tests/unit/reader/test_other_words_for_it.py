"""A shop names a thing in one language, and the customer says it in another."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain.context import TurnContext
from tests.unit.reader.shelves import Shelf, sold_from
from tests.unit.reader.written import written

SHELF: Shelf = {
    "Sandals za Shanga": ("shoes", ("brown",), ("38", "39")),
    "Kids Gumboots": ("shoes", ("yellow",), ("26", "28")),
    "Seamless Panty": ("innerwear", ("nude", "black"), ("M", "L")),
    "4-in-1 Travel Pouch": ("bag", ("grey",), ("ONE",)),
    "Zip Front Dress": ("dress", ("navy",), ("M", "L")),
}
NURSERY: Shelf = {"Striped Romper": ("romper", ("white",), ("0-3M", "3-6M", "6-9M"))}


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("mna zile za beads?", "search(name shanga)"),
        ("chupi ziko?", "search(name panty)"),
        ("gambuti za watoto", "search(name gumboots, category shoes, text gumboots watoto)"),
        ("do you have earrings", "search(category jewellery, text earrings)"),
    ],
)
def test_another_word_finds_the_piece_by_its_own(text: str, acts: str) -> None:
    understood = understand(text, TurnContext(sold=sold_from(SHELF)))

    assert written(understood.acts) == acts


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("im 7 months pregnant, do you have rompers", "search(category romper)"),
        ("nina mimba ya miezi 7, mna romper?", "search(category romper, text maternity)"),
        ("romper ya mtoto wa miezi 7", "search(category romper, size 6-9M)"),
    ],
)
def test_months_of_a_pregnancy_are_no_age(text: str, acts: str) -> None:
    understood = understand(text, TurnContext(sold=sold_from(NURSERY)))

    assert written(understood.acts) == acts
