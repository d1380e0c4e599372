"""Shares values among the groups of a clause: the colour of "two in M and one in L, black"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.edits.words import ALL, BOTH, EACH, JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.pieces import Option
from dukani.domain.shades import shades_of
from dukani.domain.sizes import size_said, sizes_for_age

SHARED_BY_HEAD = ("colour", "size", "pattern")
FOR_ALL = ("occasion", "embroidery")
TWINS = word_set("ages", "twins")
OTHERS = (
    frozenset(
        (
            "me",
            "mine",
            "my",
            "myself",
            "mimi",
            "yangu",
            "zangu",
            "langu",
            "changu",
            "vyangu",
            "wangu",
            "kwangu",
            "niko",
        )
    )
    | word_set("ages", "siblings")
    | word_set("ages", "children")
    | word_set("ages", "their_siblings")
)
ADDITIVE = frozenset(("also", "pia", "plus"))


def sharing(clause: Message, found: Sequence[Group]) -> list[Group]:
    """The groups with values shared: by all groups, or by the groups of one head."""
    found = _with_bare_picks(clause, found)
    everywhere = [find for find in _common(found, FOR_ALL) if _holds_for_all(clause, found, find)]
    everywhere += _of_all(clause, found, "size")
    everywhere += _of_all(clause, found, "colour")
    everywhere += _of_twins(clause, found)
    own_age = _of_the_child(clause, found)
    if _each(clause):
        everywhere += _common(found, ("quantity",))
    shared: list[Group] = []
    for group in found:
        kin = [one for one in found if _head_of(clause, one) == _head_of(clause, group)]
        apart = group.slots == {"quantity"} and _counts_apart(found)
        own = [*everywhere, *([] if apart else _common(kin, SHARED_BY_HEAD))]
        missing = [find for find in own if find.slot not in group.slots]
        missing = [f for f in missing if not _is_behind_both(clause, f, group, found)]
        missing = [f for f in missing if not _describes_later(f, group)]
        missing = [f for f in missing if not _is_of_another(clause, f, group)]
        missing = [find for find in missing if not _known_before(clause, find, group)]
        if own_age and "age" not in group.slots | {f.slot for f in missing}:
            missing += [] if _is_anothers(clause, group) else own_age
        if "age" in group.slots:
            missing = [find for find in missing if find.slot != "size"]
        shared.append(replace(group, finds=(*group.finds, *missing)))
    return shared


def _is_behind_both(clause: Message, find: Find, group: Group, found: Sequence[Group]) -> bool:
    """Whether a value is of both pieces before: the L of "polo na linen zote L, plus a cap"."""
    near = range(max(0, find.start - 3), min(find.end + 2, len(clause.tokens)))
    said = [at for at in near if clause.tokens[at].text in ALL | BOTH]
    before = sum(one.start < find.start for one in found)
    own = max((head.start for head in group.heads), default=group.start)
    return bool(said) and before > 1 and own > max(*said, find.start)


def _counts_apart(found: Sequence[Group]) -> bool:
    """Whether each piece has a count of its own: "mbili na moja ya white L" are not all white."""
    return all("quantity" in group.slots for group in found)


def _known_before(clause: Message, find: Find, group: Group) -> bool:
    """Whether the colour of the piece whose size is asked for is known: "12, na grey pia ya 14"."""
    context = clause.context
    asked = context.question == "size" and context.spoken_colour is not None
    return asked and find.slot == "colour" and find.start >= group.end and not group.heads


def _is_of_another(clause: Message, find: Find, group: Group) -> bool:
    """Whether the colour behind contrasts with the piece in hand: "14, na ile ya grey pia 12"."""
    if find.slot != "colour" or find.start < group.end or group.heads:
        return False
    near = clause.tokens[max(group.end, find.start - 2) : find.end + 1]
    return any("@this" in t.tags or t.text in ADDITIVE for t in near)


def _describes_later(find: Find, group: Group) -> bool:
    """Whether a pattern is of a piece said behind: the linen of "a polo navy and a linen white"."""
    own = any(head.start < min(group.end, find.start) for head in group.heads)
    return find.slot == "pattern" and own and find.start >= group.end


def _holds_for_all(clause: Message, found: Sequence[Group], find: Find) -> bool:
    """Whether an occasion holds for all pieces: "a dress and shoes for a wedding"."""
    if find.end < len(clause.tokens) and clause.tokens[find.end].kind == "category":
        return False
    heads = [head.start for group in found for head in group.heads]
    if not heads and all("age" in group.slots for group in found):
        return True  # "a boy who is six and a girl who is four, eid clothes"
    return bool(heads) and (find.start < min(heads) or find.start > max(heads))


def _of_all(clause: Message, found: Sequence[Group], slot: str) -> list[Find]:
    """The value said for all: the L of "polo navy na linen white zote L", "L for both"."""
    told = _common(found, (slot,))
    if not told:
        return []
    start, end = told[0].start, told[0].end
    before = clause.tokens[max(0, start - 3) : start]
    behind = [t for t in clause.tokens[end : end + 2] if t.text not in ("for", "in", "kwa")][:1]
    behind = behind if slot == "size" else []  # "nilipie hizo za dhahabu, vyote viwili"
    joined = [at for at, token in enumerate(before) if token.text in JOINERS]
    before = before[joined[-1] + 1 :] if joined else before
    if not any(token.text in ALL | BOTH for token in (*before, *behind)):
        return []
    bare = found[0].slots <= {"name", "category"}  # "hoodie na tee zote L"
    own = (
        not bare
        and len({_head_of(clause, one) for one in found}) > 1
        and any(
            head.end < start and clause.tokens[head.end].text in ALL
            for group in found
            for head in group.heads
            if head.slot != "option"
        )
    )
    return [] if own else told  # "belt black, hoodie zote L": all hoodies


def _of_twins(clause: Message, found: Sequence[Group]) -> list[Find]:
    """The one age of several children, told before their pieces: "mapacha wana miaka sita, …"."""
    ages = _common(found, ("age",))
    heads = [head.start for group in found for head in group.heads]
    several = bool(ages) and any(t.text in TWINS for t in clause.tokens[: ages[0].start])
    return ages if several and heads and ages[0].end <= min(heads) else []


def _with_bare_picks(clause: Message, found: Sequence[Group]) -> Sequence[Group]:
    """The groups, picks with nothing else in the values behind them: "1 na 3 black 42, cap red"."""
    last = next((at for at, group in enumerate(found) if group.slots != {"option"}), 0)
    told = [find for find in found[last].finds if find.slot in ("colour", "size", "age")]
    if not last or "option" not in found[last].slots or not {"size", "age"} & found[last].slots:
        return found
    picks = found[: last + 1]
    numbers = {find.value for group in picks for find in group.heads if find.slot == "option"}
    shown = [one for one in clause.context.options if one.number in numbers]
    fitting = all(_comes_in(option, find) for option in shown for find in told)
    if not fitting or len(shown) != len(picks):
        return found
    alike = [replace(group, finds=(*group.finds, *told)) for group in picks[:-1]]
    return [*alike, *found[last:]]


def _comes_in(option: Option, find: Find) -> bool:
    if find.slot == "age":
        return bool(sizes_for_age(int(str(find.value)), option.sizes, option))
    if find.slot == "size":
        return size_said(str(find.value), option.sizes) is not None
    return bool(shades_of(str(find.value), option.colours))


def _of_the_child(clause: Message, found: Sequence[Group]) -> list[Find]:
    """The age of one child, told before its pieces: "boy ako 10, hoodie navy na kofia red"."""
    ages = _common(found, ("age",))
    starts = [find.start for group in found for find in group.finds if find.slot != "age"]
    led = bool(ages) and bool(starts) and ages[0].end <= min(starts)
    return ages if led and all(group.heads for group in found) else []


def _is_anothers(clause: Message, group: Group) -> bool:
    """Whether the piece has a size of its own, or is not the child's: "na viatu vyangu 40"."""
    behind = clause.tokens[group.heads[0].start : group.end]
    return "size" in group.slots or any(token.text in OTHERS for token in behind)


def _each(clause: Message) -> bool:
    """Whether a count is for each: "two each", "kila moja", "moja moja"."""
    texts = [token.text for token in clause.tokens]
    doubled = any(a == b for a, b in itertools.pairwise(texts))
    return doubled or any(text in EACH for text in texts)


def _head_of(clause: Message, group: Group) -> tuple[tuple[str, object], ...]:
    """What the group is called; a cardigan and a poncho are two, though both are sweaters."""
    called = sorted((find.slot, str(find.value)) for find in group.heads)
    kinds = [kind_of(clause.tokens[f.start].text) for f in group.heads if f.slot == "category"]
    return (*called, *(("kind", kind) for kind in kinds[:1] if kind))


def _common(found: Iterable[Group], slots: Sequence[str]) -> list[Find]:
    """The finds of these slots that only have one value over all groups."""
    common: list[Find] = []
    for slot in slots:
        finds = [find for group in found for find in group.finds if find.slot == slot]
        if len({find.value for find in finds}) == 1:
            common.append(finds[0])
    return common
