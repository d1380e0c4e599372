"""Knows long words beside an awaited address that tell no place: it is still to come.

"Before I send you the location, is it warm?" asks; "let me ask my husband where" puts it off.
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.relations import RELATION_WORDS
from dukani.domain import acts as a
from dukani.domain.steps import Step

TOLD = r"(?:location|address|adress|anwani|anuani|pin)"
PLACE = rf"(?:{TOLD}|mahali|pahali|place)"
OPENERS = (
    r"(?:(?:wait|hold on|ngoja|subiri|sawa|ok(?:ay)?|poa|hebu|lakini|but|and|na|kwanza|first|hey"
    r"|hi|sasa|aki|no|hapana|just)[\s,.!]+)*"
)
SENDS = r"(?:send|sending|giv(?:e|ing)|shar(?:e|ing)|tell(?:ing)?|drop|forward)"
TELLING = (
    rf"(?:{SENDS}\s+(?:(?:you|u|the|my|our|ku\w+)\s+){{0,3}}?"
    rf"|(?:i|we)\s+(?:\w+\s+)?{SENDS}\s+(?:\w+\s+){{0,3}}?"
    r"|(?:siku|sija|nija|hatuja|niku|ni|tuku|tu|ku)\w*(?:tum|pea?|pa|share|send|amb)\w*"
    r"\s+(?:\w+\s+){0,3}?)"
)
OF_PLACE = r"(?:\s+(?:yangu|yetu|kwako|details|to you|pa kuleta|ya (?:delivery|kuleta)))*"
# "before I send the location …", "before the address …", and "before my place, …" with a pause
BEFORE = re.compile(
    rf"^\W*{OPENERS}(?:before|kabla)\s+"
    rf"(?:(?:ya\s+)?{TELLING}{PLACE}\b{OF_PLACE}|(?:(?:ya|the|my)\s+)*{TOLD}\b{OF_PLACE}"
    rf"|(?:(?:ya|the|my)\s+)*{PLACE}\b{OF_PLACE}(?=\s*[,.:;-]))[\s,.:;-]+(?=\w)",
    re.IGNORECASE,
)
WAITING = word_set("place_to_come", "waiting")  # "wait", "sec", "subiri"
FINDING_OUT = word_set("place_to_come", "finding_out")  # "ask", "nicheki"
MEANING_TO = word_set("place_to_come", "meaning_to")  # "let", "need", "wacha"
UNKNOWN = word_set("place_to_come", "unknown")  # "sijui", "not sure", "nina swali"
SENDING = word_set("place_to_come", "sending")  # "will send", "nikutumie"
OWN = word_set("place_to_come", "own")  # "my", "im", "wangu"
THERE = word_set("place_to_come", "there")  # "near", "behind", "kwa": where it is after all
LANDMARKS = word_set("place_to_come", "landmarks")  # "gate", "kanisa", "turn"
NAMING = frozenset(("jina", "name", "gani", "which"))
NAMED = word_set("place_to_come", "named")  # "estate", "building": of which the name is sought
TIMES = frozenset(("sasa", "leo", "now", "hivi"))
SPOKEN_OF = frozenset(("location", "address", "anwani", "mahali", "place", "delivery"))
AWAITED: Step = "awaiting_delivery_address"


def behind_before_place(text: str) -> str | None:
    """What is said behind "before I send you the location, …"; None: nothing is put off so."""
    rest = text
    while found := BEFORE.match(rest):
        rest = rest[found.end() :].strip()
    return rest if rest != text else None


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
    there = _tells_where(message)
    if _says(message, SENDING) and not there:
        return True
    places = {token.text for token in message.tokens} & (PLACE_WORDS - SPOKEN_OF)
    if message.says_any(NAMING):
        places -= NAMED  # "sijui jina ya estate"
    if there or places or message.says_any(LANDMARKS):
        return False
    if _says(message, UNKNOWN):
        return True
    asks_first = message.says("first") and message.says("my", *RELATION_WORDS)
    if _says(message, FINDING_OUT) and (message.says_any(MEANING_TO | WAITING) or asks_first):
        return True
    return message.says_any(OWN) and any(token.text in WAITING for token in message.tokens[:3])


def _tells_where(message: Message) -> bool:
    """Whether it is near or behind something: "kwa chief"; "kwa sasa" is a time."""
    texts = [token.text for token in message.tokens]
    return any(
        text in THERE and not (text == "kwa" and TIMES.intersection(texts[at + 1 : at + 2]))
        for at, text in enumerate(texts)
    )


def _says(message: Message, words: frozenset[str]) -> bool:
    """Whether one of the words is said, or of the phrases joined by "_"."""
    said = f"_{'_'.join(token.text for token in message.tokens).replace(' ', '_')}_"
    return any(f"_{word}_" in said for word in words)
