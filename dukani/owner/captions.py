"""Reads the caption of a new piece's photo: its price, and what else it says. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dukani.agent.lexicon.tokens import tokenise
from dukani.domain.owner_commands import PricedPhoto, SizeCount
from dukani.domain.sizes import ONE_SIZE

_MONEY = r"(?:kes|kshs?|ksh\.|ugx|tzs|tshs?|ushs?|rwf|frw|bob|shs?|/=|/-)"
_FIGURE = r"\d{1,3}(?:[,. ]\d{3})+(?!\d)|\d+(?:\.\d+)?k\b|\d{2,8}(?!\d)"
_MARKED = re.compile(
    rf"\b{_MONEY}\s*(?P<after>{_FIGURE})|(?P<before>{_FIGURE})\s*{_MONEY}(?!\w)"
    rf"|(?:\b(?:bei|price|at)\b|@)\s*:?\s*(?P<priced>{_FIGURE})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w.,-])({_FIGURE})(?![\w-])", re.IGNORECASE)
_LEAST_BARE = 100  # a smaller number without a currency is a size or a count
_ONE = re.compile(r"\b(?:one|free)[ -]?size\b|\bsaizi moja\b", re.IGNORECASE)
_LETTER = re.compile(
    r"xx?x?[sl]|[2-5]x[sl]|[sml]|\d{1,2}(?:-\d{1,2})?y|(?:uk|us|eu)\d{1,2}", re.IGNORECASE
)
_RANGE = re.compile(r"(?<![\w-])(\d{2})\s?[-–]\s?(\d{2})(?![\w-])")
_LONGEST_RANGE = 12
_NAMED = re.compile(r"\b(?:sizes?|saizi)\b(.*)", re.IGNORECASE | re.DOTALL)
_SMALL = re.compile(r"(?<![\w-])\d{1,2}(?![\w-])")
_COUNT = re.compile(r"x(\d{1,3})|\(?(\d{1,3})\)?|(\d{1,3})x", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}(?:\.5)?")
_LEAST_NUMBERED = 16  # a number from here on is a size, of shoes or of dresses
_BETWEEN = re.compile(r"[\s,;:/]+")
_FILLERS = frozenset(("size", "sizes", "saizi", "na", "and", "ya", "za", "in", "each", "kila"))
_MOST_NAME = 60


def read_caption(text: str) -> PricedPhoto | None:
    """What the caption says of a new piece; None without a price."""
    found = _price_in(text)
    if found is None:
        return None
    price, rest = found
    tokens = tokenise(rest)
    categories = [token.value for token in tokens if token.kind == "category"]
    colours = [token.value for token in tokens if token.kind == "colour"]
    return PricedPhoto(
        price=price,
        name=_name_in(rest),
        category=categories[0] if categories else None,
        colour=colours[0] if colours else None,
        sizes=_sizes(rest, strict=False),
    )


def sizes_in(text: str) -> tuple[SizeCount, ...]:
    """The sizes of an answer to "which sizes?"; none if it says anything else."""
    return _sizes(text, strict=True)


def _price_in(text: str) -> tuple[int, str] | None:
    """The price in whole units, and the text without it: a marked figure, else the largest."""
    if marked := _MARKED.search(text):
        figure = marked["after"] or marked["before"] or marked["priced"]
        return _cut(text, marked, figure)
    bare = [one for one in _BARE.finditer(text) if _value(one[1]) >= _LEAST_BARE]
    if not bare:
        return None
    largest = max(bare, key=lambda one: _value(one[1]))
    return _cut(text, largest, largest[1])


def _cut(text: str, found: re.Match[str], figure: str) -> tuple[int, str] | None:
    price = _value(figure)
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return (price, rest) if 0 < price <= 100_000_000 else None


def _value(figure: str) -> int:
    plain = figure.lower()
    if plain.endswith("k"):
        return round(float(plain[:-1]) * 1000)
    return int(re.sub(r"[,. ]", "", plain))


def _sizes(text: str, *, strict: bool) -> tuple[SizeCount, ...]:
    """`M 2, L 1`, `2 M 1 L`, `S M L`, `38 x2 39`; a size named twice counts together."""
    if small := _small_sizes(text, strict=strict):
        return small
    named = _RANGE.sub(_each, _ONE.sub(f" {ONE_SIZE} ", text.replace("×", "x")))
    spaced = re.sub(r"(?<=\w)\s+x\s*(?=\d)", " x", named, flags=re.IGNORECASE)
    words = [word.strip(".!?*_") for word in _BETWEEN.split(spaced)]
    words = [word for word in words if word and word.lower() not in _FILLERS]
    if strict and not all(_is_size(word) or _COUNT.fullmatch(word) for word in words):
        return ()
    counted: dict[str, int] = {}
    for size, units in _counted([w for w in words if _is_size(w) or _COUNT.fullmatch(w)]):
        counted[size] = counted.get(size, 0) + units
    return tuple(SizeCount(size=size, units=min(n, 999)) for size, n in counted.items() if n > 0)


def _each(found: re.Match[str]) -> str:
    """The sizes of a range: `38-40` is 38, 39 and 40."""
    first, last = int(found[1]), int(found[2])
    if not _LEAST_NUMBERED <= first < last <= first + _LONGEST_RANGE:
        return found[0]
    return " ".join(str(size) for size in range(first, last + 1))


def _small_sizes(text: str, *, strict: bool) -> tuple[SizeCount, ...]:
    """Numbers below the others' sizes, such as UK's 8 and 10: after "size", or as an answer.

    `10 3` is three of a 10, `8 10` are two sizes.
    """
    named = None if _ONE.search(text) else _NAMED.search(text)
    said = named[1] if named else text if strict else ""
    if not said or re.sub(r"[\d\s,;/.]|\b(?:na|and)\b", "", said):
        return ()
    counted: dict[str, int] = {}
    for group in re.split(r"[,;\n]", said):
        numbers = [int(number) for number in _SMALL.findall(group)]
        if any(number >= _LEAST_NUMBERED for number in numbers):
            return ()
        if len(numbers) == 2 and numbers[1] < numbers[0]:
            counted[str(numbers[0])] = numbers[1]
        else:
            counted |= {str(number): 1 for number in numbers}
    if not named and len(counted) < 2 and sum(counted.values()) < 2:
        return ()  # a number alone answers nothing
    return tuple(SizeCount(size=size, units=n) for size, n in counted.items() if n > 0)


def _counted(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each size with the count beside it: behind it, or before it if the first word is a count."""
    first_is_count = len(words) > 1 and not _is_size(words[0]) and _letter(words[1])
    index = 1 if first_is_count else 0
    while index < len(words):
        size = words[index]
        if not _is_size(size):
            index += 2 if first_is_count else 1
            continue
        beside = index - 1 if first_is_count else index + 1
        count = _count(words[beside], size) if 0 <= beside < len(words) else None
        yield size.upper(), count or 1
        index += 2 if first_is_count or count else 1


def _letter(word: str) -> bool:
    return bool(_LETTER.fullmatch(word)) or word == ONE_SIZE


def _is_size(word: str) -> bool:
    return _letter(word) or (
        bool(_NUMBER.fullmatch(word)) and float(word) >= _LEAST_NUMBERED and float(word) < 80
    )


def _count(word: str, size: str) -> int | None:
    """The count in a word; a bare number that may be the next size is none."""
    found = _COUNT.fullmatch(word)
    if found is None or (_is_size(word) and not _letter(size)):
        return None
    return int(next(filter(None, found.groups())))


def _name_in(rest: str) -> str:
    """The words that name the piece, without sizes and counts."""
    words = [word.strip(".,!?*_:;()") for word in _ONE.sub(" ", rest).split()]
    named = [
        word
        for word in words
        if word.isalpha() and not _letter(word) and word.lower() not in _FILLERS
    ]
    name = " ".join(word if word.isupper() else word.capitalize() for word in named)
    return name[:_MOST_NAME].strip()
