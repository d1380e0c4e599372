"""Reads for whom a piece is: "for my sister", "ni ya mume wangu", "it's a gift", "for me".

The words are cut from the message, so that a name in them is no piece's: of "the black one for my
sister Amani" the black one is left. What only speaks of a person is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.local_reader.talk.only_mentioned import only_mentioned
from dukani.agent.local_reader.talk.said_whose import without_what_is_whose
from dukani.agent.local_reader.talk.wearers_found import (
    WearerSaid,
    her_own,
    kin_beside,
    named_by_kin,
    worded,
)
from dukani.domain.context import TurnContext

_LOOSE_AND = re.compile(r"\b(?:na|and|n)$", re.IGNORECASE)  # "mbili, … na …"


def wearers_said(text: str, context: TurnContext) -> list[WearerSaid]:
    """The wearers in the order said; none where an address or a note is all that is told."""
    told = [*worded(text), *named_by_kin(text, context)]
    others = any(one.act.relation is not None for one in told)
    told += kin_beside(text, context, others=others)
    found = sorted((*told, *her_own(text)), key=lambda one: (one.start, -one.end))
    found = _with_one_name(found)
    others = any(one.act.relation is not None for one in found)
    kept: list[WearerSaid] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        contrasted = one.act.relation is None and others
        if contrasted or not only_mentioned(text, one, context):
            kept.append(one)
    return kept


def _with_one_name(found: Sequence[WearerSaid]) -> list[WearerSaid]:
    """A gift that is said beside a person is for that person: "not for me, it's for my wife"."""
    named = [one.act for one in found if one.act.relation not in (None, "someone")]
    if not named:
        return list(found)
    return [
        replace(one, act=named[0])
        if one.act.relation == "someone" and not one.joins_others
        else one
        for one in found
    ]


def without_wearers(text: str, said: Sequence[WearerSaid]) -> tuple[str, list[int]]:
    """The text without the words for the wearers, and the place of each in what is left."""
    rest, at = "", 0
    places: list[int] = []
    for one in said:
        if one.cut:
            rest, at = f"{rest}{text[at : without_what_is_whose(text, one.start)]} ", one.end
            places.append(len(_tidy(rest).lstrip(" ,;")))
        else:
            places.append(len(_tidy(rest + text[at : one.start]).lstrip(" ,;")))
    left = _tidy(rest + text[at:]).strip(" ,;")
    return (_LOOSE_AND.sub("", left).rstrip(" ,;") if said and said[-1].cut else left), places


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,.;!?])", r"\1", re.sub(r"\s{2,}", " ", text))
