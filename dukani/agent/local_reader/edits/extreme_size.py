"""Reads the largest or smallest size of the piece in hand: "the biggest", "ndogo kuliko zote"."""

from __future__ import annotations

import itertools

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

LARGEST = word_set("extreme_size", "largest")
SMALLEST = word_set("extreme_size", "smallest")
LARGE = word_set("extreme_size", "large")
SMALL = word_set("extreme_size", "small")
OF_ALL = {("kuliko", "zote"), ("kuliko", "wote"), ("ya", "mwisho")}
MOST = frozenset(("kabisa", "zaidi"))
LONGEST = 6  # words of an answer that tells nothing else


def extreme_size(clause: Message) -> list[a.Act]:
    """A Set of the first or last size, where a size is asked for."""
    context = clause.context
    sizes = context.choices or (context.focus.sizes if context.focus else ())
    if context.question != "size" or clause.asks or len(clause.tokens) > LONGEST or not sizes:
        return []
    texts = [token.text for token in clause.tokens]
    most = bool(MOST & set(texts)) or any(pair in OF_ALL for pair in itertools.pairwise(texts))
    if LARGEST & set(texts) or (most and LARGE & set(texts)):
        return [a.Set(values=a.Values(size=sizes[-1]))]
    if SMALLEST & set(texts) or (most and SMALL & set(texts)):
        return [a.Set(values=a.Values(size=sizes[0]))]
    return []
