"""What differs between an item of ours and Meta's, and what of Meta's can become ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dukani.core.clients.meta_catalogue import TheirItem
from dukani.core.clients.meta_prices import ReadPrice
from dukani.core.errors import InvalidValue
from dukani.core.store.catalogue_items import OurItem
from dukani.core.store.catalogue_list import CatalogueItem
from dukani.tools.meta_catalogue.comparing import compare
from dukani.tools.meta_catalogue.resolving import to_take


def ours(**values: Any) -> OurItem:
    fields: dict[str, Any] = {
        "retailer_id": "v1", "version": 1, "again": False, "pushed_hash": "h", "review": "approved",
        "product_id": "p1", "sku": "A", "name": "Amani", "description": "", "category": "dress",
        "colour": "blue", "size": "M", "price_minor": 450000, "available": 3, "picture_path": None,
    }  # fmt: skip
    return OurItem(**(fields | values))


def theirs(**values: Any) -> TheirItem:
    fields: dict[str, Any] = {
        "retailer_id": "v1", "name": "Amani", "price": ReadPrice(450000, "KES"),
        "availability": "in stock", "review": "approved", "errors": (),
    }  # fmt: skip
    return TheirItem(**(fields | values))


@pytest.mark.parametrize(
    ("our", "their", "drift"),
    [
        (ours(), theirs(), []),
        (ours(), theirs(price=ReadPrice(450001, "KES")), ["price"]),
        (ours(), theirs(price=ReadPrice(450000, "UGX")), ["price"]),  # another currency
        (ours(), theirs(price=None), ["price"]),  # not to be read
        (ours(), theirs(name="Other"), ["title"]),
        (ours(available=0), theirs(), ["availability"]),
        (ours(available=0), theirs(availability="out of stock"), []),
        (ours(), None, ["missing"]),
        (ours(review="rejected"), None, []),  # never was there
        (ours(name=None), theirs(), []),  # sold no more
    ],
)
def test_a_difference_is_told(our: OurItem, their: TheirItem | None, drift: list[str]) -> None:
    assert list(compare(our, their, "KES").drift) == drift


def shown(
    variant: str, drift: Sequence[str], price: int = 490000, name: str = "Gown", **values: Any
) -> CatalogueItem:
    told = {"name": name, "price_minor": price, "currency": "KES", "in_stock": True}
    fields: dict[str, Any] = {
        "retailer_id": variant, "product_id": "p1", "colour": "blue", "size": variant,
        "price_minor": 450000, "available": 1, "retired": False, "dirty": False,
        "review": "approved", "errors": [], "drift": drift, "theirs": told, "pushed_at": None,
        "read_at": None,
    }  # fmt: skip
    return CatalogueItem(**(fields | values))


def test_one_price_of_all_becomes_the_pieces() -> None:
    taken = to_take([shown("S", ["price"]), shown("M", ["price"])], "KES")
    assert taken.piece_price_minor == 490000


def test_the_price_of_one_size_stays_that_sizes() -> None:
    taken = to_take([shown("S", ["price"]), shown("M", [])], "KES")
    assert (taken.piece_price_minor, taken.prices_minor) == (None, {"S": 490000})


@pytest.mark.parametrize(
    "item",
    [
        shown("S", ["price"], price=0),
        shown("S", ["price"], theirs={"price_minor": 10, "currency": "USD", "name": "Gown"}),
        shown("S", ["availability"]),
        shown("S", ["missing"], theirs=None),
        shown("S", ["price"], retired=True),
    ],
)
def test_what_cannot_be_ours_is_not_taken(item: CatalogueItem) -> None:
    assert not to_take([item], "KES").anything


def test_a_negative_price_is_refused_in_so_many_words() -> None:
    with pytest.raises(InvalidValue, match="below zero") as refused:
        to_take([shown("S", ["price", "title"], price=-490000)], "KES")
    assert refused.value.field == "price"


@pytest.mark.parametrize("names", [("Gown", "Dress"), ("G" * 121, "G" * 121)])
def test_a_name_that_cannot_be_the_pieces_is_refused(names: tuple[str, str]) -> None:
    with pytest.raises(InvalidValue):
        to_take([shown(str(n), ["title"], name=name) for n, name in enumerate(names)], "KES")
