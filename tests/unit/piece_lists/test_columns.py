"""What the columns of an owner's list hold, by their names in both languages."""

from __future__ import annotations

import pytest

from dukani.tools.piece_lists.columns import guess, header_row


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("SKU", "sku"),
        ("Item Code", "sku"),
        ("Kodi ya bidhaa", "sku"),
        ("Product Name", "name"),
        ("Jina", "name"),
        ("AINA", "category"),
        ("Price", "price"),
        ("Price (KSh)", "price"),
        ("Selling price, KES", "price"),
        ("Bei", "price"),
        ("bei kwa shilingi", "price"),
        ("Colour/Color", "colour"),
        ("Rangi", "colour"),
        ("Qty.", "units"),
        ("Idadi", "units"),
        ("units_at_export", "units_at_export"),
        ("Image URL", "picture"),
        # What the shop paid is not what it asks.
        ("Buying price", "cost"),
        ("Cost (KSh)", "cost"),
        ("Bei ya kununua", "cost"),
        ("Supplier", None),
        ("", None),
        ("KES", None),
    ],
)
def test_a_column_is_known_by_its_name(header: str, field: str | None) -> None:
    assert guess([header], {}) == [field]


def test_no_field_is_in_two_columns() -> None:
    assert guess(["Price", "Bei", "Name"], {}) == ["price", None, "name"]


def test_what_the_shop_said_of_a_name_comes_first() -> None:
    assert guess(["Price", "RRP"], {"price": "", "rrp": "price"}) == [None, "price"]


def test_the_columns_are_named_in_the_row_that_has_most_known_names() -> None:
    rows = [["Malaika Fashions"], ["Stock", "November"], ["SKU", "Name", "Price"], ["A", "B", "1"]]
    assert header_row(rows) == 2
    assert header_row([["a", "b"], ["1", "2"]]) == 0
