"""Reads the sizes of several persons told at once: "my bro wears 42 and my dad 43"."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.local_reader.talk.relations import ADJECTIVES, PERSON_WORDS, relation_of
from dukani.domain import acts as a

_POSSESSIVE = r"(?:wangu|yangu|wetu|yetu)"
_WEARS = (
    r"(?:(?:\s+(?:naye|ako|yuko|size|saizi|namba|number|anavaa|huvaa|wears?|takes|is|ni|na|an?))*"
    r"|'?s)"
)
_ONE = (
    rf"(?:(?:my|our)\s+{ADJECTIVES})?(?P<who>{PERSON_WORDS})(?:\s+{_POSSESSIVE})?{_WEARS}"
    r"\s+(?P<size>\d{2}(?:\.5)?|[2-5]?x{0,3}[sml]|large|medium|small)\b(?!\s*(?:k\b|bob\b|years|yrs))"
)
_TOLD = re.compile(rf"\b{_ONE}", re.IGNORECASE)
_VERB = re.compile(r"\b(?:wears?|takes|anavaa|huvaa|ni|is|size|saizi)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|and|&|na|n)*\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SizesOfPersons:
    """Each person with the size, and the text without them."""

    acts: tuple[a.Act, ...]
    rest: str


def sizes_of_persons(text: str) -> SizesOfPersons | None:
    """The sizes of two or more persons told one after the other; None where fewer are told."""
    found = list(_TOLD.finditer(text))
    if len(found) < 2 or not _VERB.search(found[0].group()):
        return None
    between = [text[one.end() : other.start()] for one, other in itertools.pairwise(found)]
    if not all(_BETWEEN.fullmatch(words) for words in between):
        return None
    acts: list[a.Act] = []
    for one in found:
        relation = relation_of(one["who"])
        said = one["size"].lower()
        size = WORDS[said].value if said in WORDS and WORDS[said].kind == "size_word" else said
        acts.append(a.SetWearer(relation=relation, evidence=one.group()))
        acts.append(a.TellSize(size=size.upper(), whose="theirs"))
    rest = f"{text[: found[0].start()]} {text[found[-1].end() :]}"
    return SizesOfPersons(tuple(acts), re.sub(r"\s{2,}", " ", rest).strip(" ,.;"))
