"""Extracts an address said beside other acts: "checkout, deliver to Kilimani, Rose Apts B4"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.addresses import (
    PLACE_WORDS,
    address_elsewhere,
    strip_lead,
    without_trail,
)
from dukani.agent.local_reader.parsing.cues import find_cues
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.phone_in_address import without_phone
from dukani.agent.local_reader.parsing.slots import find_slots
from dukani.agent.local_reader.parsing.talk_before_place import without_talk_before
from dukani.agent.local_reader.talk.ready import is_a_state
from dukani.agent.local_reader.talk.relations import RELATION_WORDS
from dukani.domain import acts as a
from dukani.domain.address_parts import is_unit
from dukani.domain.steps import PAYING, SHOWN_A_TOTAL

OPEN_DELIVERY = word_set("places", "questions")
TO = word_set("places", "to")
NO_NAMES = word_set("places", "no_names")
SENDING = ("~send", "~bring")
LONG = 8  # words
DOES = re.compile(r"n(?:a|ina)[a-z]{3,}")  # "naload"; a name has a capital, or is known
MONEY = frozenset(("pesa", "mpesa", "hela", "doh", "salio", "fuliza", "cash", "kazi"))
SAME_AS_LAST = word_set("delivery", "same_as_last")
BESIDE_SAME = word_set("delivery", "beside_same")
ORDERED = ("category", "name")
BUT_THE_PART = re.compile(r"[,.;]? ?\b(?:but|lakini|ila|except|only|just)\b|[,.;]", re.I)
TO_TELL = re.compile(r"(?:nita|nta|tuta)(?:ku|wa)?(?:pa|pea|tumia|tuma|ambia|sema|andikia)")
SURELY_SAME = frozenset(
    ("same", "last", "iliyopita", "usual", "previous", "before", "kawaida", "hapohapo", "palepale")
)
PAUSE = re.compile(r"[,.;!]")
NOTE = re.compile(
    r"\s*(?:delivery |rider |order |address )?(?:notes?|instructions?|maelezo|maagizo)\b",
    re.IGNORECASE,
)
# "skirt iende Milimani court": what is sent is no part of the place.
SENT_OFF = re.compile(
    r"^[^,.;]{0,40}\b(?:iende|ziende|ifike|zifike|iletwe|ipelekwe)\b\s+", re.IGNORECASE
)
AT_HOME = ("kwangu", "kwetu")
HER_OWN = frozenset(("my", "yangu", "wangu", "the", "kwa", "to"))
BEING = frozenset(("nipo", "niko", "nko", "im", "i'm", "i"))
OF_OWN = ("ya", "za", "la", "cha", "vya", "wa")
BESIDE_PIECE = frozenset(
    ("ya", "za", "la", "cha", "vya", "the", "size", "saizi", "and", "na", "in")
)


def place_said(message: Message) -> str | None:
    """The address in the customer's words, or None."""
    first = message.tokens[0].text if message.tokens else ""
    if any(token.asked for token in message.tokens) or first in OPEN_DELIVERY:
        return None
    buying = bool(message.context.cart) or message.has("checkout") or _orders(message)
    place = address_elsewhere(message.raw, loosely=buying)
    if place is not None and (_tells_of_pieces(message, place) or names_none(place)):
        place = None
    if place is not None and address_elsewhere(message.raw) is None and is_a_state(message, place):
        place = None
    if place is not None and message.asks and _only_everyday(message, place):
        place = None
    if place is not None and _is_doing(message, place):
        place = None
    if place is not None and _only_of_pieces(message, place):
        place = None
    if place is not None and message.has("note") and not _names_one(message, place):
        place = None  # "deliver to my neighbour if I'm not in"
    if place is not None and names_none(PAUSE.split(place)[0]) and not _names_one(message, place):
        place = None  # "niko job, nitamalizana jioni"
    if place is not None and _is_of_paying(message, place):
        place = None
    return place or _sent_to(message)


def _is_of_paying(message: Message, place: str) -> bool:
    """Whether, with the place told before, she only pays: "nipo posta nalipa".

    Or says who is to get the prompt: "send it to my wife".
    """
    if message.context.step not in SHOWN_A_TOTAL | PAYING:
        return False
    return set(words_of(place)) <= RELATION_WORDS | HER_OWN or pays_from(message)


def pays_from(message: Message) -> bool:
    """Whether she tells, the total shown, where she pays, not where to bring it."""
    place = address_elsewhere(message.raw, loosely=True)
    if place is None or is_a_state(message, place) or message.tagged(*SENDING, "~give"):
        return False
    shown = message.context.step in SHOWN_A_TOTAL | PAYING
    return shown and message.tokens[0].text in BEING and message.tagged("~pay")


def address_told(text: str) -> list[a.Act]:
    """SetAddress, and the phone number told with it as a note for the rider."""
    place, phone = without_phone(SENT_OFF.sub("", without_talk_before(text)))
    noted = [a.SetNote(text=phone)] if phone else []
    kept = without_trail(place)
    if kept and set(words_of(kept)) <= ONLY_BEING:  # "I'm ready to pay, deliver to Utawala"
        found = DELIVERED.search(place)
        told = [a.SetAddress(text=strip_lead(without_trail(found["place"])))] if found else []
        return [*told, *noted] or [a.Remark()]
    return [a.SetAddress(text=strip_lead(without_trail(place) or place)), *noted]


def _tells_of_pieces(message: Message, place: str) -> bool:
    """Whether the text is more about pieces than a place: "niko Dar naulizia buibui jeusi 56"."""
    words = set(words_of(place))
    inside = [find.slot for find in message.slots.finds if message.tokens[find.start].text in words]
    pieces = [slot for slot in inside if slot in ORDERED]
    return bool(pieces) and len(inside) - len(pieces) > 1 and len(words) > LONG


def _only_everyday(message: Message, place: str) -> bool:
    """Whether no word of a question's place is one: "nani analipa delivery ni mimi ama nyinyi"."""
    return not _names_one(message, place) and all(map(known, words_of(place)))


def _names_one(message: Message, place: str) -> bool:
    """Whether a word of these is a place's."""
    words = set(words_of(place))
    return any("@place" in t.tags for t in message.tokens if t.text in words) or bool(
        words & PLACE_WORDS
    )


def _is_doing(message: Message, place: str) -> bool:
    """Whether the customer does something, and is nowhere: "niko naload pesa"."""
    first = words_of(place)[:1]
    at = next((token for token in message.tokens if first == (token.text,)), None)
    if at is None or not DOES.fullmatch(place.split()[0]) or "@place" in at.tags:
        return False
    return message.says_any(MONEY) or at.verb is not None


def _only_of_pieces(message: Message, place: str) -> bool:
    """Whether what is to be brought is a piece: "niletee teal mbili", "bring me the black M"."""
    span = _span_of(message.tokens, words_of(place))
    if span is None:
        return False
    told = [find for find in message.slots.finds if span[0] <= find.start < span[1]]
    inside = {at for find in told for at in range(find.start, find.end)}
    beside = [message.tokens[at] for at in range(*span) if at not in inside]
    of_piece = any(find.slot in (*ORDERED, "colour", "size") for find in told)
    return of_piece and all(
        token.text in BESIDE_PIECE or not token.tags.isdisjoint(("@stopword", "@this", "@thank"))
        for token in beside
    )


def names_none(place: str) -> bool:
    """Whether the words name no real place: "niko kazini, nitalipa baadaye", "the same place"."""
    unnamed = {word for word in words_of(place) if not TO_TELL.fullmatch(word)}
    return unnamed <= NO_NAMES or is_as_last(place)


def is_as_last(place: str) -> bool:
    """Whether the words only mean the place of last time: "the same place as before"."""
    words = set(words_of(place))
    telling = SAME_AS_LAST.difference(OF_OWN)  # "ya" alone tells nothing
    return bool(words & telling) and words <= SAME_AS_LAST | BESIDE_SAME


def last_place_said(message: Message) -> str | None:
    """The words for the place of last time: "checkout, deliver to the same address as before"."""
    place = address_elsewhere(message.raw)
    return place if place and not message.asks and is_as_last(place) else None


def last_with_a_part(message: Message) -> list[a.Act]:
    """The place of last time with one part of it told anew: "same place but house 5 now"."""
    last, _, part = (said.strip() for said in BUT_THE_PART.sub("|", message.raw, 1).partition("|"))
    words = words_of(last)
    twice = any(one == next_ for one, next_ in itertools.pairwise(words))
    same = twice or not SURELY_SAME.isdisjoint(words)
    if not (part and is_unit(part) and same and is_as_last(without_trail(last))):
        return []
    return [a.SetAddress(text=part, as_last=True)]


def is_labelled_note(text: str) -> bool:
    """Whether a note for the rider is announced: "delivery note: the house has a green gate"."""
    return NOTE.match(text) is not None


def _orders(message: Message) -> bool:
    """Whether a piece is ordered with the place: "tote ya brown, niko Westlands"."""
    placed = any("@place" in token.tags for token in message.tokens)
    slots = message.slots
    piece = any(slots.wanted(slot) for slot in ORDERED)
    told = any(slots.wanted(slot) for slot in ("colour", "size", "quantity"))
    return placed and piece and told and not message.asks


def _sent_to(message: Message) -> str | None:
    """The place pieces are sent to: "send me two red kangas to Mombasa, Nyali"."""
    if _sends_cart_to_place(message):
        return _from_place(message, 0)
    if spelled := _spelled_out(message):
        return spelled
    if not message.tagged(*SENDING) or not _orders(message):
        return None
    for at, (before, token) in enumerate(itertools.pairwise(message.tokens)):
        if before.text in TO and "@place" in token.tags:
            return _from_place(message, at)
    return None


def _spelled_out(message: Message) -> str | None:
    """A place that is no known one, told in parts: "leta Bukoto, Moyo Close, apartment 3B"."""
    found = SENT_TO.match(without_talk_before(message.raw)) if message.context.cart else None
    if found is None or message.asks or "," not in found["place"]:
        return None
    place = without_trail(found["place"])
    return place if "," in place and PLACE_WORDS & set(words_of(place)) else None


def _sends_cart_to_place(message: Message) -> bool:
    """Whether the cart is to be sent to a place: "peleka Kayole mtaa wa saba"."""
    said = [t for t in message.tokens if t.tags.isdisjoint(("@hello", "@stopword", "@ok", "@yes"))]
    if not message.context.cart or len(said) < 2 or message.asks:
        return False
    sends = not said[0].tags.isdisjoint(SENDING)
    return (sends and "@place" in said[1].tags) or _brings_to_place(message)


def _brings_to_place(message: Message) -> bool:
    """Whether "leta" has a place right behind it: "niko sawa na hiyo order, leta Kilimani"."""
    for at, (verb, place) in enumerate(itertools.pairwise(message.tokens)):
        if verb.tags.isdisjoint((*SENDING, "~give")) or "@place" not in place.tags:
            continue
        before = message.tokens[:at]
        agreed = all(not t.tags.isdisjoint(("@hello", "@stopword", "@ok", "@yes")) for t in before)
        apart = agreed or bool(before[-1].pause)
        return apart and not any(find.start <= at + 1 for find in message.slots.finds)
    return False


def _from_place(message: Message, start: int) -> str | None:
    """The original text from the first place name on."""
    place = next((t.text for t in message.tokens[start:] if "@place" in t.tags), None)
    found = re.search(rf"\b{re.escape(place)}\b.*$", message.raw, re.I | re.S) if place else None
    return without_trail(found.group()) or None if found else None


SENT_TO = re.compile(
    r"\b(?:(?:ni|mni|uni|i|m|mu|u)?let(?:a|e|ee|eni|eeni)|(?:ni|m|u|i)?pelek(?:a|e|ee|eni)|deliver|bring)"
    r"(?:\s+(?:it|them|me|to|at|in|kwa|hadi|mpaka|huko))*\s+(?P<place>[A-Z].*)$",
    re.DOTALL,
)
ONLY_BEING = frozenset(("i", "im", "i'm", "am", "not", "nipo", "niko", "nko", "we", "are", "si"))
DELIVERED = re.compile(
    r"\b(?:deliver|bring|send|leta|lete|leteni|niletee|peleka|pelekeni|nipelekee)"
    r"(?:\s+(?:it|them|me|to|at|in|kwa|hadi|mpaka|huku))*\s+(?P<place>[^\W\d_].*)$",
    re.IGNORECASE | re.DOTALL,
)
SENDS = re.compile(
    r"\b(?:(?:ni|mni|uni|i|m|u)?tum(?:a|ie|ieni|eni)|send)"
    r"(?:\s+(?:it|them|me|to|at|in|kwa|hadi|mpaka|huko))*\s+(?P<place>[A-Z].*)$",
    re.DOTALL,
)
NOT_THERE = re.compile(r"\s*[,.;]\s*(?:si|sio|siyo|not|na si|badala ya)\s+[^,.;]+$", re.IGNORECASE)


def sent_elsewhere(message: Message) -> str | None:
    """The new place, without the old one: "mlete Sombetini, duka la Baraka, si Kaloleni"."""
    found = SENT_TO.search(message.raw) or _found_sent(message)
    place = without_trail(NOT_THERE.sub("", found["place"])) if found else place_said(message)
    return place or None


def _found_sent(message: Message) -> re.Match[str] | None:
    """The place of "nitumie Thika, karibu na kanisa"; "send" alone may be of a prompt."""
    found = SENDS.search(message.raw)
    if found is None:
        return None
    words = set(words_of(found["place"]))
    placed = any("@place" in token.tags and token.text in words for token in message.tokens)
    return found if placed or words & PLACE_WORDS else None


def without_place(message: Message) -> Message:
    """The message without its address, so that "Kahawa Sukari" is not read as a colour."""
    place = place_said(message)
    if place is None:
        return message
    message = replace(message, place=place)
    span = _span_of(message.tokens, words_of(place))
    if span is None:
        return message
    start, end = span
    rest = (*message.tokens[:start], *message.tokens[end:])
    slots = find_slots(rest, message.context)
    return replace(message, tokens=rest, slots=slots, cues=find_cues(rest))


def _span_of(tokens: Sequence[Token], words: Sequence[str]) -> tuple[int, int] | None:
    """(start, end) of the tokens that spell these words."""
    for start in range(len(tokens)):
        end, left = start, list(words)
        while left and end < len(tokens):
            parts = tokens[end].text.split()
            if left[: len(parts)] != parts:
                break
            left, end = left[len(parts) :], end + 1
        if end > start and not left:
            return start, end
    return None


def places_named(message: Message) -> int:
    """How many words name a place: "kwangu" is at home, but "ya kwangu" is mine."""
    valued = {find.end for find in message.slots.finds}  # "10 kwangu": the size 10 for me
    valued |= {find.start - 1 for find in message.slots.finds if find.slot in ("size", "colour")}
    told = [
        token
        for at, token in enumerate(message.tokens)
        if "@place" in token.tags and not (token.text in AT_HOME and at in valued)
    ]
    own = [
        token
        for before, token in itertools.pairwise(message.tokens)
        if token in told and token.text in AT_HOME and before.text in OF_OWN
    ]
    return len(told) - len(own)
