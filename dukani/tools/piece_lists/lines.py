"""Reads a line of a list: what it says of a piece, and of which colours and sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dukani.tools.catalogue import variant_sku
from dukani.tools.piece_lists import words
from dukani.tools.piece_lists.columns import Field
from dukani.tools.piece_lists.prices import read_cost, read_price
from dukani.tools.piece_lists.spoiled import is_error, spoiled
from dukani.tools.piece_lists.why import Refused, refuse

LONGEST: dict[Field, int] = {"sku": 40, "name": 120, "description": 1000, "pattern": 40}
LONGEST_VARIANT_SKU = 64
MOST_UNITS = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_UNITS = re.compile(r"^\d{1,3}(?:[, ]\d{3})+$|^\d+(?:\.0+)?$")
_MAY_BE_SPOILED: tuple[Field, ...] = ("colour", "units", "units_at_export")


@dataclass(frozen=True, slots=True)
class Item:
    """A colour and size of a line; none: the line says nothing of it."""

    colour: str
    size: str
    units: int | None = None
    units_before: int | None = None
    price_minor: int | None = None

    @property
    def name(self) -> str:
        return f"{self.colour} {self.size}"


@dataclass(frozen=True, slots=True)
class ReadLine:
    """`given`: the fields of the piece that the line has something of, by our columns' names."""

    line: int
    sku: str
    given: Mapping[str, Any]
    items: Sequence[Item] = ()
    links: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What lines are read with: the columns, the money, and the pieces that are there."""

    mapping: Sequence[str]
    currency: str
    # sku → the colours and sizes that the piece has
    colours: Mapping[str, Collection[str]] = field(default_factory=dict)
    sizes: Mapping[str, Collection[str]] = field(default_factory=dict)

    def cells_of(self, cells: Sequence[str]) -> dict[Field, str]:
        """What stands in each field; empty cells are left out."""
        found = zip(self.mapping, cells, strict=False)
        return {name: cell for name, cell in found if name and cell}  # type: ignore[misc]


def clean(cell: str) -> str:
    """A cell's text without what cannot be stored, its lines ended in one way."""
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).strip()


def read_line(line: int, cells: Sequence[str], reading: Reading, *, sku: str) -> ReadLine:
    """`sku`: of the line's piece; '' where it names none. Raises Refused."""
    there = reading.cells_of(cells)
    for name, cell in there.items():
        _check(name, cell)
    words.read_sku(there.get("sku", ""))
    if not sku:
        raise refuse("empty", "sku" if "sku" in reading.mapping else "name")
    if len(sku) > LONGEST["sku"]:
        raise refuse("too_long", "sku", sku[:20], str(LONGEST["sku"]))
    given: dict[str, Any] = {
        name: read(there[name]) for name, read in _readers(reading).items() if name in there
    }
    items = _items(there, sku, reading)
    for item in items:
        whole = variant_sku(sku, item.colour, item.size)
        if len(whole) > LONGEST_VARIANT_SKU:
            raise refuse("sku_too_long", "sku", whole)
    return ReadLine(line, sku, given, items, _links(there.get("picture", "")))


def _check(name: Field, cell: str) -> None:
    """Raises Refused for a cell that a spreadsheet spoiled, or that is too long."""
    bad: Refused | None = None
    if name in _MAY_BE_SPOILED:
        bad = spoiled(cell, name)
    elif is_error(cell):
        bad = refuse("formula_error", name, cell)
    if bad:
        raise bad
    if name != "sku" and len(cell) > LONGEST.get(name, 4000):
        raise refuse("too_long", name, cell[:20], str(LONGEST.get(name, 4000)))


def _readers(reading: Reading) -> dict[Field, Callable[[str], Any]]:
    return {
        "name": str,
        "category": words.read_category,
        "price": lambda cell: read_price(cell, currency=reading.currency),
        "cost": lambda cell: read_cost(cell, currency=reading.currency),
        "pattern": read_pattern,
        "embroidery": lambda cell: words.read_yes(cell, "embroidery"),
        "occasions": lambda cell: words.read_words(cell, "occasions"),
        "description": str,
        "on_sale": lambda cell: words.read_yes(cell, "on_sale"),
    }


def read_pattern(cell: str) -> str:
    """A pattern, in small letters unless it is quoted."""
    parts = words.parts_of(cell)
    return parts[0].text if len(parts) == 1 and parts[0].literal else cell.lower()


def _items(there: Mapping[Field, str], sku: str, reading: Reading) -> list[Item]:
    known_colours = reading.colours.get(sku, ())
    colours = words.read_colours(there.get("colour", ""), known=known_colours)
    sizes = words.read_sizes(there.get("size", ""), known=reading.sizes.get(sku, ()))
    if not colours and sizes:
        colours = _only_colour(known_colours)
    if colours and not sizes:
        raise refuse("empty", "size")
    units = _units(there, sizes, "units")
    before = _units(there, sizes, "units_at_export")
    price = there.get("size_price")
    override = None if price is None else read_price(
        price, currency=reading.currency, field="size_price")  # fmt: skip
    return [
        Item(colour, said.size, count, was, override)
        for colour in colours
        for said, count, was in zip(sizes, units, before, strict=True)
    ]


def _only_colour(known: Collection[str]) -> list[str]:
    if len(known) == 1:
        return list(known)
    if known:
        raise refuse("colour_needed", "colour", "", ", ".join(sorted(known)))
    raise refuse("empty", "colour")


def _units(
    there: Mapping[Field, str], sizes: Sequence[words.SizeSaid], name: Field
) -> list[int | None]:
    """The units of each size: one number for all, or as many as there are sizes."""
    cell = there.get(name, "")
    own = [said.units for said in sizes]
    if name == "units" and any(unit is not None for unit in own):
        return [_number(unit or "", name) for unit in own]
    if not cell:
        return [None] * len(sizes)
    if _UNITS.match(cell):
        return [_number(cell, name)] * len(sizes)
    each = [part.text for part in words.parts_of(cell, by_slash=True)]
    if len(each) > 1 and len(each) != len(sizes):
        raise refuse("units_do_not_match", name, cell, str(len(sizes)))
    return [_number(one, name) for one in each] if len(each) == len(sizes) else [
        _number(cell, name)] * len(sizes)  # fmt: skip


def _number(text: str, name: Field) -> int:
    if not _UNITS.match(text):
        raise refuse("no_number", name, text)
    number = int(re.sub(r"[, ]|\.0+$", "", text))
    if number > MOST_UNITS:
        raise refuse("no_number", name, text)
    return number


def _links(cell: str) -> list[str]:
    """The pictures of a line, divided by bars, blanks or lines: addresses hold commas."""
    return list(dict.fromkeys(part for part in re.split(r"[|\s]+", cell) if part))[:20]
