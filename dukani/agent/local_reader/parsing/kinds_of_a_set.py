"""Reads the kinds that a set consists of as its name: "combo ya jeans na shirt", "set of two".

Where the shop sells one piece called so, no trousers and no shirt are looked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells

OF = frozenset(("ya", "za", "la", "wa", "of", "with", "yenye", "zenye", "lenye"))
WITH = frozenset(("with", "yenye", "zenye", "lenye"))
ARTICLES = frozenset(("the", "a", "its"))
JOINING = JOINERS | {"na", "and", "&", "+"}


def kinds_of_a_set(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds, sorted, with a name in the place of a set's head and of its kinds."""
    heads = [find for find in finds if find.slot in ("name", "category")]
    for head in heads:
        parts = _parts_behind(head, tokens)
        with_it = head.slot == "name" and head.end < len(tokens) and tokens[head.end].text in WITH
        if len(parts) < 2 - with_it or not any(find.start in parts for find in heads):
            continue
        of_it = " ".join(tokens[at].text for at in parts)
        own = head.value if head.slot == "name" else tokens[head.start].text
        whole = f"{own} {of_it}"
        called = [
            (piece, said)
            for piece in context.sold.pieces
            if spells(said := of_it if head.value == piece.category else whole, piece.name)
        ]
        if len(called) == 1:
            piece, said = called[0]
            end = parts[-1] + 1
            seen = any(option.name == piece.name for option in context.options)
            others = [find for find in finds if find.start >= end or find.end <= head.start]
            name = Find("name", said, head.start, end, sold=not seen)
            kind = Find("category", piece.category, head.start, end)
            return sorted([*others, name, kind], key=lambda find: find.start)
    return list(finds)


def _parts_behind(head: Find, tokens: Sequence[Token]) -> list[int]:
    """Where the words stand that are joined by "and" behind an "of"."""
    parts: list[int] = []
    at, links = head.end, OF
    while at + 1 < len(tokens) and tokens[at].text in links:
        at += 1 + (at + 2 < len(tokens) and tokens[at + 1].text in ARTICLES)
        parts.append(at)
        at, links = at + 1, JOINING
    return parts
