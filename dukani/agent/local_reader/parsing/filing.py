"""Maps a category to the boutique's own: its "abaya", where the lexicon says kaftan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dukani.agent.lexicon.kinds import KINDS, kind_of
from dukani.agent.lexicon.query import canonical_category
from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.naming import singulars, words_of
from dukani.domain.pieces import Assortment

# Categories → the broader one that a boutique may file them under.
BROADER = {"jeans": "trousers"}
CLOTH = "fabric"
GENITIVE = re.compile(r" (?:ya|za|la|cha|vya|wa) ")
_BROADER_KINDS = {"gumboots": "boots"}


def filed_in(find: Find, tokens: Sequence[Token], sold: Assortment) -> Find:
    """The find, with a category and a clipped kind as the boutique calls them."""
    said, after = tokens[find.start].text, tokens[find.end : find.end + 1]
    alone = not any(token.kind == "category" for token in after)  # not "wrap dress"
    return as_filed(_clipped(find, said, sold) if alone else find, said, sold)


def as_filed(find: Find, said: str, sold: Assortment) -> Find:
    """The find, with a category renamed to the boutique's own."""
    if find.slot != "category" or not sold.categories:
        return find
    filed = _filed(said, str(find.value), sold.categories)
    if filed == find.value and said != filed:
        filed = _kind_named(said, filed, sold.kinds_of_names)
    if filed not in sold.categories and filed == find.value:
        filed = _kind_of_the_like(filed, sold.kinds_of_names)
    if filed not in sold.categories and (name := _name_word(said, sold.kinds_of_names)):
        return replace(find, slot="name", value=name)  # vitenge: not sold as cloth, but named so
    if filed == find.value:
        return find
    broader = filed == BROADER.get(str(find.value))
    return replace(find, value=filed, filed_from=str(find.value) if broader else None)


def _clipped(find: Find, said: str, sold: Assortment) -> Find:
    """A style as the kind whose word ends in it, where no piece has it: the wrap of headwraps."""
    kinds = [one for one in sold.categories if one.endswith(said) and one != said]
    if find.slot != "pattern" or len(kinds) != 1 or said in sold.patterns:
        return find
    named = any(f" {said} " in f" {name} " for name, _ in sold.kinds_of_names)
    return find if named else replace(find, slot="category", value=kinds[0])


def _cloths(categories: Sequence[str]) -> list[str]:
    return [one for one in categories if kind_of(one) in ("kitenge", "kanga", "kikoi")]


@lru_cache(maxsize=1024)
def _kind_named(said: str, category: str, named: tuple[tuple[str, str], ...]) -> str:
    """The category of the pieces with the word in their name: a Polo Shirt may be a shirt."""
    forms = {said, said.removesuffix("s"), f"{said}s"}  # a Trouser Suit is no pair of trousers
    kinds = {kind for name, kind in named if any(_has_word(name, form) for form in forms)}
    kinds = kinds or {kind for name, kind in named if any(_apart_in(form, name) for form in forms)}
    return next(iter(kinds)) if len(kinds) == 1 else category


@lru_cache(maxsize=1024)
def _kind_of_the_like(category: str, named: tuple[tuple[str, str], ...]) -> str:
    """The category of the pieces that another word for it names: a Graphic Tee among the tops.

    A name that tells two kinds tells none: a Shirt Dress is no shirt.
    """
    kinds = set()
    for name, kind in named:
        told = [entry.value for word in words_of(name) if (entry := WORDS.get(word))
                and entry.kind == "category"]  # fmt: skip
        if set(told) == {category}:
            kinds.add(kind)
    return next(iter(kinds)) if len(kinds) == 1 else category


def _name_word(said: str, named: tuple[tuple[str, str], ...]) -> str | None:
    """The word that pieces are named by instead: the kitenge of "vitenge", the panty of "chupi".

    A foreign plural, or another word for the kind or the ornament: shanga, of "beads".
    """
    forms = (form for form in singulars(said) if not said.startswith(form))
    own = next((form for form in forms if any(_has_word(name, form) for name, _ in named)), None)
    return own or _same_thing(said, named)


@lru_cache(maxsize=1024)
def _same_thing(said: str, named: tuple[tuple[str, str], ...]) -> str | None:
    """A word of the names for the same kind or ornament; None where pieces have the word itself."""
    words = [word for name, _ in named for word in words_of(name)]
    meant = {KINDS.get(said), STYLES.get(said)} - {None}
    if KINDS.get(said) == CLOTH:  # trousers of cloth ("Suruali ya Kitambaa") are none
        words = [word for name, _ in named for word in words_of(GENITIVE.split(name)[0])]
    if any(word in singulars(said) for word in words):
        return None
    return next((w for w in words if {KINDS.get(w), STYLES.get(w)} & meant), None)


def _has_word(name: str, word: str) -> bool:
    return f" {word} " in f" {name} "


def _apart_in(phrase: str, name: str) -> bool:
    """Whether the words of a phrase all stand in a name: the polo shirt of a Polo T-shirt."""
    words = phrase.split()
    return len(words) > 1 and set(words) <= set(re.findall(r"[^\W_]+", name))


@lru_cache(maxsize=4096)
def _filed(said: str, category: str, categories: tuple[str, ...]) -> str:
    """The closest of the boutique's categories, else the lexicon's category."""
    kind = kind_of(said)
    kinds = {kind, _BROADER_KINDS.get(kind or "")} - {None}
    same_kind = [one for one in categories if kind_of(one) in kinds]
    if said in categories:
        return said
    if kind == CLOTH and not same_kind and len(cloths := _cloths(categories)) == 1:
        return cloths[0]  # "fabric", of a shop of vitenge
    if same_kind and not (" " in said and category in categories):  # a kitenge dress is no cloth
        return same_kind[0]
    if category in categories:
        return category
    under = [one for one in categories if canonical_category(one) == category]
    if len(under) == 1 and (kind is None or kind_of(under[0]) is None):
        return under[0]
    broader = BROADER.get(category)
    return broader if broader in categories else category
