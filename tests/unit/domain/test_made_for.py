"""A piece named for women is not offered for a man where there are others, and the other way."""

from __future__ import annotations

import pytest

from dukani.core.store.wearers import Relation
from dukani.domain.pieces import Option
from dukani.domain.wearers import (
    Sex,
    Whom,
    for_grown_up,
    for_whom,
    not_of_the_other,
    sex_of,
    sex_said,
    whom_said,
    without_whom,
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
    assert for_whom([by_name, by_size, plain], Whom(child=False)) == [plain]
    assert for_whom([by_name], Whom(child=False)) == [by_name]  # better than none


def test_what_is_plainly_for_others_is_left_out_and_a_childs_comes_first() -> None:
    mens, big, plain, kids = options("Rain Boots (Men)", "Chelsea Boots", "Clogs", "Kids Wellies")
    big = big.model_copy(update={"sizes": ("37", "38", "41")})
    plain = plain.model_copy(update={"sizes": ("ONE",)})
    kids = kids.model_copy(update={"sizes": ("24", "26")})

    assert for_whom([mens, big, plain, kids], whom_said("buti za watoto")) == [kids, plain]
    assert for_whom([mens, big], whom_said("buti za watoto")) == [mens, big]  # better than none


@pytest.mark.parametrize(
    ("words", "whom", "left"),
    [
        ("baby carrier", Whom(child=True, baby=True), "carrier"),
        ("gumboots za watoto", Whom(child=True), "gumboots za"),
        ("ladies official", Whom("women", child=False), "official"),
        ("girls party", Whom("women", child=True), "party"),
        ("ladies and kids", Whom("women"), "and"),
        ("denim", Whom(), "denim"),
    ],
)
def test_words_tell_for_whom(words: str, whom: Whom, left: str) -> None:
    assert whom_said(words) == whom
    assert without_whom(words) == left
