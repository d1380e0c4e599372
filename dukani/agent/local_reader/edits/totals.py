"""Takes out a total that the other groups make up: "two belts, brown 34 and black 36".

A total is no count of the first piece: the "three" of "three of them, white, navy and olive".
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.edits.words import ALL, BOTH
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.naming import spells

REST = word_set("sparing", "rest") | frozenset(("rest",))
TOLD_APART = frozenset(("colour", "size", "age"))
ARTICLES = frozenset(("a", "an", "another"))


def without_total(clause: Message, chunks: list[Group]) -> list[Group]:
    """The chunks without a total that the others make up: "two belts, brown 34 and black 36"."""
    chunks = _with_trailing_value(_with_value_of_all(clause, chunks))
    chunks = _told_apart_behind(clause, chunks)
    if _counts_children(chunks) or _counts_pieces_named(clause, chunks):
        return chunks[1:]
    if _sums_up(clause, chunks):
        return chunks[1:]
    chunks = _with_listed_values(clause, chunks)
    rest, total = chunks[1:], chunks[0].first("quantity") if chunks else None
    if total is not None and len(rest) > 1 and _called_apart(clause, chunks[0], rest):
        counts = [int(str(q.value)) if (q := group.first("quantity")) else 1 for group in rest]
        shared = tuple(find for find in chunks[0].finds if find.slot != "quantity")
        told = [_with_missing(group, shared) for group in rest]
        return told if sum(counts) == total.value else chunks
    if total is None or len(rest) < 2 or any(group.heads for group in rest):
        return chunks
    telling = set.intersection(*(group.slots for group in rest)) & {"colour", "size", "age"}
    counts = [int(q.value) if (q := group.first("quantity")) else 1 for group in rest]
    if not telling - chunks[0].slots or sum(counts) != total.value:
        return chunks
    shared = tuple(find for find in chunks[0].finds if find.slot != "quantity")
    return [replace(group, finds=(*shared, *group.finds)) for group in rest]


def _counts_children(chunks: Sequence[Group]) -> bool:
    """Whether a bare count is of the children told of: "two girls, one is 3, the other 5, pink"."""
    count = chunks[0].first("quantity") if chunks else None
    ages = [find for chunk in chunks[1:] for find in chunk.finds if find.slot == "age"]
    if count is None or chunks[0].slots != {"quantity"}:
        return False
    return 1 < len(ages) == int(str(count.value))


def _counts_pieces_named(clause: Message, chunks: Sequence[Group]) -> bool:
    """Whether a bare number counts the pieces named behind it: "mbili: af1 white, jordan grey"."""
    first, rest = (chunks[0], chunks[1:]) if chunks else (None, ())
    total = _bare_number(clause, first) if first else None
    counts = [part.first("quantity") for part in rest]
    return (
        total is not None and total == len(rest) and all(p.heads for p in rest) and not any(counts)
    )


def _sums_up(clause: Message, chunks: Sequence[Group]) -> bool:
    """Whether a bare number is the sum of the counts behind it: "give us 3, 2 red and 1 yellow"."""
    total = _bare_number(clause, chunks[0]) if len(chunks) > 2 else None
    counts = [part.first("quantity") for part in chunks[1:]]
    told = all(part.slots & TOLD_APART for part in chunks[1:])
    return told and total == sum(int(str(count.value)) if count else 1_000 for count in counts)


def _bare_number(clause: Message, group: Group) -> int | None:
    find = group.finds[0]
    alone = len(group.finds) == 1 and find.slot in ("quantity", "option")
    paused = bool(clause.tokens[find.end - 1].pause)
    ranked = clause.tokens[find.start].kind == "ordinal"
    return (
        int(str(find.value))
        if alone and paused and not ranked and int(str(find.value)) > 1
        else None
    )


def _called_apart(clause: Message, first: Group, rest: Sequence[Group]) -> bool:
    """Whether the parts are pieces of the kind counted: "two abayas, a jersey one and a nida"."""
    kind = first.first("category")
    if kind is None or "name" in first.slots or any("category" in part.slots for part in rest):
        return False
    of_kind = [p.name for p in clause.context.sold.pieces if p.category == kind.value]
    names = [part.first("name") for part in rest]
    return all(name and any(spells(str(name.value), one) for one in of_kind) for name in names)


def _with_value_of_all(clause: Message, chunks: list[Group]) -> list[Group]:
    """The chunks with a value said for all at the end: "two white and one black, all size L".

    So too one said first: "polo mbili, navy zote, M na XL".
    """
    if (headed := _with_value_of_head(chunks)) is not None:
        return headed
    last = chunks[-1] if len(chunks) > 2 else None
    if last is None or last.slots not in ({"size"}, {"colour"}):
        return chunks
    before = clause.tokens[max(0, last.start - 3) : last.start]
    if not any(token.text in ALL | BOTH for token in before):
        return chunks
    return [_with_missing(chunk, last.finds) for chunk in chunks[:-1]]


def _with_value_of_head(chunks: list[Group]) -> list[Group] | None:
    """The chunks with a bare colour behind the head given to it, where only sizes follow."""
    if len(chunks) < 4 or not chunks[0].heads or chunks[1].slots != {"colour"}:
        return None
    sizes = [chunk.slots - {"quantity"} == {"size"} for chunk in chunks[2:]]
    first, colour = chunks[:2]
    if not all(sizes) or "colour" in first.slots:
        return None
    return [replace(first, finds=(*first.finds, *colour.finds), end=colour.end), *chunks[2:]]


def _with_trailing_value(chunks: list[Group]) -> list[Group]:
    """The chunks with a last bare value told of the one before it: "two, white and navy, L"."""
    if len(chunks) < 4 or chunks[0].slots != {"quantity"}:
        return chunks
    before, last = chunks[-2:]
    if last.slots not in ({"size"}, {"colour"}) or last.slots & before.slots:
        return chunks
    told = replace(before, finds=(*before.finds, *last.finds), end=last.end)
    return [*chunks[:-2], told]


def _told_apart_behind(clause: Message, chunks: list[Group]) -> list[Group]:
    """The chunks with a total's head given to its parts: "two totes, one black one tan"."""
    for at, chunk in enumerate(chunks):
        total = chunk.first("quantity")
        if total is None or not chunk.heads:
            continue
        may_be_part = partial(_may_be_part, clause, chunk)
        run = list(itertools.takewhile(may_be_part, chunks[at + 1 :]))
        by = TOLD_APART - chunk.slots
        if not _makes_up(int(str(total.value)), run, by):
            continue
        shared = tuple(find for find in chunk.finds if find is not total)
        parts = [_with_missing(group, shared) for group in run]
        parts[0] = replace(parts[0], start=chunk.start)  # the words of the kind are no one else's
        return [*chunks[:at], *parts, *chunks[at + 1 + len(run) :]]
    return chunks


def _may_be_part(clause: Message, counted: Group, group: Group) -> bool:
    """Whether the group may be one of those counted: it names no other kind or piece.

    "two kanzus, pendo black L and upepo red 54": both are kanzus.
    """
    if not group.heads:
        return True
    kind, named = counted.first("category"), group.first("name")
    other = any(
        find.slot == "category" and kind and find.value != kind.value for find in group.heads
    )
    if kind is None or other or "name" in counted.slots or group.first("option"):
        return False
    of_kind = (p.name for p in clause.context.sold.pieces if p.category == kind.value)
    return named is None or any(spells(str(named.value), name) for name in of_kind)


def _with_missing(group: Group, shared: Sequence[Find]) -> Group:
    """The group with the shared finds of slots it has no find of."""
    missing = [find for find in shared if find.slot not in group.slots]
    return replace(group, finds=(*missing, *group.finds))


def _makes_up(total: int, run: Sequence[Group], by: Collection[str]) -> bool:
    """Whether the chunks that differ in one of these slots add up to the total."""
    for slot in by:
        told = [group for group in run if slot in group.slots]
        counts = [int(str(q.value)) if (q := group.first("quantity")) else 1 for group in told]
        if len(told) > 1 and sum(counts) == total:
            return True
    return False


def _count_or_option(group: Group) -> Find | None:
    """The group's count, also where a number behind a name was read as an option."""
    return group.first("quantity") or (group.first("option") if group.first("name") else None)


def _with_listed_values(clause: Message, chunks: list[Group]) -> list[Group]:
    """The chunks without each count that equals the number of values listed from it on.

    "nataka tatu kola 15, 16 na 17", "three of them, white navy and olive", "two black S and M, and
    a lilac L"; not "two white and a navy", which are three.
    """
    for at, chunk in enumerate(chunks):
        total = _count_or_option(chunk)
        listed = chunks[at : at + int(str(total.value))] if total is not None else []
        if total is None or not _is_total(clause, total, listed, chunks[at + len(listed) :]):
            continue
        shared = tuple(find for find in chunk.finds if find is not total)
        parts = [_with_missing(part, shared) for part in listed[1:]]
        first = replace(chunk, finds=shared)
        return [*chunks[:at], first, *parts, *chunks[at + len(listed) :]]
    return chunks


def _is_total(
    clause: Message, total: Find, listed: Sequence[Group], behind: Sequence[Group]
) -> bool:
    """Whether the chunks listed are told apart by one value, and those behind are counted anew."""
    rest = listed[1:]
    counted = any(part.first("quantity") or part.heads or _is_single(clause, part) for part in rest)
    apart = any(_differ_in(slot, listed) for slot in TOLD_APART)
    apart = apart and not any(_is_of_the_rest(clause, part) for part in rest)
    anew = not behind or behind[0].heads or behind[0].first("quantity") is not None
    anew = anew or _is_single(clause, behind[0])
    return bool(apart and not counted and anew and 1 < len(listed) == total.value)


def _differ_in(slot: str, chunks: Sequence[Group]) -> bool:
    """Whether each chunk has a value of this slot that no other has."""
    told = [find.value for chunk in chunks if (find := chunk.first(slot)) is not None]
    return len(set(told)) == len(chunks)


def _is_of_the_rest(clause: Message, part: Group) -> bool:
    """Whether the part is of the units not counted: "two in S, the rest stay M"."""
    before = clause.tokens[max(0, part.start - 3) : part.start]
    return any(token.text in REST for token in before)


def _is_single(clause: Message, part: Group) -> bool:
    """Whether an article counts the part: "a navy", "another in blue"."""
    before = clause.tokens[max(0, part.start - 2) : part.start]
    return any(token.text in ARTICLES for token in before)
