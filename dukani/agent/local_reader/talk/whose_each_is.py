"""Reads a message that only tells whose ordered pieces are, and changes nothing else.

"The shoes are for my sister, the top is mine", "viatu tu ndio vya dada yangu", "the dress is for me
not my sister. only the shoes". Nothing goes for it, and nothing is looked for.
"""

from __future__ import annotations

import re

from dukani.agent.local_reader.parsing.message import read_message
from dukani.agent.local_reader.talk.relations import ADJECTIVES, PERSON_WORDS, relation_of
from dukani.core.store.wearers import Relation
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line

LONGEST = 160  # characters
MOST_PARTS = 5
PARTS = re.compile(
    r"\s*(?:[,.;!]+\s*|\s(?:and|but|na|lakini|while|alafu|halafu)\s)\s*", re.IGNORECASE
)
_OF = r"(?:for|ya|za|la|cha|vya|wa)"
_ME = "me|myself|mine|[yzl]angu|[cv]y?angu"
_PERSON = (
    rf"(?:(?:my|our) {ADJECTIVES}(?P<en>{PERSON_WORDS})(?! [a-z])|(?P<me>{_ME})"
    rf"|(?P<sw>{PERSON_WORDS})(?: (?:wangu|yangu|yetu|wetu))?)"
)
_IS = r"(?:is|are|will be|ni|ndio|ndo|itakuwa|zitakuwa)"
_NOT = (
    rf"(?: (?:and )?(?:not|sio|siyo|si) (?:(?:for|my|{_OF}) ){{0,2}}(?P<not>{PERSON_WORDS})"
    r"(?: yangu| wangu)?)?"
)
TOLD = re.compile(
    rf"(?P<piece>[a-z0-9][a-z0-9' -]{{1,40}}?) (?:{_IS} )+(?:only )?(?:{_OF} )?{_PERSON}{_NOT}",
    re.IGNORECASE,
)
ALONE = re.compile(r"(?:only|just) (?P<piece>[a-z][a-z' -]{1,30})", re.IGNORECASE)
AGREES = frozenset(("yes", "ndio", "ndiyo", "ok", "sawa", "okay"))
FILLERS = re.compile(
    r"^(?:(?:no|hapana|ok|okay|sawa|only|just|the|hizo|hiyo|hii|ile|and|na) )+", re.I
)
ONLY = re.compile(r"\b(?:only|just|tu)\b", re.IGNORECASE)


def whose_each_is(text: str, context: TurnContext) -> tuple[a.Act, ...]:
    """SetWearer for each line told of, and a yes said beside; empty where more is said."""
    if not context.cart or len(text) > LONGEST or "?" in text:
        return ()
    parts = [part for part in PARTS.split(text.strip(" .!")) if part]
    if len(parts) > MOST_PARTS:
        return ()
    told: list[a.Act] = []
    denied: Relation | None = None
    for part in parts:
        if part.lower() in AGREES and told:
            told.append(a.Confirm())
            continue
        found = TOLD.fullmatch(part)
        if found and (lines := _lines(found["piece"], context)):
            told += _given(lines, None if found["me"] else relation_of(found["en"] or found["sw"]))
            denied = relation_of(found["not"]) if found["not"] else denied
        elif (
            (alone := ALONE.fullmatch(part))
            and denied
            and (lines := _lines(alone["piece"], context))
        ):
            told += _given(lines, denied)
        else:
            return ()
    return tuple(told)


def _given(lines: list[Line], relation: Relation | None) -> list[a.Act]:
    return [a.SetWearer(relation=relation, target=a.Target(line=line.number)) for line in lines]


def _lines(words: str, context: TurnContext) -> list[Line]:
    """The lines that the words name, where they say nothing more; a colour alone may answer."""
    plain = FILLERS.sub("", ONLY.sub("", words).strip() + " ").strip()
    message = read_message(plain, context)
    calling = ("name", "category") if context.question else ("name", "category", "colour")
    named = any(find.slot in calling for find in message.slots.finds)
    said = {at for find in message.slots.finds for at in range(find.start, find.end)}
    whole = all(
        at in said
        or not token.tags.isdisjoint(("@stopword", "@this"))
        or token.text in ("one", "ya")
        for at, token in enumerate(message.tokens)
    )
    return list(message.lines_said()) if named and whole else []
