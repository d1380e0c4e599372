"""Merges what a customer says of an address with what was said of it before. Pure."""

from __future__ import annotations

import re

# What only goes on from an address and is none by itself: "opposite the bank, ask for Mama Njeri".
_GOES_ON = re.compile(
    r"(?:(?:it'?s|its|ni|iko|na|and)\s+)?(?:just\s+)?(?:opposite|opp|near|next to|behind|beside|"
    r"between|along|off|after|past|ask for|karibu na|mkabala na|nyuma ya|mbele ya|kando ya|"
    r"pembeni ya|ulizia|uliza|baada ya|ukifika)\b",
    re.IGNORECASE,
)

# What only describes the house: "the gate is green", "nyumba iko na gate nyeusi".
_DESCRIBES = re.compile(
    r"(?:(?:the|my|our|ni|kwa) )?(?:house|gate|building|nyumba|jengo|lango|geti|mlango)"
    r"(?: yangu| yetu)? (?:is|has|have|with|ni ya|ni|ina|iko na|ya rangi)\b(?!\W*$)(?! [a-z]?\d)",
    re.IGNORECASE,
)

# A part of a house alone, which is no address: "house 5", "apt ni B4", "floor ya 3 now".
_UNIT = re.compile(
    r"(?:(?:it'?s|its|ni|but|lakini|ila)\s+)?(?P<kind>house|hse|hs|apartment|apt|flat|room|rm|door|floor"
    r"|gate|flr|block|unit|nyumba|chumba|mlango|ghorofa)(?P<link>(?:\s+(?:number|no|namba|num|ya|is|ni))*)\.?\s*"
    r"(?P<number>[a-z]?-?\d{1,4}\s?[a-z]?|[a-z])(?:\s+(?:now|sasa|this time|mara hii))?[\s.!]*",
    re.IGNORECASE,
)

_NUMBER = frozenset(("number", "no", "namba", "num"))
_SPELLINGS = (
    frozenset(("house", "hse", "hs")),
    frozenset(("apartment", "apartments", "apt", "apts", "aptmt")),
    frozenset(("floor", "flr", "ghorofa")),
    frozenset(("room", "rm")),
    _NUMBER,
)


def with_part_replaced(before: str, said: str, replaces: str) -> str:
    """The address with the words that `said` corrects replaced; `said` alone if they are not in it.

    Words in front may be said once: of "hse 40", "hse 41 not 40" replaces both words. Where the
    place itself was wrong, with which an address begins, nothing of it stays: the rest was there.
    "We are in Kampala, not Nairobi" corrects the shop and no address that never named Nairobi.
    """
    words = said.split()
    for leading in range(len(words) - 1, -1, -1):
        old = " ".join((*words[:leading], replaces))
        pattern = r"\W+".join(map(re.escape, re.findall(r"\w+", old)))
        found = re.search(rf"(?<!\w){pattern}(?!\w)", before, re.IGNORECASE) if pattern else None
        if found and (found.start() > 0 or any(c.isdigit() for c in found.group())):
            kept = _without_other_spelling(before[: found.start()], words[0])
            return f"{kept}{said}{before[found.end() :]}"
    if is_unit(said):
        return continued(before, said)
    said_before = re.search(rf"(?<!\w){re.escape(replaces)}(?!\w)", before, re.IGNORECASE)
    town_alone = len(words) == 1 and said.isalpha() and len(before.split()) > 1
    return before if town_alone and not said_before else said


def _without_other_spelling(before: str, word: str) -> str:
    """The words in front, without the last where it only spells `word` otherwise: hse, house.

    With "number" behind it goes too: of "nyumba namba 41", "nyumba 14" replaces all three words.
    """
    rest, _, last = before.rstrip().rpartition(" ")
    spellings = next((one for one in _SPELLINGS if word.lower() in one), frozenset((word.lower(),)))
    if last.strip(" ,.").lower() in _NUMBER - spellings:
        rest, _, last = rest.rpartition(" ")
    elif last.lower() == word.lower():
        return before
    return f"{rest} ".lstrip() if last.strip(" ,.").lower() in spellings else before


def continued(before: str | None, said: str) -> str:
    """Both together, where what is said now only goes on from the address before."""
    if before and (unit := _UNIT.fullmatch(said)):
        return _with_unit(before, unit)
    if not before or not (_GOES_ON.match(said) or describes_house(said)):
        return said
    return before if said in before else f"{before.rstrip(' ,.')}, {said}"


def of_last_time(last: str, said: str) -> str:
    """The address of last time, with the part that is told anew: "same place but house 5"."""
    unit = _UNIT.fullmatch(said)
    return _with_unit(last, unit) if unit else last


def _with_unit(before: str, unit: re.Match[str]) -> str:
    """The address with this unit in place of the one of its kind, or behind the rest."""
    kinds = next((one for one in _SPELLINGS if unit["kind"].lower() in one), {unit["kind"].lower()})
    told = re.compile(
        rf"\b(?:{'|'.join(sorted(kinds))})\b(?:\s+(?:number|no|namba|num|ya|is|ni))*\.?\s*"
        r"(?:[a-z]?-?\d{1,4}[a-z]?|[a-z])\b",
        re.IGNORECASE,
    )
    said = f"{unit['kind']}{unit['link']} {unit['number'].strip()}"
    if told.search(before):
        return told.sub(lambda _: said, before, count=1)
    return f"{before.rstrip(' ,.')}, {said}"


def is_unit(said: str) -> bool:
    """Whether only a part of a house is told: "house 5", "apt ni B4"."""
    return _UNIT.fullmatch(said) is not None


def describes_house(said: str) -> bool:
    """Whether the words only describe the house of an address: "the gate is green"."""
    return _DESCRIBES.match(said.strip()) is not None
