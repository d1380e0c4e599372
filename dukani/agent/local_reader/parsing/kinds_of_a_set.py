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
SETS = ("suit", "set")
JOINING = JOINERS | {"na", "and", "&", "+"}


def kinds_of_a_set(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds, sorted, with a name in the place of a set's head and of its kinds."""
    heads = [find for find in finds if find.slot in ("name", "category")]
    for head in heads:
        parts = _parts_behind(head, tokens)
        before = _parts_before(head, tokens)
        if len(before) > 1 and (set_of := _set_of(before, head, tokens, finds, context)):
            return set_of
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


def _parts_before(head: Find, tokens: Sequence[Token]) -> list[int]:
    """Where the kinds stand that are joined by "and" before a set: "skirt and blazer suit"."""
    if head.slot != "category" or tokens[head.start].value not in SETS:
        return []
    parts: list[int] = []
    at = head.start - 1
    while at >= 0 and tokens[at].kind == "category" and not tokens[at].pause:
        parts.insert(0, at)
        if at < 2 or tokens[at - 1].text not in JOINING:
            break
        at -= 2
    return parts


def _set_of(
    parts: Sequence[int],
    head: Find,
    tokens: Sequence[Token],
    finds: Sequence[Find],
    context: TurnContext,
) -> list[Find]:
    """The finds with the name of the one set of these kinds, if there is just one."""
    said = " ".join(tokens[at].text for at in parts)
    called = [piece for piece in context.sold.pieces if spells(said, piece.name)]
    if len(called) != 1:
        return []
    seen = any(option.name == called[0].name for option in context.options)
    others = [find for find in finds if find.start >= head.end or find.end <= parts[0]]
    name = Find("name", said, parts[0], head.end, sold=not seen)
    kind = Find("category", called[0].category, parts[0], head.end)
    return sorted([*others, name, kind], key=lambda find: find.start)
