"""Reads a corrected address: "sio Umoja 1 ni Umoja 2", "house number is 12 not 21".

Also one that is moved elsewhere: "hapana sio huko, peleka Kibada block 5".
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.addresses import (
    PLACE_WORDS,
    address_elsewhere,
    looks_like_place,
    strip_lead,
)
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.phones import find_phone
from dukani.agent.local_reader.talk.places import names_none
from dukani.domain import acts as a
from dukani.domain.steps import AGREEING, PAYING

SHORT_LENGTH = 4
NUMBERED = ("namba", "nambari", "number", "no", "num", "wa", "ya", "la", "cha")
MOVED_BY = word_set("delivery", "moved_by")
POINTED = word_set("delivery", "pointed")
GIVEN = AGREEING | PAYING | {"awaiting_delivery_address", "order_completed"}

_ERRED = (
    r"|nilikosea|nimekosea|tumekosea|(?:ni(?:li|me)andika )?vibaya|hapo|i made a mistake|there"
    r"|my (?:mistake|bad)|typo|correction|actually|kumbe|pia|also"
    r"|(?:my |the )?(?:address|anwani|location)(?: yangu)?(?: is)?"
)
NOT_BUT = re.compile(
    rf"^\s*+(?:(?:hapana|no|nope|zii|ah|sorry|samahani|pole{_ERRED})\b[\s,.!]*+)*+"
    r"(?:its |it's |that's )?"
    r"(?:sio|siyo|si|not)\s++(?P<old>[^,.;\s]++(?:\s++[^,.;\s]++)*?)"
    r"(?:(?:\s*+[,.;]\s++|\s++)(?:ni|but|bali|ila|lakini|its|it's|it is)\s++|\s*+[,.;]\s*+)"
    r"(?P<place>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
BUT_NOT = re.compile(
    rf"^\s*+(?:(?:hapana|no|nope|oh|ah|aki|woi|wait|sorry|sory|samahani|pole{_ERRED})\b[\s,.!]*+)*+"
    r"(?:its |it's |that's |ni )?(?P<place>[^,.;\s]++(?:\s++[^,.;\s]++)*?)"
    r"(?:\s*+,\s*+|\s++)(?:not|nt|na si|sio|siyo|si)\s++(?P<old>[^,.;]++)[\s.!]*+$",
    re.IGNORECASE,
)
MY_MISTAKE = re.compile(  # behind the correction: "house 54 si 45, nilikosea", "…, my mistake"
    r"(?<![\s,.;!-])(?:[\s,.;!-]++(?:(?:nili|nime|tuli)(?:kosea|changanya)(?: kuandika| hapo)?"
    r"|(?:that was |it was )?my (?:mistake|bad|error)|i made a mistake|typo|sorry|sory|samahani"
    r"|pole|apologies|(?:ni(?:li|me)andika|i wrote it|i typed it) (?:vibaya|wrong))\b)++[\s.!]*+$",
    re.IGNORECASE,
)
UNIT = re.compile(r"[A-Za-z]?-?\d{1,4} ?[A-Za-z]?|[A-Za-z]")  # 3B, A12, 40
IS_NUMBERED = re.compile(r"\s+(?:ni|is)\s+(?=\d)", re.IGNORECASE)  # "apartment ni 7"
MOVED_TO = re.compile(
    r"\b(?:(?:ni|mni|uni|i|zi|m|tu|u)?(?:pelek(?:a|e|ee|ea|eni|eeni)|let(?:a|e|ee|eeni|eni))|tuma|itume|tumeni|"
    r"nitumie|deliver|bring|send|drop|take|ship)\b(?:\s+(?:it|them|me|that|this|one|everything|my|the|order|oda|mzigo|"
    r"hiyo|off)\b)*(?:\s+(?:to|at|in|kwa|hadi|mpaka|huko|hapa|pale)\b)*\s+(?P<place>[^\s].*)$",
    re.IGNORECASE | re.DOTALL,
)

_UNIT_OR_NAME = r"[\w-]+(?: [\w-]+){0,2}"
OF_KIND = re.compile(  # "house number is 12 not 21", "the building is called Victoria not Vienna"
    r"\b(?P<kind>house|hse|apartment|apt|flat|room|door|floor|block|plot|estate|building|street"
    r"|road|court|stage|nyumba|jengo|mtaa|chumba|mlango|ghorofa|barabara)\b"
    r"(?: ya nyumba| number| namba| no| name)*[\s,.;:]*"
    r"(?:(?:is|its|it's|ni|iko|iwe|should be)\b ?)?"
    rf"(?:(?:called|inaitwa) )?(?P<place>{_UNIT_OR_NAME}?)[\s,]+"
    rf"(?:and not|not|na si|sio|siyo|si|badala ya|instead of) (?P<old>{_UNIT_OR_NAME})[\s.!]*$",
    re.IGNORECASE,
)
IS = re.compile(r"[\s,.;:]+(?:(?:is|its|it's|ni|iko|iwe|should be)\b\s*)?", re.IGNORECASE)
WROTE = re.compile(  # "niliandika Rongai lakini ni Kiserian", "I put Umoja but it's Donholm"
    r"\b(?:niliandika|nimeandika|nilisema|niliweka|i wrote|i put|i said|i gave(?: you)?|i typed) "
    rf"(?P<old>{_UNIT_OR_NAME}?)[\s,]+(?:lakini|but|kumbe|ila)\s+"
    r"(?:(?:ni|its|it's|it is|i meant|nilimaanisha|iko) )(?P<place>\S.*)$",
    re.IGNORECASE,
)
MOVED_HOUSE = re.compile(
    r"\b(?:nimehama|nilihama|tumehama|tulihama|nimeshahama"
    r"|(?:i|we)(?:'?ve| have)? (?:moved|shifted|relocated))\b"
    r"[\s,.!]*(?:(?:and|na|so|sasa|now|to|kwenda|niko|nipo|naishi|nakaa|i'?m|i am|i live|i stay"
    r"|in|at|siku hizi)\b\s*)*(?P<place>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
CHANGED_TO = re.compile(
    r"\b(?:u?m?badilish[ae]|change|update|edit)(?: (?:the|my|delivery|hiyo|ile))*+"
    r" (?P<what>address|adress|anwani|location)\b",
    re.IGNORECASE,
)
NOW = re.compile(r"[\s,]+(?:sasa|now|siku hizi|nowadays|these days)[\s.!]*$", re.IGNORECASE)
FORGOTTEN = re.compile(
    r"\b(?:forgot(?:ten)?|left out|missed|did\s?n['’]?t (?:add|put|include|write|say|give)"
    r"|(?:nili|nime|tume|tuli)sahau|siku(?:weka|andika|sema|taja)|sija(?:weka|andika|sema|taja))\b"
    r"[^,.;]*?\b(?P<kind>house|hse|apartment|apt|flat|room|door|floor|block|unit|nyumba|chumba|mlango|ghorofa)\b"
    r"(?:\s+(?:number|no|namba|num|ya|yangu))*[\s,.;:]+(?:(?:is|its|it's|it is|ni|iko)\s+)?"
    r"(?P<number>[A-Za-z]?-?\d{1,4} ?[A-Za-z]?)[\s.!]*$",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"\b(?:do\s?n['’]?t|do not|never)\s*$", re.IGNORECASE)  # "don't send yet"


def moved_address(message: Message) -> list[a.Act]:
    """A changed address, after one was given: "hapana sio huko, peleka Kibada block 5"."""
    if house := _moved_house(message):
        return house
    given = message.context.step in AGREEING | PAYING
    if (
        not given
        or message.asks
        or find_phone(message.raw)
        or message.has("note")
        or not message.says_any(MOVED_BY)
    ):
        return []
    found = MOVED_TO.search(message.raw)
    if found is None or not message.tokens or not _moved_before(message, found.start()):
        return []
    if FORBIDDEN.search(message.raw[: found.start()]):
        return []
    place = _without_old(strip_lead(found["place"]))
    said = f"to {place}"  # `looks_like_place` ignores the first word's capital
    unknown = not known(place.partition(" ")[0].lower())
    placed = unknown or looks_like_place(said) or any("@place" in t.tags for t in message.tokens)
    told = (find for slot in ("category", "name", "size") for find in message.slots.wanted(slot))
    pieces = any(not is_of_place(message, find) for find in told)
    return [a.SetAddress(text=place, change=True)] if placed and place and not pieces else []


def _moved_house(message: Message) -> list[a.Act]:
    """The new home of a customer who moved: "mimi nilihama, niko Ruaka sasa", "I moved to Juja"."""
    found = MOVED_HOUSE.search(message.raw)
    if found is None or message.context.step not in GIVEN or message.raw.rstrip().endswith("?"):
        return []
    if MOVED_TO.search(found["place"]):
        return []  # "I moved, please deliver to South B"
    place = NOW.sub("", found["place"]).strip(" ,.!")
    placed = any("@place" in token.tags for token in message.tokens)
    return [a.SetAddress(text=place, change=True)] if place and placed else []


def changed_address(message: Message) -> list[a.Act]:
    """The place told behind "change the address": "pole, badilisha address iwe Garden Estate"."""
    found = CHANGED_TO.search(message.raw)
    if found is None or message.context.step not in GIVEN or message.raw.rstrip().endswith("?"):
        return []
    place = address_elsewhere(message.raw[found.start("what") :])
    return [a.SetAddress(text=place, change=True)] if place and not names_none(place) else []


def _without_old(place: str) -> str:
    """The new place: "Level 5 hospital" of "kazini badala ya home. Level 5 hospital"."""
    place = re.sub(r"\s+(?:instead\b(?: of [^,.;]+)?|badala ya [^,.;]+)", "", place)
    head, _, behind = place.partition(".")
    said = behind if behind and names_none(head) else place
    return said.strip(" ,.!")


def corrected_address(message: Message) -> list[a.Act]:
    """A corrected part: "sio Umoja 1 ni Umoja 2", "not hse 6, hse 9", "its hse 41 not 40"."""
    raw = MY_MISTAKE.sub("", message.raw)
    found = NOT_BUT.match(raw) or BUT_NOT.match(raw)
    if message.context.step not in GIVEN or message.asks or find_phone(message.raw):
        return []
    if part := forgotten_part(message) or _corrected_part(message, raw):
        return part
    if found is None or _of_pieces(message):
        return []
    old, place = found["old"].strip(), strip_lead(found["place"]).strip(" ,.!")
    place = IS_NUMBERED.sub(" ", place)
    # "si Huruma, leta Mlango Kubwa", "hiyo delivery ipeleke South C sio South B"
    if moved := MOVED_TO.search(found["place"]):
        elsewhere = _without_old(strip_lead(moved["place"]))
        told = _tells_place(old) and _tells_place(elsewhere)
        return [a.SetAddress(text=elsewhere, change=True)] if told else []
    if renumbered := _renumbered(old, place):
        return [renumbered]
    if not _tells_place(place):
        return []
    numbered = UNIT.fullmatch(old) and PLACE_WORDS & set(words_of(place))  # "hse 41 not 40"
    if not (_tells_place(old) or numbered):
        return []
    return [a.SetAddress(text=place, change=True, replaces=old)]


def _of_pieces(message: Message) -> bool:
    """Whether a piece or a colour is told of, not only a word of places."""
    pieces = (find for find in message.slots.finds if find.slot in ("category", "colour", "name"))
    return any(message.tokens[find.start].text not in PLACE_WORDS for find in pieces)


def forgotten_part(message: Message) -> list[a.Act]:
    """A part of the house that was left out: "I forgot to add my house number, its B12"."""
    found = FORGOTTEN.search(message.raw)
    if found is None or message.context.step not in GIVEN or message.asks:
        return []
    return [a.SetAddress(text=f"{found['kind']} {found['number']}")]


def _corrected_part(message: Message, raw: str) -> list[a.Act]:
    """The part that was wrong, told by its kind or as it was written.

    "I gave you the wrong house number, its 12 not 21", "niliandika Rongai lakini ni Kiserian".
    """
    if _of_pieces(message):
        return []
    if found := OF_KIND.search(raw):
        place, old = found["place"], found["old"].strip()
        if set(words_of(old)) <= POINTED:
            return _told_whole(raw[: found.end("place")])
        if UNIT.fullmatch(place):
            told = raw[found.start("kind") : found.end("place")]
            return [a.SetAddress(text=IS.sub(" ", told), change=True, replaces=old)]
    elif found := WROTE.search(raw):
        place, old = found["place"].strip(" ,.!"), found["old"].strip(" ,")
        if not _tells_place(old):
            return []
    else:
        return []
    return [a.SetAddress(text=place, change=True, replaces=old)] if _tells_place(place) else []


def _told_whole(told: str) -> list[a.Act]:
    """The whole place where the other is only pointed at: "… nyumba 12, sio hiyo nyingine"."""
    place = address_elsewhere(told) or strip_lead(told)
    return [a.SetAddress(text=place.strip(" ,.!"), change=True)]


def _renumbered(old: str, place: str) -> a.SetAddress | None:
    """The part with its new number alone: "sio nyumba 41 ni 14"; None: it is told otherwise."""
    named, _, number = old.rpartition(" ")
    if not UNIT.fullmatch(place) or not UNIT.fullmatch(number) or not named:
        return None
    words = [word for word in named.split() if word.lower() not in NUMBERED]
    if len(words) != 1 or words[0].lower() not in PLACE_WORDS:
        return None
    return a.SetAddress(text=f"{words[0]} {place}", change=True, replaces=number)


def _tells_place(words: str) -> bool:
    """Whether the words name a place: a place word, or an unknown or capitalised first word."""
    said = [word.strip(" ,.!").lower() for word in words.split()]
    if PLACE_WORDS & set(said):
        return True
    first = said[0] if said else ""
    named = len(first) >= SHORT_LENGTH and first.isalpha()
    return named and (not known(first) or words.strip()[0].isupper())


def _moved_before(message: Message, start: int) -> bool:
    """Whether the old place is refused before the new one, or "instead" is said."""
    before = {word.strip(" ,.!'’").lower() for word in message.raw[:start].split()}
    return bool(before & MOVED_BY) or message.says("instead", "badala")


def is_of_place(message: Message, find: Find) -> bool:
    """Whether a number belongs to the place before it: "phase 8", "nyumba namba 2"."""
    before = [token for token in message.tokens[: find.start] if token.text not in NUMBERED]
    return bool(before) and ("@place" in before[-1].tags or before[-1].text in PLACE_WORDS)
