"""Reads that one unit of a line stays and the other changes: "moja ibaki nyeusi, nyingine red"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import KEEP, OTHER
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.sizes import sizes_for_age
from dukani.domain.steps import CHOOSING

ONE = frozenset(("moja", "mmoja", "one", "1"))
STAYS = KEEP | {"stays", "remains", "ikae", "likae"}
VARIANT = ("colour", "size", "age")


def one_stays(message: Message) -> list[a.Act]:
    """A Split of the line of which one unit stays as it is; nothing where none is meant."""
    texts = [token.text for token in message.tokens]
    if message.asks or message.context.step in CHOOSING or not message.context.cart:
        return []
    stays = next((at for at in range(1, len(texts)) if _one_stays(texts, at)), None)
    others = [at for at, text in enumerate(texts) if text in OTHER and stays and at > stays]
    if stays is None or len(others) != 1:
        return []
    kept = [find for find in message.slots.finds if find.end <= others[0]]
    line = _line_meant(message, [find for find in kept if find.slot != "quantity"])
    to_be = [find for find in message.slots.finds if find.start > others[0]]
    counts = [find.value for find in kept if find.slot == "quantity"]
    if line is None or not to_be or counts not in ([], [1]) or not _only_values(to_be):
        return []
    values = {find.slot: find.value for find in to_be}
    part = a.Values(quantity=line.quantity - 1, **values)
    return [a.Split(target=a.Target(line=line.number), parts=(part,))]


def _one_stays(texts: list[str], at: int) -> bool:
    near = texts[max(0, at - 2) : at]
    return texts[at] in STAYS and any(text in ONE for text in near)


def _only_values(finds: list[Find]) -> bool:
    slots = [find.slot for find in finds]
    return len(set(slots)) == len(slots) and all(f.slot in VARIANT and not f.denied for f in finds)


def _line_meant(message: Message, kept: list[Find]) -> Line | None:
    """The one line of several units that is in the values that stay."""
    said = [find for find in kept if find.slot in VARIANT]
    lines = message.only([find for find in kept if find not in said]).lines_said()
    fitting = [
        line for line in lines if line.quantity > 1 and all(_is_so(line, find) for find in said)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_so(line: Line, find: Find) -> bool:
    """Whether the line has the value; one for a child's age is in a size for it."""
    if find.slot == "age":
        return bool(sizes_for_age(int(str(find.value)), (line.size,), line))
    return bool(getattr(line, find.slot) == find.value)
