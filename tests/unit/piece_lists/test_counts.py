"""Whatever is sold between lists, a list that is imported again moves nothing."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from dukani.tools.piece_lists.comparing import Standing, StandingPiece, compare
from dukani.tools.piece_lists.lines import Item, ReadLine
from tests.unit.piece_lists.test_comparing import FIELDS

UNITS = st.integers(0, 50)


@dataclass
class Shelf:
    """One colour and size, as the ledger and the lists leave it."""

    quantity: int
    listed: tuple[int | None, int | None] = (None, None)

    def import_list(self, units: int, before: int | None = None) -> int:
        standing = Standing("v", self.quantity, 0, None, *self.listed)
        there = StandingPiece("p", "A", FIELDS, {("blue", "M"): standing})
        line = ReadLine(2, "A", {}, [Item("blue", "M", units, before)])
        step = compare([line], there, sku="A")
        moved = 0
        for variant in step.variants:
            moved += variant.delta
            self.listed = (variant.listed_units, variant.listed_before)
        self.quantity += moved
        return moved

    def sell(self, units: int) -> int:
        sold = min(units, self.quantity)
        self.quantity -= sold
        return sold


@given(opening=UNITS, listed=UNITS, sales=st.lists(UNITS, max_size=5))
def test_the_same_list_again_moves_nothing_however_often(
    opening: int, listed: int, sales: list[int]
) -> None:
    shelf = Shelf(opening)
    shelf.import_list(listed)
    assert shelf.quantity == listed

    for units in sales:
        shelf.sell(units)
        assert shelf.import_list(listed) == 0


@given(opening=UNITS, sold=UNITS, edits=st.none() | UNITS)
def test_an_export_edited_after_a_sale_keeps_the_sale(
    opening: int, sold: int, edits: int | None
) -> None:
    # given an export, a sale after it, and the export with an edit of its owner's or none
    shelf = Shelf(opening)
    exported = shelf.quantity
    gone = shelf.sell(sold)
    said = exported if edits is None else edits

    # when it is imported, twice
    shelf.import_list(said, before=exported)
    again = shelf.import_list(said, before=exported)

    # then the shelf holds what she said, less what was sold since
    assert shelf.quantity == max(said - gone, 0)
    assert again == 0


@given(counts=st.lists(UNITS, min_size=1, max_size=6), sold=UNITS)
def test_a_new_count_is_what_is_there(counts: list[int], sold: int) -> None:
    shelf = Shelf(20)
    for count in counts:
        before = shelf.listed[0]
        shelf.sell(sold)
        shelf.import_list(count)
        if count != before:
            assert shelf.quantity == count
