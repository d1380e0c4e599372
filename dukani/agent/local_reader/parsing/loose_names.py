"""Words that tell a piece among those sold without being its name: "the tote", "denim jacket".

A "Zara Tote Handbag" is not called Tote, but "the brown tote" means it. Such words help to find
the piece an edit is about; a search has its own words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.naming import singulars, spells

TELLING = ("pattern", "occasion", "embroidery", "category", "garment")
GLUE = word_set("names", "glue")
SHORTEST = 3


@lru_cache(maxsize=256)
def words_of_names(names: tuple[str, ...]) -> frozenset[str]:
    """The words pieces are named by."""
    words = (word for name in names for word in words_of(name))
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in GLUE)


def loose_name(
    tokens: Sequence[Token],
    places: Sequence[int],
    names: tuple[str, ...],
    category: str | None,
    kin: tuple[str, ...] = (),
) -> str | None:
    """The words at these places that names sold have, with at least one that tells.

    `kin` are the names of all pieces filed under `category`.
    """
    sold = words_of_names(names)
    said = [(at, word) for at in places for word in _name_words(tokens[at], sold)]
    telling = [
        word
        for at, word in said
        if _tells(tokens[at], word, category) or _tells_kin_apart(tokens[at], word, kin)
    ]
    return " ".join(dict.fromkeys(word for _, word in said)) if telling else None


def unsold_style(
    tokens: Sequence[Token], places: Sequence[int], names: tuple[str, ...], category: str | None
) -> str | None:
    """A style said that no piece sold is named by: "stilettos" in a shop of sneakers."""
    sold = words_of_names(names)
    filed = kind_of(category or "")
    parts = (
        part
        for at in places
        for part in tokens[at].text.split()
        if part in STYLES and part not in sold
    )
    told = (STYLES[part] for part in parts if filed is None or kind_of(part) != filed)
    return next((style for style in told if style not in sold), None)


def _name_words(token: Token, sold: frozenset[str]) -> Iterator[str]:
    """The token's words as names have them: "raba" is "sneakers" there."""
    placed = "@place" in token.tags and token.text in sold  # the Kitengela of a belt
    if token.entry is not None and token.kind not in TELLING and not placed:
        return
    if token.entry is None and not placed and (token.verb is not None or known(token.text)):
        return
    if token.kind in ("occasion", "pattern") and token.value in sold:
        yield token.value
        return
    kind = kind_of(token.text) if token.kind == "category" else None
    if " " in token.text and kind in sold:  # "saa ya mkono" is "watch" there
        yield str(kind)
        return
    for part in token.text.split():
        if part in sold:
            yield part
        elif STYLES.get(part) in sold:
            yield STYLES[part]
        elif single := next((one for one in sorted(singulars(part)) if one in sold), None):
            yield single


def _tells(token: Token, word: str, category: str | None) -> bool:
    """More than the kind of piece: not the "abaya" of who files abayas."""
    if token.kind == "garment":
        return False
    if token.kind != "category":
        return True
    if word in (category, token.value) or word.rstrip("s") in (category, token.value):
        return False
    styled = word in STYLES and STYLES[word] != category
    if word not in WORDS:  # only a name: the "jordan" of a Jordan 4
        return True
    return " " in token.text or styled or kind_of(word) != kind_of(category or token.value)


def _tells_kin_apart(token: Token, word: str, kin: tuple[str, ...]) -> bool:
    """The turtleneck of a shop that files turtlenecks and cardigans as sweaters.

    No such word is the "mkoba" of a shop whose other bags are handbags: both are the same kind.
    """
    kind = kind_of(word) if token.kind == "category" and word != token.value else None
    if kind is None:
        return False
    others = [name for name in kin if not spells(word, name)]
    alike = any(kind_of(part) == kind for name in others for part in words_of(name))
    return bool(others) and len(others) < len(kin) and not alike


def unknown_name(clause: Message) -> str | None:
    """A word behind a pointing one that means nothing to the lexicon: "hiyo cuff"."""
    verb = (at for at, token in enumerate(clause.tokens) if "~remove" in token.tags)
    tokens = clause.tokens[next(verb, 0) :]
    for before, token in itertools.pairwise(tokens):
        pointed = before.text in ("the", "my") or "@this" in before.tags or "~remove" in before.tags
        nameless = token.entry is None and token.verb is None and not known(token.text)
        if pointed and nameless and len(token.text) >= SHORTEST and token.text.isalpha():
            return token.text
    return None
