"""Size systems: what a size is, as shops and customers in East Africa write it.

"XL", "UK 14", "14", "EU 42", "W32", "15.5" of a shirt, "34B", "4-5Y", "6-9M", "56" of an abaya.
A number alone is read by the category, the audience and the other sizes of the piece. Whether two
labels are the same, and their order, is `domain/sizes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dukani.domain.sizes import ONE_SIZE, letter_of
from dukani.domain.sizing.evidence import Audience

System = Literal[
    "letter", "uk", "us", "eu", "waist", "chest", "collar", "collar_cm", "length",
    "years", "height", "bra", "one",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sized:
    """A size in its system. Numbers are a range: 4-5Y is 4 to 5; a single number is both."""

    system: System
    low: float = 0.0
    high: float = 0.0
    name: str = ""  # the letter ("S M": from S to M), or the cup of a bra with its system


FOOTWEAR = frozenset({"shoes", "sandals", "boots", "sneakers", "heels"})
BOTTOMS = frozenset({"trousers", "jeans", "shorts", "leggings", "belt"})
JACKETS = frozenset({"suit", "jacket", "coat", "blazer"})
_LONG = frozenset({"kaftan", "kanzu", "abaya", "dress", None})  # abayas are filed as any of these
_SHIRTS = frozenset({"shirt"})
_LEAST_WAIST, _MOST_WAIST, _LEAST_EU = 24, 44, 34  # of skirts

_NUMBER = re.compile(
    r"^(?P<age>AGED?|AGE)?\s*+(?:SIZE\s*+)?(?P<before>UK|US|EUR|EU|W)?\s*+"
    r"(?P<low>\d{1,3}(?:[.,]5|½)?)\s*+(?:(?:[-–/]|TO)\s*+(?P<high>\d{1,3}(?:[.,]5)?))?\s*+"
    r"(?P<unit>YEARS?|YRS?|Y|T|MONTHS?|MTHS?|MOS?|M|CM|INCHES|INCH|IN|\"|UK|US|EUR|EU|W)?"
    r"(?:\s*+/?\s*+L\d{2})?$"  # W32 L34: the inside leg is not compared
)
_REMARK = re.compile(r"\s*\(.*\)$")  # M (UK 12)
_BETWEEN = re.compile(r"\s*[/–]\s*|\s*-\s*(?=X*[SML]|\dX)|\s+TO\s+")
_BRA = re.compile(r"^(UK|EU|US)?\s*(\d{2,3})\s*(AA|A|B|C|D{1,4}|E|F{1,2}|G{1,2}|H{1,2}|J|K)$")
_YEARS = ("YEAR", "YEARS", "YR", "YRS", "Y", "T")
_MONTHS = ("MONTH", "MONTHS", "MTH", "MTHS", "MO", "MOS", "M")
_INCHES = ("INCHES", "INCH", "IN", '"')
_NAMED: dict[str, System] = {"UK": "uk", "US": "us", "EU": "eu", "EUR": "eu", "W": "waist"}
LAST_MONTHS = 36  # above, "38M" is no baby's size
LARGEST_UK = 30  # women's; a larger number alone is EU


@lru_cache(maxsize=8192)
def read_size(
    size: str,
    *,
    category: str | None,
    audience: Audience | None = None,
    beside: tuple[str, ...] = (),
) -> Sized | None:
    """What a size of a category means; `beside`: the sizes it stands among. None: no known size."""
    plain = _REMARK.sub("", size.strip().upper())
    parts = [plain] if letter_of(plain) else _BETWEEN.split(plain)
    letters = [letter_of(part) for part in parts]
    if letters[0] == ONE_SIZE:
        return Sized("one")
    if all(letters) and ONE_SIZE not in letters:
        return Sized("letter", name=" ".join(filter(None, letters)))
    bra = _BRA.match(plain)
    if bra and category not in FOOTWEAR:
        return _bra(bra)
    found = _NUMBER.match(plain)
    if found is None:
        return None
    low, high = _value(found["low"]), _value(found["high"] or found["low"])
    if high < low:
        return None
    unit, before = found["unit"], found["before"]
    if found["age"] or unit in _YEARS:
        return Sized("years", low, high)
    if unit in _MONTHS:
        return Sized("years", low / 12, high / 12) if high <= LAST_MONTHS else None
    named = before or (unit if unit in _NAMED else None)
    if named:
        return Sized(_NAMED[named], low, high)
    if unit == "CM":
        return Sized("height", low, high) if category not in FOOTWEAR else None
    if unit in _INCHES:
        return Sized(_inches(low, category), low, high)
    system = _alone(low, high, category, audience, tuple(_numbers(beside)))
    return Sized(system, low, high) if system else None


def _value(text: str) -> float:
    return float(text.replace(",", ".").replace("½", ".5"))


def _bra(found: re.Match[str]) -> Sized | None:
    system, band, cup = found.groups()
    number = int(band)
    if 28 <= number <= 56 and system != "EU" and number % 2 == 0:
        return Sized("bra", number, number, name=f"{'us' if system == 'US' else 'uk'} {cup}")
    if 60 <= number <= 120 and number % 5 == 0:
        return Sized("bra", number, number, name=f"eu {cup}")
    return None


def _inches(number: float, category: str | None) -> System:
    if category in BOTTOMS:
        return "waist"
    if number < 20:
        return "collar"
    return "length" if number >= 50 else "chest"


def _alone(
    low: float,
    high: float,
    category: str | None,
    audience: Audience | None,
    beside: Sequence[float],
) -> System | None:
    """The system of a number that stands alone, among the numbers `beside` it."""
    least, most = min((low, *beside)), max((high, *beside))
    if category in FOOTWEAR:
        return _shoe(low, audience, least)
    if audience == "children":
        return "height" if low >= 50 else "years" if high <= 17 else None
    if category in _LONG and 50 <= low <= 64 and (least >= 50 if beside else low >= 52):
        return "length"
    if category in BOTTOMS:
        return _bottom(low, category, audience, least, beside)
    if category == "skirt" and _LEAST_WAIST <= least < _LEAST_EU and most <= _MOST_WAIST:
        return "waist"  # 26, 28 and 30; from 6 to 22 UK, from 34 EU
    if category in _SHIRTS and audience != "women" and 13 <= low <= 19 and most <= 20:
        return "collar"
    if category in _SHIRTS and audience == "men" and 36 <= low <= 48:
        return "collar_cm"
    if audience == "men":
        return _man(low, least, most)
    if high != low and high <= 17:
        return "years"  # 4-5, without a unit
    return _woman(low)


def _woman(number: float) -> System | None:
    if number <= LARGEST_UK:
        return "uk" if number >= 2 else None
    return "eu" if number <= 64 else None


def _man(number: float, least: float, most: float) -> System | None:
    """Suits: 34 to 50 are inches of chest, 44 to 64 EU; what is both is read by the others."""
    if number < 30 or number > 68:
        return None
    return "chest" if least < 42 or (least < 44 and most <= 54) else "eu"


def _shoe(number: float, audience: Audience | None, least: float) -> System | None:
    """15 to 50 is EU. Smaller is UK, except among sizes that go on to EU's."""
    if number > 50:
        return None
    return "eu" if number >= 15 or (audience == "children" and least > 13) else "uk"


def _bottom(
    number: float,
    category: str | None,
    audience: Audience | None,
    least: float,
    beside: Sequence[float],
) -> System | None:
    """Inches of waist, but for women's trousers in UK (to 22) or EU sizes (34 to 54, even)."""
    if number <= 22:
        return "uk"
    if number > 60:
        return None
    inches = (
        category in ("jeans", "belt") or audience == "men" or least < 34
        or any(value % 2 for value in beside) or number % 2
    )  # fmt: skip
    return "waist" if inches else "eu"


def _numbers(sizes: Sequence[str]) -> list[float]:
    """The numbers among sizes that stand alone."""
    found = [_NUMBER.match(size.strip().upper()) for size in sizes]
    return [
        _value(one["low"]) for one in found
        if one and not (one["age"] or one["before"] or one["unit"])
    ]  # fmt: skip
