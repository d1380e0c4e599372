"""Reads two of a list by one rank: "the first two"; a rank from its end: "the second last"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext

NEAR = 2  # words from the rank to the count, with "za"
TWO = 2
LAST = frozenset(("last", "mwisho"))
FROM_THE_END: tuple[list[str], ...] = (
    [],
    ["to"],
    ["from"],
    ["toka"],
    ["kutoka"],
    ["from", "the"],
    ["kutoka", "ya"],
)
MANY = frozenset(("za", "zile", "hizo", "vya", "vile"))


def ranked_several(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds in order, "the last two" as two options, "the second last" as one."""
    shown = len(context.options)
    finds = _from_the_end(tokens, finds, shown)
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


def _from_the_end(tokens: Sequence[Token], finds: Sequence[Find], shown: int) -> Sequence[Find]:
    """The finds, two ranks that are one: "the second last", "ya pili kutoka mwisho"."""
    for one, last in itertools.pairwise(finds):
        between = [token.text for token in tokens[one.end : last.start]]
        ranks = one.slot == last.slot == "option" and tokens[one.start].kind == "ordinal"
        counted = int(str(one.value)) if ranks else 0
        joined = between in FROM_THE_END and not any(
            t.pause for t in tokens[one.start : last.start]
        )
        if joined and tokens[last.start].text in LAST and 1 < counted <= shown == last.value:
            told = replace(one, value=shown + 1 - counted, end=last.end)
            return [told if find is one else find for find in finds if find is not last]
    return finds


def _is_of_several(tokens: Sequence[Token], rank: Find, count: Find) -> bool:
    """Whether the rank is of two: "the first two", "za kwanza mbili"; not "ya kwanza mbili"."""
    before = tokens[max(0, rank.start - 1) : rank.end]
    english = not tokens[rank.start].swahili and count.start == rank.end
    return english or any(word in MANY for token in before for word in token.text.split())


def _counts_two(tokens: Sequence[Token], find: Find, rank: Find) -> bool:
    beside = 0 <= find.start - rank.end < NEAR or 0 <= rank.start - find.end < NEAR
    paused = any(t.pause for t in tokens[min(find.start, rank.start) : max(find.start, rank.start)])
    return find.slot in ("quantity", "option") and find.value == TWO and beside and not paused
