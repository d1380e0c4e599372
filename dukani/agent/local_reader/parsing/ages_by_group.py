"""Puts the ages of three or more children with what is for some of them together.

"they are 4, 6 and 10. red for the two small ones, blue for the big one" is read as "red aged 4, red
aged 6, blue aged 10".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OLDEST = 17
_YEARS = r"(?:\s*(?:years?|yrs?|yr|yo|y)\b(?:\s*old)?)?"
_AGE = rf"\d{{1,2}}\b(?!\s*(?:[-–/]\s*\d|k\b|cm\b|bob\b|%|xl|[sml]\b)){_YEARS}"
_NEXT = r"(?:\s*(?:,|&|\band\b|\bna\b|\bn\b)\s*)+(?:(?:wa|ya|miaka|the other|last|mwisho)\s+){0,2}"
_TOLD = re.compile(
    r"(?:\b(?:(?:my|our|the) (?:three |four )?)?(?:they are|they're|theyre|they r"
    r"|wana(?: umri wa| miaka)?|wako|aged?|ages|wa miaka"
    r"|miaka(?: ni| yao ni| yao)?|(?:boys?|girls?|kids|children|sons|daughters|watoto|wasichana"
    r"|wavulana|mabinti|grandkids|nieces|nephews)(?: wangu| watatu| wanne)*"
    r"(?: are(?: aged)?| ni| wana(?: miaka)?| wa miaka| aged| of))[:,]?\s+)"
    rf"(?P<ages>{_AGE}(?:{_NEXT}{_AGE}){{2,4}})\s*[-,.:;]*\s*",
    re.IGNORECASE,
)
_SEGMENTS = re.compile(r"\s*(?:[,.;]|\band\b|\bna\b|\bthen\b|\bhalafu\b|\balafu\b|&)+\s*")
_OF = r"(?:(?:for|to|kwa|ya|wa|za)\s+)?(?:(?:the|my|those|hao|wale|hawa|huyo|huyu|yule)\s+)?"
_MANY = r"(?P<many>two|three|2|3|wawili|watatu)"
_WHO = r"(?:\s+(?:ones?|boys?|girls?|kids?|child|children|watoto|mtoto|two|wawili))?"
_ONE = r"(?:\s+(?:one|boy|girl|kid|child))?"
_SMALLS = r"(?:small|little|young|smaller|younger|smallest|youngest)"
_BIGS = r"(?:big|old|older|bigger|elder|biggest|oldest|eldest)"
_GROUPS = (
    ("small", rf"{_MANY}\s+{_SMALLS}{_WHO}|{_SMALLS}\s+{_MANY.replace('many', 'many2')}"),
    ("small", rf"wadogo(?:\s+{_MANY})?|(?P<many2>wawili|watatu)\s+wadogo|{_SMALLS}\s+ones"),
    ("small", rf"{_SMALLS}{_ONE}|mdogo(?: kabisa)?|kitinda mimba|last ?born"),
    ("big", rf"{_MANY}\s+{_BIGS}{_WHO}|{_BIGS}\s+{_MANY.replace('many', 'many2')}"),
    ("big", rf"wakubwa(?:\s+{_MANY})?|(?P<many2>wawili|watatu)\s+wakubwa|{_BIGS}\s+ones"),
    ("big", rf"{_BIGS}{_ONE}|mkubwa(?: kabisa)?|first ?born"),
    ("middle", rf"middle{_ONE}|wa kati(?:kati)?|second ?born"),
    ("rest", r"(?:other|remaining)\s+(?:two|three|ones)|others|rest|wengine(?:\s+wawili)?"),
)
_WHICH = tuple((who, re.compile(rf"{_OF}\b(?:{of})\b", re.IGNORECASE)) for who, of in _GROUPS)
_GETS = re.compile(
    r"\b(?:gets?|takes?|wears?|(?:will|should) (?:get|have|wear)|have|has|apate|wapate"
    r"|avae|wavae|awe na|wawe na|ni|is|are|in|wa|iwe|ziwe)\b\s*:?|[:-]",
    re.IGNORECASE,
)
_REFUSED = re.compile(  # "the big one doesn't want any": nothing is for that child
    r"\b(?:do(?:es)?n['’]?t|do(?:es)? not|not|no|none|nothing|without|skip|hataki|hawataki|hapendi"
    r"|hapana|hakuna|asipate|wasipate|bila|si|sio|usimwekee|usiwawekee|hahitaji|hawahitaji)\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "2": 2, "wawili": 2, "three": 3, "3": 3, "watatu": 3}


@dataclass(frozen=True, slots=True)
class _Part:
    """What is for some of the children; `many` is None where they are all that are left."""

    words: str
    who: str
    many: int | None


def listed_ages(text: str) -> list[int]:
    """The ages of three or more children listed together, the youngest first; else empty."""
    told = _TOLD.search(text)
    ages = [int(age) for age in re.findall(r"\d+", told["ages"])] if told else []
    apart = len(set(ages)) == len(ages) and all(0 < age <= OLDEST for age in ages)
    return sorted(ages) if apart else []


def with_ages_by_group(text: str, known: Mapping[str, int]) -> str:
    """The text with each age beside what is for that child; unchanged where a child is left out.

    `known`: the ages told before, for "the two big ones in blue and the small one in red".
    """
    told = _TOLD.search(text)
    ages = listed_ages(text) if told else sorted(known.values()) if "middle" in known else []
    if len(ages) < 3:
        return text
    before, rest = (text[: told.start()], text[told.end() :]) if told else ("", text)
    parts = [_part(segment) for segment in _SEGMENTS.split(rest) if segment.strip()]
    grouped = told is not None or any(part and part.many != 1 for part in parts)
    if len(parts) < 2 or not grouped:
        return text
    given = _given([part for part in parts if part], ages)
    if None in parts or given is None:
        return text
    each = [
        f"{words} aged {age}" for words, of in given if not _REFUSED.search(words) for age in of
    ]
    return f"{before}{', '.join(each)}".strip()


def _part(segment: str) -> _Part | None:
    """The part of the children that a segment speaks of, and what it says besides."""
    for who, pattern in _WHICH:
        if (found := pattern.search(segment)) is None:
            continue
        words = _GETS.sub(" ", f"{segment[: found.start()]} {segment[found.end() :]}")
        counted = next((v for k, v in found.groupdict().items() if k.startswith("many") and v), "")
        single = 1 if who == "middle" or _is_single(found.group()) else None
        words = " ".join(words.split())
        return _Part(words, who, _COUNTS.get(counted.lower(), single)) if words else None
    return None


def _is_single(said: str) -> bool:
    return not re.search(r"\b(?:ones|wadogo|wakubwa|others|rest|two|three|wengine)\b", said.lower())


def _given(parts: Sequence[_Part], ages: Sequence[int]) -> list[tuple[str, list[int]]] | None:
    """The words and ages of each part; None where not each child is told of once."""
    left = list(ages)
    of: dict[int, list[int]] = {}
    for at, part in sorted(enumerate(parts), key=lambda one: (one[1].many is None, one[0])):
        many = part.many or len(left)
        if many > len(left):
            return None
        if part.who == "middle":
            took = [left[len(left) // 2]] if len(left) == len(ages) else left[:1]
        else:
            took = left[-many:] if part.who == "big" else left[:many]
        of[at] = took
        left = [age for age in left if age not in took]
    if left or not all(of.values()):
        return None
    return [(part.words, of[at]) for at, part in enumerate(parts)]
