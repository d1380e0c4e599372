"""Tells which words of a wish pick a piece, and which only say its kind, its use or its wearer."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Wish
from dukani.agent.lexicon import canonical_category, occasion_names
from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tokens import tokenise
from dukani.agent.lexicon.typos import KIN
from dukani.agent.local_reader.parsing.called_kinds import kinds_in
from dukani.domain.naming import singulars, spells, words_of
from dukani.domain.pieces import Option
from dukani.domain.wearers import says_whom
from dukani.tools.models import with_models

# Kinds that customers say for the whole category: a Bucket Hat is among the "caps".
_AS_WIDE = {"cap": "hat", "handbag": "bag"}
_AMONG = {"handbag": {"clutch", "purse", "kiondo"}}  # a clutch is carried as a handbag is
_DESCRIBING = frozenset(("occasion", "pattern", "embroidery", "garment", "colour", "size"))


def is_distinctive(wish: Wish) -> bool:
    """Whether the name picks a piece: "ring sling", "Omani"; not "baby carrier", "bibi harusi"."""
    return any(not _describes(word, wish) for word in words_of(wish.name or ""))


def telling_words(wish: Wish) -> tuple[str, ...]:
    """The words that say more than the kind and the wearer: the maternity of a maternity dress."""
    said = words_of(f"{wish.name or ''} {wish.words or ''}")
    return tuple(dict.fromkeys(word for word in said if not _is_plain(word, wish)))


def told_of(options: Sequence[Option], wish: Wish, *, sure: bool) -> list[Option]:
    """The pieces whose names have a telling word; for a pattern all those found by it."""
    if wish.pattern and sure:
        return list(options)
    words = [word for word in telling_words(wish) if not _of_use(word)]
    return [one for one in options if any(spells(word, one.name) for word in words)]


def named_for_use(options: Sequence[Option], wish: Wish) -> list[Option]:
    """The pieces, those first that are named for the occasion: the Gauni la Harusi."""
    if wish.occasion is None:
        return list(options)
    names = (wish.occasion, *occasion_names(wish.occasion))
    return sorted(options, key=lambda one: not any(spells(name, one.name) for name in names))


def of_kind_said(options: Sequence[Option], wish: Wish) -> list[Option]:
    """The pieces of the kind said within its category: of shoes no flats for "heels".

    All of them where none is called so.
    """
    said = _kinds_said(wish)
    narrow = [word for word, kind in said.items() if kind not in _AS_WIDE]
    if narrow and len(narrow) == len(said):
        kinds = {said[word] for word in narrow}
        words = with_models(narrow)
        called = [
            one
            for one in options
            if kinds & kinds_in(one.name) or any(spells(word, one.name) for word in words)
        ]
        return called or list(options)
    if said:
        among = {kind for one in said.values() for kind in _AMONG.get(one, ())}
        own = {None, *said.values(), *among, kind_of(wish.category or "")}
        called = [
            one
            for one in options
            if (told := kinds_in(one.name)) <= own or not told.isdisjoint(said.values())
        ]
        return called or list(options)
    return list(options)


def numbered(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options with numbers from 1."""
    counted = enumerate(options, start=1)
    return tuple(option.model_copy(update={"number": number}) for number, option in counted)


def _kinds_said(wish: Wish) -> dict[str, str]:
    """Words of the wish → their kinds, finer than its category: heels, of shoes."""
    said = words_of(f"{wish.name or ''} {wish.words or ''}")
    own = kind_of(wish.category or "")
    kinds = ((word, kind_of(word)) for word in said if _is_of_category(word, wish))
    return {word: kind for word, kind in kinds if kind is not None and kind != own}


def _is_of_category(word: str, wish: Wish) -> bool:
    category = wish.category or ""
    if category in singulars(word) or word == category:
        return True
    if kind_of(word) is not None and kind_of(word) == kind_of(category):
        return True
    told, filed = canonical_category(word), canonical_category(category)
    return told is not None and told in (category, filed)


def _is_plain(word: str, wish: Wish) -> bool:
    return says_whom(word) or word in KIN or _is_of_category(word, wish)


def _of_use(word: str) -> bool:
    return any(token.kind == "occasion" for token in tokenise(word))


def _describes(word: str, wish: Wish) -> bool:
    if _is_plain(word, wish) or word in STYLES or len(word) < 3:
        return True
    return any(token.kind in _DESCRIBING for token in tokenise(word))
