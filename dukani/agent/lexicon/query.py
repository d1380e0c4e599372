"""Translates a customer's words to canonical names and to an English search query."""

from __future__ import annotations

from dukani.agent.lexicon.tables import Entry, read_table
from dukani.agent.lexicon.tokens import Token, tokenise
from dukani.agent.lexicon.words import known
from dukani.domain.kinds import CATEGORIES

NAMED = ("colour", "category", "occasion", "pattern")
SHORTEST_NAME = 3
_OCCASIONS: dict[str, tuple[str, ...]] = {
    occasion: tuple(dict.fromkeys(word for words in named.values() for word in words))
    for occasion, named in read_table("garment_words.toml")["occasion"].items()
}


def _named(word: str, kinds: tuple[str, ...]) -> str | None:
    tokens = tokenise(word)
    if len(tokens) != 1 or tokens[0].kind not in kinds:
        return None
    return tokens[0].value


def canonical_colour(word: str) -> str | None:
    """The English colour of a word in any of the languages: "jekundu" → "red"."""
    return _named(word, ("colour",))


def canonical_category(word: str) -> str | None:
    """The category of a word: "gauni" → "dress"."""
    found = _named(word, ("category",))
    return found if found in CATEGORIES else None


def canonical_pattern(word: str) -> str | None:
    """The pattern of a word: "stripes", "mistari" → "striped", "animal" → "animal print"."""
    if not word.strip():
        return None
    return _named(word, ("pattern",)) or _named(f"{word} print", ("pattern",))


def canonical_size(word: str) -> str | None:
    """The size of a word or number: "kubwa" → "L", "xl" → "XL", "38" → "38"."""
    word = word.strip()
    if word.isdigit() and len(word) <= 2:
        return word
    return _named(word, ("size", "size_word"))


def occasion_names(occasion: str) -> tuple[str, ...]:
    """Other names of a canonical occasion in any of the languages: gym → workout, michezo …"""
    return tuple(name for name in _OCCASIONS.get(occasion, ()) if name != occasion)


def _query_words(entry: Entry) -> list[str]:
    if entry.kind == "embroidery":
        return ["embroidered"]
    return entry.value.split() if entry.kind in NAMED else []


def _own_words(token: Token) -> list[str]:
    """The token's word if it may be part of a product's name: unknown and not too short."""
    unknown = token.entry is None and not known(token.text)
    return [token.text] if unknown and len(token.text) >= SHORTEST_NAME else []


def translate_query(text: str) -> list[str]:
    """English words to search for: "gauni jekundu la harusi" → dress, red, wedding.

    Words unknown to the lexicon stay: they may be part of a product's name.
    """
    words: list[str] = []
    for token in tokenise(text):
        words += _query_words(token.entry) if token.entry else _own_words(token)
    return list(dict.fromkeys(words))
