"""The owner's words beside a SKU say which variants she means, and how many units."""

from __future__ import annotations

import pytest

from dukani.core.store.held_stock import Held
from dukani.domain.owner_pieces import chosen, variants_meant

COLOURS = {"nyeusi": "black", "black": "black", "blue": "blue"}


def held(colour: str, size: str) -> Held:
    return Held(f"{colour}-{size}", f"S/{colour}/{size}", "S", "Dress", colour, size, 5, 0, 450000)


DRESS = (held("black", "M"), held("black", "L"), held("blue", "M"))
SHOE = (held("brown", "37"), held("brown", "38"))


@pytest.mark.parametrize(
    ("variants", "words", "ids", "units", "unknown"),
    [
        (DRESS, "", ["black-M", "black-L", "blue-M"], None, ()),
        (DRESS, "2", ["black-M", "black-L", "blue-M"], 2, ()),
        (DRESS, "black 2", ["black-M", "black-L"], 2, ()),
        (DRESS, "nyeusi l", ["black-L"], None, ()),
        (DRESS, "blue x3", ["blue-M"], 3, ()),
        (DRESS, "medium", ["black-M", "blue-M"], None, ()),
        (DRESS, "purple", ["black-M", "black-L", "blue-M"], None, ("purple",)),
        (DRESS, "XL", ["black-M", "black-L", "blue-M"], None, ("XL",)),
        # a number that is a size is the size, once
        (SHOE, "38", ["brown-38"], None, ()),
        (SHOE, "38 2", ["brown-38"], 2, ()),
        (SHOE, "2 38", ["brown-38"], 2, ()),
        (SHOE, "37 38", ["brown-37"], 38, ()),
        (SHOE, "1 2", ["brown-37", "brown-38"], 1, ("2",)),
    ],
)
def test_variants_meant(
    variants: tuple[Held, ...],
    words: str,
    ids: list[str],
    units: int | None,
    unknown: tuple[str, ...],
) -> None:
    meant = variants_meant(words.split(), variants, colours=COLOURS)
    assert [one.variant_id for one in meant.variants] == ids
    assert (meant.units, meant.unknown) == (units, unknown)


@pytest.mark.parametrize(
    ("words", "variant_id"),
    [
        ("1", "black-M"),
        ("3", "blue-M"),
        ("4", None),
        ("0", None),
        ("black L", "black-L"),
        ("blue", "blue-M"),
        ("black", None),
        ("the one on the left", None),
    ],
)
def test_an_answer_to_which_one(words: str, variant_id: str | None) -> None:
    one = chosen(words.split(), DRESS, colours=COLOURS)
    assert (one.variant_id if one else None) == variant_id
