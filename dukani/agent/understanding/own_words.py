"""Words only this boutique has: its "rose gold", its "6Y", and the kinds the lexicon lacks.

What the lexicon knows by another name is filed as the boutique files it: who has jeans among
the trousers is asked for trousers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dukani.agent.acts import Assortment
from dukani.agent.lexicon.query import canonical_category, canonical_colour, canonical_size
from dukani.agent.lexicon.tables import Entry, plurals
from dukani.agent.lexicon.tokens import Token, normalise, tokenise
from dukani.agent.understanding.finds import Find

ONE_SIZE = "ONE"  # and no word for it
OwnWords = dict[tuple[str, ...], Entry]

# Kinds that are also of a broader kind, where a boutique has only that.
BROADER = {"jeans": "trousers"}


@lru_cache(maxsize=256)
def _own_words(sold: Assortment) -> OwnWords:
    """The boutique's colours, categories and sizes no lexicon word stands for."""
    words: OwnWords = {}
    for colour in sold.colours:
        if canonical_colour(colour) is None:
            words[tuple(normalise(colour).split())] = Entry("colour", colour)
    for category in sold.categories:
        if canonical_category(category) is None:
            said = tuple(normalise(category).split())
            words |= {form: Entry("category", category) for form in (said, *plurals(said))}
    for size in sold.sizes:
        if size != ONE_SIZE and canonical_size(size) is None:
            words[tuple(token.text for token in tokenise(size))] = Entry("size", size)
    return words


def with_own_words(tokens: tuple[Token, ...], sold: Assortment) -> tuple[Token, ...]:
    """The tokens with those that make up one of the boutique's own words as one."""
    words = _own_words(sold)
    if not words:
        return tokens
    longest = max(map(len, words))
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        end, entry = _own_word_at(tokens, at, words, longest)
        result.append(tokens[at] if entry is None else _as_one(tokens[at:end], entry))
        at = end
    return tuple(result)


def _own_word_at(
    tokens: Sequence[Token], at: int, words: OwnWords, longest: int
) -> tuple[int, Entry | None]:
    """(where the longest own word from here ends, what it stands for)."""
    for end in range(min(len(tokens), at + longest), at, -1):
        said = tuple(part for token in tokens[at:end] for part in token.text.split())
        if said in words and not any(token.pause for token in tokens[at : end - 1]):
            return end, words[said]
    return at + 1, None


def _as_one(tokens: Sequence[Token], entry: Entry) -> Token:
    said = " ".join(token.text for token in tokens)
    last = tokens[-1]
    return Token(
        said, frozenset((said, "@" + entry.kind)), entry, pause=last.pause, asked=last.asked
    )


def as_filed(find: Find, sold: Assortment) -> Find:
    """A category as the boutique files it, where it has none of that name."""
    if find.slot != "category" or find.value in sold.categories:
        return find
    filed = BROADER.get(str(find.value))
    if filed not in sold.categories:
        return find
    return replace(find, value=filed, filed_from=str(find.value))
