"""Finds the name of the pieces that a kind tells within its category.

The "fascinator" of the shop's hats, by its own word; or by another word for the kind, the
"vilemba" for a Velvet Turban Headwrap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.kinds import kind_of
from dukani.domain.naming import singulars, spells, words_of
from dukani.domain.pieces import Assortment

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def called(word: str, category: str, sold: Assortment) -> str | None:
    """The word by which some pieces of the category, and not all, are of this kind.

    A kind that is the category's own counts only where the other pieces are of other kinds: the
    "scarf" beside a Velvet Turban.
    """
    kind = kind_of(word)
    alike = sold.names_of_kinds.get(category, ())
    telling = [name for name in alike if kind in kinds_in(name)]
    others = [name for name in alike if name not in telling]
    if kind is None or not telling or not others:
        return None
    own = kind in (category, kind_of(category))
    spelt = all(spells(word, name) for name in telling)
    apart = all(kinds_in(name) - {None, category} for name in others)
    if not apart and (own or not spelt):
        return None
    return _in_name(word, telling[0]) if spelt else _shared(kind, telling)


def _in_name(word: str, name: str) -> str:
    """The word as the name has it: the singular of "fascinators"."""
    return next((one for one in sorted(singulars(word)) if one in words_of(name)), word)


def _shared(kind: str, telling: Sequence[str]) -> str | None:
    """The word for the kind that all these names have: the turban of a Velvet Turban."""
    words = [part for part in WORD.findall(telling[0].lower()) if kind_of(part) == kind]
    return next((one for one in words if all(spells(one, name) for name in telling)), None)


def kinds_in(name: str) -> set[str | None]:
    """The kinds that words of the name tell of."""
    return {kind_of(part) for part in WORD.findall(name.lower())}
