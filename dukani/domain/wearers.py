"""Tells for whom clothes are cut, from a person's relation to the customer and the age. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, Protocol, TypeVar

from dukani.core.store.wearers import Audience, Relation
from dukani.domain.sizes import is_by_age, named_for_children

Sex = Literal["women", "men"]

GROWN_UP = 15  # years from which women's and men's sizes are worn

_WOMEN: frozenset[Relation] = frozenset(
    {"mother", "sister", "daughter", "wife", "girlfriend", "grandmother", "aunt", "niece"}
)
_MEN: frozenset[Relation] = frozenset(
    {"father", "brother", "son", "husband", "boyfriend", "grandfather", "uncle", "nephew"}
)


def audience_of(relation: Relation, age: int | None) -> Audience | None:
    """Whose sizes the person wears; None where the relation and the age do not tell.

    Sons and daughters are of any age: only a told one says whether they wear children's sizes.
    """
    if (age is not None and age < GROWN_UP) or relation == "child":
        return "children"
    if relation in {"daughter", "son", "niece", "nephew"} and age is None:
        return None
    if relation in _WOMEN:
        return "women"
    return "men" if relation in _MEN else None


_NAMED: dict[Sex, frozenset[str]] = {
    "women": frozenset(
        ("ladies", "lady", "women", "womens", "woman", "girls", "girl", "kike", "wanawake")
    ),
    "men": frozenset(
        ("men", "mens", "man", "gents", "gentlemen", "boys", "boy", "kiume", "wanaume")
    ),
}
_GROWN_UP_NAMED = frozenset(
    ("ladies", "women", "womens", "gents", "gentlemen", "wanawake", "wanaume")
)
_WORD = re.compile(r"[a-z]+")


class _Called(Protocol):
    @property
    def name(self) -> str: ...


class _Sized(_Called, Protocol):
    @property
    def sizes(self) -> Sequence[str]: ...


_Piece = TypeVar("_Piece", bound=_Called)
_Worn = TypeVar("_Worn", bound=_Sized)


def sex_of(relation: Relation) -> Sex | None:
    """Whose clothes the person of that relation wears; None where the relation does not tell."""
    if relation in _WOMEN:
        return "women"
    return "men" if relation in _MEN else None


def sex_said(words: str) -> Sex | None:
    """For whom the words say a piece is: "Men's Oxford"; None for neither or for both."""
    plain = set(_WORD.findall(words.lower().replace("'", "").replace("’", "")))
    said = [sex for sex, names in _NAMED.items() if plain & names]
    return said[0] if len(said) == 1 else None


def for_grown_up(words: str) -> bool:
    """Whether the words say that a piece is for a grown person: "ladies", not "girls"."""
    return not _GROWN_UP_NAMED.isdisjoint(_WORD.findall(words.lower()))


def without_sex(words: str) -> str:
    """The words without those that only say for whom: "official" of "official ladies"."""
    return " ".join(word for word in words.split() if sex_said(word) is None)


def not_of_the_other(pieces: Sequence[_Piece], sex: Sex | None) -> list[_Piece]:
    """The pieces not named for the other sex; all of them where none would be left."""
    if sex is None:
        return list(pieces)
    return [piece for piece in pieces if sex_said(piece.name) in (sex, None)] or list(pieces)


def not_for_children(pieces: Sequence[_Worn]) -> list[_Worn]:
    """The pieces that are not for children, by name or by sizes; all where none would be left."""
    return [piece for piece in pieces if not _is_a_childs(piece)] or list(pieces)


def _is_a_childs(piece: _Sized) -> bool:
    by_age = [size for size in piece.sizes if is_by_age(size)]
    return named_for_children(piece.name) or (bool(by_age) and len(by_age) == len(piece.sizes))
