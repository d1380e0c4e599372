"""Reads the piece just offered beside others: "I'll take that one, plus a black belt".

The words for it name nothing, so the rules for what is named pass over them.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.naming import spells

TAKING = ("~take", "~want", "~give", "~add", "~put", "~buy")
IT = frozenset(("it", "that", "this", "them", "these", "those", "hiyo", "hii", "hizo", "hivyo",
                "hicho", "hilo", "ile", "zile", "hizi", "that one", "this one"))  # fmt: skip
AND = frozenset(("plus", "and", "na", "pamoja", "along", "also", "pia", "with"))
FIRST = 6  # the words from the beginning among which they stand


def with_the_offered(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with the piece offered put in before those that are named."""
    context = message.context
    offered = context.question == "take_it" and context.focus is not None
    named = [act for act in acts if isinstance(act, a.Add | a.Search)]
    if not offered or not named or not _takes_it_and_more(message):
        return list(acts)
    if not all(_is_of_another_kind(act, message) for act in named):
        return list(acts)
    first = acts.index(named[0])
    taken = a.Add(target=a.Target(pointed="it"))
    return [*acts[:first], taken, *acts[first:]]


def _takes_it_and_more(message: Message) -> bool:
    """Whether "I'll take it, and …" opens the message, before anything is named."""
    tokens = message.tokens
    start = min((find.start for find in message.slots.finds if _names(find.slot)), default=0)
    if start and _agrees(tokens[:start]):
        return True
    for at in range(min(start, FIRST)):
        took = any(not token.tags.isdisjoint(TAKING) for token in tokens[:at])
        if took and tokens[at].text in IT and _goes_on(tokens, at + 1):
            return True
    return False


def _agrees(opening: Sequence[Token]) -> bool:
    """Whether a yes opens, or "nachukua" and "na": "yes and a brown belt"."""
    said = [token for token in opening if token.tags.isdisjoint(("@hello", "@ok"))]
    if not said:
        return False
    if "@yes" in said[0].tags:
        return True
    return "~take" in said[0].tags and len(said) > 1 and said[1].text in AND


def _is_of_another_kind(act: a.Add | a.Search, message: Message) -> bool:
    """Whether a piece other than the one offered is named."""
    focus = message.context.focus
    target = act.target if isinstance(act, a.Add) else act
    if focus is None or not (target.name or target.category):
        return False
    if target.name and spells(target.name, focus.name):
        return False
    return bool(target.name) or target.category != focus.category


def _names(slot: str) -> bool:
    return slot in ("name", "category", "colour", "size", "quantity", "pattern")


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether more is added behind the word for it: ", plus", "one and", "pamoja na"."""
    at += at < len(tokens) and tokens[at].text == "one"
    return at < len(tokens) and tokens[at].text in AND
