"""Reads the words of a line: lists, colours, sizes, categories, yes and no; and writes them back.

A word in double quotes is taken to the letter. `spelled` puts those in quotes that would else be
read as something else, so that what is written is read back as it was.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon import canonical_category, canonical_colour
from dukani.core.colours import COLOURS
from dukani.domain.kinds import CATEGORIES
from dukani.domain.sizes import ONE_SIZE, letter_of
from dukani.tools.piece_lists.spoiled import spoiled
from dukani.tools.piece_lists.why import refuse

LONGEST_COLOUR = 40
LONGEST_SIZE = 12
LONGEST_WORD = 40
MOST_WORDS = 12
_PART = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:[,;|]|$)|([^,;|]+)|[,;|]')
_WORD_PART = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:[,;|/]|$)|([^,;|/]+)|[,;|/]')
_WHOLE = re.compile(r'^"((?:[^"]|"")*)"$')
_LADDER = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL", "5XL")
_NUMBERS = re.compile(r"^(\d{1,3})\s*(?:-|–|to|hadi)\s*(\d{1,3})$", re.IGNORECASE)
_LETTERS = re.compile(r"^([\dA-Z]+)\s*(?:-|–|to|hadi)\s*([\dA-Z]+)$", re.IGNORECASE)
_YES = ("yes", "y", "true", "1", "ndiyo", "ndio", "ndyo", "x", "✓")
_NO = ("no", "n", "false", "0", "hapana", "la", "siyo")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list; `literal`: it stood in quotes."""

    text: str
    literal: bool


def parts_of(text: str, *, by_slash: bool = False) -> list[Part]:
    """The parts of a list, divided by commas, semicolons or bars (and slashes)."""
    found: list[Part] = []
    for match in (_WORD_PART if by_slash else _PART).finditer(text):
        quoted, plain = match.groups()
        if quoted is not None:
            found.append(Part(quoted.replace('""', '"').strip(), True))
        elif plain is not None and plain.strip():
            found.append(Part(plain.strip(), False))
    return [part for part in found if part.text]


def unquoted(text: str) -> str:
    """What stands in quotes, where the whole cell does; else the cell."""
    whole = _WHOLE.match(text)
    return whole[1].replace('""', '"').strip() if whole else text


def read_sku(text: str) -> list[str]:
    """The SKU of a cell. Raises Refused for what a spreadsheet made of one."""
    literal = unquoted(text)
    if literal == text and (bad := spoiled(text, "sku")):
        raise bad
    return [literal] if literal else []


def spelled(words: Sequence[str], read: Callable[[str], Sequence[str]]) -> str:
    """The words as one cell that `read` reads back to them."""
    several = len(words) > 1
    return "; ".join(
        word if _reads_as(word, read) and not (several and '"' in word) else _quoted(word)
        for word in words
    )


def _reads_as(word: str, read: Callable[[str], Sequence[str]]) -> bool:
    try:
        return list(read(word)) == [word]
    except ValueError:
        return False


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def read_colours(text: str, *, known: Collection[str] = ()) -> list[str]:
    """Colours by our names: `nyekundu` is red. `known`: those of this piece. Raises Refused."""
    return [_colour(part, known) for part in parts_of(text)]


def _colour(part: Part, known: Collection[str]) -> str:
    plain = part.text if part.literal else " ".join(part.text.lower().split())
    if len(plain) > LONGEST_COLOUR:
        raise refuse("too_long", "colour", plain[:20], str(LONGEST_COLOUR))
    if part.literal or plain in known or plain in COLOURS:
        return plain
    if (ours := _our_colour(plain)) is not None:
        return ours
    near = difflib.get_close_matches(plain, COLOURS, n=1, cutoff=0.75)
    if near:
        raise refuse("unknown_colour", "colour", part.text, near[0])
    return plain


@lru_cache(maxsize=4096)
def _our_colour(plain: str) -> str | None:
    return canonical_colour(plain)


def read_category(text: str) -> str:
    """One of our categories: `gauni` is dress. Raises Refused."""
    found = _category(" ".join(text.lower().split()))
    if found is None:
        near = difflib.get_close_matches(text.lower(), CATEGORIES, n=1, cutoff=0.6)
        raise refuse("unknown_category", "category", text, near[0] if near else _SOME)
    return found


_SOME = ", ".join(CATEGORIES)


@lru_cache(maxsize=4096)
def _category(plain: str) -> str | None:
    return plain if plain in CATEGORIES else canonical_category(plain)


@dataclass(frozen=True, slots=True)
class SizeSaid:
    """A size of a line, with its own units where it was written as `M=3`."""

    size: str
    units: str | None = None


def read_sizes(text: str, *, known: Collection[str] = ()) -> list[SizeSaid]:
    """`S, M, L`, `S-XL`, `M=3`. `known`: the sizes that this piece has. Raises Refused."""
    found: list[SizeSaid] = []
    for part in parts_of(text):
        found += [SizeSaid(part.text)] if part.literal else _sizes(part.text, known)
    for said in found:
        if len(said.size) > LONGEST_SIZE:
            raise refuse("too_long", "size", said.size[:12], str(LONGEST_SIZE))
    return found


def _sizes(text: str, known: Collection[str]) -> list[SizeSaid]:
    if text in known:
        return [SizeSaid(text)]
    if bad := spoiled(text, "size"):
        raise bad
    size, equals, units = text.partition("=")
    if equals:
        return [SizeSaid(size.strip(), units.strip())]
    if (letters := _LETTERS.match(text)) and (span := _span(*letters.groups())):
        return [SizeSaid(one) for one in span]
    if numbers := _NUMBERS.match(text):
        low, high = map(int, numbers.groups())
        raise refuse("size_range", "size", text, f"{low}, {low + 1}, {high}")
    return [SizeSaid(_letter(text))]


def _span(low: str, high: str) -> list[str]:
    """The letters from one to the other; none where they are no letters in this order."""
    first, last = letter_of(low), letter_of(high)
    if first not in _LADDER or last not in _LADDER:
        return []
    start, end = _LADDER.index(first), _LADDER.index(last)
    return list(_LADDER[start : end + 1]) if start < end else []


def _letter(text: str) -> str:
    """Letters in one way of writing, so that `m` and `M` of a list are one; others as they are."""
    letter = letter_of(text)
    return text if letter in (None, ONE_SIZE) else str(letter)


def read_words(text: str, field: str) -> list[str]:
    """Occasions, in small letters unless quoted. Raises Refused."""
    found = [part.text if part.literal else part.text.lower() for part in parts_of(
        text, by_slash=True)][:MOST_WORDS]  # fmt: skip
    for word in found:
        if len(word) > LONGEST_WORD:
            raise refuse("too_long", field, word[:20], str(LONGEST_WORD))
    return list(dict.fromkeys(found))


def read_yes(text: str, field: str) -> bool:
    """Raises Refused."""
    plain = text.strip().lower()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise refuse("no_yes_or_no", field, text)
