"""Reads for whom a piece is: "for my sister", "ni ya mume wangu", "it's a gift", "for me".

The words are cut from the message, so that a name in them is no piece's. What only speaks of a
person ("my sister told me about you", "for my sister's wedding", "call my sister") is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.each_for_one import each_for_one
from dukani.agent.local_reader.talk.kin_alone import (
    anothers_kin,
    kin_alone,
    kin_of_a_value,
    subjects_beside,
)
from dukani.agent.local_reader.talk.others_kin import others_kin
from dukani.agent.local_reader.talk.relations import (
    ADJECTIVES,
    EN_WORDS,
    OF_WORD,
    SW_WORDS,
)
from dukani.agent.local_reader.talk.said_whose import without_what_is_whose
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


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_EN = _pattern(
    r"(?:(?:it'?s|its|(?:this|that)(?: one)? is|one is|is|they'?re|as a gift|a gift|gift) )*"
    rf"(?<!ask )(?<!asking )\bfor (?:my|our) {ADJECTIVES}(?P<word>{EN_WORDS})\b(?!'?s\b)(?!\w)"
    rf"{_NAME}{_AGED}"
)
_SW = _pattern(
    r"(?:\b(?:ni|hii ni|hiyo ni|moja ni|zawadi) )*"
    r"\b(?P<link>kwa ajili ya|kwaajili ya|ya|za|la|cha|vya|wa|kwa|for) "
    rf"(?:(?P<word>{SW_WORDS}) {_POSSESSIVE}|(?P<own>{_JOINED}))"
    rf"(?: (?:mdogo|mkubwa|wa kike|wa kiume))?\b{_NAME}{_AGED}"
)
_NAMED_BY_KIN = _pattern(
    r"(?<!ask )(?<!asking )\b(?P<link>for|ya|za|la|cha|vya) (?:huyu |huyo |yule )?"
    rf"(?P<word>{_AS_NAMES})\b(?!'?s\b)"
    r"(?! (?:wa|ya|za|wangu|yangu|wetu|yetu|zangu|langu|angu|wake|yake|in law|mkwe|mdogo|mkubwa)\b)"
)
_GIFT = _pattern(
    r"\b(?:(?:it'?s|its|this is|as) (?:meant )?(?:as )?)?"
    r"(?<!\bone is )(?<!\btwo is )a (?:birthday |wedding |surprise )?(?:gift|present)\b",
    r"(?<!\bmoja )(?<!\bmbili )\b(?:ni|kama) (?:ya )?zawadi\b|\bya zawadi\b",
    r"\b(?:for|as) (?:a )?gift\b",
    r"\b(?:it'?s |its |ni )?(?:not for me|si(?:o|yo)? (?:ya )?(?:kwangu|yangu))\b",
)
_WRAPPING = _pattern(r"\b(?:\w*funga\w*|wrap\w*|pack\w*|gift ?box)\b")
_MINE = _pattern(
    r"\b(?:(?:it'?s|its|(?:this|that)(?: one)? is|ni|(?:hii|hizi|hiyo|ile) ni) )*"
    r"(?:for (?:me|myself)(?: this time| now)?|mine"
    r"|(?:ya |ni )?(?:yangu|kwangu)(?: mimi| mwenyewe)|(?<=ni )(?:yangu|zangu|langu|changu|vyangu)"
    r"|ya kwangu(?: mimi)?)\b"
    r"(?! (?:number|namba|size|saizi|order|oda|cart))",
    # "Na mimi nipee ya pink": her own, after one for her mother
    r"(?:^|[,.] ?)(?:na|alafu|halafu|kisha) mimi(?= (?:ni[a-z]{3,}|nipe|naomba|nataka|pia|weka)\b)",
    r"(?:^|[,.] ?)(?:and|then) (?:for )?me(?=,? (?:i (?:want|need)|i.ll|give|get|the|a|in)\b)",
)
_HER_OWN = _pattern(r"\b(?P<what>[a-z]+|\d+(?:-\d+)?y?) (?P<mine>[yzl]angu|changu|vyangu)\b")
# "Ya kwangu ibaki 37", "mine should be red": one's own piece of several, told apart by its values.
_CHANGED = _pattern(r"\s+(?:ibaki|zibaki|iwe|iwekwe|should|stays?|to be)\b")
# "Mine is 14, in peach", of the piece in view: her size; not "mine is 14, hers 16"
_OWN_SIZE = _pattern(
    r"(?:'?s| is) (?:an? |size )?(?:\d{1,2}|x{0,4}[sl]|m)\b(?!.*\b(?:his|hers?|theirs|my|one)\b).*"
)
_ADDING = _pattern(r"\s*(?:and|na|also|plus|pia|then|alafu|halafu)\b")
_LOOSE_AND = re.compile(r"\b(?:na|and|n)$", re.IGNORECASE)  # "mbili, … na …"
_AND_OTHERS = _pattern(
    rf"\s*(?:and|&|na) (?:(?:my|our) )?{ADJECTIVES}(?:{EN_WORDS}|{SW_WORDS})\b"
    rf"(?: {_POSSESSIVE})?"
)
_WEARS = (
    rf"(?= (?:(?:pia|too|also) )?(?:{WEARS_IT}|anataka\b(?! ku)|anahitaji|(?:naye )?(?:anavaa|huvaa"
    r"|ana saizi|anataka (?!ku)|a(?:na|ta)chukua|anadai|anaitaka|anaomba|apewe|ampewe)|naye\b))"
)
_SUBJECT = _pattern(
    rf"\b(?:my {ADJECTIVES}(?P<word>{EN_WORDS})"
    rf"|(?P<sw>{SW_WORDS}) (?:wangu|yangu)|(?P<own>{_JOINED})){_WEARS}",
    rf"(?:^|[,.] ?)(?:na|pia|then|alafu|halafu) (?P<beside>{SW_WORDS}) (?:wangu|yangu)(?= [a-z])",
    rf"(?:^|[,.;] ?)(?:(?:so|and|but|then|ok|okay|basi|na|sasa) )*(?P<alone>{_AS_NAMES}){_WEARS}",
)
_ASKED = _pattern(
    r"\b(?:what|which) size (?:is|does|would|for|should) "
    rf"(?:my {ADJECTIVES})?(?P<word>{EN_WORDS})\b",
    rf"\b(?P<sw>{SW_WORDS}) (?:wangu|yangu) (?:ana|hu|ata)vaa (?:size|saizi) (?:gani|ngapi)",
)
# What a relation is only mentioned in: a place to go, somebody to call, an occasion.
_DELIVERS = _pattern(
    r"\b(?:deliver|send|bring|take|drop|call|phone|ring|peleka|pelekea|leta|letea|niletee"
    r"|mpelekee|mpe|mletee|piga|pigia|mpigie|ask|ulizia|kaa|naishi|niko)\b[^,.;]{0,14}$"
)
_OCCASION = _pattern(
    r"^\s*(?:'?s|s')?\s*(?:wedding|birthday|graduation|baby shower|shower|ruracio|harusi|party|"
    r"bday|burial|funeral|dowry|engagement|house|place|shop|office|number|phone)\b"
)
_OF_AN_OCCASION = _pattern(
    r"\b(?:harusi|wedding|birthday|bday|sherehe|graduation|ruracio|nyumba|nyumbani|namba|simu|duka|"
    r"mahali|ofisi|jina|rafiki|party)\s*$"
)


@dataclass(frozen=True, slots=True)
class WearerSaid:
    """A wearer as said, at text[start:end]; `cut`: the words mean nothing besides."""

    act: a.SetWearer
    start: int
    end: int
    cut: bool = True
    joins_others: bool = False  # "for me and my sister"


def wearers_said(text: str, context: TurnContext) -> list[WearerSaid]:
    """The wearers in the order said; none where an address or a note is all that is told."""
    told = [*_found(text), *_named_by_kin(text, context)]
    others = any(one.act.relation is not None for one in told)
    told += _kin_beside(text, context, others=others)
    found = sorted((*told, *_her_own(text)), key=lambda one: (one.start, -one.end))
    found = _with_one_name(found)
    others = any(one.act.relation is not None for one in found)
    kept: list[WearerSaid] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        contrasted = one.act.relation is None and others
        if contrasted or not _only_mentioned(text, one, context):
            kept.append(one)
    return kept


def _with_one_name(found: Sequence[WearerSaid]) -> list[WearerSaid]:
    """A gift that is said beside a person is for that person: "not for me, it's for my wife"."""
    named = [one.act for one in found if one.act.relation not in (None, "someone")]
    if not named:
        return list(found)
    return [
        replace(one, act=named[0])
        if one.act.relation == "someone" and not one.joins_others
        else one
        for one in found
    ]


def without_wearers(text: str, said: Sequence[WearerSaid]) -> tuple[str, list[int]]:
    """The text without the words for the wearers, and the place of each in what is left."""
    rest, at = "", 0
    places: list[int] = []
    for one in said:
        if one.cut:
            rest, at = f"{rest}{text[at : without_what_is_whose(text, one.start)]} ", one.end
            places.append(len(_tidy(rest).lstrip(" ,;")))
        else:
            places.append(len(_tidy(rest + text[at : one.start]).lstrip(" ,;")))
    left = _tidy(rest + text[at:]).strip(" ,;")
    return (_LOOSE_AND.sub("", left).rstrip(" ,;") if said and said[-1].cut else left), places


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,.;!?])", r"\1", re.sub(r"\s{2,}", " ", text))


def beside_wearers(
    acts: Sequence[a.Act], said: Sequence[WearerSaid], rest: Message, places: Sequence[int]
) -> list[a.Act]:
    """The acts with the wearer of each: one for all of them, or one each, in their order.

    `rest`: the message without the words for the wearers, which stood at `places`. The size told
    alters nothing unless a change is asked for: "my husband wears 42, change it".
    """
    context = rest.context
    at_place = [(one.act, at) for one, at in zip(said, places, strict=True)]
    if len(said) > 1 and (each := each_for_one(acts, at_place, rest)) is not None:
        return each
    told = list(dict.fromkeys(one.act for one in said))
    if any(isinstance(act, a.AskShop) and act.topic == "gift_wrap" for act in acts):
        told = [act for act in told if act.relation != "someone"]  # "wrap it as a gift"
    sized = any(isinstance(act, a.TellSize) for act in acts)
    sized &= context.question != "size" and not (context.cart and rest.tagged("~change"))
    others = [act for act in acts if not _says_nothing_more(act, sized=sized)]
    if len(said) == 1 and len(others) == 1 and (lines := _lines_given(others[0], said[0], context)):
        return [said[0].act.model_copy(update={"target": lines})]
    if _counts_one_line(others):
        told = [act for act in told if act.relation is not None] or told
    if len(told) == len(said) and (each := _one_for_each(others, told)):
        return each
    if len(told) < 2:
        own = _recounted(others)
        return [*others[:own], *told, *others[own:]]
    mixed: list[a.Act] = []
    for at, act in enumerate(others):
        if at < len(told):
            mixed.append(told[at])
        mixed.append(act)
    return [*mixed, *told[len(others) :]]


def _one_for_each(acts: Sequence[a.Act], told: Sequence[a.SetWearer]) -> list[a.Act]:
    """One piece for each of the persons where as many are wanted: "two black M, for me and sis"."""
    add = acts[0] if len(acts) == 1 and len(told) > 1 else None
    if not isinstance(add, a.Add) or add.values.quantity != len(told):
        return []
    if not (add.values.colour and add.values.size):
        return []  # what is asked of it is asked once
    values = add.values.model_copy(update={"quantity": 1})
    one = add.model_copy(update={"values": values, "another": True})
    return [act for person in told for act in (person, one)]


def _recounted(acts: Sequence[a.Act]) -> int:
    """How many acts first only count a line anew: "make it one, and add an M for my friend"."""
    added = next((at for at, act in enumerate(acts) if isinstance(act, a.Add)), 0)
    before = acts[:added]
    counted = all(isinstance(act, a.Set) and _only_counts(act.values) for act in before)
    return added if counted else 0


def _counts_one_line(acts: Sequence[a.Act]) -> bool:
    """Whether a line is only counted anew: in "make it two, one for me, one for sis" one is new."""
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    return len(edits) == 1 and isinstance(edits[0], a.Set) and _only_counts(edits[0].values)


def _only_counts(values: a.Values) -> bool:
    return values == a.Values(quantity=values.quantity)


def one_more_for(acts: Sequence[a.Act], said: Sequence[WearerSaid], rest: Message) -> list[a.Act]:
    """The acts with a piece of its own for somebody: "my bro wants the same but in 52"."""
    cart = rest.context.cart
    relations = {one.act.relation for one in said}
    theirs = any(line.worn_by and line.worn_by.relation in relations for line in cart)
    if not cart or theirs or rest.tagged("~change") or rest.says_any(SET_TO):
        return list(acts)
    return [_one_more(act, rest) if isinstance(act, a.Set) else act for act in acts]


def _one_more(act: a.Set, rest: Message) -> a.Act:
    """Another of the line that the Set names, in its colour and size but for what is said."""
    if act.target.says_nothing:
        return act if act.change else a.Add(values=act.values, another=True)
    lines = rest.lines_said()
    kept = lines[0] if len(lines) == 1 else None
    told = act.values.colour or act.values.size
    if kept is None or told is None:
        return act
    values = {"colour": act.values.colour or kept.colour, "size": act.values.size or kept.size}
    return a.Add(target=act.target, values=act.values.model_copy(update=values), another=True)


def _says_nothing_more(act: a.Act, *, sized: bool) -> bool:
    """Whether the act only comes of the words for a person: "my sister wears XL" looks for none."""
    if isinstance(act, a.Remark | a.Unclear):
        return True
    if sized and isinstance(act, a.Search):
        return act.model_copy(update={"size": None, "evidence": None}) == a.Search()
    if sized and isinstance(act, a.Set):
        return act.target.says_nothing and act.values == a.Values(size=act.values.size)
    return act.model_copy(update={"evidence": None}) == a.AskShop()


def _lines_given(act: a.Act, said: WearerSaid, context: TurnContext) -> a.Target | None:
    """The lines that are for somebody: "the red one is for my sister"."""
    is_of = re.match(r"(?:one )?(?:is|are|ni|ziwe|iwe)\b", said.act.evidence or "", re.IGNORECASE)
    if not context.cart or not is_of:
        return None
    if isinstance(act, a.Search):
        return a.Target(name=act.name, category=act.category, colour=act.colour, size=act.size)
    if not isinstance(act, a.Add | a.Set):
        return None
    target, values = act.target, act.values
    if values.quantity is not None or target.option is not None:
        return None
    return target.model_copy(
        update={"colour": target.colour or values.colour, "size": target.size or values.size}
    )


def _found(text: str) -> Iterator[WearerSaid]:
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


def _her_own(text: str) -> Iterator[WearerSaid]:
    """What is the customer's own behind a count or a value: "moja yangu, moja ya siz"."""
    for found in _HER_OWN.finditer(text):
        if _is_counted_or_valued(found["what"].lower()):
            act = a.SetWearer(evidence=found["mine"])
            yield WearerSaid(act, *found.span("mine"))


def _is_counted_or_valued(word: str) -> bool:
    entry = WORDS.get(word)
    valued = entry is not None and entry.kind in ("colour", "size", "number")
    return valued or word[0].isdigit()


def _named_by_kin(text: str, context: TurnContext) -> Iterator[WearerSaid]:
    """The persons named by their relation alone, which names no piece of the shop."""
    for found in _NAMED_BY_KIN.finditer(text):
        word = found["word"].lower()
        if any(spells(word, piece.name) for piece in context.sold.pieces):
            continue  # "nipe ya baba" of a Family Shirt - Baba
        language = "english" if word in OF_WORD["english"] else "swahili"
        yield _of(found, language, word)


def _kin_beside(text: str, context: TurnContext, *, others: bool) -> Iterator[WearerSaid]:
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


def _only_mentioned(text: str, one: WearerSaid, context: TurnContext) -> bool:
    """Whether the person is not the wearer: "for my sister's wedding", "niletee kwa dada yangu"."""
    before, after = text[: one.start], text[one.end :]
    if one.act.relation is None:
        return _is_no_line(text, one, context)
    said = (one.act.evidence or "").lower()
    if before.rstrip().lower().endswith("damu"):
        return True  # "damu ya mzee" is maroon
    if _OCCASION.match(after) or _OF_AN_OCCASION.search(before):
        return True
    to_a_place = said.startswith(("kwa ", "for ")) or " kwa " in f" {said}"
    if to_a_place and _DELIVERS.search(before):
        return not said.startswith("for ")
    return (
        context.step == "awaiting_delivery_address"
        and said.startswith("kwa ")
        and "," in said + after
    )


def _is_no_line(text: str, one: WearerSaid, context: TurnContext) -> bool:
    """Whether "for me" is no wearer: "too big for me", "keep it for me", "0712… is not mine"."""
    said = (one.act.evidence or "").lower()
    if _CHANGED.match(text[one.end :]):
        return True
    if said == "mine" and _OWN_SIZE.fullmatch(text[one.end :]) and not context.cart:
        return True
    if re.search(r"\b(?:not|sio|si|siyo)\s*$", text[: one.start], re.IGNORECASE):
        return True
    bare = said in ("for me", "mine", "for me now", "for me this time")
    begins = not text[: one.start].strip() or _ADDING.match(text)
    if bare and not begins:
        return True
    helps = re.search(
        r"\b(?:keep|hold|reserve|check|do|send|pack|wrap|find|get|cancel|change|add|put|weka|pay)\b"
        r"[^,.;]{0,40}$",
        text[: one.start],
        re.IGNORECASE,
    )
    return said.startswith("for me") and bool(helps) and not context.cart and "this" not in said
