"""Finds the words for a wearer in a text: "for my sister Amani, she's 9", "ya dada", "moja yangu".

Each gives its relation, with a name and an age where they are told. Whether the person is meant to
wear the piece is not asked here: "for my sister's wedding" begins alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.talk.kin_alone import (
    anothers_kin,
    kin_alone,
    kin_of_a_value,
    subjects_beside,
)
from dukani.agent.local_reader.talk.others_kin import others_kin
from dukani.agent.local_reader.talk.relations import ADJECTIVES, EN_WORDS, OF_WORD, SW_WORDS
from dukani.agent.local_reader.talk.what_is_worn import WEARS_IT
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells

_JOINED = "mamangu|babangu|budangu|dadangu|kakangu|mwanangu|sistangu"  # word and possessive in one
_NAME = r"(?:,?\s+(?:named |called |anaitwa |jina lake )?(?-i:(?P<name>[A-Z][a-z]{2,})))?"
_AGED = (
    r"(?:,?\s+(?:(?:who |and )?(?:she'?s|he'?s|she is|he is|is|aged?|ana(?: miaka)?"
    r"|wa(?: miaka)?|miaka)\s+)(?P<age>\d{1,2})(?!\s*(?:k\b|cm|bob))"
    r"(?:\s*(?:years?|yrs?|yr|yo)(?:[ -]old)?)?)?"
)
_POSSESSIVE = r"(?:wangu|yangu|zangu|wetu|yetu|langu)"
AS_NAMES = word_set("persons", "as_names")  # "for mum", "ya bro": of no "my"
_AS_NAMES = "|".join(sorted({*AS_NAMES, "baba mkwe", "mama mkwe"}, key=len, reverse=True))


def any_of(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several, in any case of letters."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


_EN = any_of(
    r"(?:(?:it'?s|its|(?:this|that)(?: one)? is|one is|is|they'?re|as a gift|a gift|gift) )*"
    rf"(?<!ask )(?<!asking )\bfor (?:my|our) {ADJECTIVES}(?P<word>{EN_WORDS})\b(?!'?s\b)(?!\w)"
    rf"{_NAME}{_AGED}"
)
_SW = any_of(
    r"(?:\b(?:ni|hii ni|hiyo ni|moja ni|zawadi) )*"
    r"\b(?P<link>kwa ajili ya|kwaajili ya|ya|za|la|cha|vya|wa|kwa|for) "
    rf"(?:(?P<word>{SW_WORDS}) {_POSSESSIVE}|(?P<own>{_JOINED}))"
    rf"(?: (?:mdogo|mkubwa|wa kike|wa kiume))?\b{_NAME}{_AGED}"
)
_NAMED_BY_KIN = any_of(
    r"(?<!ask )(?<!asking )\b(?P<link>for|ya|za|la|cha|vya) (?:huyu |huyo |yule )?"
    rf"(?P<word>{_AS_NAMES})\b(?!'?s\b)"
    r"(?! (?:wa|ya|za|wangu|yangu|wetu|yetu|zangu|langu|angu|wake|yake|in law|mkwe|mdogo|mkubwa)\b)"
)
_GIFT = any_of(
    r"\b(?:(?:it'?s|its|this is|as) (?:meant )?(?:as )?)?"
    r"(?<!\bone is )(?<!\btwo is )a (?:birthday |wedding |surprise )?(?:gift|present)\b",
    r"(?<!\bmoja )(?<!\bmbili )\b(?:ni|kama) (?:ya )?zawadi\b|\bya zawadi\b",
    r"\b(?:for|as) (?:a )?gift\b",
    r"\b(?:it'?s |its |ni )?(?:not for me|si(?:o|yo)? (?:ya )?(?:kwangu|yangu))\b",
)
_WRAPPING = any_of(r"\b(?:\w*funga\w*|wrap\w*|pack\w*|gift ?box)\b")
_MINE = any_of(
    r"\b(?:(?:it'?s|its|(?:this|that)(?: one)? is|ni|(?:hii|hizi|hiyo|ile) ni) )*"
    r"(?:for (?:me|myself)(?: this time| now)?|mine"
    r"|(?:ya |ni )?(?:yangu|kwangu)(?: mimi| mwenyewe)|(?<=ni )(?:yangu|zangu|langu|changu|vyangu)"
    r"|ya kwangu(?: mimi)?)\b"
    r"(?! (?:number|namba|size|saizi|order|oda|cart))",
    # "Na mimi nipee ya pink": her own, after one for her mother
    r"(?:^|[,.] ?)(?:na|alafu|halafu|kisha) mimi(?= (?:ni[a-z]{3,}|nipe|naomba|nataka|pia|weka)\b)",
    r"(?:^|[,.] ?)(?:and|then) (?:for )?me(?=,? (?:i (?:want|need)|i.ll|give|get|the|a|in)\b)",
)
_HER_OWN = any_of(r"\b(?P<what>[a-z]+|\d+(?:-\d+)?y?) (?P<mine>[yzl]angu|changu|vyangu)\b")
_AND_OTHERS = any_of(
    rf"\s*(?:and|&|na) (?:(?:my|our) )?{ADJECTIVES}(?:{EN_WORDS}|{SW_WORDS})\b"
    rf"(?: {_POSSESSIVE})?"
)
_WEARS = (
    rf"(?= (?:(?:pia|too|also) )?(?:{WEARS_IT}|anataka\b(?! ku)|anahitaji|(?:naye )?(?:anavaa|huvaa"
    r"|ana saizi|anataka (?!ku)|a(?:na|ta)chukua|anadai|anaitaka|anaomba|apewe|ampewe)|naye\b))"
)
_SUBJECT = any_of(
    rf"\b(?:my {ADJECTIVES}(?P<word>{EN_WORDS})"
    rf"|(?P<sw>{SW_WORDS}) (?:wangu|yangu)|(?P<own>{_JOINED})){_WEARS}",
    rf"(?:^|[,.] ?)(?:na|pia|then|alafu|halafu) (?P<beside>{SW_WORDS}) (?:wangu|yangu)(?= [a-z])",
    rf"(?:^|[,.;] ?)(?:(?:so|and|but|then|ok|okay|basi|na|sasa) )*(?P<alone>{_AS_NAMES}){_WEARS}",
)
_ASKED = any_of(
    r"\b(?:what|which) size (?:is|does|would|for|should) "
    rf"(?:my {ADJECTIVES})?(?P<word>{EN_WORDS})\b",
    rf"\b(?P<sw>{SW_WORDS}) (?:wangu|yangu) (?:ana|hu|ata)vaa (?:size|saizi) (?:gani|ngapi)",
)


@dataclass(frozen=True, slots=True)
class WearerSaid:
    """A wearer as said, at text[start:end]; `cut`: the words mean nothing besides."""

    act: a.SetWearer
    start: int
    end: int
    cut: bool = True
    joins_others: bool = False  # "for me and my sister"


def worded(text: str) -> Iterator[WearerSaid]:
    """The wearers told by their own words: "for my sister", "a gift", "ni yangu"."""
    for found in _EN.finditer(text):
        yield _of(found, "english", found["word"])
    for found in _SW.finditer(text):
        yield _of(found, "swahili", found["word"] or found["own"])
    for found in _SUBJECT.finditer(text):
        language = "english" if found["word"] else "swahili"
        word = found["word"] or found["sw"] or found["own"] or found["beside"] or found["alone"]
        language = language if word.lower() in OF_WORD[language] else "english"
        yield _of(found, language, word, cut=False)
    for found in _ASKED.finditer(text):
        language = "english" if found["word"] else "swahili"
        yield _of(found, language, found["word"] or found["sw"], cut=False)
    for found in _GIFT.finditer(text):
        act = a.SetWearer(relation="someone", evidence=found.group().strip())
        if not _WRAPPING.search(text):
            yield WearerSaid(act, found.start(), found.end(), cut="gift" not in found.group())
    for found in _MINE.finditer(text):
        joined = _AND_OTHERS.match(text, found.end())
        relation: Literal["someone"] | None = "someone" if joined else None
        act = a.SetWearer(relation=relation, evidence=found.group().strip())
        end = joined.end() if joined else found.end()
        yield WearerSaid(act, found.start(), end, joins_others=joined is not None)


def her_own(text: str) -> Iterator[WearerSaid]:
    """What is the customer's own behind a count or a value: "moja yangu, moja ya siz"."""
    for found in _HER_OWN.finditer(text):
        if _is_counted_or_valued(found["what"].lower()):
            act = a.SetWearer(evidence=found["mine"])
            yield WearerSaid(act, *found.span("mine"))


def _is_counted_or_valued(word: str) -> bool:
    entry = WORDS.get(word)
    valued = entry is not None and entry.kind in ("colour", "size", "number")
    return valued or word[0].isdigit()


def named_by_kin(text: str, context: TurnContext) -> Iterator[WearerSaid]:
    """The persons named by their relation alone, which names no piece of the shop."""
    for found in _NAMED_BY_KIN.finditer(text):
        word = found["word"].lower()
        if any(spells(word, piece.name) for piece in context.sold.pieces):
            continue  # "nipe ya baba" of a Family Shirt - Baba
        language = "english" if word in OF_WORD["english"] else "swahili"
        yield _of(found, language, word)


def kin_beside(text: str, context: TurnContext, *, others: bool) -> Iterator[WearerSaid]:
    """Those named by "ya dada" alone beside `others` or a value, and "babake"."""
    alone = kin_alone(text) if others else kin_of_a_value(text)
    for found in alone:
        word = found["word"].lower()
        what = found.groupdict().get("what")
        if what is not None and not _is_counted_or_valued(what.lower()):
            continue
        if not any(spells(word, piece.name) for piece in context.sold.pieces):
            yield replace(_of(found, "swahili", word), start=found.start("link"))
    for found in subjects_beside(text) if _SUBJECT.search(text) else ():
        language = "english" if found["word"].lower() in OF_WORD["english"] else "swahili"
        yield _of(found, language, found["word"], cut=False)
    awaits = context.step == "awaiting_delivery_address"
    for other in others_kin(text, awaits_address=awaits):
        act = a.SetWearer(relation="someone", name=other.name, evidence=other.name)
        yield WearerSaid(act, other.start, other.end, other.cut)
    for found in anothers_kin(text) if context.cart else ():
        name = found["name"].lower()
        act = a.SetWearer(relation="someone", name=name, evidence=found.group())
        yield WearerSaid(act, found.start(), found.end())


def _of(found: re.Match[str], language: str, word: str, *, cut: bool = True) -> WearerSaid:
    groups = found.groupdict()
    age = int(groups["age"]) if groups.get("age") else None
    act = a.SetWearer(
        relation=OF_WORD[language][word.lower()],
        name=groups.get("name"),
        age=age,
        evidence=found.group().strip(),
    )
    if age is None and act.relation not in ("child", "son", "daughter"):
        return WearerSaid(act, found.start(), found.end(), cut)
    # A child stays in the text, as it tells a size as well; a name would be a piece's.
    named = groups.get("name") is not None
    where = found.span("name") if named else found.span()
    return WearerSaid(act, *where, cut=named)
