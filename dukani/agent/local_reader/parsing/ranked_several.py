"""Reads two of a list by one rank: "the first two", "mbili za mwisho"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext

NEAR = 2  # words from the rank to the count, with "za"
TWO = 2
MANY = frozenset(("za", "zile", "hizo", "vya", "vile"))


def ranked_several(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds in order, "the last two" as two options."""
    shown = len(context.options)
    ranks = [f for f in finds if f.slot == "option" and tokens[f.start].kind == "ordinal"]
    if shown <= TWO or len(ranks) != 1 or int(str(ranks[0].value)) not in (1, shown):
        return list(finds)
    rank = ranks[0]
    count = next((find for find in finds if _counts_two(tokens, find, rank)), None)
    if count is None or not _is_of_several(tokens, rank, count):
        return list(finds)
    first = 1 if rank.value == 1 else shown - 1
    both = sorted((rank, count), key=lambda find: find.start)
    told = [replace(find, slot="option", value=first + at) for at, find in enumerate(both)]
    others = [find for find in finds if find not in (rank, count)]
    return sorted([*others, *told], key=lambda find: find.start)


def _is_of_several(tokens: Sequence[Token], rank: Find, count: Find) -> bool:
    """Whether the rank is of two: "the first two", "za kwanza mbili"; not "ya kwanza mbili"."""
    before = tokens[max(0, rank.start - 1) : rank.end]
    english = not tokens[rank.start].swahili and count.start == rank.end
    return english or any(word in MANY for token in before for word in token.text.split())


def _counts_two(tokens: Sequence[Token], find: Find, rank: Find) -> bool:
    beside = 0 <= find.start - rank.end < NEAR or 0 <= rank.start - find.end < NEAR
    paused = any(t.pause for t in tokens[min(find.start, rank.start) : max(find.start, rank.start)])
    return find.slot in ("quantity", "option") and find.value == TWO and beside and not paused
