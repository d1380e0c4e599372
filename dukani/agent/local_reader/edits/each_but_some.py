"""Reads every colour with an exception: "kila rangi moja, black ziwe mbili", "all but the red"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.each_kind import EVERY, each_kind
from dukani.agent.local_reader.edits.words import BOTH, EXCEPT, JOINERS, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

WITHOUT = EXCEPT | frozenset(("without", "bila", "sio", "siyo", "no", "not"))
COLOUR = word_set("edits", "colour_words")
OTHER_SLOTS = ("name", "category", "size", "age", "option")


def each_but_some(message: Message) -> list[a.Act]:
    """An Add of each colour of the piece in view, of those told apart as many as are told."""
    if not says_every_colour(message.tokens) or message.asks:
        return []
    at = _where_the_exception_begins(message)
    if at is None or message.tagged("~remove", "~show"):
        return []
    counts = _counts(message.clause(at, len(message.tokens)))
    adds = [act for act in each_kind(message.clause(0, at)) if isinstance(act, a.Add)]
    colours = {act.values.colour for act in adds}
    if len(adds) < 2 or not counts or not counts.keys() < colours:
        return []
    told = [(act, counts.get(str(act.values.colour), act.values.quantity)) for act in adds]
    return [
        act.model_copy(update={"values": act.values.model_copy(update={"quantity": count})})
        for act, count in told
        if count
    ]


def says_every_colour(tokens: Sequence[Token]) -> bool:
    """Whether the words are of every colour: "kila rangi moja", "one of each colour"."""
    every = any(token.text in EVERY | BOTH for token in tokens)
    return every and any(word in COLOUR for token in tokens for word in token.text.split())


def _where_the_exception_begins(message: Message) -> int | None:
    """The last place before the first colour where a pause, an "and" or a "but" cuts."""
    colours = [find.start for find in message.slots.finds if find.slot == "colour"]
    if not colours:
        return None
    tokens = message.tokens
    cuts = (
        at
        for at in range(min(colours), 0, -1)
        if tokens[at - 1].pause or tokens[at].text in JOINERS | WITHOUT
    )
    return next(cuts, None)


def _counts(clause: Message) -> dict[str, int]:
    """How many there are to be of a colour told apart; 0: it is left out.

    "And two black" may be beside the one of each: that is not for this rule.
    """
    finds = clause.slots.finds
    colours = [str(find.value) for find in finds if find.slot == "colour"]
    counts = [int(str(find.value)) for find in finds if find.slot == "quantity"]
    excepts, first = clause.says_any(WITHOUT), clause.tokens[0].text
    if any(find.slot in OTHER_SLOTS for find in finds):
        return {}
    if first in JOINERS and not (excepts or clause.says_any(SET_TO)):
        return {}
    if counts and len(counts) == len(colours):
        return dict(zip(colours, counts, strict=True))
    return dict.fromkeys(colours, 0) if excepts and not counts else {}
