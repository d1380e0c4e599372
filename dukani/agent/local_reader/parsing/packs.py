"""Tells a number that says what a pack holds: "ile pack ya 3" of "Socks - Pack of 3 Pairs"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.domain.context import TurnContext

PACKS = frozenset(("pack", "packs", "packet", "pakiti", "pakti", "set", "seti", "combo", "bundle"))
OF = frozenset(("of", "ya", "za", "yenye"))


def piece_of_the_pack(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> int | None:
    """The number of the shown piece whose name has the figure, with "pack" or "pairs" beside it."""
    start = figure.start
    while start < figure.end and tokens[start].text in OF:
        start += 1  # an ordinal has its "ya" within
    before = [token.text for token in tokens[max(0, start - 2) : start]]
    behind = "" if tokens[figure.end - 1].pause else _text(tokens, figure.end)
    of = before[-1:] != [] and before[-1] in OF
    so_many = of or before[-1:] == ["the"]
    for option in context.options:
        words = [word for word in words_of(option.name) if word not in OF]
        for word, after in itertools.pairwise((*words, "")):
            if word != str(figure.value):
                continue
            if of and before[0] in PACKS and not PACKS.isdisjoint(words):
                return option.number
            if so_many and behind and behind in (after, *(PACKS & set(words))):
                return option.number
    return None


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""
