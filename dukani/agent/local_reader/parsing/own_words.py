"""Recognises the boutique's own colours, sizes and categories, which the lexicon lacks.

Colours stay as the boutique files them: "emerald" is searched as emerald, not as green.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from dukani.agent.lexicon.kinds import LONE, kind_of
from dukani.agent.lexicon.query import canonical_category, canonical_colour, canonical_size
from dukani.agent.lexicon.tables import WORDS, Entry, plurals
from dukani.agent.lexicon.tokens import Token, normalise, tokenise
from dukani.agent.lexicon.words import known
from dukani.agent.local_reader.parsing.figures import compound_at
from dukani.agent.local_reader.parsing.months import is_by_months, said_by_months, span_said
from dukani.domain.pieces import Assortment

ONE_SIZE = "ONE"  # never a word of a message
YEARS = re.compile(r"(\d+)\s*-\s*(\d+)\s*y(?:rs|ears)?", re.IGNORECASE)
SIDES = re.compile(r"(\d+) ?x ?(\d+)", re.IGNORECASE)  # "5x6" of a bedsheet
HALF = re.compile(r"(\d+)\.5")
INCHES = re.compile(r"(\d+)\s*(?:in|inch|inches)", re.IGNORECASE)
CUP = re.compile(r"([a-h])\1?")
BANDS = range(28, 49)
OwnWords = dict[tuple[str, ...], Entry]


@lru_cache(maxsize=256)
def _own_words(
    colours: tuple[str, ...], categories: tuple[str, ...], sizes: tuple[str, ...]
) -> OwnWords:
    """The boutique's colours, categories and sizes that no lexicon word means."""
    words: OwnWords = {}
    for colour in colours:
        if canonical_colour(colour) != colour:
            words[tuple(normalise(colour).split())] = Entry("colour", colour)
    for said, category in _own_kinds(categories):
        words[said] = Entry("category", category)
    for size in sizes:
        if size != ONE_SIZE and (canonical_size(size) is None or is_by_months(size)):
            words |= {form: Entry("size", size) for form in _said_sizes(size)}
    return words


@lru_cache(maxsize=256)
def _longest(colours: tuple[str, ...], categories: tuple[str, ...], sizes: tuple[str, ...]) -> int:
    return max(map(len, _own_words(colours, categories, sizes)), default=1)


def _own_kinds(categories: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    filed = {kind_of(category): category for category in categories}
    for kind, names in LONE.items():
        for name in names:
            if kind in filed or _can_only_be_a_kind(name):
                yield tuple(name.split()), filed.get(kind, kind)
    for category in categories:
        if canonical_category(category) is None:
            said = tuple(normalise(category).split())
            for form in (said, *plurals(said)):
                yield form, category


def _can_only_be_a_kind(name: str) -> bool:
    """Whether the words mean the kind even where no such piece is sold: "nguo za kulala"."""
    first, _, rest = name.partition(" ")
    if not rest:
        return not known(name)
    return first in WORDS and WORDS[first].kind == "garment"


def _said_sizes(size: str) -> Iterator[tuple[str, ...]]:
    """Ways to say a size: "4-5Y" as "4 to 5 years", "15.5" as "15 na nusu"."""
    yield tuple(token.text for token in tokenise(size))
    years = YEARS.fullmatch(size)
    if years:
        low, high = years.groups()
        for unit in ((), ("y",), ("years",), ("yrs",), ("year",)):
            yield low, "-", high, *unit
            yield low, "to", high, *unit
        yield "miaka", low, "-", high
    yield from said_by_months(size)
    if sides := SIDES.fullmatch(size):
        yield from ((sides[1], by, sides[2]) for by in ("by", "x", "kwa", "*"))
    if inches := INCHES.fullmatch(size):
        for inch in ("in", "inch", "inches", "inchi"):
            yield inches.group(1), inch
        yield "inch", inches.group(1)
        yield "inchi", inches.group(1)
    half = HALF.fullmatch(size)
    if half:
        for said in ("na nusu", "and a half", "and half", "nusu"):
            yield half.group(1), *said.split()


def with_own_words(tokens: tuple[Token, ...], sold: Assortment) -> tuple[Token, ...]:
    """The tokens, with those of one of the boutique's own words joined."""
    words = _own_words(sold.colours, sold.categories, sold.sizes)
    longest = _longest(sold.colours, sold.categories, sold.sizes)
    babies = any(is_by_months(size) for size in sold.sizes)
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        end, entry = _own_word_at(tokens, at, words, longest, sold)
        if entry is None and babies:
            end, entry = span_said(tokens, at, sold.sizes) or (end, None)
        if entry is None:
            end, entry = _cup_size(tokens, at) or (end, _own_colour(tokens[at], words))
        if counted := _counted_size(tokens[at], sold) if entry is None else ():
            result += counted
        else:
            result.append(tokens[at] if entry is None else _as_one(tokens[at:end], entry))
        at = end
    return tuple(result)


def _own_word_at(
    tokens: Sequence[Token], at: int, words: OwnWords, longest: int, sold: Assortment
) -> tuple[int, Entry | None]:
    """(the end of the longest own word from here, its entry)."""
    for end in range(min(len(tokens), at + longest), at, -1):
        said = tuple(part for token in tokens[at:end] for part in token.text.split())
        if said not in words or any(token.pause for token in tokens[at : end - 1]):
            continue
        money = "-" in said and end < len(tokens) and tokens[end].kind == "money"  # "4-5k"
        if not money and not _in_a_colour(tokens, at, end, sold):
            return end, words[said]
    return at + 1, None


def _in_a_colour(tokens: Sequence[Token], at: int, end: int, sold: Assortment) -> bool:
    """Whether "in" is no unit: the dress of "a dress, size 20 in navy", beside chains of 20in."""
    texts = [token.text for token in tokens[at:end]]
    coloured = end < len(tokens) and tokens[end].kind == "colour"
    if len(texts) != 2 or texts[1] != "in" or texts[0] not in sold.sizes or not coloured:
        return False
    kinds = {token.value for token in tokens if token.kind == "category"}
    kinds |= {token.text for token in tokens if token.kind == "category"}
    named = [one for one in sold.pieces if {one.category, canonical_category(one.category)} & kinds]
    return not any(INCHES.fullmatch(size) for one in named for size in one.sizes)


def _own_colour(token: Token, words: OwnWords) -> Entry | None:
    """The boutique's colour within a longer one: "emerald" of "emerald green"."""
    if token.kind != "colour" or " " not in token.text:
        return None
    entries = (words.get((part,)) for part in token.text.split())
    return next((entry for entry in entries if entry and entry.kind == "colour"), None)


def _counted_size(token: Token, sold: Assortment) -> tuple[Token, ...]:
    """The count and the size in "3 xl", where XL is sold and no XXXL is; else nothing."""
    count, _, size = token.text.partition(" ")
    if token.kind != "size" or not count.isdigit() or token.value in sold.sizes:
        return ()
    if canonical_size(size) not in sold.sizes:
        return ()
    first, last = tokenise(count)[0], tokenise(size)[0]
    return first, replace(last, pause=token.pause, asked=token.asked)


def _cup_size(tokens: Sequence[Token], at: int) -> tuple[int, Entry] | None:
    """A bra size such as "36C", sold or not."""
    band, end = _band_at(tokens, at)
    cup = tokens[end] if end < len(tokens) else None
    if cup is None or tokens[end - 1].pause or band not in BANDS:
        return None
    if not CUP.fullmatch(cup.text) or WORDS.get(cup.text) or cup.text in ("a", "g"):
        return None
    return end + 1, Entry("size", f"{band}{cup.text.upper()}")


def _band_at(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """(the number here, its end): "36", "thirty six", "thelathini na sita"; 0 where none is."""
    if figure := compound_at(tokens, at):
        return figure.value, figure.end
    said = tokens[at].value if tokens[at].kind == "number" else tokens[at].text
    return (int(said) if said.isdecimal() and len(said) < 3 else 0), at + 1


def _as_one(tokens: Sequence[Token], entry: Entry) -> Token:
    said = " ".join(token.text for token in tokens)
    last = tokens[-1]
    tags = frozenset((said, "@" + entry.kind))
    swahili = any(token.swahili for token in tokens)
    return Token(said, tags, entry, swahili=swahili, pause=last.pause, asked=last.asked)
