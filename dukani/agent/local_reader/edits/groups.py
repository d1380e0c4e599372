"""Groups a clause's slot values by piece: "a black abaya 54 and a red headwrap" is two groups.

Words between two joints ("and", a comma) go together, and a slot said twice begins another group.
"two in M and one in L" is two groups of one head noun, and a colour or size that only one of them
has holds for both.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.edits.ages_paired import with_ages_paired
from dukani.agent.local_reader.edits.another_kind import is_another_kind
from dukani.agent.local_reader.edits.group import HEADS, Group
from dukani.agent.local_reader.edits.headings import without_heading
from dukani.agent.local_reader.edits.paired import paired
from dukani.agent.local_reader.edits.sharing import sharing
from dukani.agent.local_reader.edits.totals import without_total
from dukani.agent.local_reader.edits.words import ALTERNATIVES, JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.naming import spells
from dukani.domain.pieces import Option, SoldPiece

__all__ = ["HEADS", "Group", "groups"]

OF_HEAD = ("name", "category", "pattern", "occasion")
MOST = 6


OF_SIZE = frozenset(("ya", "za", "la", "cha", "vya", "in", "size", "saizi", "namba"))
ADDITIVE = frozenset(("also", "pia", "plus"))


def groups(clause: Message) -> list[Group]:
    """The pieces in the order said; at most one when no slot is said twice."""
    wanted = [find for find in clause.slots.finds if not find.denied]
    chunks = [part for chunk in _chunks(clause, wanted) for part in _parted(clause, chunk)]
    found = _folded(clause, without_total(clause, paired(with_ages_paired(chunks))))[:MOST]
    if len(found) < 2:
        return found
    found = without_heading(clause, _widened(clause, found))
    return sharing(clause, _with_heads(clause, found))


def _widened(clause: Message, found: Sequence[Group]) -> list[Group]:
    """Each group with the words around its finds, up to the joints: "the bodycon dress"."""
    cuts = [_cut_between(clause, a, b) for a, b in itertools.pairwise(found)]
    edges = [0, *cuts, len(clause.tokens)]
    return [
        replace(group, start=start, end=end)
        for group, (start, end) in zip(found, itertools.pairwise(edges), strict=True)
    ]


def _cut_between(clause: Message, before: Group, after: Group) -> int:
    """The last joint between two groups, or where the second begins."""
    for at in range(after.start - 1, before.end - 1, -1):
        if clause.tokens[at].text in JOINERS:
            return at
        if clause.tokens[at].pause:
            return at + 1
    return after.start


def _joint(clause: Message, start: int, end: int) -> bool:
    """Whether a comma or a joining word stands between these places."""
    tokens = clause.tokens
    paused = any(token.pause for token in tokens[max(start - 1, 0) : end])
    return paused or any(
        tokens[at].text in JOINERS and not _is_too(tokens, at) for at in range(start, end)
    )


def _is_too(tokens: Sequence[Token], at: int) -> bool:
    """Whether "pia" is of the word before, whose size follows: "na grey pia ya 14"."""
    if tokens[at].text not in ADDITIVE or not at or tokens[at - 1].pause:
        return False
    behind = [t for t in tokens[at + 1 : at + 3] if t.text not in OF_SIZE and "~give" not in t.tags]
    ofs = len(behind) < len(tokens[at + 1 : at + 3]) or tokens[at - 1].kind == "colour"
    return ofs and bool(behind) and behind[0].text.isdigit()


def _chunks(clause: Message, finds: Sequence[Find]) -> list[Group]:
    chunks: list[list[Find]] = []
    for find in finds:
        last = chunks[-1][-1] if chunks else None
        if last is not None and not _joint(clause, last.end, find.start):
            chunks[-1].append(find)
        else:
            chunks.append([find])
    return [Group(tuple(c), c[0].start, max(find.end for find in c)) for c in chunks]


def _parted(clause: Message, chunk: Group) -> list[Group]:
    """The chunk cut where a slot is said a second time with another value."""
    parts: list[list[Find]] = [[]]
    for find in chunk.finds:
        if (whole := _one_name(clause, parts[-1], find)) is not None:
            at, name = whole
            parts[-1][at] = name
            continue
        said = {one.slot: one.value for one in parts[-1]}
        last = parts[-1][-1] if parts[-1] else None
        if last is not None and _doubles(last, find):
            if find.value == 1:
                parts[-1].pop()  # "moja moja" is one of each, a count of no piece in particular
            continue
        if last is not None and _goes_with(last, find):
            continue
        again = find.slot in said and (said[find.slot] != find.value or find.slot == "quantity")
        if again or (find.slot == "name" and "option" in said):
            parts.append([])
        parts[-1].append(find)
    return [Group(tuple(p), p[0].start, max(find.end for find in p)) for p in parts if p]


def _one_name(clause: Message, part: Sequence[Find], find: Find) -> tuple[int, Find] | None:
    """The place of a name that goes on with this find, and both: "soksi nyeusi pakiti mbili"."""
    at = next((at for at, one in enumerate(part) if one.slot == "name"), None)
    if find.slot != "name" or at is None or part[at].denied or part[at].value == find.value:
        return None
    both = f"{part[at].value} {find.value}"
    called = [piece for piece in clause.context.sold.pieces if spells(both, piece.name)]
    return (at, replace(part[at], value=both)) if called else None


def _goes_with(last: Find, find: Find) -> bool:
    """Whether two values describe one piece: "plain cotton"."""
    beside = last.slot == find.slot == "pattern" and last.end == find.start
    return beside or last.slot == find.slot == "occasion"


def _doubles(last: Find, find: Find) -> bool:
    """Whether a count is doubled, meaning one each: "moja moja"."""
    same = (last.slot, last.value) == (find.slot, find.value)
    return same and find.slot == "quantity" and last.end == find.start


def _folded(clause: Message, chunks: Sequence[Group]) -> list[Group]:
    """The chunks, with those about one piece merged."""
    found: list[Group] = []
    for chunk in chunks:
        if found and _alternative(clause, found[-1], chunk):
            more = [find for find in chunk.finds if find.slot not in found[-1].slots]
            found[-1] = replace(found[-1], finds=(*found[-1].finds, *more))
            continue
        if found and _same_piece(clause, found[-1], chunk):
            found[-1] = Group((*found[-1].finds, *chunk.finds), found[-1].start, chunk.end)
        else:
            found.append(chunk)
    return found


def _alternative(clause: Message, before: Group, chunk: Group) -> bool:
    """Whether the chunk is only an alternative, of which the first counts: "blue or black M"."""
    between = clause.tokens[before.end : chunk.start]
    chosen = any(token.text in ALTERNATIVES for token in between)
    return chosen and not chunk.heads and bool(chunk.slots & before.slots)


def _same_piece(clause: Message, before: Group, chunk: Group) -> bool:
    values = {find.slot: find.value for find in before.finds}
    if any(values.get(find.slot, find.value) != find.value for find in chunk.finds):
        return False
    if not (before.heads and chunk.heads):
        return not _begins_another(clause, before, chunk)
    if _explains(clause, before, chunk) or _names_the_kind(clause, before, chunk):
        return True
    if is_another_kind(clause.tokens, before, chunk):
        return False
    if "size" in before.slots and "age" in chunk.slots and "size" not in chunk.slots:
        return False  # "a white kanzu 56 for my husband and a white kanzu for my son, he's 5"
    same = {(find.slot, find.value) for find in before.heads}
    return all((find.slot, find.value) in same for find in chunk.heads)


def _explains(clause: Message, before: Group, chunk: Group) -> bool:
    """Whether a name after a comma specifies the kind before: "a silk scarf, ile ya Mawingu"."""
    named = {find.slot for find in chunk.heads} == {"name"}
    kind = {find.slot for find in before.heads} == {"category"}
    opening = clause.tokens[before.end : chunk.start]
    pointing = any("@this" in token.tags or token.text == "the" for token in opening)
    return named and kind and pointing and all(token.text not in JOINERS for token in opening)


def _names_the_kind(clause: Message, before: Group, chunk: Group) -> bool:
    """Whether a name after a comma is of the kind before it: "viatu …, wedge za vanilla"."""
    named, kind = chunk.first("name"), before.first("category")
    opening = clause.tokens[before.end : chunk.start]
    only_kind = before.slots <= {"category", "occasion"}  # "plain tees, round neck"
    if named is None or kind is None or not only_kind or "category" in chunk.slots:
        return False
    if any(token.text in JOINERS for token in opening):
        return False
    said = str(named.value)
    called = [piece for piece in clause.context.sold.pieces if spells(said, piece.name)]
    return bool(called) and all(piece.category == kind.value for piece in called)


def _begins_another(clause: Message, before: Group, chunk: Group) -> bool:
    """Whether "and" begins another piece than the one in focus: "two blue and the hat".

    A kind alone behind a colour and a size is another piece too: "size 41 blue na soksi".
    """
    joined = any(token.text in JOINERS for token in clause.tokens[before.end : chunk.start])
    if chunk.heads and before.slots == {"age"} and _is_headed(clause, before):
        return True  # "dungarees za miaka 2 na 4, kofia moja"
    if not chunk.heads or not joined:
        return False
    if clause.context.focus is None:
        return chunk.slots <= {"category", "name"} and before.slots >= {"colour", "size"}
    return bool(before.slots & {"colour", "size", "quantity"})


def _is_headed(clause: Message, group: Group) -> bool:
    """Whether a further age is of a piece said before: the 4 of "dungarees za 2 na 4"."""
    before = [find for find in clause.slots.finds if find.end <= group.start and not find.denied]
    aged = bool(before) and before[-1].slot == "age"
    return aged and any(find.slot in HEADS for find in before)


def _kind_before(clause: Message, before: Sequence[Find], group: Group) -> list[Find]:
    """The kind said before, for a name without one: "tracksuits: the hooded one …"."""
    named = group.first("name")
    kinds = [find for find in before if find.slot == "category"]
    if named is None or "category" in group.slots or not kinds or group.first("option"):
        return []
    called = [p for p in clause.context.sold.pieces if spells(str(named.value), p.name)]
    standing = clause.tokens[named.end : named.end + 1]
    stands = any(token.text in ("one", "ones") for token in standing)
    fits = any(piece.category == kinds[0].value for piece in called)
    return kinds[:1] if stands and fits else []


def _with_heads(clause: Message, found: Sequence[Group]) -> list[Group]:
    """Each group with its head, or its neighbour's if it has none: "red and black shoes"."""
    headed: list[Group] = []
    for group in found:
        before = headed[-1].finds if headed else ()
        shared = () if group.heads else (find for find in before if find.slot in OF_HEAD)
        kind = _kind_before(clause, before, group)
        headed.append(replace(group, finds=(*kind, *shared, *group.finds)))
    for at, (group, after) in enumerate(itertools.pairwise(headed)):
        if at == 0 and _is_of_the_focus(clause, group, after):
            continue
        bare = not group.heads and group.slots <= after.slots
        if bare and _is_apart(clause, group, after):
            continue
        if bare and "quantity" not in group.slots:
            headed[at] = replace(group, finds=(*group.finds, *after.heads))
    return headed


def _is_apart(clause: Message, group: Group, after: Group) -> bool:
    """Whether values said first are of a piece in view, and not of the piece named next."""
    return _is_of_another_shown(clause, group, after) or _is_in_hand(clause, group, after)


def _is_in_hand(clause: Message, group: Group, after: Group) -> bool:
    """Whether the values are of the piece in hand: "ya kahawia, na clutch ya fedha".

    In "black and red shoes" both colours are of the shoes: the noun comes last.
    """
    focus = clause.context.focus
    colour = group.first("colour")
    own = [find.start for find in after.finds if find.slot in ("colour", "size")]
    noun_first = bool(own) and bool(after.heads) and after.heads[0].start < min(own)
    in_it = focus is not None and colour is not None and colour.value in focus.colours
    return in_it and (noun_first or not _comes_so(clause, group, after))


def _comes_so(clause: Message, group: Group, after: Group) -> bool:
    """Whether a piece of the shop called as the next group comes in the values of the first."""
    size = group.first("size")
    called = [piece for piece in clause.context.sold.pieces if _is_called(piece, after.heads)]
    return not called or any(size is None or size.value in piece.sizes for piece in called)


def _is_of_another_shown(clause: Message, group: Group, after: Group) -> bool:
    """Whether the colour is of another piece shown than the next: "ya brown na scarf ya red".

    The scarf comes in no brown, and a tote that is shown does.
    """
    colour = group.first("colour")
    shown = clause.context.options
    if colour is None or len(shown) < 2:
        return False
    in_it = [option for option in shown if colour.value in option.colours]
    named = [option for option in shown if _is_called(option, after.heads)]
    return bool(in_it and named) and not any(option in named for option in in_it)


def _is_called(piece: Option | SoldPiece, heads: Iterable[Find]) -> bool:
    """Whether the heads fit a piece."""
    return all(
        (find.slot == "category" and piece.category == find.value)
        or (find.slot == "name" and spells(str(find.value), piece.name))
        or (find.slot == "option" and getattr(piece, "number", None) == find.value)
        for find in heads
    )


def _is_of_the_focus(clause: Message, group: Group, after: Group) -> bool:
    """Whether the first values are of the piece in hand: "grey L, and also vans black 41"."""
    between = clause.tokens[max(f.end for f in group.finds) : min(f.start for f in after.finds)]
    asked = clause.context.question in ("take_it", "size", "colour", "quantity")
    return asked and not group.heads and any(t.text in ADDITIVE for t in between)
