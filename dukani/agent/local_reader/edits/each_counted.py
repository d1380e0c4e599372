"""Reads the counts of several lines told anew: "he wants pink too, so make it 1 blue and 2 pink".

Each count stands beside the colour or size of its line, always before or always behind it. What is
told before ("wants pink too") is no edit of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import JOINERS, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

VALUES = ("colour", "size")
LEADS = SET_TO | word_set("remarks", "hence") | {"so", "make", "fanya", "meant", "basi", "let"}
BETWEEN = JOINERS | {"ya", "za", "la", "in", "of", "ones", "one", "the", "zile", "hizo", "size"}
ADDING = ("~add", "~remove", "~reduce", "~give", "~show")
FEWEST = 2


def each_counted(message: Message) -> list[a.Act]:
    """A Set of each line's quantity; nothing unless all that is counted are lines of one piece."""
    if len(message.context.cart) < FEWEST or message.asks or message.tagged(*ADDING):
        return []
    finds = sorted(message.slots.finds, key=lambda find: find.start)
    at = next((i for i, find in enumerate(finds) if find.slot == "quantity"), len(finds))
    at -= bool(at and len(finds) > at and _is_beside(message, finds[at - 1], finds[at]))
    told, before = finds[at:], finds[:at]
    pairs = _pairs(message, told)
    lines = [_line(message, value) for _, value in pairs]
    found = [line for line in lines if line is not None]
    if len(found) < FEWEST or len(found) != len(told) / 2 or len(set(_numbers(found))) < len(found):
        return []
    if len({line.product_id for line in found}) > 1 or not _is_led(message, told[0].start):
        return []
    known = {value.value for _, value in pairs}
    if any(find.slot not in VALUES or find.value not in known for find in before):
        return []
    return [
        a.Set(target=_named(value), values=a.Values(quantity=count), change=True)
        for count, value in pairs
    ]


def _numbers(lines: Sequence[Line]) -> list[int]:
    return [line.number for line in lines]


def _named(value: Find) -> a.Target:
    told: dict[str, object] = {value.slot: value.value}
    return a.Target(**told)


def _pairs(message: Message, told: Sequence[Find]) -> list[tuple[int, Find]]:
    """Each count with its value; nothing where one has none, or more is told between."""
    slots = ["quantity" if find.slot == "quantity" else "value" for find in told]
    if len(told) % 2 or any(slots[i : i + 2] != slots[:2] for i in range(0, len(told), 2)):
        return []
    if sorted(slots[:2]) != ["quantity", "value"] or any(find.denied for find in told):
        return []
    if any(find.slot not in (*VALUES, "quantity") for find in told):
        return []
    if not all(_joined(message, one, other) for one, other in itertools.pairwise(told)):
        return []
    pairs = [(told[i], told[i + 1]) for i in range(0, len(told), 2)]
    ordered = [(one, other) if one.slot == "quantity" else (other, one) for one, other in pairs]
    return [(int(str(count.value)), value) for count, value in ordered]


def _joined(message: Message, one: Find, other: Find) -> bool:
    return all(token.text in BETWEEN for token in message.tokens[one.end : other.start])


def _is_beside(message: Message, one: Find, other: Find) -> bool:
    """Whether the value before the first count is its own: "blue moja na pink mbili"."""
    near = message.tokens[one.end : other.start]
    return one.slot in VALUES and not near and not message.tokens[one.end - 1].pause


def _line(message: Message, value: Find) -> Line | None:
    lines = [x for x in message.context.cart if getattr(x, value.slot) == value.value]
    return lines[0] if len(lines) == 1 else None


def _is_led(message: Message, start: int) -> bool:
    """Whether a word before the counts says that they are told anew: "make it", "so", "ziwe"."""
    near = message.tokens[max(0, start - 3) : start]
    return any(token.text in LEADS or "~change" in token.tags for token in near)
