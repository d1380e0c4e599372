"""Finds the variants of a SKU that the owner's words mean, and how many units of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dukani.core.store.held_stock import Held
from dukani.domain.sizes import ONE_SIZE, same_size

MOST_UNITS = 999
_TIMES = re.compile(r"(?:x(\d{1,4})|(\d{1,4})(?:x|pcs?|pieces?)|\+(\d{1,4}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """The variants that fit the words; `unknown` are words that say nothing of this piece."""

    variants: tuple[Held, ...]
    units: int | None = None
    unknown: tuple[str, ...] = ()


def variants_meant(
    words: Sequence[str], variants: Sequence[Held], *, colours: Mapping[str, str]
) -> Meant:
    """The variants that the words leave; `colours` gives canonical names ("nyeusi": "black").

    A number that is a size of the piece is the size, unless a size was said before it.
    """
    left, units, unknown = list(variants), None, []
    sized = False
    for word in words:
        if times := _TIMES.fullmatch(word):
            units = int(next(filter(None, times.groups())))
        elif found := _of_colour(word, left, colours):
            left = found
        elif not sized and (found := [one for one in left if same_size(word, one.size)]):
            left, sized = found, True
        elif word.isdecimal() and units is None:
            units = int(word)
        else:
            unknown.append(word)
    return Meant(tuple(left), units, tuple(unknown))


def _of_colour(word: str, variants: Iterable[Held], colours: Mapping[str, str]) -> list[Held]:
    meant = {word.lower(), colours.get(word.lower(), word.lower())}
    return [one for one in variants if one.colour.lower() in meant]


def chosen(
    words: Sequence[str], variants: Sequence[Held], *, colours: Mapping[str, str]
) -> Held | None:
    """The variant that an answer to "which one?" names, by its number from 1 or in words."""
    if len(words) == 1 and words[0].isdecimal() and 1 <= int(words[0]) <= len(variants):
        return variants[int(words[0]) - 1]
    meant = variants_meant(words, variants, colours=colours)
    return meant.variants[0] if len(meant.variants) == 1 and not meant.unknown else None


def size_named(size: str) -> str:
    """The size as it is told; empty for a piece of one size."""
    return "" if size == ONE_SIZE else size
