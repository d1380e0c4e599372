"""Puts a piece in for the person it is spoken of: "the canvas too, she has PE on tuesday".

"She" is the one woman or girl whom a line is for already, whoever was spoken of last. So too of two
who order together: "mimi nataka kofia nyeusi, yeye kofia nyekundu", with one person told of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.edits.of_wearer import OF_RELATIONS
from dukani.agent.local_reader.talk.relations import PERSON_WORDS, relations_of, relations_said
from dukani.core.store.wearers import WornBy
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

_DOES = (
    r"(?:'?s|'?ll| is| has| needs| wants| wears| starts| goes| likes| takes| will (?:need|wear))"
)
_OF_A_SEX = {
    "girls": re.compile(
        rf"\bshe{_DOES}\b|\bfor her\b(?! (?:[a-z]+er|[a-z]+in|dad|mum|son|wedding|birthday)\b)",
        re.IGNORECASE,
    ),
    "boys": re.compile(rf"\bhe{_DOES}\b|\bfor him\b", re.IGNORECASE),
}
_ANYBODY = re.compile(r"\b(?:yeye|naye)\b", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:say|says|said|told|asked|pays?|paying|call|send)\b", re.IGNORECASE)
_ME_AND_OTHER = re.compile(
    r"(?:^|[,.;!] ?|\b(?:na|and) )(?P<me>mimi|mi|me|i)\b(?P<mine>.+?)"
    r"(?:[,.;]|\b(?:na|and|then)\b)\s*(?:na |and |then )?"
    rf"(?P<who>yeye|naye|she|he|(?:my )?(?:{PERSON_WORDS})(?: yangu| wangu)?)\b"
    r"(?P<theirs>.+)$",
    re.IGNORECASE | re.DOTALL,
)


def spoken_of(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, with whom the pieces put in are for, where only a pronoun tells."""
    if any(isinstance(act, a.SetWearer) for act in acts):
        return list(acts)
    adds = [act for act in acts if isinstance(act, a.Add)]
    if not adds or len(adds) != len([act for act in acts if isinstance(act, a.EDITS)]):
        return list(acts)
    if both := _each_for_one(text, acts, adds):
        return both
    person = _one_person(text, context)
    if person is None:
        return list(acts)
    wearer = a.SetWearer(relation=person.relation, name=person.name)
    return [wearer, *acts]


def _each_for_one(text: str, acts: Sequence[a.Act], adds: Sequence[a.Add]) -> list[a.Act] | None:
    """The customer's own piece and the other's: "mimi … L, yeye … 24"; else None."""
    found = _ME_AND_OTHER.search(text)
    relations = relations_said(text)
    if found is None or len(adds) != 2 or len(relations) != 1:
        return None
    mine, theirs = words_of(found["mine"]), words_of(found["theirs"])
    if not (_is_told(adds[0], mine) and _is_told(adds[1], theirs)):
        return None
    [relation] = relations
    other = a.SetWearer.model_validate({"relation": relation, "evidence": found["who"]})
    own = a.SetWearer(evidence=found["me"])
    whose: dict[int, a.SetWearer] = {id(adds[0]): own, id(adds[1]): other}
    return [one for act in acts for one in ([whose[id(act)], act] if id(act) in whose else [act])]


def _is_told(add: a.Add, words: Sequence[str]) -> bool:
    """Whether the words name the piece, by its name or else its kind or size."""
    if add.target.name:
        return set(add.target.name.split()) <= set(words)
    told = (add.values.size or "").lower()
    return bool(told) and told in words


def _one_person(text: str, context: TurnContext) -> WornBy | None:
    """The one person with lines whom a pronoun means; None where it may mean several."""
    persons = {line.worn_by.id: line.worn_by for line in context.cart if line.worn_by}
    if not persons or relations_said(text) or _SAYS.search(text):
        return None
    sexes = [sex for sex, words in _OF_A_SEX.items() if words.search(text)]
    if len(sexes) > 1:
        return None
    if not sexes:
        return next(iter(persons.values())) if len(persons) == 1 and _ANYBODY.search(text) else None
    fitting = [one for one in persons.values() if relations_of(one) & OF_RELATIONS[sexes[0]]]
    return fitting[0] if len(fitting) == 1 else None
