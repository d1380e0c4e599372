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
            return f"{before[: found.start()]}{said}{before[found.end() :]}"
    return said


def continued(before: str | None, said: str) -> str:
    """Both together, where what is said now only goes on from the address before."""
    if not before or not _GOES_ON.match(said):
        return said
    return before if said in before else f"{before.rstrip(' ,.')}, {said}"
