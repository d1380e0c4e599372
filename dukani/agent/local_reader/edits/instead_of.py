"""Reads a swap without a verb: "the vans instead of the air force", "badala ya gauni nipe sketi".

What stands behind "instead of", or is denied, goes; it may be told by its value alone: "the kikoi
instead of the one in 12".
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import HEADS, Group
from dukani.agent.local_reader.edits.swap_parts import (
    differ,
    end_of,
    of_other_kinds,
    part_between,
    undenied,
)
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message

PLACES = {("badala", "ya"), ("badala", "za"), ("instead", "of"), ("place", "of")}


def denied_for_wanted(clause: Message) -> tuple[Group | None, Group] | None:
    """The denied and the wanted piece: "the vans instead of the air force", "skirt not dress"."""
    end = len(clause.tokens)
    gone, wanted = part_between(clause, 0, end, denied=True), part_between(clause, 0, end)
    if not gone.heads or not wanted.heads:
        return None
    if not (differ(gone, wanted) or of_other_kinds(clause, gone, wanted)):
        return None
    if not clause.context.cart and clause.context.focus is None:
        return None
    start = min(find.start for find in gone.finds)
    reach = max(find.end for find in gone.finds)
    return Group(gone.finds, start, reach), _beside(clause, wanted, start, reach)


def in_place_of(clause: Message) -> tuple[Group | None, Group] | None:
    """The two pieces of "badala ya handbag niwekee clutch", which may be of one kind."""
    texts = [token.text for token in clause.tokens]
    at = next((i for i in range(len(texts) - 2) if (texts[i], texts[i + 1]) in PLACES), None)
    if at is None or not clause.context.cart:
        return _before_value_left(clause)
    heads = [find for find in clause.slots.finds if find.slot in HEADS and find.start > at]
    if not heads:
        return _before_value_left(clause)
    if heads and (those := _gone_by_value(clause, at, heads[0])):
        return those
    if len(heads) < 2:
        return None
    gone = part_between(clause, at, heads[0].end, denied=heads[0].denied)
    wanted = _wanted_from(clause, heads[1])
    apart = texts[heads[0].start] != texts[heads[1].start]
    ordered = gone.finds and clause.only(gone.finds).lines_said()
    return (gone, wanted) if apart and ordered and wanted.heads else None


def _before_value_left(clause: Message) -> tuple[Group | None, Group] | None:
    """The new piece and the line left, named by value: "the kikoi instead of the one in 12"."""
    tokens = clause.tokens
    at = next((i for i, t in enumerate(tokens) if _opens_place(clause, i)), None)
    if at is None or not clause.context.cart:
        return None
    wanted = part_between(clause, 0, at)
    left = [find for find in clause.slots.finds if find.start > at]
    said = {find.slot: find.value for find in left if find.slot in ("size", "colour")}
    lines = clause.context.cart
    fitting = [x for x in lines if said and all(getattr(x, k) == v for k, v in said.items())]
    if len(fitting) != 1 or len(said) != len(left) or not wanted.heads:
        return None
    if fitting[0] in clause.only(wanted.heads).lines_said():
        return None  # "black tote instead of brown" is the same piece in another value
    return Group(tuple(undenied(left)), at, len(tokens)), wanted


def _opens_place(clause: Message, at: int) -> bool:
    """Whether "instead of", "badala ya" stands here."""
    texts = [token.text for token in clause.tokens[at : at + 2]]
    return texts[0] in ("instead of", "badala ya") or tuple(texts) in PLACES


def _gone_by_value(clause: Message, at: int, head: Find) -> tuple[Group | None, Group] | None:
    """The old line, named by size or colour, and the new piece: "badala ya hizo za 39 …"."""
    values = [f for f in clause.slots.finds if at < f.start < head.start]
    said = {find.slot: find.value for find in values if find.slot in ("size", "colour")}
    fitting = [
        line
        for line in clause.context.cart
        if said and all(getattr(line, slot) == value for slot, value in said.items())
    ]
    if len(fitting) != 1 or len(said) != len(values):
        return None
    gone = Group(tuple(undenied(values)), at, head.start)
    return gone, _wanted_from(clause, head)


def _wanted_from(clause: Message, head: Find) -> Group:
    """The new piece from its name on; where "badala ya" seemed to deny it too, with all values."""
    end = end_of(clause, head.start)
    own = [find for find in clause.slots.finds if head.start <= find.start < end]
    return Group(
        tuple(undenied(own) if head.denied else part_between(clause, head.start, end).finds),
        head.start,
        end,
    )


def _beside(clause: Message, wanted: Group, start: int, end: int) -> Group:
    """The wanted group, cut off from the words of the old piece."""
    first = min(find.start for find in wanted.finds)
    if first < start:
        return Group(wanted.finds, 0, start)
    return Group(wanted.finds, end, len(clause.tokens))
