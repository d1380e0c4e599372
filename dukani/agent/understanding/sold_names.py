"""Names of pieces the boutique sells, said before any of them is shown.

"I want the Amani Wrap Dress" names a piece; wrap is then no pattern to filter by, and the
"Pwani" of a Pwani Straw Hat no beach. A name counts when a word is in it that only names hold,
or when its first two words are said together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import Token, normalise
from dukani.agent.lexicon.typos import SHORTEST, nearest
from dukani.agent.lexicon.words import known

SHORTEST_NAME = 4
INTRODUCING = frozenset(("im", "am", "naitwa", "mimi", "jina", "name", "langu", "niite"))

DESCRIBING = ("category", "pattern", "colour", "garment", "embroidery", "size", "size_word")

Places = frozenset[tuple[int, int]]  # (which name, which word of it)


@dataclass(frozen=True)
class Sold:
    """Where each word stands in the names, and the words only names have."""

    places: dict[str, Places]
    proper: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """tokens[start:end] name a piece."""

    words: str
    start: int
    end: int


@lru_cache(maxsize=256)
def _sold(names: tuple[str, ...]) -> Sold:
    places: dict[str, set[tuple[int, int]]] = {}
    for number, name in enumerate(names):
        for at, word in enumerate(normalise(name).replace("-", " ").split()):
            places.setdefault(word, set()).add((number, at))
    proper = (word for word in places if _is_proper(word))
    return Sold({word: frozenset(found) for word, found in places.items()}, tuple(sorted(proper)))


def _is_proper(word: str) -> bool:
    return len(word) >= SHORTEST_NAME and word.isalpha() and not known(word)


def _name_word(token: Token, names: Sold) -> str | None:
    """The token as a word of a name, perhaps misspelt."""
    if token.text in names.places:
        return token.text
    if token.entry or token.verb or len(token.text) < SHORTEST or known(token.text):
        return None
    return nearest(token.text, names.proper)


def _words_at(tokens: Sequence[Token], at: int, names: Sold) -> list[str]:
    """The words of names in this token; a phrase of the lexicon may hold several."""
    if " " in tokens[at].text:
        parts = tokens[at].text.split()
        return parts if all(part in names.places for part in parts) else []
    word = _name_word(tokens[at], names)
    return [word] if word else []


def sold_names(tokens: Sequence[Token], names: tuple[str, ...]) -> Iterator[NameSpan]:
    """The stretches of the message that name a piece."""
    if not names:
        return
    known_names, at = _sold(names), 0
    while at < len(tokens):
        span = _span_from(tokens, at, known_names)
        if span is not None:
            yield span
        at = span.end if span else at + 1


def _span_from(tokens: Sequence[Token], start: int, names: Sold) -> NameSpan | None:
    """The longest stretch from here whose words follow each other in one name."""
    said: list[str] = []
    places: set[tuple[int, int]] = set()
    end = start
    while end < len(tokens):
        words = _words_at(tokens, end, names)
        following = _followed(places, words, names) if said else _began(words, names)
        if not words or not following:
            break
        places, end = following, end + 1
        said += words
        if tokens[end - 1].pause:
            break
    if not said or _introduces(tokens, start, end):
        return None
    proper = any(_is_proper(word) for word in said)
    if not proper and not _opens(said, places):
        return None
    return NameSpan(" ".join(said), start, end)


def _opens(said: list[str], places: set[tuple[int, int]]) -> bool:
    """A name's first words, as they stand in it; what describes a garment is no such word."""
    entry = WORDS.get(said[0])
    describing = entry is not None and entry.kind in DESCRIBING
    return len(said) > 1 and not describing and any(at == len(said) - 1 for _, at in places)


def _began(words: list[str], names: Sold) -> set[tuple[int, int]]:
    return _followed(set(names.places[words[0]]), words[1:], names) if words else set()


def _followed(places: set[tuple[int, int]], words: list[str], names: Sold) -> set[tuple[int, int]]:
    """Where the names go on with these words, in order; words may be left out between."""
    for word in words:
        later = names.places.get(word, frozenset())
        places = {
            (number, at)
            for number, at in later
            if any(number == other and at > before for other, before in places)
        }
    return places


def _introduces(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "I'm Neema": her own name."""
    return end - start == 1 and start > 0 and tokens[start - 1].text in INTRODUCING
