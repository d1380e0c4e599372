"""Looks for what the shop calls a couple's: "sare za mke na mume", "his and hers outfits"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.steps import PAYING, SHOWN_A_TOTAL

_TWO = (
    r"couples?(?! of\b)|(?:(?<=\b[yzw]a )|(?<=\bkwa ))(?:wapenzi|wachumba)"
    r"|mke na mume|mume na mke|(?:bwana na bibi|bibi na bwana)"
    r"|(?:his|him) (?:and|&|n|na) hers?|hers? (?:and|&|n|na) (?:his|him)"
    r"|husband (?:and|&|n|na) wife|wife (?:and|&|n|na) husband"
)
_OF_TWO = re.compile(
    rf"(?<!\ba )\b(?:{_TWO})\b|\bfor a couple\b(?! of)"
    r"|\bmatching\b.{0,30}\b(?:husband|hubby|wife|boyfriend|girlfriend|boyfie|fiancee?|mume|mke)\b"
    r"|\b(?:husband|hubby|wife|boyfriend|girlfriend|boyfie|fiancee?|mume|mke)\b.{0,30}\bmatching\b",
    re.IGNORECASE,
)
_CALLED = ("couple", "couples", "matching")
_LOOKING = (a.Search, a.SetWearer, a.Remark, a.Unclear)


def couples_looked_for(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, with a search by the word of the shop's names where two are to be dressed alike."""
    looks = [act for act in acts if isinstance(act, _LOOKING)]
    edits = any(isinstance(act, a.EDITS) for act in acts)
    if edits or not looks or context.question or not _OF_TWO.search(text):
        return list(acts)
    if context.step in SHOWN_A_TOTAL | PAYING and _is_no_look(acts):
        return list(acts)
    if any(isinstance(act, a.SetWearer) and act.target for act in looks):
        return list(acts)
    named = {word for name in context.sold.names for word in words_of(name)}
    called = [word for word in _CALLED if word in named]
    if not called:
        return list(acts)
    searches = [act for act in looks if isinstance(act, a.Search)]
    told = searches[0] if searches else a.Search()
    kept = told.model_copy(
        update={"text": called[0], "category": None, "occasion": None, "quantity": None}
    )
    others = [act for act in acts if not isinstance(act, (*_LOOKING, a.Confirm))]
    return [*others, kept]


def _is_no_look(acts: Sequence[a.Act]) -> bool:
    """Whether a total is agreed to, or whom it is for is only told: "ndio tuma, za mke na mume"."""
    searches = any(isinstance(act, a.Search) for act in acts)
    return not searches or any(isinstance(act, a.Confirm) for act in acts)
