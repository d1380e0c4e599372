"""Knows long words beside an awaited address that tell no place: it is still to come.

"Before I send you the location, is it warm?" asks; "let me ask my husband where" puts it off.
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import Step

PLACE = r"(?:location|address|adress|anwani|anuani|mahali|pahali|pin|place|delivery)"
OPENERS = (
    r"(?:(?:wait|hold on|ngoja|subiri|sawa|ok(?:ay)?|poa|hebu|lakini|but|and|na|kwanza|first|hey"
    r"|hi|sasa|aki|no|hapana|just)[\s,.!]+)*"
)
TELLING = (
    r"(?:(?:the|ya|my|giving|sending|sharing)\s+(?:\w+\s+){0,2}?"
    r"|(?:i|we|u|you|siku|sija|nija|hatuja|niku|ni|tuku|tu)\w*\s+(?:\w+\s+){0,4}?)?"
)
BEFORE = re.compile(
    rf"^\W*{OPENERS}(?:before|kabla)\s+{TELLING}{PLACE}\b"
    r"(?:\s+(?:yangu|yetu|kwako|details|to you|pa kuleta|ya (?:delivery|kuleta)))*[\s,.:;-]+(?=\w)",
    re.IGNORECASE,
)
WAITING = word_set("place_to_come", "waiting")  # "wait", "sec", "subiri"
FINDING_OUT = word_set("place_to_come", "finding_out")  # "ask", "nicheki"
MEANING_TO = word_set("place_to_come", "meaning_to")  # "let", "need", "wacha"
UNKNOWN = word_set("place_to_come", "unknown")  # "sijui", "not sure", "nina swali"
SENDING = word_set("place_to_come", "sending")  # "will send", "nikutumie"
OWN = word_set("place_to_come", "own")  # "my", "im", "wangu"
THERE = word_set("place_to_come", "there")  # "near", "behind", "kwa": where it is after all
AWAITED: Step = "awaiting_delivery_address"


def behind_before_place(text: str) -> str | None:
    """What is said behind "before I send you the location, …"; None: nothing is put off so."""
    found = BEFORE.match(text)
    return text[found.end() :].strip() if found else None


def without_a_place(acts: tuple[a.Act, ...]) -> tuple[a.Act, ...]:
    """The acts of what is said before the place is told, which names none itself."""
    return tuple(act for act in acts if not isinstance(act, a.SetAddress)) or (a.Remark(),)


def leaves_place_open(message: Message) -> bool:
    """Whether the place is to be found out or told later: "sijajua nitakuwa wapi kesho".

    Never where a place is named all the same: "wait, I'm at Kilimani near the mall".
    """
    if message.context.step != AWAITED or len(message.tokens) < 3:
        return False
    if re.search(r"\d|\S\s+(?!I\b|I')[A-Z]", message.raw):
        return False
    if any("@place" in token.tags for token in message.tokens):
        return False
    if _says(message, UNKNOWN):
        return True
    if _says(message, FINDING_OUT) and message.says_any(MEANING_TO | WAITING):
        return True
    there = message.says_any(THERE)
    if _says(message, SENDING) and not there:
        return True
    waits = any(token.text in WAITING for token in message.tokens[:3])
    places = {token.text for token in message.tokens} & PLACE_WORDS
    return waits and message.says_any(OWN) and not places and not there


def _says(message: Message, words: frozenset[str]) -> bool:
    """Whether one of the words is said, or of the phrases joined by "_"."""
    said = f"_{'_'.join(token.text for token in message.tokens).replace(' ', '_')}_"
    return any(f"_{word}_" in said for word in words)
