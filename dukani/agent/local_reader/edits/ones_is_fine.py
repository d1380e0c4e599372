"""Tells whose line a change is of where the other's is fine: "yake iko sawa, yangu iwe black"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.of_wearer import OWN, PRONOUNS
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line

_OTHERS = (PRONOUNS | word_set("persons", "anothers")) - {"he", "she", "him", "her", "hes", "shes"}
_WHOSE = OWN | _OTHERS
_PARTS = re.compile(r"[,.;!]+|\b(?:lakini|but|ila|bali|na|and|then|sasa)\b", re.IGNORECASE)
_FINE = frozenset((
    "sawa", "poa", "fiti", "safi", "freshi", "ok", "okay", "fine", "good", "perfect", "alright",
    "right", "hivyo", "hivo", "ivo", "usibadilishe", "usiibadilishe", "usiguse", "usiiguse",
    "ibaki", "zibaki", "ubaki", "libaki", "ibakie", "ikae", "stays", "stay", "leave", "keep",
    "acha", "wacha", "iache",
))  # fmt: skip
_NOT = frozenset(("si", "sio", "siyo", "not", "haiko", "isnt", "hapana", "no", "never"))


def line_of_the_other_one(text: str, context: TurnContext) -> Line | None:
    """The line of whom the words do not say that theirs is fine; None where of neither.

    Of two lines, her own and somebody's: "hers is fine, make mine black" is of her own.
    """
    own = [line for line in context.cart if not line.worn_by]
    others = [line for line in context.cart if line.worn_by]
    if len(own) != 1 or len(others) != 1:
        return None
    parts = [words for part in _PARTS.split(text) if (words := words_of(part))]
    fine = [words for words in parts if _is_fine(words)]
    told = [words for words in parts if words not in fine and not _WHOSE.isdisjoint(words)]
    if len(fine) != 1 or len(told) != 1:
        return None
    if not _OTHERS.isdisjoint(fine[0]) and not OWN.isdisjoint(told[0]):
        return own[0]
    return others[0] if not _OTHERS.isdisjoint(told[0]) and not OWN.isdisjoint(fine[0]) else None


def _is_fine(words: Sequence[str]) -> bool:
    said = set(words)
    whose = said & _WHOSE
    return len(whose) == 1 and bool(said & _FINE) and said.isdisjoint(_NOT)


def tells_of_own_apart(text: str) -> bool:
    """Whether her own is told of in another part than the first: "yake ni L, yangu iwe M"."""
    parts = [words for part in _PARTS.split(text) if (words := words_of(part))]
    return any(not OWN.isdisjoint(words) for words in parts[1:])
