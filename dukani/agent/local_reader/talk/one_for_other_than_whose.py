"""Puts in one more for whom the line in hand is not: "na mimi nipe ya machungwa XL".

The line is her mother-in-law's, so that what she asks for herself changes nothing of it. So too of
"na ya mdogo wake kifua 28, rangi hiyo hiyo", where the one line is a child's, and no brother's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.local_reader.talk.relations import ADJECTIVES, relations_said
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line

_WANTS = (
    r"(?:ni(?:pe|pee|patie|letee|wekee)|ni?ta?chukua|ntachukua|nachukua|nataka|naomba|nahitaji"
    r"|ni?tabeba|i want|i need|i.ll (?:take|have)|i would like|i.d like|give me|get me)"
)
_FOR_ME = re.compile(
    rf"(?:^|[,.;!] ?|\b(?:na|and|then|alafu|halafu|kisha|ila|lakini|but) )(?:mimi|mi|me|nami)"
    rf"(?: pia| too)?,? {_WANTS}\b(?! (?:iwe|ziwe|liwe|ikuwe|uwe|kiwe|ile|hiyo|hizo)\b)"
    r"|\bi.ll (?:take|have) .*\bfor (?:me|myself)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:yangu|langu|zangu|changu|ya kwangu|la kwangu|mine)\b", re.IGNORECASE)
_SIBLINGS = re.compile(
    r"\b(?P<sw>(?:m?dogo|mkubwa|ndugu|kaka|dada|pacha|bro|sis) (?:wake|yake)"
    r"|dadake|kakake|nduguye)\b"
    rf"|\b(?P<en>(?:his|her|their) {ADJECTIVES}(?:brother|sister|sibling|bro|sis|twin))\b(?!'?s\b)",
    re.IGNORECASE,
)
_SAME_COLOUR = re.compile(
    r"\b(?:same colou?r|(?:rangi|colou?r) (?:ileile|ile|hiyo|iyo|hiyohiyo))\b", re.IGNORECASE
)
_GOES_ON = re.compile(r"^\W*(?:na|and|also|then|pia|alafu|halafu|kisha)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:\w*badili\w*|change|swap|\w*geuz\w*|instead|badala|remove|toa|ondoa)\b", re.IGNORECASE
)


def one_for_other_than_whose(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, a change of a line of somebody else's as one more piece."""
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    change = edits[0] if len(edits) == 1 else None
    if not isinstance(change, a.Set) or context.question or _CHANGES.search(text):
        return list(acts)
    if not change.target.says_nothing and change.target != a.Target(pointed="it"):
        return list(acts)
    told = change.values
    if not (told.colour or told.size) or told.age is not None or not context.cart:
        return list(acts)
    person = _herself(text, acts, change, context) or _sibling(text, acts, change, context)
    if person is None:
        return list(acts)
    if not told.colour and _SAME_COLOUR.search(text):
        told = told.model_copy(update={"colour": context.cart[-1].colour})
    one_more = a.Add(values=told, another=True)
    before = [] if person in acts else [person]
    return [*before, *(one_more if act is change else act for act in acts)]


def _herself(
    text: str, acts: Sequence[a.Act], change: a.Set, context: TurnContext
) -> a.SetWearer | None:
    """The customer, where she asks for herself and no line is her own; else None."""
    if not all(line.worn_by for line in context.cart):
        return None
    wearers = [act for act in acts if isinstance(act, a.SetWearer)]
    if any(act.relation or act.target for act in wearers):
        return None
    for_me = _FOR_ME.search(text)
    whole = change.values.colour and change.values.size
    own = _OWN.search(text) if whole and not relations_said(text) else None
    if change.change and not own:
        return None
    said = for_me or own
    if not (wearers or said):
        return None
    return wearers[0] if wearers else a.SetWearer(evidence=said.group().strip() if said else "")


def _sibling(
    text: str, acts: Sequence[a.Act], change: a.Set, context: TurnContext
) -> a.SetWearer | None:
    """The brother or sister whose the one line is not; None where it may be theirs."""
    found = _SIBLINGS.search(text)
    if found is None or not context.last_line or len(context.cart) != 1:
        return None
    line = context.cart[0]
    if _may_be_theirs(line, found.group()):
        return None
    if change.change and line.worn_by is None and not _GOES_ON.match(text):
        return None  # "ya mdogo wake iwe 28": the line may be his
    wearers = [act for act in acts if isinstance(act, a.SetWearer)]
    if wearers:
        return wearers[0] if len(wearers) == 1 and not wearers[0].target else None
    name = found.group().lower()
    return a.SetWearer(relation="someone", name=name, evidence=found.group())


def _may_be_theirs(line: Line, said: str) -> bool:
    """Whether the line is for more than one unit, or for the person said."""
    if line.quantity != 1 or line.for_several:
        return True
    person = line.worn_by
    return person is not None and (person.name or "").lower() == said.lower()
