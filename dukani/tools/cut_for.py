"""Tells which pieces are for those looked for: by name, by kind, and shoes by their sizes.

"Viatu vya wanaume" are no stilettos and none that come in 36 to 40 only; "anything for girls?" is
what is named for girls or comes in sizes by age.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon import canonical_category
from dukani.agent.local_reader.parsing.called_kinds import kinds_in
from dukani.domain.pieces import Option
from dukani.domain.sizes import is_by_age
from dukani.domain.wearers import Sex, Whom, for_baby, for_child, for_whom, sex_said

_KINDS: dict[Sex, frozenset[str | None]] = {
    "women": frozenset((
        "dress", "skirt", "blouse", "bra", "heels", "abaya", "dera", "gomesi", "hijab", "handbag",
        "purse", "clutch", "earrings", "palazzo", "fascinator", "nightdress",
    )),
    "men": frozenset(("kanzu", "tie", "tuxedo", "cufflinks")),
}  # fmt: skip
_WOMENS_CUTS = re.compile(
    r"\b(?:high[ -](?:rise|waist(?:ed)?)|mom jeans?|boyfriend jeans?|off[ -]shoulder"
    r"|halter(?:neck)?|bodycon|peplum|crop(?:ped)? top|tube top|camisole|corset|cami|jeggings?)\b"
)
_MONTHS = re.compile(r"\d{1,2} ?- ?\d{1,2} ?m(?:onths|ths?|o)?", re.IGNORECASE)
_CHILDRENS_FEET_TO = 35
_WOMENS_FEET_TO = 41
_MENS_FEET_FROM = 39


def not_for_others(options: Sequence[Option], whom: Whom) -> list[Option]:
    """The pieces in their order without those that are plainly for others; all if none is left."""
    left = for_whom(options, whom)
    if whom.sex is None:
        return left
    return [one for one in left if sex_named(one) in (whom.sex, None)] or left


def for_them(options: Sequence[Option], whom: Whom) -> list[Option]:
    """The pieces not for others, those first that are cut for `whom`, as shoes tell by size."""
    kept = not_for_others(options, whom)
    if whom.sex is None:
        return kept
    ranks = {whom.sex: 0, None: 1}  # those of others by their sizes come last
    return sorted(kept, key=lambda one: ranks.get(sex_cut_for(one), 2))


def only_theirs(options: Sequence[Option], whom: Whom) -> list[Option]:
    """What a shop has for `whom`, where nothing else is said: of children's only what is theirs."""
    if not whom.child:
        return for_them(options, whom)
    sexes = (whom.sex, None) if whom.sex else ("women", "men", None)
    theirs = [one for one in options if _is_a_childs(one) and sex_cut_for(one) in sexes]
    babies = [one for one in theirs if _is_a_babys(one)] if whom.baby else []
    return for_them(babies or theirs, whom)


def sex_named(piece: Option) -> Sex | None:
    """For whom the piece is by its name, cut or kind; None where none tells."""
    if said := sex_said(piece.name):
        return said
    if _WOMENS_CUTS.search(piece.name.lower()):
        return "women"
    told: list[Sex] = [sex for sex, names in _KINDS.items() if _kinds(piece) & names]
    return told[0] if len(told) == 1 else None


def sex_cut_for(piece: Option) -> Sex | None:
    """For whom the piece is cut; None where neither its name, kind nor the sizes in stock tell.

    Sizes that are sold out are not known here, so that they put no piece aside, only behind.
    """
    return sex_named(piece) or (_by_feet(piece.sizes) if "shoes" in _kinds(piece) else None)


def _kinds(piece: Option) -> set[str | None]:
    return {piece.category, canonical_category(piece.category), *kinds_in(piece.name)}


def _by_feet(sizes: Sequence[str]) -> Sex | None:
    feet = [int(size) for size in sizes if size.isdigit()]
    if not feet or len(feet) < len(sizes) or max(feet) <= _CHILDRENS_FEET_TO:
        return None
    if min(feet) >= _MENS_FEET_FROM and max(feet) > _WOMENS_FEET_TO:
        return "men"
    return "women" if max(feet) <= _WOMENS_FEET_TO and min(feet) < _MENS_FEET_FROM else None


def _is_a_babys(piece: Option) -> bool:
    return for_baby(piece.name) or any(_MONTHS.fullmatch(size.strip()) for size in piece.sizes)


def _is_a_childs(piece: Option) -> bool:
    by_age = bool(piece.sizes) and all(is_by_age(size) for size in piece.sizes)
    named = for_child(piece.name) or for_child(piece.category)
    return named or by_age or _is_for_small_feet(piece)


def _is_for_small_feet(piece: Option) -> bool:
    feet = [int(size) for size in piece.sizes if size.isdigit()]
    known = bool(feet) and len(feet) == len(piece.sizes) and "shoes" in _kinds(piece)
    return known and max(feet) <= _CHILDRENS_FEET_TO
