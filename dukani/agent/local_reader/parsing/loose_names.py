"""Finds words that describe a sold piece without being its name: "the tote", "denim jacket".

"The brown tote" means a "Zara Tote Handbag". Such words help to resolve the piece an edit is
about; searches use `styles.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.query import canonical_category
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
    """All words that occur in these names, without short and joining words."""
    words = (word for name in names for word in words_of(name))
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in GLUE)


def loose_name(
    tokens: Sequence[Token],
    places: Sequence[int],
    names: tuple[str, ...],
    category: str | None,
    kin: tuple[str, ...] = (),
) -> str | None:
    """The words at these places that occur in sold names, if one of them is distinctive.

    `kin` are the names of all pieces filed under `category`.
    """
    sold = words_of_names(names)
    of_kin = words_of_names((*kin, *(name for name in names if spells(str(category), name))))
    said = [
        (at, word)
        for at in places
        for word in _name_words(tokens[at], sold, of_kin if kin else None)
    ]
    telling = [
        word
        for at, word in said
        if _is_distinctive(tokens[at], word, category) or _distinguishes_kin(tokens[at], word, kin)
    ]
    if not telling:
        return None
    whole = " ".join(dict.fromkeys(word for _, word in said))
    if any(spells(whole, name) for name in names):
        return whole
    return " ".join(dict.fromkeys(telling))  # the ngozi of "belt ya ngozi", named Mkanda wa Ngozi


def unsold_style(
    tokens: Sequence[Token], places: Sequence[int], names: tuple[str, ...], category: str | None
) -> str | None:
    """A style that occurs in no sold name: "stilettos" in a shop of sneakers."""
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


def _name_words(token: Token, sold: frozenset[str], of_kin: frozenset[str] | None) -> Iterator[str]:
    """The token's words as they occur in names: "raba" as "sneakers".

    The names of the kind itself come first: "ngozi" of a Pochi ya Ngozi where sandals are leather.
    What only describes is looked for in no others: "ties for the office", beside Office Shoes.
    """
    placed = "@place" in token.tags and token.text in sold  # the Kitengela of a belt
    if token.entry is not None and token.kind not in TELLING and not placed:
        return
    if token.entry is None and not placed and (token.verb is not None or known(token.text)):
        return
    if token.kind in ("occasion", "pattern"):
        of_any = (sold, ()) if of_kin is None else (of_kin, sorted(of_kin))
        yield from _described(token, *of_any)
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


def _described(token: Token, names: frozenset[str], alike: Iterable[str]) -> list[str]:
    """The words of the names for what is described: "ngozi" for leather, in a Mkanda wa Ngozi."""
    if token.value in names:
        return [token.value]
    if spelt := [part for part in token.text.split() if part in names]:
        return spelt
    told = (token.kind, token.value)
    same = (w for w in alike if (entry := WORDS.get(w)) and (entry.kind, entry.value) == told)
    return list(itertools.islice(same, 1))


def _is_distinctive(token: Token, word: str, category: str | None) -> bool:
    """Whether the word says more than the category of the piece."""
    if token.kind == "garment":
        return False
    if token.kind != "category":
        return True
    if word in (category, token.value) or word.rstrip("s") in (category, token.value):
        return False
    if category is not None and canonical_category(category) not in (None, token.value):
        return True  # the kitambaa (cloth) of "trouser ya kitambaa"
    styled = word in STYLES and STYLES[word] != category
    if word not in WORDS:  # only a name: the "jordan" of a Jordan 4
        return True
    return " " in token.text or styled or kind_of(word) != kind_of(category or token.value)


def _distinguishes_kin(token: Token, word: str, kin: tuple[str, ...]) -> bool:
    """Whether the word's kind distinguishes pieces within a category: turtlenecks among sweaters.

    "mkoba" does not in a shop whose other bags are handbags, because both are the same kind.
    """
    kind = kind_of(word) if token.kind == "category" and word != token.value else None
    if kind is None:
        return False
    others = [name for name in kin if not spells(word, name)]
    alike = any(kind_of(part) == kind for name in others for part in words_of(name))
    return bool(others) and len(others) < len(kin) and not alike


def unknown_name(clause: Message) -> str | None:
    """An unknown word after a demonstrative or "remove": "hiyo cuff"; or first: "kashida itoe".

    What is told behind a pause is no name: "itoe, nimeambiwa …".
    """
    verb = next((at for at, token in enumerate(clause.tokens) if "~remove" in token.tags), 0)
    if verb == 1 and not clause.tokens[0].pause and _is_nameless(clause.tokens[0]):
        return kind_of(clause.tokens[0].text) or clause.tokens[0].text
    for before, token in itertools.pairwise(clause.tokens[verb:]):
        pointed = before.text in ("the", "my") or "@this" in before.tags or "~remove" in before.tags
        if pointed and not before.pause and _is_nameless(token):
            return kind_of(token.text) or token.text  # the vesti of a Thermal Vest
    return None


def _is_nameless(token: Token) -> bool:
    """Whether it is a word of no known meaning."""
    unknown = token.entry is None and token.verb is None and not known(token.text)
    return unknown and len(token.text) >= SHORTEST and token.text.isalpha()
