"""Which field each column of an owner's list holds: by its name, in English or Swahili."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

Field = Literal[
    "sku", "name", "category", "price", "colour", "size", "units", "units_at_export",
    "size_price", "cost", "picture", "pattern", "embroidery", "occasions", "description", "on_sale",
]  # fmt: skip
FIELDS: tuple[Field, ...] = get_args(Field)
MOST_COLUMNS = 60

_NAMES: dict[Field, tuple[str, ...]] = {
    "sku": (
        "sku", "code", "item code", "product code", "style", "style no", "style code", "ref",
        "reference", "article", "article no", "barcode", "item no", "kodi", "namba", "msimbo",
        "namba ya bidhaa", "kodi ya bidhaa", "product id", "handle",
    ),
    "name": (
        "name", "product", "product name", "item", "item name", "title", "piece", "jina",
        "bidhaa", "jina la bidhaa", "kipande", "nguo",
    ),
    "category": (
        "category", "type", "kind", "product type", "group", "department", "aina", "kundi",
        "jamii",
    ),
    "price": (
        "price", "selling price", "retail price", "sale price", "unit price", "price kes",
        "price ksh", "amount", "bei", "bei ya kuuza", "bei ksh",
    ),
    "colour": ("colour", "color", "colours", "colors", "rangi"),
    "size": ("size", "sizes", "saizi", "ukubwa", "namba ya saizi", "kipimo"),
    "units": (
        "units", "unit", "stock", "quantity", "qty", "pcs", "pieces", "in stock", "on hand",
        "count", "available", "idadi", "hisa", "stoki", "zilizopo", "kiasi",
    ),
    "units_at_export": ("units at export", "idadi iliyopakuliwa"),
    "size_price": ("size price", "price of size", "bei ya saizi"),
    "cost": (
        "cost", "cost price", "unit cost", "buying price", "buy price", "purchase price",
        "cost kes", "cost ksh", "gharama", "bei ya kununua", "bei ya kununulia",
    ),
    "picture": (
        "picture", "pictures", "image", "images", "photo", "photos", "image url", "image link",
        "picture link", "image src", "picha", "kiungo cha picha",
    ),
    "pattern": ("pattern", "print", "mtindo", "mtindo wa kitambaa", "chapa"),
    "embroidery": ("embroidery", "embroidered", "darizi", "nakshi"),
    "occasions": ("occasions", "occasion", "hafla", "matukio"),
    "description": (
        "description", "details", "about", "body", "notes", "maelezo", "maelezo ya bidhaa",
    ),
    "on_sale": ("on sale", "active", "status", "published", "inauzwa", "hali"),
}  # fmt: skip
_CURRENCIES = frozenset((
    "kes", "ksh", "kshs", "tzs", "tsh", "ugx", "ush", "rwf", "frw", "usd", "sh", "shs",
    "shillings", "shilingi", "in", "kwa",
))  # fmt: skip
_BY_NAME: dict[str, Field] = {name: field for field, names in _NAMES.items() for name in names}


def plain_name(header: str) -> str:
    """A column's name as it is compared: small letters, without punctuation."""
    return " ".join(re.sub(r"[^\w]+|_", " ", header.lower()).split())


def guess(columns: Sequence[str], saved: Mapping[str, str]) -> list[Field | None]:
    """The field of each column; `saved`: what this boutique said of such names, '' for none.

    No field is given twice: the first column of a name holds it.
    """
    found: list[Field | None] = []
    for header in columns:
        name = plain_name(header)
        field = _saved(name, saved) if name in saved else _field_named(name)
        found.append(field if field not in found else None)
    return found


def _field_named(name: str) -> Field | None:
    """By its name, with or without a currency in it, or by words that mean one: `colour color`."""
    words = [word for word in name.split() if word not in _CURRENCIES]
    if found := _BY_NAME.get(name) or _BY_NAME.get(" ".join(words)):
        return found
    meant = {_BY_NAME.get(word) for word in words}
    return meant.pop() if len(meant) == 1 else None


def _saved(name: str, saved: Mapping[str, str]) -> Field | None:
    return next((field for field in FIELDS if field == saved[name]), None)


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows names the columns: the one with most names that are known."""
    known = [sum(_field_named(plain_name(cell)) is not None for cell in row) for row in rows]
    best = max(known, default=0)
    if best >= 2:
        return known.index(best)
    return next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
