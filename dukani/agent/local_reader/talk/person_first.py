"""Puts a person who is said first behind what is theirs: "mum maroon M" is "maroon M ya mum".

The rules that read whose a piece is know the words in that order.
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.talk.relations import (
    ADJECTIVES,
    EN_WORDS,
    SW_WORDS,
    relations_of,
    relations_said,
)
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells

_CALLED = "|".join(
    sorted(word_set("persons", "as_names") | word_set("persons", "called"), key=len, reverse=True)
)
_POSSESSED = rf"(?:my|our) {ADJECTIVES}(?:{EN_WORDS})|(?:{SW_WORDS}) (?:wangu|yangu|angu|wetu|yetu)"
_KIN = rf"(?:{_POSSESSED}|{_CALLED})"
CALLS = word_set("persons", "called")  # so the seller is called too
_OWN = ("mimi", "me")
_BESIDE_VALUES = word_set("persons", "beside_values")
_AGED = frozenset(("child", "son", "daughter"))  # a number behind them is an age

_CUTS = re.compile(
    rf"(\s*[,.;\n]\s*|\s+(?=(?:na|and|then|alafu|halafu|plus)\s+(?:{_KIN}|mimi|me)\b))",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"(?P<and>(?:(?:na|and|then|alafu|halafu|plus)\s+)?)(?P<who>{_KIN}|mimi|me)\s*[:=-]?\s+"
    r"(?P<what>\S.*)",
    re.IGNORECASE,
)
# "Mnunulie mathe dera ingine", "get my mum the blue one": the verb's object is the person.
_GIVING = re.compile(
    rf"\b(?P<verb>(?:m|ni|u?mu|nim|nimw|mw)(?:ongez|nunul|chukul|wek|tafut)(?:e|i?e|ee))\s+"
    rf"(?P<who>{_KIN})\b(?P<what>\s+[^,.;?]+)",
    re.IGNORECASE,
)
_GETTING = re.compile(
    rf"\b(?P<verb>get|add|buy|order)\s+(?P<who>(?:my|our) {ADJECTIVES}(?:{EN_WORDS}))\s+"
    r"(?P<what>(?:the|a|an|another|one|two|three|some|\d)\b[^,.;?]*)",
    re.IGNORECASE,
)
# "Beshte amesema yake anataka peach M": the wish of somebody who has a piece in the order.
_WISHING = re.compile(
    rf"\b(?P<who>{_KIN})\s+(?:(?:ana|ame|ali)(?:sem\w+|taka|omba|ona|amua)|says?|said|wants?)\b"
    r"[^,.;?]{0,20}?\b(?:yake|wake|lake|zake|hers|his)\b,?"
    r"(?:\s+(?:anataka|iwe|ikuwe|uwe|zikuwe|ziwe|pia|to|be|should|in))+"
    r"\s+(?P<what>[^,.;?]+)",
    re.IGNORECASE,
)

# "Kaka anataka wa kahawia" of somebody who has a black one.
_WANTING = re.compile(
    rf"(?:^|[,.;]\s*)(?P<who>{_KIN})\s+(?:anataka|wants?)\s+(?:(?:ya|wa|la|cha|za|in)\s+)?"
    r"(?P<what>[^,.;?]+)"
    r"(?:[,.;]\s*(?:yake|wake|lake|zake|hers|his)\s+(?:iwe|ikuwe|uwe|ziwe|in|should be)\s+"
    r"(?P<then>[^,.;?]+))?",  # "kaka anataka wa kahawia. wake uwe kahawia 38"
    re.IGNORECASE,
)


def with_person_behind(text: str, context: TurnContext) -> str:
    """The text with each person behind what they get; as it is where none is said first.

    Not where an address is awaited ("mum, house 12"), nor of words that name pieces of the shop.
    """
    if context.step == "awaiting_delivery_address" or not relations_said(text):
        return text
    if _names_a_piece(text, context):
        return text
    return _listed_behind(_wished_behind(_given_behind(text), context))


def _names_a_piece(text: str, context: TurnContext) -> bool:
    """Whether a word for a person names a piece: "Mum & Me Set"."""
    said = [word for word in words_of(text) if relations_said(word)]
    return any(spells(word, piece.name) for word in said for piece in context.sold.pieces)


def _given_behind(text: str) -> str:
    text = _GIVING.sub(_object_behind, text)
    return _GETTING.sub(lambda found: f"{found['verb']} {found['what']} for {found['who']}", text)


def _object_behind(found: re.Match[str]) -> str:
    """ "Niongezee dada …" calls the seller; "muongezee dada" is of a sister."""
    if found["verb"].lower().startswith("ni") and found["who"].lower() in CALLS:
        return found.group()
    return f"{found['verb']}{found['what']} ya {found['who']}"


def _wished_behind(text: str, context: TurnContext) -> str:
    def behind(found: re.Match[str]) -> str:
        if not _has_a_piece(found["who"], context):
            return found.group()
        return f"ya {found['who']} iwe {found['what']}"

    def changed(found: re.Match[str]) -> str:
        if not _has_a_piece(found["who"], context) or not _are_values(found):
            return found.group()
        start = found.group()[: found.start("who") - found.start()]
        return f"{start}ya {found['who']} iwe {found['then'] or found['what']}"

    return _WANTING.sub(changed, _WISHING.sub(behind, text))


def _has_a_piece(who: str, context: TurnContext) -> bool:
    """Whether the order has something for the person."""
    said = relations_said(who)
    persons = [line.worn_by for line in context.cart]
    persons += [share.worn_by for line in context.cart for share in line.shares]
    return any(person and relations_of(person) & said for person in persons)


def _listed_behind(text: str) -> str:
    """ "Mum maroon M, dad grey XL": a person with values, at least two of them in a row."""
    parts = _CUTS.split(text)
    listed = [_LISTED.fullmatch(part) for part in parts]
    told = [one for one in listed if one and _are_values(one)]
    if len({one["who"].lower() for one in told}) < 2:
        return text
    return "".join(
        _behind(one) if one in told else part for part, one in zip(parts, listed, strict=True)
    )


def _are_values(listed: re.Match[str]) -> bool:
    words = words_of(listed["what"])
    values = [word for word in words if word not in _BESIDE_VALUES]
    if not values or not all(map(_is_value, values)):
        return False
    aged = relations_said(listed["who"]) & _AGED and len(values) == 1
    return not (aged and values[0][0].isdigit())


def _is_value(word: str) -> bool:
    entry = WORDS.get(word)
    return word[0].isdigit() or (entry is not None and entry.kind in ("colour", "size", "number"))


def _behind(listed: re.Match[str]) -> str:
    who, what = listed["who"], listed["what"]
    if who.lower() in _OWN:
        return f"{listed['and']}{what} yangu"
    link = "for" if who.lower().startswith(("my ", "our ")) else "ya"
    return f"{listed['and']}{what} {link} {who}"
