"""Compares and sorts sizes as shops write them, and finds the sizes for a child's age."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

ONE_SIZE = "ONE"
_LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL", "5XL", ONE_SIZE)
_WORDS = {
    "SMALL": "S", "MEDIUM": "M", "LARGE": "L", "ONESIZE": ONE_SIZE, "FREESIZE": ONE_SIZE,
    "XSMALL": "XS", "X-SMALL": "XS", "EXTRASMALL": "XS",
    "XLARGE": "XL", "X-LARGE": "XL", "EXTRALARGE": "XL", "XXLARGE": "XXL",
}  # fmt: skip
_AGES = re.compile(
    r"^(?:age\s*)?(\d{1,2})\s*(?:[-–/]\s*(\d{1,2}))?\s*(y|yr|yrs|years|t|m|months)?$", re.IGNORECASE
)
_YEARS = ("y", "yr", "yrs", "years", "t")
_MANY_X = re.compile(r"^([23])X(L|S)$")
_YEARS_AFTER = re.compile(r"^(\d[\d-]*)(?:YEARS|YRS|YR|Y)$")
_SYSTEM = re.compile(r"^(?:EU|UK)(?=\d)")


def size_key(size: str) -> tuple[int, float, str]:
    """The sort key of a size: letters from small to large, then numbers by value."""
    letters = _plain(size)
    if letters in _LETTERS:
        return (0, _LETTERS.index(letters), size)
    number = re.search(r"\d+(?:\.\d+)?", size)
    return (1, float(number.group()), size) if number else (2, 0, size)


def same_size(said: str, size: str) -> bool:
    """Whether both mean the same size. Case, blanks and a trailing "Y" do not count.

    A size system counts only if both name one: "38" is "EU 38", "UK 8" is not "EU 8".
    """
    one, other = _plain(said), _plain(size)
    if one == other or one + "Y" == other:
        return True
    return (_SYSTEM.sub("", one) == other) != (_SYSTEM.sub("", other) == one)


def letter_of(size: str) -> str | None:
    """The letter a size is, in one way of writing: "2xl", "XXL" → "XXL"; None: it is none."""
    plain = _plain(size)
    return plain if plain in _LETTERS else None


@lru_cache(maxsize=4096)
def _plain(size: str) -> str:
    plain = re.sub(r"\s", "", size.upper().replace("–", "-"))
    plain = _YEARS_AFTER.sub(r"\1Y", plain)
    many = _MANY_X.match(plain)
    if many:
        return "X" * int(many.group(1)) + many.group(2)
    return _WORDS.get(plain, plain)


def size_said(said: str, sizes: Sequence[str]) -> str | None:
    """The size among `sizes` that the words mean."""
    if said in sizes:
        return said
    return next((size for size in sizes if same_size(said, size)), None)


def sizes_for_age(age: int, sizes: Sequence[str]) -> tuple[str, ...]:
    """The sizes that fit a child of `age` years; () when none is a size by age."""
    spans = {size: span for size in sizes if (span := _span(size)) is not None}
    return tuple(size for size, (low, high) in spans.items() if low <= age <= high)


def age_said(said: str, sizes: Sequence[str]) -> int | None:
    """The age a bare number means for a piece sized by age: "size 5" of 4-5Y and 5-6Y."""
    if not re.fullmatch(r"\d{1,2}", said.strip()) or size_said(said, sizes) is not None:
        return None
    return int(said) if sizes_for_age(int(said), sizes) else None


def same_system(said: str, sizes: Sequence[str]) -> bool:
    """Whether the size and one of `sizes` are both letters, or both numbers."""
    return any(size_key(said)[0] == size_key(size)[0] for size in sizes if size != ONE_SIZE)


def _span(size: str) -> tuple[int, int] | None:
    """(from, to) in years of a size by age: "4-5Y", "6Y", "8-9", "12-18M"."""
    found = _AGES.match(size.strip())
    if found is None:
        return None
    low, high, unit = found.groups()
    if unit and unit.lower() not in _YEARS:
        # 12-18M fits a child in the second year of life; a single 0M or 38M gives no span.
        return (int(low) // 12, max(int(low), int(high) - 1) // 12) if high else None
    if unit is None and high is None:
        return None  # 38 is a shoe size, no age
    return int(low), int(high or low)
