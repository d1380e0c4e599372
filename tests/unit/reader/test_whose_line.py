"""What the network is told of whose lines are: by relation, name, "mine", and by size."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader.learned.whose_line import lines_of_person
from dukani.core.store.wearers import Relation, WornBy
from dukani.domain.pieces import Line


def line(size: str, relation: Relation | None = None, name: str | None = None) -> Line:
    worn_by = WornBy(id=relation, relation=relation, name=name) if relation else None
    return Line(
        number=1, name="Dress", product_id="dress", colour="red", size=size, quantity=1,
        unit_price_minor=900_00, worn_by=worn_by,
    )  # fmt: skip


FAMILY = (line("M"), line("4-5Y", "daughter", "Neema"), line("6-7Y", "son"), line("L", "sister"))
CHILDREN = (line("6-7Y"), line("2-3Y"), line("10-11Y"))


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("dada", [3]), ("sister's", [3]), ("neema", [1]), ("mtoto", [1, 2]), ("mine", [0]),
        ("yangu", [0]), ("brother", []), ("red", []),
    ],
)  # fmt: skip
def test_a_word_for_a_person_means_the_persons_lines(word: str, places: list[int]) -> None:
    assert lines_of_person(word, FAMILY) == places


@pytest.mark.parametrize(
    ("word", "place"), [("mdogo", 1), ("smaller", 1), ("mkubwa", 2), ("older", 2)]
)
def test_a_tall_or_small_one_is_told_by_the_size(word: str, place: int) -> None:
    assert lines_of_person(word, CHILDREN) == [place]


def test_lines_of_one_size_tell_nobody_apart() -> None:
    assert lines_of_person("mdogo", (line("M"), line("M"))) == []
    assert lines_of_person("mine", (line("M"), line("L"))) == []  # all are hers
