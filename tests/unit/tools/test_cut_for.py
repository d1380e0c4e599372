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
    assert for_them([COURTS, RUNNERS, BROGUES], whom_said("wanaume")) == [BROGUES, RUNNERS]


def test_all_stay_where_none_would_be_left() -> None:
    assert for_them([COURTS], whom_said("men")) == [COURTS]


@pytest.mark.parametrize(
    ("words", "theirs"),
    [
        ("girls", [FROCK, SLEEPSUIT]),
        ("wavulana", [DUNGAREES, SLEEPSUIT]),
        ("kids", [FROCK, DUNGAREES, SLEEPSUIT]),
        ("newborn", [SLEEPSUIT]),
    ],
)
def test_for_children_comes_only_what_is_theirs(words: str, theirs: list[Option]) -> None:
    assert only_theirs(SHELF, whom_said(words)) == theirs


def test_a_shop_without_childrens_pieces_has_none_for_them() -> None:
    assert only_theirs([WRAP, TIE], Whom(child=True)) == []
