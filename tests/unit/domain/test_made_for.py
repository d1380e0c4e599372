"""A piece named for women is not offered for a man where there are others, and the other way."""

from __future__ import annotations

import pytest

from dukani.core.store.wearers import Relation
from dukani.domain.pieces import Option
from dukani.domain.wearers import (
    Sex,
    for_grown_up,
    not_for_children,
    not_of_the_other,
    sex_of,
    sex_said,
)

LADIES, MENS, PLAIN = "Ladies' Leather Watch", "Men's Digital Watch", "Canvas Tote"


def options(*names: str) -> list[Option]:
    return [
        Option(number=at, product_id=name, name=name, price_minor=100_000)
        for at, name in enumerate(names, start=1)
    ]


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        ("Viatu vya Ngozi vya Kiume (Oxford)", "men"),
        ("Tutu Princess Dress (Girls)", "women"),
        ("Gents’ Belt", "men"),
        ("Dashiki Unisex Shirt", None),
        ("Boys and Girls Raincoat", None),  # for both
        ("Mandarin Shirt", None),  # no man in it
    ],
)
def test_a_name_says_for_whom_a_piece_is(words: str, sex: Sex | None) -> None:
    assert sex_said(words) == sex


@pytest.mark.parametrize(
    ("relation", "sex"), [("brother", "men"), ("wife", "women"), ("friend", None), ("child", None)]
)
def test_a_relation_tells_whose_clothes_are_worn(relation: Relation, sex: Sex | None) -> None:
    assert sex_of(relation) == sex


@pytest.mark.parametrize(
    ("sex", "names", "left"),
    [
        ("men", (LADIES, MENS, PLAIN), (MENS, PLAIN)),
        ("women", (LADIES, MENS, PLAIN), (LADIES, PLAIN)),
        (None, (LADIES, MENS), (LADIES, MENS)),
        ("men", (LADIES,), (LADIES,)),  # better that than nothing: she sees the name
    ],
)
def test_pieces_for_the_other_sex_are_left_out_where_others_are_there(
    sex: Sex | None, names: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert [one.name for one in not_of_the_other(options(*names), sex)] == list(left)


def test_dresses_for_ladies_are_not_childrens() -> None:
    by_name, by_size, plain = options("Girls Frock", "Tulle Frock", "Shift Dress")
    by_size = by_size.model_copy(update={"sizes": ("2-3Y", "4-5Y")})
    plain = plain.model_copy(update={"sizes": ("S", "M")})

    assert for_grown_up("dresses za ladies")
    assert not for_grown_up("dresses for girls")
    assert not_for_children([by_name, by_size, plain]) == [plain]
    assert not_for_children([by_name]) == [by_name]  # better than none
