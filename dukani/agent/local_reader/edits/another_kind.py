"""Tells pieces of one category apart that are two kinds, or for others: "hijab na mtandio"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.wearers import for_child

WHOM_WITHIN = 3  # words between a kind and for whom it is: "jezi za mtoto", "jersey for my kids"


def is_another_kind(tokens: Sequence[Token], before: Group, chunk: Group) -> bool:
    """Whether what is said behind "and" is another piece than the one before it.

    "Sneakers na loafers" are two kinds of shoes; of "jezi za Stars na jezi za mtoto wa miaka 5"
    the second is a child's.
    """
    one, other = before.first("category"), chunk.first("category")
    if one is None or other is None or one.start == other.start:
        return False
    if not any(tokens[at].text in JOINERS for at in range(one.end, other.start)):
        return False
    kinds = _kind(tokens, one), _kind(tokens, other)
    return (None not in kinds and kinds[0] != kinds[1]) or (
        "name" in before.slots and "name" not in chunk.slots and _for_a_child(tokens, chunk, other)
    )


def with_values_shared(tokens: Sequence[Token], found: Sequence[Group]) -> tuple[list[Group], bool]:
    """The groups, and whether two kinds of one category share the values told of the second.

    "Heels na loafers black" wishes both in black; "a dress and a black hoodie" is no such pair.
    """
    if len(found) != 2 or not _is_bare_beside(tokens, *found):
        return list(found), False
    one, other = found
    told = tuple(find for find in other.finds if find.slot in ("colour", "size"))
    behind = other.first("category")
    shared = behind is not None and bool(told) and all(find.start > behind.start for find in told)
    return [replace(one, finds=(*one.finds, *told)), other] if shared else [one, other], shared


def _is_bare_beside(tokens: Sequence[Token], one: Group, other: Group) -> bool:
    """Whether the first is a kind without values, beside another kind of the same category."""
    kind, second = one.first("category"), other.first("category")
    if kind is None or second is None or kind.value != second.value:
        return False
    return one.slots <= {"category", "name", "quantity"} and is_another_kind(tokens, one, other)


def _kind(tokens: Sequence[Token], find: Find) -> str | None:
    return kind_of(tokens[find.start].text)


def _for_a_child(tokens: Sequence[Token], chunk: Group, kind: Find) -> bool:
    behind = tokens[kind.end : kind.end + WHOM_WITHIN]
    return "age" in chunk.slots or any(for_child(token.text) for token in behind)
