"""Reads a wish put as a question: "can I get two, one in red", "naweza pata navy mbili L?".

"Can I get it in navy?" asks whether the shop has it; who counts pieces, or says colour and size of
several, orders them.
"""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.lexicon.tokens import Token, tokenise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import groups
from dukani.agent.local_reader.parsing.message import Message

MAY_I = word_set("asked_for", "may_i")
GET = word_set("asked_for", "get")
ASKING = ("show", "ask_price", "ask_discount", "ask_size", "cheaper")
LONGEST = 3  # words of "can I get"


def as_wish(message: Message) -> Message:
    """The message with "I want" for "can I get", where that orders pieces."""
    opening = _opening(message)
    if opening is None or message.slots.budget or message.has(*ASKING):
        return message
    several = _tells_several(message)
    if not several and (not _counts(message) or message.has("more_options")):
        return message
    start, end = opening
    tokens = (*message.tokens[:start], *_wish(message.tokens[start]), *message.tokens[end:])
    plain = tuple(replace(token, asked=False) for token in tokens)
    return replace(message, tokens=plain).clause(0, len(plain))


def _opening(message: Message) -> tuple[int, int] | None:
    """(start, end) of the words that ask to get something: "can I have", "naweza kupata"."""
    told = [i for i, t in enumerate(message.tokens) if t.tags.isdisjoint(("@hello", "@ok"))]
    if not told or message.tokens[told[0]].text not in MAY_I:
        return None
    near = range(told[0] + 1, min(told[0] + LONGEST, len(message.tokens)))
    got = next((at for at in near if message.tokens[at].text in GET), None)
    return (told[0], got + 1) if got is not None else None


def _wish(first: Token) -> tuple[Token, ...]:
    return tokenise("nataka" if first.swahili else "i want")


def _counts(message: Message) -> bool:
    """Whether several pieces are counted."""
    return any(int(str(find.value)) > 1 for find in message.slots.wanted("quantity"))


def _tells_several(message: Message) -> bool:
    """Whether colour and size of each of several pieces are told."""
    parts = groups(message)
    return len(parts) > 1 and all({"colour", "size"} <= part.slots for part in parts)
