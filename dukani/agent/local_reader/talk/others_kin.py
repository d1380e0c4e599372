"""Finds persons told of by another: "for her cousin", "ya bro yake", "ya binti wa jirani".

They are nobody's own: a daughter's friend is no "your friend", so that each is called as said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dukani.agent.local_reader.talk.relations import (
    ADJECTIVES,
    EN_WORDS,
    SW_WORDS,
    relations_said,
)
from dukani.agent.local_reader.talk.what_is_worn import WEARS_IT

_YOUNG = frozenset(("child", "son", "daughter"))
_OF_THEM = r"(?:yake|yao|wake|wao|lake|lao|zake|zao|chake|vyake)"
_OF_SOMEBODY = (
    r"(?:wa|ya|za) (?:jirani|rafiki|beste|boss|kaka|dada|bro|sis|siz|mama|shangazi|mjomba)"
    r"(?: (?:yangu|wangu|yetu|wetu))?"
)
_SOMEBODYS = (
    r"(?:(?:my|our|the) )?(?:neighbou?r|friend|bestie|boss|sister|brother|cousin|aunt|uncle)'?s"
)
_AS_TOLD = (
    rf"\bfor (?P<en>(?:her|his|their|{_SOMEBODYS}) {ADJECTIVES}(?:{EN_WORDS}))\b(?!'?s\b)",
    rf"\b(?:kwa|ya|za|la|cha|vya|wa) (?P<sw>(?:{SW_WORDS}) (?:{_OF_THEM}|{_OF_SOMEBODY}))\b",
    rf"(?:^|[,.;] ?)(?:and |but |so )?(?P<subject>(?:her|his|their) {ADJECTIVES}(?:{EN_WORDS}))"
    rf"(?= (?:who )?(?:{WEARS_IT}|is \d))",
)
_THEIRS = re.compile("|".join(_AS_TOLD), re.IGNORECASE)
# A child is read besides, as it tells a size; so is an age told behind.
_AGED = re.compile(
    r",? (?:(?:who|wa|mwenye|aged?|is|ana|ako|wa miaka|miaka)\b ?)+(?:is |na )?\d", re.IGNORECASE
)
_NO_WEARER = re.compile(
    r"^'?s?\s*(?:wedding|birthday|graduation|party|shower|harusi|ruracio|house|place|shop|number"
    r"|phone)\b",
    re.IGNORECASE,
)

_BROUGHT = re.compile(
    r"\b(?:(?:uni|mni|ni|m)?letee(?:ni)?|(?:ni|m)?pelek(?:a|ee|eni|eeni)|let[ae]|deliver|bring|send)"
    r"(?: (?:hapa|hadi|mpaka|it|them))?\s*$",
    re.IGNORECASE,
)
_PLACE_OF = re.compile(r"\b(?:shop|duka|nyumba|house|place|ofisi|office)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OthersKin:
    """A person as called, at text[start:end]; `cut`: the words mean nothing besides."""

    name: str
    start: int
    end: int
    cut: bool


def others_kin(text: str, *, awaits_address: bool = False) -> Iterator[OthersKin]:
    """Each person for whom something is said to be, named by another person.

    "Niletee kwa mama yake" is brought to her, and so is "for her friend at Umoja" where the
    address is awaited.
    """
    for found in _THEIRS.finditer(text):
        if _NO_WEARER.match(text[found.end() :].lstrip()):
            continue
        if _is_a_place(text, found, awaits_address=awaits_address):
            continue
        name = found["en"] or found["sw"] or found["subject"]
        young = not _YOUNG.isdisjoint(relations_said(name))
        aged = _AGED.match(text, found.end()) is not None
        cut = not (young or aged or found["subject"])
        yield OthersKin(name.lower(), found.start(), found.end(), cut)


def _is_a_place(text: str, found: re.Match[str], *, awaits_address: bool) -> bool:
    """Whether the person is only where to bring it."""
    if found["sw"] is None:
        return awaits_address and found["en"] is not None and not text[: found.start()].strip()
    brought = _BROUGHT.search(text[: found.start()]) is not None
    return (found.group().lower().startswith("kwa ") and (awaits_address or brought)) or (
        awaits_address and _PLACE_OF.search(text[: found.start()]) is not None
    )
