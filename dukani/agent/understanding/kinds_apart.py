"""Several kinds of pieces in one message: "a wrap dress size M and a straw hat"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.understanding.finds import Find
from dukani.agent.understanding.message import Message
from dukani.agent.understanding.slots import Slots

JOINERS = frozenset(("and", "na", "plus", "pia", "also", "or", "au", "ama", "with", "pamoja", "&"))
SHARED = ("occasion", "embroidery")
MOST = 3


def kinds_apart(message: Message) -> list[Message]:
    """The message as one for each kind wanted; only itself when there is but one."""
    finds = _one_each(message.slots.wanted("category"))
    cuts = [_cut_between(message.tokens, a, b) for a, b in itertools.pairwise(finds)]
    if not cuts or None in cuts:
        return [message]
    edges = [0, *(cut for cut in cuts if cut is not None), len(message.tokens)]
    return [_only(message, start, end) for start, end in itertools.pairwise(edges)][:MOST]


def _one_each(finds: Sequence[Find]) -> list[Find]:
    """The first find of each kind, in order."""
    return list({find.value: find for find in reversed(finds)}.values())[::-1]


def _cut_between(tokens: Sequence[Token], first: Find, second: Find) -> int | None:
    """Where the second kind begins: at the last word or comma that joins them."""
    for at in range(second.start - 1, first.end - 1, -1):
        if tokens[at].text in JOINERS:
            return at
        if tokens[at].pause:
            return at + 1
    return first.end if tokens[first.end - 1].pause else None


def _only(message: Message, start: int, end: int) -> Message:
    """What is said of one kind; what it is for and what may be spent hold for all."""
    slots = message.slots
    own = [find for find in slots.finds if start <= find.start < end]
    has = {find.slot for find in own}
    shared = [find for find in slots.finds if find.slot in SHARED and find.slot not in has]
    part = Slots((*own, *shared), slots.budget, slots.figures)
    return replace(message, tokens=message.tokens[:end][start:], slots=part)
