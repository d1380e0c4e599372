"""Groups a clause's slot values by piece: "a black abaya 54 and a red headwrap" is two groups.

Words between two joints ("and", a comma) go together, and a slot said twice begins another group.
"two in M and one in L" is two groups of one head noun, and a colour or size that only one of them
has holds for both.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from dukani.agent.local_reader.edits.words import ALL, ALTERNATIVES, BOTH, EACH, JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.naming import spells

HEADS = ("option", "name", "category")
SHARED_BY_HEAD = ("colour", "size", "pattern")
OF_HEAD = ("name", "category", "pattern", "occasion")
FOR_ALL = ("occasion", "embroidery")
TOLD_APART = frozenset(("colour", "size", "age"))
MOST = 6


@dataclass(frozen=True)
class Group:
    """One piece: the words tokens[start:end], the finds in them and those shared with others."""

    finds: tuple[Find, ...]
    start: int
    end: int

    @property
    def slots(self) -> set[str]:
        return {find.slot for find in self.finds}

    @property
    def heads(self) -> list[Find]:
        return [find for find in self.finds if find.slot in HEADS]

    def first(self, slot: str) -> Find | None:
        return next((find for find in self.finds if find.slot == slot), None)


ADDITIVE = frozenset(("also", "pia", "plus"))


def groups(clause: Message) -> list[Group]:
    """The pieces in the order said; at most one when no slot is said twice."""
    wanted = [find for find in clause.slots.finds if not find.denied]
    chunks = [part for chunk in _chunks(clause, wanted) for part in _parted(clause, chunk)]
    found = _folded(clause, _without_total(clause, chunks))[:MOST]
    if len(found) < 2:
        return found
    return _sharing(clause, _with_heads(clause, _widened(clause, found)))


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
    return paused or any(token.text in JOINERS for token in tokens[start:end])


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
            continue
        if found and _same_piece(clause, found[-1], chunk):
            found[-1] = Group((*found[-1].finds, *chunk.finds), found[-1].start, chunk.end)
        else:
            found.append(chunk)
    return found


def _without_total(clause: Message, chunks: list[Group]) -> list[Group]:
    """The chunks without a total that the others make up: "two belts, brown 34 and black 36"."""
    chunks = _told_apart_behind(_with_value_of_all(clause, chunks))
    if _counts_children(chunks):
        return chunks[1:]
    total = _count_or_option(chunks[0]) if chunks else None
    if total is not None and _is_total(total, chunks):
        kept = tuple(find for find in chunks[0].finds if find is not total)
        return [replace(chunks[0], finds=kept), *chunks[1:]]
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


def _called_apart(clause: Message, first: Group, rest: Sequence[Group]) -> bool:
    """Whether the parts are pieces of the kind counted: "two abayas, a jersey one and a nida"."""
    kind = first.first("category")
    if kind is None or "name" in first.slots or any("category" in part.slots for part in rest):
        return False
    of_kind = [p.name for p in clause.context.sold.pieces if p.category == kind.value]
    names = [part.first("name") for part in rest]
    return all(name and any(spells(str(name.value), one) for one in of_kind) for name in names)


def _with_value_of_all(clause: Message, chunks: list[Group]) -> list[Group]:
    """The chunks with a value said for all at the end: "two white and one black, all size L"."""
    last = chunks[-1] if len(chunks) > 2 else None
    if last is None or last.slots not in ({"size"}, {"colour"}):
        return chunks
    before = clause.tokens[max(0, last.start - 3) : last.start]
    if not any(token.text in ALL | BOTH for token in before):
        return chunks
    return [_with_missing(chunk, last.finds) for chunk in chunks[:-1]]


def _told_apart_behind(chunks: list[Group]) -> list[Group]:
    """The chunks with a total's head given to its parts: "two totes, one black one tan"."""
    for at, chunk in enumerate(chunks):
        total = chunk.first("quantity")
        run = list(itertools.takewhile(lambda group: not group.heads, chunks[at + 1 :]))
        by = TOLD_APART - chunk.slots
        if total is None or not chunk.heads or not _makes_up(int(str(total.value)), run, by):
            continue
        shared = tuple(find for find in chunk.finds if find is not total)
        parts = [_with_missing(group, shared) for group in run]
        return [*chunks[:at], *parts, *chunks[at + 1 + len(run) :]]
    return chunks


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


def _is_total(total: Find, chunks: Sequence[Group]) -> bool:
    """Whether a count equals the number of sizes listed: "nataka tatu kola 15, 16 na 17"."""
    others = [group.first("quantity") for group in chunks[1:]]
    told = all("size" in group.slots for group in chunks)
    heads = any(group.heads for group in chunks[1:])
    return told and not heads and not any(others) and 1 < len(chunks) == total.value


def _alternative(clause: Message, before: Group, chunk: Group) -> bool:
    """Whether the chunk is only an alternative ("blue or black"), of which the first counts."""
    between = clause.tokens[before.end : chunk.start]
    chosen = any(token.text in ALTERNATIVES for token in between)
    return chosen and not chunk.heads and chunk.slots <= before.slots


def _same_piece(clause: Message, before: Group, chunk: Group) -> bool:
    values = {find.slot: find.value for find in before.finds}
    if any(values.get(find.slot, find.value) != find.value for find in chunk.finds):
        return False
    if not (before.heads and chunk.heads):
        return not _begins_another(clause, before, chunk)
    if _explains(clause, before, chunk) or _names_the_kind(clause, before, chunk):
        return True
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
    """Whether "and" begins another piece than the one in focus: "two blue and the hat"."""
    if not chunk.heads or clause.context.focus is None:
        return False
    joined = any(token.text in JOINERS for token in clause.tokens[before.end : chunk.start])
    return joined and bool(before.slots & {"colour", "size", "quantity"})


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
        if bare and "quantity" not in group.slots:
            headed[at] = replace(group, finds=(*group.finds, *after.heads))
    return headed


def _is_of_the_focus(clause: Message, group: Group, after: Group) -> bool:
    """Whether the first values are of the piece in hand: "grey L, and also vans black 41"."""
    between = clause.tokens[max(f.end for f in group.finds) : min(f.start for f in after.finds)]
    asked = clause.context.question in ("take_it", "size", "colour", "quantity")
    return asked and not group.heads and any(t.text in ADDITIVE for t in between)


def _sharing(clause: Message, found: Sequence[Group]) -> list[Group]:
    """The groups with values shared: by all groups, or by the groups of one head."""
    everywhere = [find for find in _common(found, FOR_ALL) if _holds_for_all(clause, found, find)]
    everywhere += _of_all(clause, found, "size")
    everywhere += _of_all(clause, found, "colour")
    if _each(clause):
        everywhere += _common(found, ("quantity",))
    shared: list[Group] = []
    for group in found:
        kin = [one for one in found if _head_of(one) == _head_of(group)]
        own = [*everywhere, *_common(kin, SHARED_BY_HEAD)]
        missing = [find for find in own if find.slot not in group.slots]
        if "age" in group.slots:
            missing = [find for find in missing if find.slot != "size"]
        shared.append(replace(group, finds=(*group.finds, *missing)))
    return shared


def _holds_for_all(clause: Message, found: Sequence[Group], find: Find) -> bool:
    """Whether an occasion holds for all pieces: "a dress and shoes for a wedding"."""
    if find.end < len(clause.tokens) and clause.tokens[find.end].kind == "category":
        return False
    heads = [head.start for group in found for head in group.heads]
    if not heads and all("age" in group.slots for group in found):
        return True  # "a boy who is six and a girl who is four, eid clothes"
    return bool(heads) and (find.start < min(heads) or find.start > max(heads))


def _of_all(clause: Message, found: Sequence[Group], slot: str) -> list[Find]:
    """The value said for all: the L of "polo navy na linen white zote L", "both black"."""
    told = _common(found, (slot,))
    before = clause.tokens[max(0, told[0].start - 3) : told[0].start] if told else ()
    return told if any(token.text in ALL | BOTH for token in before) else []


def _each(clause: Message) -> bool:
    """Whether a count is for each: "two each", "kila moja", "moja moja"."""
    texts = [token.text for token in clause.tokens]
    doubled = any(a == b for a, b in itertools.pairwise(texts))
    return doubled or any(text in EACH for text in texts)


def _head_of(group: Group) -> tuple[tuple[str, object], ...]:
    return tuple(sorted((find.slot, str(find.value)) for find in group.heads))


def _common(found: Iterable[Group], slots: Sequence[str]) -> list[Find]:
    """The finds of these slots that only have one value over all groups."""
    common: list[Find] = []
    for slot in slots:
        finds = [find for group in found for find in group.finds if find.slot == slot]
        if len({find.value for find in finds}) == 1:
            common.append(finds[0])
    return common
