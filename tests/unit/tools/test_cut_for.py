"""For whom pieces are cut: by name, by kind, and shoes by their sizes."""

from __future__ import annotations

import pytest

from dukani.domain.pieces import Option
from dukani.domain.wearers import Sex, Whom, whom_said
from dukani.tools.cut_for import for_them, only_theirs, sex_cut_for


def piece(name: str, category: str, *sizes: str) -> Option:
    return Option(
        number=1, product_id=name, sku=name, name=name, category=category, price_minor=100_00,
        colours=("black",), sizes=sizes or ("ONE",),
    )  # fmt: skip


COURTS = piece("Patent Courts", "shoes", "37", "38", "40")
BROGUES = piece("Two-tone Brogues", "shoes", "40", "42", "44")
RUNNERS = piece("Mesh Runners", "shoes", "37", "40", "43")
SANDALS = piece("Jelly Sandals", "shoes", "28", "30")
FROCK = piece("Girls Corduroy Frock", "dress", "4-5Y", "6-7Y")
DUNGAREES = piece("Boys Dungarees", "jumpsuit", "2-3Y", "4-5Y")
SLEEPSUIT = piece("Fleece Sleepsuit", "jumpsuit", "0-3M", "3-6M")
WRAP = piece("Wrap Dress", "dress", "M", "L")
TIE = piece("Knitted Tie", "tie")
SHELF = [COURTS, BROGUES, RUNNERS, SANDALS, FROCK, DUNGAREES, SLEEPSUIT, WRAP, TIE]


@pytest.mark.parametrize(
    ("one", "sex"),
    [
        (COURTS, "women"), (BROGUES, "men"), (RUNNERS, None), (SANDALS, None), (FROCK, "women"),
        (DUNGAREES, "men"), (SLEEPSUIT, None), (WRAP, "women"), (TIE, "men"),
    ],
)  # fmt: skip
def test_a_piece_is_cut_for(one: Option, sex: Sex | None) -> None:
    assert sex_cut_for(one) == sex


def test_shoes_for_men_leave_out_those_of_women_and_come_before_others() -> None:
    heels = piece("Satin Stilettos", "heels", "38", "42")
    of_men = for_them([COURTS, heels, RUNNERS, BROGUES], whom_said("wanaume"))
    assert of_men == [BROGUES, RUNNERS, COURTS]


def test_shoes_are_put_behind_by_the_sizes_left_and_never_aside() -> None:
    left = piece("Mesh Runners", "shoes", "38", "40")  # the larger ones are sold out
    assert for_them([left, BROGUES], whom_said("men")) == [BROGUES, left]


def test_pieces_of_a_childrens_kind_are_childrens() -> None:
    tutu = piece("Tutu Frock", "kids dress", "4", "6")
    assert only_theirs([tutu, WRAP], whom_said("kids")) == [tutu]


def test_all_stay_where_none_would_be_left() -> None:
    assert for_them([COURTS], whom_said("men")) == [COURTS]


@pytest.mark.parametrize(
    ("words", "theirs"),
    [
        ("girls", [FROCK, SLEEPSUIT, SANDALS]),
        ("wavulana", [DUNGAREES, SLEEPSUIT, SANDALS]),
        ("kids", [FROCK, DUNGAREES, SLEEPSUIT, SANDALS]),
        ("newborn", [SLEEPSUIT]),
    ],
)
def test_for_children_comes_only_what_is_theirs(words: str, theirs: list[Option]) -> None:
    assert only_theirs(SHELF, whom_said(words)) == theirs


def test_a_shop_without_childrens_pieces_has_none_for_them() -> None:
    assert only_theirs([WRAP, TIE], Whom(child=True)) == []


def test_a_cut_of_women_is_none_for_him() -> None:
    high, straight = piece("High Rise Jeans", "trousers"), piece("Straight Jeans", "trousers")
    assert for_them([high, straight], whom_said("men")) == [straight]
    assert for_them([high, straight], whom_said("ladies")) == [high, straight]
