"""Extracts the delivery address from a message, in the customer's own words."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.talk_before_place import without_talk_before

SAID = read_table("addresses.toml")
PLACE_WORDS = frozenset(SAID["place_words"].split())
SHORTEST = 3
ASKED = word_set("addresses", "asked")  # "delivery ni ngapi"


def _any_of(name: str) -> str:
    """A regex group of the listed phrases."""
    return f"(?:{'|'.join(SAID[name])})"


LEAD = re.compile(
    rf"^\s*(?:{_any_of('politeness')}\b[\s,.!]*)*(?:{_any_of('none_exact')}\s*(?:(?:ni|it'?s)\b\s*)?)?"
    rf"(?:(?:{_any_of('asking')} )?(?:{_any_of('leads')}\b[\s,:]*)"
    rf"(?:{_any_of('fillers')}\b[\s,:]*)?(?:{_any_of('prepositions')}\b[\s,:]*)?)?",
    re.IGNORECASE,
)
# "the address is wrong, it's Rongai": what follows is the right one.
WRONG = re.compile(
    r"^(?:wrong|incorrect|not right|not correct|sio sahihi|si sahihi|si sawa|sio sawa|imekosewa)"
    r"[\s,.;:]+(?:(?:it'?s|its|it is|it should be|ni|iwe|badala yake)\s+)?",
    re.IGNORECASE,
)
TRAIL = re.compile(rf"[\s,]*\b{_any_of('trail')}[\s.!]*$", re.IGNORECASE)
PAYING = re.compile(
    r"[\s,.]+(?:and|na|then|kisha|halafu)?\s*"
    r"(?:naomba|nataka|i want to|let me|i|i will|ill|i'll"
    r"|(?:niko|nipo|i'?m|i am)? ?(?:all )?(?:tayari|ready|set)(?: to)?)?\s*"
    rf"\b{_any_of('paying')}\b.*$",
    re.IGNORECASE | re.DOTALL,
)
NO_STATE = rf"(?!\s+{_any_of('states')}\b)"
ELSEWHERE, LOOSELY = (
    re.compile(rf"\b{_any_of(name)}\b{but}[\s,:]*(?P<place>.+)$", re.IGNORECASE | re.DOTALL)
    for name, but in (("elsewhere", ""), ("loosely", NO_STATE))
)


def strip_lead(raw: str) -> str:
    """The address without "deliver to", "niletee", "my address is" and thanks."""
    stripped = without_talk_before(raw)
    body = WRONG.sub("", LEAD.sub("", stripped, count=1))
    if (further := without_talk_before(body)) != body:  # 'deliver to "ok"?? no, its Ruaka'
        body = LEAD.sub("", further, count=1)
    return TRAIL.sub("", body).strip(" ,:;?\n") or stripped


def address_elsewhere(raw: str, *, loosely: bool = False) -> str | None:
    """The address of "checkout, deliver to Kilimani, Rose Apts B4"."""
    found = ELSEWHERE.search(raw) or (LOOSELY.search(raw) if loosely else None)
    if found is None:
        return None
    place = WRONG.sub("", without_trail(found["place"]))
    if len(place) < SHORTEST or place.endswith("?") or place.split()[0].lower() in ASKED:
        return None
    return place


def without_trail(place: str) -> str:
    """The place without what is said after it: "plot 32 halafu nimemaliza, nataka kulipa"."""
    while (shorter := PAYING.sub("", TRAIL.sub("", place)).strip(" ,:;.!\n")) != place:
        place = shorter
    return place


def looks_like_place(raw: str) -> bool:
    """Whether a text reads like an address: place words, capitals, digits or commas."""
    words = re.findall(r"[^\W\d_]+", raw)
    if PLACE_WORDS & {word.lower() for word in words}:
        return True
    capitals = sum(word[0].isupper() and len(word) > 1 for word in words[1:])
    return capitals >= 1 or bool(re.search(r"\d", raw)) or "," in raw
