"""Follows the words of a message through the names sold: "seti za dhahabu" is a Seti ya Dhahabu.

Words may be misspelt, in the plural ("flower girls" of a Flower Girl Dress) or skipped; they stand
in the order of the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.typos import SHORTEST, nearest
from dukani.agent.lexicon.words import known
from dukani.agent.local_reader.parsing.names_index import GENITIVE, SHORTEST_NAME, Sold


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name at tokens[start:end]; `colours` are places of colour words that belong to the name."""

    words: str
    start: int
    end: int
    colours: frozenset[int] = frozenset()


def _name_word(token: Token, names: Sold) -> str | None:
    """The token as a word of a name, perhaps misspelt."""
    if token.text in names.places:
        return token.text
    if token.entry or token.verb or len(token.text) < SHORTEST or known(token.text):
        return None
    return nearest(token.text, names.proper)


def words_at(tokens: Sequence[Token], at: int, names: Sold) -> list[str]:
    """The name words in this token; a phrase of the lexicon may have several."""
    if " " in tokens[at].text:
        parts = tokens[at].text.split()
        parts = parts[parts[0] in GENITIVE :]  # the "ya maua" (floral) of a Wrap Dress Maua
        return parts if all(part in names.places for part in parts) else []
    word = _name_word(tokens[at], names) or singular(tokens[at].text, names)
    return [word] if word else []


def singular(word: str, names: Sold) -> str | None:
    """The singular of a word, if it occurs in a name: "flower girls" of a Flower Girl Dress."""
    single = word.removesuffix("s")
    return single if len(single) >= SHORTEST_NAME and single in names.places else None


def goes_on(tokens: Sequence[Token], at: int, places: set[tuple[int, int]], names: Sold) -> bool:
    """Whether a genitive leads to the name's next word: "seti ya dhahabu", "wedge za vanilla"."""
    if at >= len(tokens) or tokens[at - 1].pause:
        return False
    words = words_at(tokens, at, names)
    linked = any((genitive, words[0]) in names.pairs for genitive in GENITIVE) if words else False
    own = len(words) == 1 and words[0] in names.proper
    return (linked or own) and bool(followed(places, words, names))


def began(words: list[str], names: Sold) -> set[tuple[int, int]]:
    """The places in the names where these words begin to be followed."""
    return followed(set(names.places[words[0]]), words[1:], names) if words else set()


def followed(places: set[tuple[int, int]], words: list[str], names: Sold) -> set[tuple[int, int]]:
    """The places in the names where these words follow, in order, perhaps with gaps."""
    for word in words:
        begun: dict[int, int] = {}  # of each name the first place reached
        for number, at in places:
            begun[number] = min(at, begun.get(number, at))
        later = names.places.get(word, frozenset())
        places = {(number, at) for number, at in later if at > begun.get(number, at)}
    return places
