"""Takes out pieces of the person spoken of, and nobody else's: "toa yake, abaki na shawl tu".

What she keeps is all that stays of her own; the customer's dress is not asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.local_reader.edits.just_the_other import stands_alone
from dukani.agent.local_reader.edits.of_wearer import OF_RELATIONS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.relations import relations_of, relations_said
from dukani.agent.local_reader.without_asides import message_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line

HEADS = ("name", "category")
_OF_IT = r"(?<!bei )(?<!rangi )(?<!size )(?<!saizi )(?<!badala )(?<!nafasi )(?<!namba )(?<!urefu )"
_THIRD = re.compile(
    rf"\b(?:{_OF_IT}(?:yake|zake|lake|vyake|chake)|yeye|naye"
    r"|(?:a|ata|ana|ame)(?:baki|bakisha|chukua|chukue|acha)\w*"
    r"|ha(?:taki|chukui|tachukua|tahitaji|hitaji)\w*)\b",
    re.IGNORECASE,
)
_OF_A_SEX = {
    "girls": re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE),
    "boys": re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE),
}
_FIRST = re.compile(
    r"\b(?:ni(?:ta|na|me)?(?:baki|bakisha|bakishe|chukua|chukue)\w*|(?:nita|nta|na)chukua"
    r"|i(?:'ll| will)? (?:keep|take|have)|let me|mine|yangu|langu|zangu|mimi)\b",
    re.IGNORECASE,
)
_MINE = frozenset(("yangu", "langu", "zangu", "changu", "vyangu"))
_SEVERAL = re.compile(r"(?:vi|ma)[a-z]{3,}|nguo|[a-z]{3,}[^s\W]s", re.IGNORECASE)  # shoes, viatu


def persons_pieces(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, the one removal aimed at the lines of the one person spoken of."""
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    removals = [act for act in edits if isinstance(act, a.Remove)]
    if not removals or len(removals) != len(edits):
        return list(acts)
    if not any(line.worn_by for line in context.cart):
        return list(acts)
    message = message_of(text, context)
    theirs = _own_lines(message) or lines_of_person(text, context)
    others_lines = [line for line in context.cart if line not in theirs]
    if not theirs or not others_lines:
        return list(acts)
    gone = _besides_kept(message, removals, theirs)
    gone = gone or _named(message, removals, theirs, others_lines)
    if not gone:
        return list(acts)
    removed = [a.Remove(target=a.Target(line=line.number)) for line in gone]
    others = [act for act in acts if act not in edits and not isinstance(act, a.SetWearer)]
    return [*removed, *others]


def _own_lines(message: Message) -> list[Line]:
    """The customer's own lines, where a piece is said to be hers: "toa dress yangu"."""
    heads = [find for find in message.slots.finds if find.slot in HEADS]
    texts = [token.text for token in message.tokens]
    own = any(
        "my" in texts[max(0, find.start - 2) : find.start]
        or not _MINE.isdisjoint(texts[find.end : find.end + 1])
        for find in heads
    )
    if not own or relations_said(message.raw):
        return []
    return [line for line in message.context.cart if not (line.worn_by or line.shares)]


def lines_of_person(text: str, context: TurnContext) -> list[Line]:
    """The lines of the one person that the text speaks of; none where it may be another."""
    worn = [line for line in context.cart if line.worn_by]
    if not worn or _FIRST.search(text):
        return []
    said = relations_said(text)
    named = [x for x in worn if x.worn_by and relations_of(x.worn_by) & said]
    sexes = [sex for sex, words in _OF_A_SEX.items() if words.search(text)]
    if not named and sexes and not said:
        fitting = [OF_RELATIONS[sex] for sex in sexes]
        named = [x for x in worn if any(_may_be(x, relations) for relations in fitting)]
    if not named and not said and _THIRD.search(text):
        named = worn
    persons = {line.worn_by.id for line in named if line.worn_by}
    return named if len(persons) == 1 else []


def _may_be(line: Line, relations: frozenset[str]) -> bool:
    known = relations_of(line.worn_by) if line.worn_by else frozenset[str]()
    of_a_sex = known & (OF_RELATIONS["boys"] | OF_RELATIONS["girls"])
    return not of_a_sex or bool(known & relations)


def _besides_kept(
    message: Message, removals: Sequence[a.Remove], theirs: Sequence[Line]
) -> list[Line]:
    """What goes of the person's lines where one alone is kept: "abaki na pashmina tu"."""
    heads = [find for find in message.slots.finds if find.slot in HEADS]
    if len(heads) != len(message.slots.finds):
        return []
    alone = [find for find in heads if stands_alone(message, find)]
    if len(removals) == 1 and removals[0].target.but is not None:
        alone = heads  # "she'll only keep the shawl"
    kept = _called(message, alone, theirs) if alone else []
    return [line for line in theirs if line not in kept] if kept else []


def _named(
    message: Message, removals: Sequence[a.Remove], theirs: Sequence[Line], others: Sequence[Line]
) -> list[Line]:
    """The person's lines of the kind to go, where lines of others are of that kind too."""
    removal, target = removals[0], removals[0].target
    if len(removals) > 1 or removal.quantity or target.line or target.scope != "one":
        return []
    heads = [find for find in message.slots.finds if find.slot in HEADS]
    if target.colour or target.size or len({find.start for find in heads}) != 1:
        return []
    called = _called(message, heads, theirs)
    if not _called(message, heads, others):
        return []
    word = message.tokens[heads[0].start].text
    return called if len(called) == 1 or _SEVERAL.fullmatch(word) else []


def _called(message: Message, heads: Sequence[Find], lines: Sequence[Line]) -> list[Line]:
    said = message.only(heads).lines_said()
    return [line for line in said if line in lines]
