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
    """
    words = said.split()
    for leading in range(len(words) - 1, -1, -1):
        old = " ".join((*words[:leading], replaces))
        pattern = r"\W+".join(map(re.escape, re.findall(r"\w+", old)))
        found = re.search(rf"(?<!\w){pattern}(?!\w)", before, re.IGNORECASE) if pattern else None
        if found and (found.start() > 0 or any(c.isdigit() for c in found.group())):
            kept = _without_other_spelling(before[: found.start()], words[0])
            return f"{kept}{said}{before[found.end() :]}"
    return said


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
    if not before or not _GOES_ON.match(said):
        return said
    return before if said in before else f"{before.rstrip(' ,.')}, {said}"
