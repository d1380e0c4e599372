"""Reads that a customer cannot choose between two: "sijui 32 or 34", "jordan ama vans?".

Nothing is picked: the first of two said is no choice.
"""

from __future__ import annotations

import itertools

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import target
from dukani.agent.local_reader.edits.words import ALTERNATIVES
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.questions import piece_asked
from dukani.domain import acts as a

PIECES = ("name", "category")
UNSURE = word_set("undecided", "unsure")
NOT_SURE = {
    ("not", "sure"), ("not", "certain"), ("dont", "know"), ("cant", "decide"), ("cant", "choose"),
    ("siko", "sure"), ("sina", "uhakika"), ("no", "idea"), ("nisaidie", "kuchagua"),
    ("which", "is"), ("which", "one"), ("ipi", "poa"), ("gani", "poa"),
}  # fmt: skip
BETWEEN = frozenset(("between", "kati"))
SAME_AS = frozenset(("sawa", "same", "equal", "equals", "equivalent"))
JOINING = ALTERNATIVES | {"and", "na"}


def undecided(clause: Message) -> list[a.Act]:
    """A question about the two that are named; nothing where one of them is chosen."""
    pair = _two_named(clause)
    if pair is None or not _is_open(clause, pair):
        return []
    one, other = pair
    if one.slot == "size":
        return [a.AskSize(target=piece_asked(clause, ("option", *PIECES)))]
    if one.slot == "colour":
        return [a.AskStock(target=piece_asked(clause, ("option", *PIECES)))]
    return [a.AskPrice(target=_called(clause, find)) for find in (one, other)]


def _two_named(clause: Message) -> tuple[Find, Find] | None:
    """The two of one slot with "or" between, behind which no other is said."""
    for slot in ("size", "colour", "name", "category"):
        finds = [find for find in clause.slots.finds if find.slot == slot and not find.denied]
        pairs = [(a, b) for a, b in itertools.pairwise(finds) if _apart(clause, a, b)]
        if len(pairs) == 1 and len(finds) == 2:
            return pairs[0]
    return None


def _apart(clause: Message, one: Find, other: Find) -> bool:
    between = {token.text for token in clause.tokens[one.end : other.start]}
    opened = any(token.text in BETWEEN for token in clause.tokens[: one.start])
    if one.slot == "size" and clause.asks and between & SAME_AS:
        return True  # "UK 5 ni sawa na 38?"
    return one.value != other.value and bool(between & (JOINING if opened else ALTERNATIVES))


def _is_open(clause: Message, pair: tuple[Find, Find]) -> bool:
    """Whether neither is chosen: it is said so, or two pieces are asked about."""
    pieces = pair[0].slot in PIECES and clause.asks and not clause.has("want", "show", "have")
    texts = [token.text for token in clause.tokens]
    equated = SAME_AS.intersection(texts[pair[0].end : pair[1].start])
    if pair[0].slot == "size" and clause.asks and equated:
        return True
    unsure = not UNSURE.isdisjoint(texts) or not NOT_SURE.isdisjoint(itertools.pairwise(texts))
    return unsure or pieces


def _called(clause: Message, find: Find) -> a.Target:
    told = target(clause, Group((find,), find.start, find.end), PIECES)
    return told.model_copy(update={"scope": "one", "pointed": None})
