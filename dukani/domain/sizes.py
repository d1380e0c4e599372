"""Compares and sorts sizes as shops write them, and finds the sizes for a child's age."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

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
_MONTHS = re.compile(r"\d\s*m(onths)?$", re.IGNORECASE)
_CHILDREN = frozenset((
    "kid", "kids", "child", "children", "childrens", "boy", "boys", "girl", "girls", "toddler",
    "toddlers", "junior", "juniors", "mtoto", "watoto", "mvulana", "wavulana", "msichana",
    "wasichana",
))  # fmt: skip
_WORN_ON_FEET = frozenset(("shoes", "sandals", "boots", "sneakers", "heels", "slippers", "socks"))
OLDEST_BY_NUMBER = 17
GROWN_UP_FROM = 36
_YEARS = ("y", "yr", "yrs", "years", "t")
_MANY_X = re.compile(r"^([23])X(L|S)$")
_YEARS_AFTER = re.compile(r"^(\d[\d-]*)(?:YEARS|YRS|YR|Y)$")
_SYSTEM = re.compile(r"^(?:EU|UK)(?=\d)")


def size_key(size: str) -> tuple[int, float, str]:
    """The sort key of a size: letters from small to large, then numbers; months before years."""
    letters = _plain(size)
    if letters in _LETTERS:
        return (0, _LETTERS.index(letters), size)
    number = re.search(r"\d+(?:\.\d+)?", size)
    if number is None:
        return (2, 0, size)
    years = float(number.group()) / (12 if _MONTHS.search(size) else 1)
    return (1, years, size)


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


class Sold(Protocol):
    """What a shop tells of a piece: its name and its category."""

    @property
    def name(self) -> str: ...

    @property
    def category(self) -> str: ...


def sizes_for_age(age: int, sizes: Sequence[str], of: Sold | None = None) -> tuple[str, ...]:
    """The sizes that fit a child of `age` years; () when none is a size by age.

    Numbers alone are ages where `of` is named as a piece for children: "Boys Suit" in 6, 8 and 10.
    """
    spans = {size: span for size in sizes if (span := _span(size)) is not None}
    if of is not None and _is_for_children(of):
        spans |= _spans_of_numbers(sizes)
    return tuple(size for size, (low, high) in spans.items() if low <= age <= high)


def is_by_age(size: str) -> bool:
    """Whether the size is an age: "4-5Y", "12-18M"; 38 is none."""
    return _span(size) is not None


def is_for_grown_ups(size: str) -> bool:
    """Whether no child wears the size: L, 2XL, or a shoe or dress of 36 and more."""
    letters = re.fullmatch(r"(?:\d?X{0,3})[SL]|M", size.strip().upper()) is not None
    return letters or (size.strip().isdigit() and int(size) >= GROWN_UP_FROM)


def age_said(said: str, sizes: Sequence[str], of: Sold | None = None) -> int | None:
    """The age a bare number means for a piece sized by age: "size 5" of 4-5Y and 5-6Y."""
    if not re.fullmatch(r"\d{1,2}", said.strip()) or size_said(said, sizes) is not None:
        return None
    return int(said) if sizes_for_age(int(said), sizes, of) else None


def same_system(said: str, sizes: Sequence[str]) -> bool:
    """Whether the size and one of `sizes` are both letters, or both numbers."""
    return any(size_key(said)[0] == size_key(size)[0] for size in sizes if size != ONE_SIZE)


def _is_for_children(of: Sold) -> bool:
    return named_for_children(of.name) and of.category not in _WORN_ON_FEET


def named_for_children(name: str) -> bool:
    """Whether a piece's name says so: Girls Doll Shoes, Dungarees za Watoto."""
    words = set(re.findall(r"[a-z]+", name.lower().replace("'", "").replace("\u2019", "")))
    return bool(words & _CHILDREN)


def _spans_of_numbers(sizes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """A number fits that age, and the year before where no smaller number is for it."""
    numbers = {size: int(size) for size in sizes if re.fullmatch(r"\d{1,2}", size.strip())}
    if any(number > OLDEST_BY_NUMBER for number in numbers.values()):
        return {}  # a chest or a waist
    there = set(numbers.values())
    return {size: (n if n - 1 in there else n - 1, n) for size, n in numbers.items()}


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
