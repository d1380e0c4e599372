"""Tells for whom clothes are cut, from a person's relation to the customer and the age. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from dukani.core.store.wearers import Audience, Relation
from dukani.domain.sizes import is_by_age, is_for_grown_ups, named_for_children

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
    "women": frozenset((
        "ladies", "lady", "women", "womens", "woman", "girls", "girl", "kike", "wanawake",
        "mwanamke", "wasichana", "msichana", "female", "females", "madem", "wamama",
    )),
    "men": frozenset((
        "men", "mens", "man", "gents", "gentlemen", "boys", "boy", "kiume", "wanaume",
        "mwanaume", "wavulana", "mvulana", "male", "males", "wababa",
    )),
}  # fmt: skip
_OF_A_COUPLE: dict[Sex, frozenset[str]] = {
    "women": frozenset(("hers", "her", "bride", "wife", "mke", "bibi", "queen", "girlfriend")),
    "men": frozenset(("his", "him", "groom", "husband", "mume", "bwana", "king", "boyfriend")),
}
_GROWN_UP_NAMED = frozenset((
    "ladies", "women", "womens", "men", "mens", "gents", "gentlemen", "wanawake", "wanaume",
    "mwanamke", "mwanaume", "madem", "wamama", "wababa",
))  # fmt: skip
_BABIES = frozenset((
    "baby", "babies", "infant", "infants", "newborn", "newborns", "kichanga", "mchanga", "wachanga",
))  # fmt: skip
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom a piece is looked for; None: not said.

    `child`: whether it is a child's, as "watoto" and "boys" say, or a grown person's, as "ladies".
    `baby`: whether it is a baby's, as "newborn" says.
    """

    sex: Sex | None = None
    child: bool | None = None
    baby: bool = False


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


def named_for(name: str) -> Sex | None:
    """For whom a piece is by its name, also of a couple's: "Couple Shirt (His)"."""
    plain = set(_WORD.findall(name.lower().replace("'", "").replace("’", "")))
    said = [sex for sex, names in _OF_A_COUPLE.items() if plain & (names | _NAMED[sex])]
    return said[0] if len(said) == 1 else None


def for_grown_up(words: str) -> bool:
    """Whether the words say that a piece is for a grown person: "ladies", not "girls"."""
    return not _GROWN_UP_NAMED.isdisjoint(_WORD.findall(words.lower()))


def for_child(words: str) -> bool:
    """Whether the words say that a piece is for a child: "watoto", "boys", "baby"."""
    return named_for_children(words) or for_baby(words)


def for_baby(words: str) -> bool:
    """Whether the words say that a piece is for a baby: "newborn", "mtoto mchanga"."""
    return not _BABIES.isdisjoint(_WORD.findall(words.lower()))


def says_whom(word: str) -> bool:
    """Whether the word says no more than for whom a piece is: "ladies", "watoto", "baby"."""
    return sex_said(word) is not None or for_child(word)


def whom_said(words: str) -> Whom:
    """For whom the words say a piece is: "watoto" a child, "ladies" a grown woman, both anybody."""
    child, grown_up = for_child(words), for_grown_up(words)
    return Whom(sex_said(words), child if child != grown_up else None, for_baby(words))


def without_whom(words: str) -> str:
    """The words without those that only say for whom: "official" of "official ladies"."""
    return " ".join(word for word in words.split() if not says_whom(word))


def not_of_the_other(pieces: Sequence[_Piece], sex: Sex | None) -> list[_Piece]:
    """The pieces not named for the other sex; all of them where none would be left."""
    if sex is None:
        return list(pieces)
    return [piece for piece in pieces if sex_said(piece.name) in (sex, None)] or list(pieces)


def for_whom(pieces: Sequence[_Worn], whom: Whom) -> list[_Worn]:
    """The pieces that are not plainly for others, a child's first where a child's are asked for.

    By name or by sizes: of "gumboots za watoto" no pair in 37 to 42, and Kids Gumboots before
    others. All of them where none would be left.
    """
    left = [one for one in pieces if fits_whom(one, whom)] or not_of_the_other(pieces, whom.sex)
    return sorted(left, key=lambda one: not _is_a_childs(one)) if whom.child else left


def fits_whom(piece: _Sized, whom: Whom) -> bool:
    """Whether the piece is not plainly for others: no Men's Boots for children."""
    if whom.sex is not None and sex_said(piece.name) not in (whom.sex, None):
        return False
    if whom.child is None:
        return True
    return _is_a_childs(piece) is whom.child or not (
        _is_a_grown_ups(piece) if whom.child else _is_a_childs(piece)
    )


def _is_a_childs(piece: _Sized) -> bool:
    by_age = [size for size in piece.sizes if is_by_age(size)]
    return for_child(piece.name) or (bool(by_age) and len(by_age) == len(piece.sizes))


def _is_a_grown_ups(piece: _Sized) -> bool:
    if for_child(piece.name):
        return False
    named = sex_said(piece.name) is not None
    return named or (bool(piece.sizes) and all(is_for_grown_ups(size) for size in piece.sizes))
