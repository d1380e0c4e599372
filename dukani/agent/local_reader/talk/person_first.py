"""Puts a person who is said first behind what is theirs: "mum maroon M" is "maroon M ya mum".

The rules that read whose a piece is know the words in that order.
"""

from __future__ import annotations

import re
from functools import partial

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
CALLS = word_set("persons", "called") | word_set(
    "wants_prompt", "calling"
)  # so the seller is called too
_CALLED_SO = frozenset(("friend", "girlfriend", "boyfriend"))
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
_OWN_TOO = re.compile(
    r"(?P<and>[,.;]\s*(?:(?:na|and)\s+)?|\s(?:na|and)\s+)(?:mimi|me)\s+(?P<what>[^,.;?]+)$",
    re.IGNORECASE,
)
_IS = re.compile(r"^(?:ni|is|iwe|ikuwe|ziwe|be)\s+", re.IGNORECASE)


def with_person_behind(text: str, context: TurnContext) -> str:
    """The text with each person behind what they get; as it is where none is said first.

    Not where an address is awaited ("mum, house 12"), nor of words that name pieces of the shop.
    """
    if context.step == "awaiting_delivery_address" or not relations_said(text):
        return text
    if _names_a_piece(text, context):
        return text
    return _listed_behind(_wished_behind(_given_behind(text), context), context)


def _names_a_piece(text: str, context: TurnContext) -> bool:
    """Whether a word for a person names a piece: "Mum & Me Set"."""
    said = [word for word in words_of(text) if relations_said(word)]
    return any(spells(word, piece.name) for word in said for piece in context.sold.pieces)


def _given_behind(text: str) -> str:
    text = _GIVING.sub(_object_behind, text)
    return _GETTING.sub(lambda found: f"{found['verb']} {found['what']} for {found['who']}", text)


def _object_behind(found: re.Match[str]) -> str:
    """ "Niongezee dada …" calls the seller; "muongezee dada" is of a sister."""
    if found["verb"].lower().startswith("ni") and _calls_the_seller(found["who"].lower()):
        return found.group()
    return f"{found['verb']}{found['what']} ya {found['who']}"


def _calls_the_seller(who: str) -> bool:
    """Whether the words may call the seller too: "niwekee bestie skirt", not "rafiki yangu"."""
    return who in CALLS or (" " not in who and bool(relations_said(who) & _CALLED_SO))


def _wished_behind(text: str, context: TurnContext) -> str:
    def behind(found: re.Match[str]) -> str:
        if not _has_a_piece(found["who"], context):
            return found.group()
        return f"ya {found['who']} iwe {found['what']}"

    def changed(found: re.Match[str]) -> str:
        wish = _whole_wish(found) if _has_a_piece(found["who"], context) else None
        if wish is None:
            return found.group()
        start = found.group()[: found.start("who") - found.start()]
        return f"{start}ya {found['who']} iwe {wish}"

    wished = _WANTING.sub(changed, _WISHING.sub(behind, text))
    return wished if wished == text else _OWN_TOO.sub(partial(_own_behind, context), wished)


def _whole_wish(found: re.Match[str]) -> str | None:
    """What is wanted and what is said of it next: "anataka L, yake iwe blue" is both.

    The later of two sizes or colours holds; None where not only values are told.
    """
    what, then = found["what"].strip(), (found["then"] or "").strip()
    if not _all_values(what) or (then and not _all_values(then)):
        return None
    if not then or _slots(what) & _slots(then):
        return then or what
    return f"{then} {what}"


def _own_behind(context: TurnContext, found: re.Match[str]) -> str:
    """What she herself gets behind another's wish: ", mimi green" is ", yangu iwe green"."""
    if not _all_values(found["what"]):
        return found.group()
    persons = [
        person
        for line in context.cart
        for person in ([share.worn_by for share in line.shares] or [line.worn_by])
    ]
    has_one = None in persons
    own = f"yangu iwe {found['what']}" if has_one else f"{found['what']} yangu"
    return f"{found['and']}{own}"


def _has_a_piece(who: str, context: TurnContext) -> bool:
    """Whether the order has something for the person."""
    said = relations_said(who)
    persons = [line.worn_by for line in context.cart]
    persons += [share.worn_by for line in context.cart for share in line.shares]
    return any(person and relations_of(person) & said for person in persons)


def _listed_behind(text: str, context: TurnContext) -> str:
    """ "Mum maroon M, dad grey XL": a person with values, at least two of them in a row."""
    parts = _CUTS.split(text)
    listed = [_LISTED.fullmatch(part) for part in parts]
    told = [one for one in listed if one and _are_values(one)]
    if len({one["who"].lower() for one in told}) < 2:
        return text
    return "".join(
        _behind(one, context) if one in told else part
        for part, one in zip(parts, listed, strict=True)
    )


def _are_values(listed: re.Match[str]) -> bool:
    if not _all_values(listed["what"]):
        return False
    values = _value_words(listed["what"])
    aged = relations_said(listed["who"]) & _AGED and len(values) == 1
    return not (aged and values[0][0].isdigit())


def _all_values(text: str) -> bool:
    values = _value_words(text)
    return bool(values) and all(map(_is_value, values))


def _value_words(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in _BESIDE_VALUES]


def _is_value(word: str) -> bool:
    entry = WORDS.get(word)
    return word[0].isdigit() or (entry is not None and entry.kind in ("colour", "size", "number"))


def _slots(text: str) -> set[str]:
    """Which of colour and size are told; a number is a size."""
    entries = [WORDS.get(word) for word in _value_words(text)]
    return {"colour" if entry and entry.kind == "colour" else "size" for entry in entries}


def _behind(listed: re.Match[str], context: TurnContext) -> str:
    """The person behind the values; where they have a piece, "mum ni black" changes that."""
    who, what = listed["who"], _IS.sub("", listed["what"], count=1)
    own = who.lower() in _OWN
    if what != listed["what"] and not own and _has_a_piece(who, context):
        return f"{listed['and']}ya {who} iwe {what}"
    if own:
        return f"{listed['and']}{what} yangu"
    link = "for" if who.lower().startswith(("my ", "our ")) else "ya"
    return f"{listed['and']}{what} {link} {who}"
