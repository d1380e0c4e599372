"""Indexes the names of sold pieces: where each word occurs, and the kinds that they mention."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.words import describe, known, known_exactly
from dukani.domain.naming import words_of as spelt_in
from dukani.domain.wearers import sex_said

SHORTEST_NAME = 4
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa", "ka"))
Places = frozenset[tuple[int, int]]  # (which name, which word of it)


@dataclass(frozen=True)
class Sold:
    """An index of the sold names: the places of each word, and the words that occur only there."""

    places: dict[str, Places]
    proper: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]  # words side by side in a name
    kinds: tuple[frozenset[str], ...]  # of each name: the kinds of piece its words mention
    wholes: frozenset[tuple[str, ...]]  # full names, names without brackets, and the brackets' text
    labels: dict[int, int]  # which name → the place of "arusha" in a Kikoi cha Arusha


@dataclass(frozen=True)
class Filed:
    """What the shop files of its pieces beside the names."""

    patterns: frozenset[str] = frozenset()
    colours_of_kinds: frozenset[tuple[str, str]] = frozenset()  # (category, colour)


NOTHING_FILED = Filed()


@lru_cache(maxsize=256)
def index_of(names: tuple[str, ...]) -> Sold:
    places: dict[str, set[tuple[int, int]]] = {}
    pairs: set[tuple[str, str]] = set()
    for number, name in enumerate(names):
        words = words_of(name)
        pairs.update(itertools.pairwise(words))
        for at, word in enumerate(words):
            places.setdefault(word, set()).add((number, at))
    proper = tuple(sorted(word for word in places if is_proper(word)))
    found = {word: frozenset(at) for word, at in places.items()}
    kinds = tuple(frozenset[str]().union(*map(kinds_meant, words_of(name))) for name in names)
    wholes = frozenset(part for name in names for part in _wholes(name))
    labels = {
        number: 2
        for number, name in enumerate(names)
        if _is_labelled(words_of(name.partition("(")[0]))
    }
    return Sold(found, proper, frozenset(pairs), kinds, wholes, labels)


def _is_labelled(words: Sequence[str]) -> bool:
    """Whether the name is a kind with one word of its own behind it: "Dera ya Entebbe"."""
    return len(words) == 3 and words[1] in GENITIVE and bool(kinds_meant(words[0]))


def _wholes(name: str) -> Iterator[tuple[str, ...]]:
    """The name and the parts that can stand for it; a mere colour and kind cannot."""
    plain, _, rest = name.partition("(")
    for part in (name, plain, rest.partition(")")[0]):
        words = tuple(word for word in words_of(part) if word not in GENITIVE)
        own = any(not (entry := WORDS.get(word)) or entry.kind == "pattern" for word in words)
        if own or _is_of_a_kind(words_of(part)):
            yield words
        if own and (brief := _without_kind_between(words)) is not None:
            yield brief
    opening = words_of(name)[:3]  # the trousers of cloth of a "Suruali ya Kitambaa Official"
    if len(opening) == 3 and _is_of_a_kind(opening):
        yield (opening[0], opening[2])


def _without_kind_between(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words without the kind between them: "maxi maua" of a Maxi Dress Maua."""
    left = tuple(
        word for at, word in enumerate(words) if at in (0, len(words) - 1) or not kinds_meant(word)
    )
    plain = all((entry := WORDS.get(word)) is None or entry.kind != "colour" for word in left)
    return left if 1 < len(left) < len(words) and plain else None


def _is_of_a_kind(words: Sequence[str]) -> bool:
    """Whether one kind is made of another, or two kinds are said together.

    "Suruali ya kitambaa" (trousers of cloth), "leso doti" (a leso by the pair).
    """
    if len(words) == 2:
        return words[0] != words[1] and bool(kinds_meant(words[0]) and kinds_meant(words[1]))
    return (
        len(words) == 3
        and words[1] in GENITIVE
        and bool(kinds_meant(words[0]) and kinds_meant(words[2]))
        and kinds_meant(words[0]).isdisjoint(kinds_meant(words[2]))
    )


def as_in_names(said: str, names: tuple[str, ...]) -> str:
    """The words as the names spell them: the "u" of a Man U Jersey, which else means "you"."""
    spelling = _spelling(names)
    return " ".join(spelling.get(word, word) for word in said.split())


@lru_cache(maxsize=256)
def _spelling(names: tuple[str, ...]) -> dict[str, str]:
    """The words that the lexicon writes otherwise than the names, and that no name has."""
    pairs = [
        pair
        for name in names
        if len(words_of(name)) == len(spelt_in(name))
        for pair in zip(words_of(name), spelt_in(name), strict=True)
    ]
    own = {spelt for _, spelt in pairs}
    return {word: spelt for word, spelt in pairs if word not in own}


@lru_cache(maxsize=4096)
def kinds_meant(word: str) -> frozenset[str]:
    """The kinds of piece a word means, fine and broad: heels are shoes, "skafu" is a scarf."""
    entry = describe(word).entry
    broad = entry.value if entry is not None and entry.kind == "category" else None
    return frozenset(kind for kind in (kind_of(word), broad) if kind is not None)


def is_proper(word: str) -> bool:
    if sex_said(word) is not None:
        return False  # "tops za ladies" means any, also where a Ladies Knit Cardigan is sold
    brief = 1 < len(word) < SHORTEST_NAME  # "nyc", "ny"
    short = brief and not known(word) and not kind_of(word)
    return word.isalpha() and (len(word) >= SHORTEST_NAME or short) and not known_exactly(word)
