"""Normalises the spelling of product names: a shop's "Airforce", a customer's "air force".

Both become the same tokens before names are matched.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.words import known
from dukani.domain.naming import sounded

SHORTEST = 6  # letters of the shortest word that is joined or split


@lru_cache(maxsize=256)
def _spellings(names: tuple[str, ...]) -> tuple[frozenset[str], dict[str, tuple[str, str]]]:
    """(the words of the names, {two neighbours written together: the two})."""
    words: set[str] = set()
    pairs: dict[str, tuple[str, str]] = {}
    for name in names:
        said = words_of(name)
        words.update(said)
        for first, second in itertools.pairwise(said):
            if first.isalpha() and second.isalpha():
                pairs[first + second] = (first, second)
    return frozenset(words), pairs


def as_named(tokens: tuple[Token, ...], names: tuple[str, ...]) -> tuple[Token, ...]:
    """The tokens with words joined and split as in the names."""
    if not names:
        return tokens
    words, pairs = _spellings(names)
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        joined = _joined(tokens, at, words)
        token = _respelled(_uncorrected(tokens[at], words), words)
        result += [joined] if joined else _parted(token, words, pairs)
        at += 2 if joined else 1
    return tuple(result)


def _uncorrected(token: Token, words: frozenset[str]) -> Token:
    """The token without a spelling correction where its text is a word of a name: "jordan"."""
    if token.entry is None or token.text not in words or token.text in WORDS or " " in token.text:
        return token
    return Token(token.text, frozenset((token.text,)), pause=token.pause, asked=token.asked)


def _respelled(token: Token, words: frozenset[str]) -> Token:
    """The token as the one name word that sounds the same: "chiffon" as "Shifon"."""
    plain = token.kind in ("", "pattern") and token.verb is None and token.text.isalpha()
    if not plain or token.text in words or len(token.text) < SHORTEST - 1:
        return token
    alike = [word for word in _by_sound(words).get(sounded(token.text), ()) if word != token.text]
    if len(alike) != 1:
        return token
    return Token(alike[0], frozenset((alike[0],)), pause=token.pause, asked=token.asked)


@lru_cache(maxsize=256)
def _by_sound(words: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST - 1 and word.isalpha():
            found[sounded(word)] = (*found.get(sounded(word), ()), word)
    return found


def _joined(tokens: Sequence[Token], at: int, words: frozenset[str]) -> Token | None:
    if at + 1 >= len(tokens) or tokens[at].pause:
        return None
    first, second = tokens[at], tokens[at + 1]
    whole = first.text + second.text
    if len(whole) < SHORTEST or whole not in words or known(whole):
        return None
    if first.text in words and second.text in words:
        return None
    return Token(whole, frozenset((whole,)), pause=second.pause, asked=second.asked)


def _parted(
    token: Token, words: frozenset[str], pairs: dict[str, tuple[str, str]]
) -> Iterator[Token]:
    pair = pairs.get(token.text)
    if pair is None or token.text in words or token.entry or len(token.text) < SHORTEST:
        yield token
        return
    first, second = pair
    yield Token(first, frozenset((first,)))
    yield Token(second, frozenset((second,)), pause=token.pause, asked=token.asked)
