"""Puts a child's age, told once, with each piece that is for that child.

"boy ako 4, girl ako 6, nataka shati ya boy na dress ya girl" is read as "nataka shati ya boy miaka
4 na dress ya girl miaka 6", so that each piece takes its own child's age.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.ages_by_group import listed_ages, with_ages_by_group
from dukani.agent.local_reader.parsing.ages_by_stature import (
    ages_of_three,
    ages_of_two,
    with_ages_by_stature,
)

OLDEST = 17
SIBLINGS = word_set("ages", "siblings")
NO_CHILD = frozenset((
    "size", "saizi", "sz", "it", "that", "this", "order", "price", "bei", "total", "mine", "yangu",
    "me", "one", "two", "moja", "mbili", "watoto", "kids", "children", "boys", "girls", "sons",
    "daughters", "years", "miaka", "age", "umri", "wana", "they",
))  # fmt: skip
KIN = {
    word: child
    for child in ("boys", "girls", "elder", "younger")
    for word in word_set("ages", child)
}
_NUMBERS = {
    word: value
    for word, value in read_table("numbers.toml")["cardinal"].items()
    if 0 < int(value) <= OLDEST
}


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = rf"(?P<age>\d{{1,2}}|{_any_of(list(_NUMBERS))})\b(?!\s*(?:[-–/.,]\d|k\b|cm\b|bob\b|%))"
_YEARS = r"(?:\s*(?:years?|yrs?|yr|yo|y)\b(?:[ -]?old)?)?"
_IS = (
    r"(?:(?:who|whos|who's)\s+)?(?:is|ni|ako na|ako|yuko na|yuko|ana|wa|mwenye|aged?|turned)"
    r"(?:\s+(?:na\s+)?(?:miaka|umri wa|wa miaka))?|miaka"
)
_WHOSE = r"(?:wangu|yangu|wetu|wake|yake)"
_TOLD = re.compile(
    rf"(?:\b(?:my|our|the|a|her|his|their|huyu|huyo|yule|nina|niko na|i have)\s+)*"
    rf"\b(?P<who>[a-z']+)(?:\s+{_WHOSE})?(?P<link>,?\s+(?:{_IS}))?"
    rf"\s+{_NUMBER}{_YEARS}\s*(?P<end>[,.;&]|\band\b|\bna\b|\bn\b)*\s*",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?:(?P<of>ya|la|cha|za|vya|wa|kwa|for)\s+"
    rf"(?:(?:my|our|the|huyo|huyu|yule|(?:her|his)(?=\s+(?:{_any_of(sorted(SIBLINGS))})\b))\s+)?"
    rf"(?P<who>[a-z']+)(?:\s+{_WHOSE})?"
    r"|(?:the\s+|my\s+)?(?!s?he\b)(?P<subject>[a-z']+)\s+(?=(?:needs|wants|gets|anataka|anahitaji|apate)\b))",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"\s+(?!and\b|na\b|in\b|please\b|too\b|also\b|pia\b|then\b|with\b)[a-z]")


@dataclass(frozen=True, slots=True)
class _Told:
    """A child's age as told at text[start:end]."""

    child: str
    age: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Owner:
    """The words text[start:end] that say whose a piece is; text[start:kept] stays."""

    child: str
    start: int
    end: int
    kept: int


def ages_of_children(text: str) -> dict[str, int]:
    """The ages of several children told of, by boy or girl, elder or younger; else empty."""
    if three := ages_of_three(text):
        return three
    if len(listed := listed_ages(text)) == 3:
        return dict(zip(("younger", "middle", "elder"), listed, strict=True))
    told = [one for one in _ages_told(text) if one.child in KIN.values()]
    ages = {one.child: int(_NUMBERS.get(one.age, one.age)) for one in told}
    return ages if len(ages) == len(told) > 1 else ages_of_two(text)


def with_ages_of_children(text: str, known: Mapping[str, int] | None = None) -> str:
    """The text with each child's age beside the pieces for that child; else unchanged.

    `known`: the ages told before, for an answer: "one navy for him and one red for her".
    """
    text = with_ages_by_stature(with_ages_by_group(text, known or {}), known or {})
    told = _ages_told(text)
    if known and not told:
        return _with_ages(text, _owners(text, known), {k: str(age) for k, age in known.items()}, [])
    ages = {one.child: one.age for one in told}
    if len(ages) != len(told):
        return text
    owners = _owners(text, ages)
    apart = all(_beside(one, owner) for one in told for owner in owners)
    if len(ages) < 2 or {owner.child for owner in owners} != set(ages) or not apart:
        return text  # one child's age is in the clause of its piece, or holds for all of it
    return _with_ages(text, owners, ages, told)


def _with_ages(
    text: str, owners: Sequence[_Owner], ages: Mapping[str, str], told: Sequence[_Told]
) -> str:
    edits = [(owner.kept, owner.end, f" aged {ages[owner.child]} ") for owner in owners]
    edits += [(one.start, one.end, "") for one in told]
    for start, end, words in sorted(edits, reverse=True):  # from the end, so that places hold
        before, behind = text[:start], text[end:]
        if words:
            before, behind = before.rstrip(), behind.lstrip(" ")
        text = before + words + behind
    return text.strip()


def _ages_told(text: str) -> list[_Told]:
    found = []
    for match in _TOLD.finditer(text):
        child = _child(match["who"])
        digits = match["age"].isdigit()
        if digits and not 0 < int(match["age"]) <= OLDEST:
            continue
        if child is None or (match["link"] is None and (not digits or child not in KIN.values())):
            continue  # "boy 4" tells an age; "Juma 4" and "boy two" do not
        found.append(_Told(child, match["age"], match.start(), match.end()))
    return found


def _owners(text: str, ages: Collection[str]) -> list[_Owner]:
    """Each "for the boy" and "ya boy" of a child whose age is told."""
    found = []
    for match in _OWNED.finditer(text):
        word = match["who"] or match["subject"]
        child = _child(word)
        another = word.lower() in ("her", "his") and _OF_ANOTHER.match(text, match.end())
        if child is not None and child in ages and not another:
            named = child not in KIN.values() and child not in SIBLINGS
            kept = match.start() if named else match.end()  # a name would be a piece's
            found.append(_Owner(child, match.start(), match.end(), kept))
    return found


def _beside(told: _Told, owner: _Owner) -> bool:
    """Whether a child's age is told elsewhere than with the piece: not "for my boy who is 4"."""
    return owner.end <= told.start or told.end <= owner.start


def _child(word: str) -> str | None:
    """What tells the child from others: boy or girl, elder or younger, or the name."""
    lower = word.lower()
    if lower in KIN:
        return KIN[lower]
    return None if lower in NO_CHILD else lower
